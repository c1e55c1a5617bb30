package dev.discount.policy.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.Money;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class BudgetChartTest {

  private static final Currency EURO = Currency.getInstance("EUR");
  private static final BudgetPath PATH = new BudgetSolver(1).path(OnlineDay.population(5_000, 4));
  private static final long BUDGET = Math.round(0.3 * PATH.mostCost());

  /** A scale read from two labelled ticks of the drawing. */
  private record Scale(double amount, double at, double perUnit) {
    double amount(double coordinate) {
      return amount + (coordinate - at) / perUnit;
    }
  }

  private static Document parse(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
  }

  private static Scale scale(Document svg, String ticks, String coordinate, double shift) {
    List<double[]> labels = new ArrayList<>();
    NodeList texts = svg.getElementsByTagName("text");
    for (int i = 0; i < texts.getLength(); i++) {
      Element text = (Element) texts.item(i);
      if (text.getAttribute("class").equals(ticks)) {
        double amount = Double.parseDouble(text.getTextContent().replace("\u2009", ""));
        double at = Double.parseDouble(text.getAttribute(coordinate));
        labels.add(new double[] {amount, at - shift});
      }
    }
    double[] first = labels.get(0);
    double[] last = labels.get(labels.size() - 1);
    return new Scale(first[0], first[1], (last[1] - first[1]) / (last[0] - first[0]));
  }

  private static Element byId(Document svg, String tag, String id) {
    NodeList elements = svg.getElementsByTagName(tag);
    for (int i = 0; i < elements.getLength(); i++) {
      if (((Element) elements.item(i)).getAttribute("id").equals(id)) {
        return (Element) elements.item(i);
      }
    }
    throw new AssertionError("no " + id);
  }

  private static List<double[]> points(Document svg, String id) {
    List<double[]> points = new ArrayList<>();
    for (String pair : byId(svg, "polyline", id).getAttribute("points").split(" ", -1)) {
      int comma = pair.indexOf(',');
      points.add(
          new double[] {
            Double.parseDouble(pair.substring(0, comma)),
            Double.parseDouble(pair.substring(comma + 1))
          });
    }
    return points;
  }

  @Test
  void curves_areThePathAtTheScaleOfTheTicks() throws Exception {
    Document svg = parse(BudgetChart.svg(PATH, new Money(BUDGET, EURO)));
    Scale x = scale(svg, "budget-tick", "x", 0);
    Scale value = scale(svg, "value-tick", "y", 4.5);
    Scale price = scale(svg, "price-tick", "y", 4.5);
    List<double[]> values = points(svg, "value");
    assertEquals(241, values.size());
    double step = (PATH.mostCost() - PATH.leastCost()) / 240;
    for (int i = 0; i < values.size(); i++) {
      double budget = PATH.leastCost() + i * step;
      assertEquals(budget / 100, x.amount(values.get(i)[0]), Math.abs(0.01 / x.perUnit()));
      double expected = PATH.value(Math.min(budget, PATH.mostCost())) / 100;
      assertEquals(expected, value.amount(values.get(i)[1]), Math.abs(0.01 / value.perUnit()));
    }
    List<double[]> prices = points(svg, "price");
    assertTrue(prices.size() > 230, "" + prices.size());
    int left = 241 - prices.size();
    for (int i = 0; i < prices.size(); i++) {
      double budget = Math.min(PATH.mostCost(), PATH.leastCost() + (left + i) * step);
      double got = price.amount(prices.get(i)[1]);
      assertEquals(PATH.shadowPrice(budget), got, Math.abs(0.01 / price.perUnit()));
    }
  }

  @Test
  void mark_isAtTheBudget() throws Exception {
    Document svg = parse(BudgetChart.svg(PATH, new Money(BUDGET, EURO)));
    Scale x = scale(svg, "budget-tick", "x", 0);
    Scale price = scale(svg, "price-tick", "y", 4.5);
    Scale value = scale(svg, "value-tick", "y", 4.5);
    double at = Double.parseDouble(byId(svg, "line", "budget").getAttribute("x1"));
    assertEquals(BUDGET / 100.0, x.amount(at), Math.abs(0.01 / x.perUnit()));
    Element dot = byId(svg, "circle", "at-price");
    double y = Double.parseDouble(dot.getAttribute("cy"));
    assertEquals(PATH.shadowPrice(BUDGET), price.amount(y), Math.abs(0.01 / price.perUnit()));
    y = Double.parseDouble(byId(svg, "circle", "at-value").getAttribute("cy"));
    assertEquals(PATH.value(BUDGET) / 100, value.amount(y), Math.abs(0.01 / value.perUnit()));
    String sentence = byId(svg, "text", "sentence").getTextContent();
    String next = SvgText.decimal(PATH.shadowPrice(BUDGET), 3);
    assertTrue(sentence.endsWith("and the next EUR buys " + next + " EUR."), sentence);
    assertEquals(sentence, svg.getElementsByTagName("desc").item(0).getTextContent());
  }

  @Test
  void svg_isTheSameEachTime_andFitsItsFrame() throws Exception {
    String svg = BudgetChart.svg(PATH, new Money(BUDGET, EURO));
    assertEquals(svg, BudgetChart.svg(PATH, new Money(BUDGET, EURO)));
    Document parsed = parse(svg);
    for (String id : new String[] {"value", "price"}) {
      for (double[] point : points(parsed, id)) {
        assertTrue(point[0] >= 110 && point[0] <= 810, "x " + point[0]);
        assertTrue(point[1] >= 70 && point[1] <= 531, "y " + point[1]);
      }
    }
  }

  @Test
  void budget_outOfThePath_isRefused() {
    Money tooMuch = new Money(Math.round(PATH.mostCost()) + 1, EURO);
    assertThrows(IllegalArgumentException.class, () -> BudgetChart.svg(PATH, tooMuch));
    Money tooLittle = new Money(-1, EURO);
    assertThrows(InfeasibleBudgetException.class, () -> BudgetChart.svg(PATH, tooLittle));
    BudgetPath flat = new BudgetSolver(1).path(Population.of(2, new float[] {1, 1, 0, 1}));
    assertThrows(IllegalArgumentException.class, () -> BudgetChart.svg(flat, new Money(1, EURO)));
  }

  @ParameterizedTest
  @CsvSource({
    "0,2,0",
    "1.005,2,1",
    "-0.004,2,0",
    "-2.5,0,-3",
    "12.3401,2,12.34",
    "7,3,7",
    "0.05,2,0.05"
  })
  void decimal_roundsToTheNearest(double value, int decimals, String text) {
    assertEquals(text, SvgText.decimal(value, decimals));
  }

  @Test
  void grouped_setsThousandsApart() {
    assertEquals("1\u2009234\u2009567.5", SvgText.grouped(1_234_567.5, 1));
    assertEquals("-999", SvgText.grouped(-999, 0));
    assertEquals("-1\u2009000", SvgText.grouped(-1000, 0));
  }

  @Test
  void words_areEscaped() throws Exception {
    SvgText svg = new SvgText().words("text", "a < b & \"c\" \u0001", "class", "<&\">");
    Element text = parse(svg.toString()).getDocumentElement();
    assertEquals("a < b & \"c\" \uFFFD", text.getTextContent());
    assertEquals("<&\">", text.getAttribute("class"));
  }
}
