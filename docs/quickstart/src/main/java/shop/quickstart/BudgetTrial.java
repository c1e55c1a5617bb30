package shop.quickstart;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Offer;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.nn.TrainedModel;
import dev.discount.policy.DecisionContext;
import dev.discount.policy.DiscountPolicy;
import dev.discount.policy.budget.AtShadowPrice;
import dev.discount.policy.budget.BudgetChart;
import dev.discount.policy.budget.BudgetPath;
import dev.discount.policy.budget.BudgetSolver;
import dev.discount.policy.budget.DemandForecast;
import dev.discount.policy.budget.DemandMeter;
import dev.discount.policy.budget.LevelCost;
import dev.discount.policy.budget.Population;
import dev.discount.policy.ope.Estimate;
import dev.discount.policy.rule.FlatLevel;
import dev.discount.policy.rule.HighestValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import shop.quickstart.report.RunReport;
import shop.quickstart.report.RunReport.BudgetComparison;
import shop.quickstart.report.RunReport.Interval;
import shop.quickstart.report.RunReport.PolicyKind;

/**
 * Policies that have the same money for the same customers, who come one by one in a random order.
 * Every policy is cut off when the money is gone: from then on customers get the cheapest level.
 * The budget policy knows the training rows and how many customers will come. Money is counted by
 * true expected costs on the simulator, and as the model expects it on a log. Confined to one
 * thread.
 */
final class BudgetTrial {

  private static final int REPRICED_EVERY = 64;
  private static final double PER = 1_000;
  private static final Interval UNKNOWN = new Interval(Double.NaN, Double.NaN, Double.NaN);

  /** What a policy is called, how it chooses and what came of it. */
  private record Spender(String name, Earnings earnings, double spentMinor) {}

  /** Who comes. */
  private record Visitors(Rows rows, int[] selection, Demand demand, boolean simulated) {}

  /** Gives the policy for the next customer. */
  private interface Plan {
    DiscountPolicy next(DemandMeter meter, double leftMinor);
  }

  private final Schema schema;
  private final DiscountLadder ladder;
  private final Support support;
  private final Visitors visitors;
  private final LevelCost cost;
  private final double[] fixedMinor;
  private final Predictions predictions;
  private final DemandForecast forecast;
  private final BudgetPath path;
  private final long budgetMinor;
  private final List<Spender> spenders = new ArrayList<>();

  private BudgetTrial(
      Lesson lesson,
      TrainedModel model,
      Support support,
      Visitors visitors,
      LaunchOptions options) {
    this.schema = lesson.rows().schema();
    this.ladder = schema.ladder();
    this.support = support;
    this.visitors = visitors;
    this.fixedMinor = fixed(options.levelCost());
    this.cost =
        options.levelCost() == null ? LevelCost.expectedDiscount() : LevelCost.fixed(fixedMinor);
    int people = visitors.selection().length;
    this.predictions = Predictions.of(model, ladder, visitors.rows(), visitors.selection());
    int[] train = lesson.parts().train();
    Predictions past = Predictions.of(model, ladder, lesson.rows(), train);
    BudgetSolver solver = new BudgetSolver(options.threads());
    this.forecast =
        DemandForecast.of(solver.path(population(lesson.rows(), train, past))).ofCustomers(people);
    this.path = solver.path(population(visitors.rows(), visitors.selection(), predictions));
    this.budgetMinor =
        minor(options.budget())
            .multiply(BigDecimal.valueOf(people))
            .divide(BigDecimal.valueOf((long) PER), RoundingMode.DOWN)
            .longValueExact();
    if (budgetMinor <= path.leastCost() || budgetMinor > path.mostCost()) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "-Dbudget must be above %.2f and at most %.2f for 1 000 of these customers: the cost"
                  + " of the cheapest levels and of the most valuable ones, got %s",
              path.leastCost() * PER / people / unit(),
              path.mostCost() * PER / people / unit(),
              options.budget()));
    }
    compare(Candidate.of(schema, support, past));
  }

  /**
   * Lets policies spend.
   *
   * @param truth what is known of a simulated log, or null: then the test rows are estimated by
   *     inverse propensity
   * @param lesson the log and its parts
   * @param model the model
   * @param options the budget
   * @throws UserError if the budget does not suit the customers
   */
  static BudgetTrial of(
      @Nullable Truth truth, Lesson lesson, TrainedModel model, LaunchOptions options) {
    Support support =
        Support.of(
            LoggedOffers.of(lesson.rows(), lesson.parts().train()),
            LoggedOffers.of(lesson.rows(), lesson.parts().test()));
    if (truth != null) {
      Truth.HeldOut heldOut = truth.heldOut();
      return new BudgetTrial(
          lesson,
          model,
          support,
          new Visitors(asLogged(heldOut.rows(), lesson), heldOut.all(), heldOut.demand(), true),
          options);
    }
    LoggedOffers test = LoggedOffers.of(lesson.rows(), lesson.parts().test()).atLevels(support);
    Demand demand = new LoggedDemand(lesson.rows(), test, Propensities.of(lesson.rows(), test));
    return new BudgetTrial(
        lesson, model, support, new Visitors(lesson.rows(), test.rows(), demand, false), options);
  }

  /** Returns the simulator's rows as rows of the log's schema, which may treat them otherwise. */
  private static Rows asLogged(Rows rows, Lesson lesson) {
    Rows logged = new Rows(lesson.rows().schema(), rows.size());
    for (int row = 0; row < rows.size(); row++) {
      Predictions.copy(rows, row, logged);
    }
    return logged;
  }

  private double unit() {
    return Math.pow(10, schema.minorDigits());
  }

  private BigDecimal minor(@Nullable BigDecimal major) {
    return (major == null ? BigDecimal.ZERO : major).movePointRight(schema.minorDigits());
  }

  private double[] fixed(@Nullable BigDecimal levelCost) {
    double[] minor = new double[ladder.size()];
    Arrays.fill(minor, 1, minor.length, minor(levelCost).doubleValue());
    return minor;
  }

  /** Returns value and cost as a model expects them, levels without support closed. */
  private Population population(Rows rows, int[] selection, Predictions curves) {
    int levels = ladder.size();
    float[] numbers = new float[selection.length * levels * 2];
    for (int place = 0; place < selection.length; place++) {
      DecisionContext context = context(rows, selection[place], curves, place);
      for (int level = 0; level < levels; level++) {
        int at = 2 * (place * levels + level);
        numbers[at] = support.has(level) ? (float) context.value(level) : Float.NEGATIVE_INFINITY;
        numbers[at + 1] = (float) cost.expectedMinor(context, level);
      }
    }
    return Population.of(levels, numbers);
  }

  private DecisionContext context(Rows rows, int row, Predictions curves, int place) {
    double[] bought = new double[ladder.size()];
    Arrays.setAll(bought, level -> curves.at(place, level));
    Offer offer = new Offer("item", schema.priceMinor(rows, row), schema.costMinor(rows, row));
    DecisionContext context = DecisionContext.of(ladder, offer, bought);
    double[] values = new double[bought.length];
    Arrays.setAll(values, level -> context.value(level) - fixedMinor[level]);
    return context.withValues(values);
  }

  private void compare(List<Candidate> candidates) {
    Spender best = null;
    for (int level : support.levels().toArray()) {
      FlatLevel policy = new FlatLevel(level);
      Spender flat = spend("flat " + LevelLabels.of(schema, level), (meter, left) -> policy);
      if (best == null || profit(flat) > profit(best)) {
        best = flat;
      }
    }
    spenders.add(spend("budget policy", this::atShadowPrice));
    spenders.add(best);
    for (Candidate candidate : candidates) {
      if (candidate.kind() == PolicyKind.PERSONAL && candidate.name().startsWith("threshold")) {
        spenders.add(spend(candidate.name(), (meter, left) -> candidate.policy()));
      }
    }
    HighestValue greedy = new HighestValue();
    spenders.add(spend("greedy, cut off", (meter, left) -> greedy));
  }

  private AtShadowPrice atShadowPrice(DemandMeter meter, double leftMinor) {
    return new AtShadowPrice(forecast.shadowPrice(meter.curve(), leftMinor), cost);
  }

  private static double profit(Spender spender) {
    return spender.earnings().profit().value();
  }

  /** Lets customers come until all are served; money for the cheapest levels is kept back. */
  private Spender spend(String name, Plan plan) {
    int people = visitors.selection().length;
    int levels = ladder.size();
    double[] chances = new double[people * levels];
    double[] out = new double[levels];
    DemandMeter meter = new DemandMeter(cost);
    double kept = IntStream.range(0, people).mapToDouble(p -> charged(p, support.first())).sum();
    double left = budgetMinor;
    int served = 0;
    DiscountPolicy policy = plan.next(meter, left);
    for (int place : order(people)) {
      if (++served % REPRICED_EVERY == 0) {
        policy = plan.next(meter, left);
      }
      kept -= charged(place, support.first());
      DecisionContext context =
          context(visitors.rows(), visitors.selection()[place], predictions, place)
              .withOpenLevels(affordable(place, left - kept));
      Arrays.fill(out, 0);
      policy.distributeInto(context, out);
      int level = IntStream.range(0, levels).filter(j -> out[j] > 0).findFirst().orElseThrow();
      meter.commit(context, level);
      left -= charged(place, level);
      chances[place * levels + level] = 1;
    }
    Earnings earnings = Earnings.of(visitors.demand(), ladder, chances).lessLevelCost(fixedMinor);
    return new Spender(name, earnings, budgetMinor - left);
  }

  private static int[] order(int people) {
    int[] order = IntStream.range(0, people).toArray();
    Random random = new Random(1);
    for (int i = people - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[other];
      order[other] = swap;
    }
    return order;
  }

  private long affordable(int place, double leftMinor) {
    long open = 1L << support.first();
    for (int level : support.levels().toArray()) {
      open |= charged(place, level) <= leftMinor ? 1L << level : 0;
    }
    return open;
  }

  /** Returns what a level takes from the budget. */
  private double charged(int place, int level) {
    Demand demand = visitors.demand();
    long list = demand.listPriceMinor(place);
    long off = list - ladder.level(level).netPriceMinor(list);
    double bought =
        visitors.simulated() ? demand.purchases(place, level, 1) : predictions.at(place, level);
    return fixedMinor[level] + bought * off;
  }

  /** Returns what came of it. */
  BudgetComparison comparison() {
    int people = visitors.selection().length;
    int[] all = IntStream.range(0, people).toArray();
    double scale = PER / unit();
    Earnings ours = spenders.get(0).earnings();
    List<RunReport.Spender> outcomes = new ArrayList<>();
    for (Spender spender : spenders) {
      Estimate more = ours.gainOver(spender.earnings(), all);
      outcomes.add(
          new RunReport.Spender(
              spender.name(),
              spender.spentMinor() / people * scale,
              profit(spender) * scale,
              outcomes.isEmpty() ? UNKNOWN : interval(more, scale)));
    }
    return new BudgetComparison(
        people,
        visitors.simulated(),
        budgetMinor * PER / people / unit(),
        path.shadowPrice(budgetMinor),
        outcomes,
        BudgetChart.svg(path, budgetMinor, "units of money", schema.minorDigits()));
  }

  private static Interval interval(Estimate more, double scale) {
    return new Interval(more.value() * scale, more.low95() * scale, more.high95() * scale);
  }
}
