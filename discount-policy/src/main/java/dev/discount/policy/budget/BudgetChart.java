package dev.discount.policy.budget;

import dev.discount.core.Money;
import java.util.Currency;
import java.util.function.DoubleUnaryOperator;

/**
 * Draws what every budget is worth: above, the largest value against the budget; below, the shadow
 * price, what the next unit of money buys; both at the same budgets. SVG that stands alone, in
 * colours told apart by the colour-blind, the same bytes on every machine. Stateless.
 */
public final class BudgetChart {

  private static final double WIDTH = 840;
  private static final double HEIGHT = 600;
  private static final double LEFT = 110;
  private static final double RIGHT = 810;
  private static final double VALUE_TOP = 76;
  private static final double VALUE_BOTTOM = 320;
  private static final double PRICE_TOP = 372;
  private static final double PRICE_BOTTOM = 530;
  private static final int POINTS = 240;
  private static final int TICKS = 6;

  /** The share of the budgets from which on the shadow price is drawn whole. */
  private static final double SHOWN_FROM = 0.02;

  private static final String VALUE_COLOUR = "#0072b2";
  private static final String PRICE_COLOUR = "#d55e00";
  private static final String INK = "#333333";
  private static final String GRID = "#dddddd";

  private final BudgetPath path;
  private final String unit;
  private final double minorPerMajor;
  private final double budgetMinor;
  private final ChartAxis x;
  private final ChartAxis value;
  private final ChartAxis price;
  private final SvgText svg = new SvgText();

  private BudgetChart(BudgetPath path, long budgetMinor, String unit, int minorDigits) {
    this.path = path;
    this.unit = unit;
    this.minorPerMajor = StrictMath.pow(10, minorDigits);
    this.budgetMinor = budgetMinor;
    double least = path.leastCost();
    double most = path.mostCost();
    this.x = ChartAxis.around(major(least), major(most), LEFT, RIGHT, TICKS);
    this.value =
        ChartAxis.around(
            major(path.value(least)), major(path.value(most)), VALUE_BOTTOM, VALUE_TOP, TICKS);
    double highest = path.shadowPrice(least + SHOWN_FROM * (most - least));
    this.price = ChartAxis.around(0, Math.max(highest, 1e-6), PRICE_BOTTOM, PRICE_TOP, 4);
  }

  /**
   * Draws a path.
   *
   * @param path the best use of every budget, costs and values in minor units of the budget's
   *     currency
   * @param budget the budget to mark
   * @return the drawing as SVG text
   * @throws IllegalArgumentException if the path has one cost alone, so that there is no curve, or
   *     if the budget costs more than the axis shows
   * @throws InfeasibleBudgetException if the budget is below the path's least cost
   */
  public static String svg(BudgetPath path, Money budget) {
    Currency currency = budget.currency();
    int minorDigits = Math.max(0, currency.getDefaultFractionDigits());
    return svg(path, budget.minorUnits(), currency.getCurrencyCode(), minorDigits);
  }

  /**
   * Draws a path whose money has no ISO 4217 currency.
   *
   * @param path the best use of every budget, costs and values in minor units
   * @param budgetMinor the budget to mark, in minor units
   * @param unit what a major unit is called
   * @param minorDigits the decimals of a major unit, in [0, 6]
   * @return the drawing as SVG text
   * @throws IllegalArgumentException as {@link #svg(BudgetPath, Money)}
   * @throws InfeasibleBudgetException as {@link #svg(BudgetPath, Money)}
   */
  public static String svg(BudgetPath path, long budgetMinor, String unit, int minorDigits) {
    if (!(path.mostCost() > path.leastCost())) {
      throw new IllegalArgumentException(
          "path must have budgets that differ, got one cost of " + path.mostCost());
    }
    if (budgetMinor > path.mostCost()) {
      throw new IllegalArgumentException(
          "budget must be at most " + path.mostCost() + " minor units, got " + budgetMinor);
    }
    if (minorDigits < 0 || minorDigits > 6) {
      throw new IllegalArgumentException("minorDigits must be in [0, 6], got " + minorDigits);
    }
    return new BudgetChart(path, budgetMinor, unit, minorDigits).draw();
  }

  private double major(double minor) {
    return minor / minorPerMajor;
  }

  private String draw() {
    double worth = path.value(budgetMinor);
    double next = path.shadowPrice(budgetMinor);
    String sentence =
        "At a budget of "
            + money(budgetMinor)
            + " the value is "
            + money(worth)
            + ", and the next "
            + unit
            + " buys "
            + SvgText.decimal(next, 3)
            + " "
            + unit
            + ".";
    open();
    svg.words("title", "Value against budget", "id", "budget-title");
    svg.words("desc", sentence, "id", "budget-description");
    svg.empty("rect", "width", WIDTH, "height", HEIGHT, "fill", "#ffffff");
    text(LEFT, 28, "start", "Value against budget", "font-size", "17", "font-weight", "bold");
    text(LEFT, 50, "start", sentence, "id", "sentence");
    grid(value, "value");
    grid(price, "price");
    budgetAxis();
    curve(value, budget -> major(path.value(budget)), "value", VALUE_COLOUR, "none");
    curve(price, path::shadowPrice, "price", PRICE_COLOUR, "7 3");
    mark(major(worth), next);
    caption(24, (VALUE_TOP + VALUE_BOTTOM) / 2, "value, " + unit, VALUE_COLOUR);
    caption(24, (PRICE_TOP + PRICE_BOTTOM) / 2, "the next " + unit + " buys", PRICE_COLOUR);
    text((LEFT + RIGHT) / 2, HEIGHT - 18, "middle", "budget, " + unit);
    return svg.close("svg").toString();
  }

  private void open() {
    svg.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        "0 0 " + SvgText.decimal(WIDTH, 0) + " " + SvgText.decimal(HEIGHT, 0),
        "width",
        WIDTH,
        "height",
        HEIGHT,
        "font-family",
        "Helvetica, Arial, sans-serif",
        "font-size",
        "13",
        "role",
        "img",
        "aria-labelledby",
        "budget-title budget-description");
  }

  private String money(double minor) {
    return SvgText.grouped(major(minor), 0) + " " + unit;
  }

  private void text(double at, double y, String anchor, String words, Object... more) {
    Object[] attributes = new Object[8 + more.length];
    Object[] own = {"x", at, "y", y, "text-anchor", anchor, "fill", INK};
    System.arraycopy(own, 0, attributes, 0, own.length);
    System.arraycopy(more, 0, attributes, own.length, more.length);
    svg.words("text", words, attributes);
  }

  private void caption(double at, double y, String words, String colour) {
    String place = SvgText.decimal(at, 2) + " " + SvgText.decimal(y, 2);
    svg.words(
        "text",
        words,
        "transform",
        "translate(" + place + ") rotate(-90)",
        "text-anchor",
        "middle",
        "font-weight",
        "bold",
        "fill",
        colour);
  }

  private void grid(ChartAxis axis, String name) {
    for (int i = 0; i < axis.ticks(); i++) {
      double y = axis.at(axis.tick(i));
      svg.empty("line", "x1", LEFT, "x2", RIGHT, "y1", y, "y2", y, "stroke", GRID);
      String label = SvgText.grouped(axis.tick(i), axis.decimals());
      text(LEFT - 8, y + 4.5, "end", label, "class", name + "-tick");
    }
  }

  private void budgetAxis() {
    for (int i = 0; i < x.ticks(); i++) {
      double at = x.at(x.tick(i));
      svg.empty("line", "x1", at, "x2", at, "y1", VALUE_TOP, "y2", VALUE_BOTTOM, "stroke", GRID);
      svg.empty("line", "x1", at, "x2", at, "y1", PRICE_TOP, "y2", PRICE_BOTTOM, "stroke", GRID);
      String label = SvgText.grouped(x.tick(i), x.decimals());
      text(at, PRICE_BOTTOM + 20, "middle", label, "class", "budget-tick");
    }
    for (double y : new double[] {VALUE_BOTTOM, PRICE_BOTTOM}) {
      svg.empty("line", "x1", LEFT, "x2", RIGHT, "y1", y, "y2", y, "stroke", INK);
    }
  }

  /** Draws a curve at equal distances; what is above the axis is left out. */
  private void curve(
      ChartAxis axis, DoubleUnaryOperator amounts, String id, String colour, String dashes) {
    StringBuilder points = new StringBuilder();
    double least = path.leastCost();
    double span = path.mostCost() - least;
    for (int i = 0; i <= POINTS; i++) {
      double budget = Math.min(path.mostCost(), least + span * i / POINTS);
      double amount = amounts.applyAsDouble(budget);
      if (amount <= axis.high()) {
        points.append(points.length() == 0 ? "" : " ");
        points.append(SvgText.decimal(x.at(major(budget)), 2)).append(',');
        points.append(SvgText.decimal(axis.at(amount), 2));
      }
    }
    svg.empty(
        "polyline",
        "id",
        id,
        "points",
        points,
        "fill",
        "none",
        "stroke",
        colour,
        "stroke-width",
        "2.5",
        "stroke-dasharray",
        dashes);
  }

  private void mark(double worth, double next) {
    double at = x.at(major(budgetMinor));
    svg.empty(
        "line",
        "id",
        "budget",
        "x1",
        at,
        "x2",
        at,
        "y1",
        VALUE_TOP,
        "y2",
        PRICE_BOTTOM,
        "stroke",
        INK,
        "stroke-dasharray",
        "2 3");
    dot("at-value", at, value.at(worth), VALUE_COLOUR);
    if (next <= price.high()) {
      dot("at-price", at, price.at(next), PRICE_COLOUR);
    }
    boolean early = at < (LEFT + RIGHT) / 2;
    text(at + (early ? 8 : -8), VALUE_BOTTOM - 10, early ? "start" : "end", money(budgetMinor));
    String bought = SvgText.decimal(next, 3) + " " + unit;
    text(at + 8, Math.max(PRICE_TOP + 14, price.at(next) - 10), "start", bought);
  }

  private void dot(String id, double at, double y, String colour) {
    svg.empty("circle", "id", id, "cx", at, "cy", y, "r", 5.0, "fill", colour);
  }
}
