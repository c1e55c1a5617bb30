package shop.quickstart.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import shop.quickstart.report.RunReport.Bin;
import shop.quickstart.report.RunReport.Segment;

class HtmlReportTest {

  static List<RunReport> reports() {
    return List.of(
        SampleReports.simulated(),
        SampleReports.logged(),
        SampleReports.plain(),
        SampleReports.withBudget());
  }

  @ParameterizedTest
  @MethodSource("reports")
  void of_anyReport_isWellFormedAndNeedsNothingElse(RunReport report) throws Exception {
    String page = HtmlReport.of(report);
    Document document = parse(page);
    assertEquals("html", document.getDocumentElement().getTagName());
    for (String forbidden : List.of("script", "link", "img", "iframe", "object", "image", "use")) {
      assertEquals(0, document.getElementsByTagName(forbidden).getLength(), forbidden);
    }
    assertFalse(page.contains("url("), "style sheets must not load anything");
    String namespace = " xmlns=\"http://www.w3.org/2000/svg\"";
    assertFalse(page.replace(namespace, "").contains("http"), "no address of anything outside");
    assertFalse(page.contains("NaN"), "what is not known is a dash or left out");
    Set<String> ids = new HashSet<>();
    for (Element element : elements(document, "*")) {
      assertTrue(element.getAttribute("id").isEmpty() || ids.add(element.getAttribute("id")));
    }
    for (Element svg : elements(document, "svg")) {
      assertEquals("img", svg.getAttribute("role"));
      for (String id : svg.getAttribute("aria-labelledby").split(" ")) {
        assertTrue(ids.contains(id), id);
      }
    }
  }

  @Test
  void of_simulated_hasEveryDrawingAndTablesEqualToTheData() throws Exception {
    RunReport report = SampleReports.simulated();
    Document document = parse(HtmlReport.of(report));
    List<String> titles =
        elements(document, "svg").stream()
            .map(svg -> svg.getElementsByTagName("title").item(0).getTextContent())
            .toList();
    assertEquals(
        List.of(
            "Profit by policy",
            "Histogram of levels",
            "Loss per epoch",
            "Reliability per level",
            "Response curves"),
        titles);
    List<Element> tables = elements(document, "table");
    assertEquals(3 + 2, tables.size());
    Table expected = PolicyTable.of(report.trial(), report.trial().populations().get(0));
    List<Element> rows = elements(tables.get(0), "tr");
    assertEquals(expected.headings(), texts(rows.get(0), "th"));
    for (int i = 0; i < expected.rows().size(); i++) {
      assertEquals(expected.rows().get(i), texts(rows.get(i + 1), "td"));
    }
    assertTrue(
        texts(document.getDocumentElement(), "p").stream()
            .anyMatch(p -> p.endsWith("left out of every policy: 12%, 14%.")));
    assertEquals("Discount report: a shop's <log> & more", texts(document, "h1").get(0));
    assertEquals(
        List.of("item-17", "6%", "40.00", "37.60", "31.3 %", "5.50"),
        texts(elements(tables.get(3), "tr").get(1), "td"));
  }

  @Test
  void of_simulated_marksStandWhereTheDataSays() throws Exception {
    RunReport report = SampleReports.simulated();
    Document document = parse(HtmlReport.of(report));
    List<Element> dots = elements(drawing(document, "reliability"), "circle");
    List<Bin> bins = report.reliability().stream().flatMap(r -> r.bins().stream()).toList();
    assertEquals(bins.size(), dots.size());
    // Dots of one panel lie on one straight scale: equal steps of the value, equal steps of x.
    double step = cx(dots.get(1)) - cx(dots.get(0));
    for (int i = 1; i < 15; i++) {
      assertEquals(step, cx(dots.get(i)) - cx(dots.get(i - 1)), 0.11);
      Bin bin = bins.get(i);
      String tip = dots.get(i).getTextContent();
      assertTrue(tip.contains(Text.percent(bin.predicted(), 2)), tip);
      assertTrue(tip.contains(Text.percent(bin.observed(), 2)), tip);
    }
    long known =
        report.segments().stream()
            .map(Segment::observed)
            .flatMap(List::stream)
            .filter(Double::isFinite)
            .count();
    long keyDots = 1;
    assertEquals(known + keyDots, elements(drawing(document, "response"), "circle").size());
    List<Element> bars = elements(drawing(document, "levels"), "rect");
    assertEquals(8 * 5, bars.size());
    double tall = Double.parseDouble(bars.get(0).getAttribute("height"));
    double low = Double.parseDouble(bars.get(2).getAttribute("height"));
    assertEquals(3, tall / low, 0.05, "shares 0.3 and 0.1");
  }

  @Test
  void of_withBudget_hasTheTableAndTheDrawing() throws Exception {
    RunReport report = SampleReports.withBudget();
    Document document = parse(HtmlReport.of(report));
    Table expected = BudgetTable.of(report.budget());
    List<Element> rows = elements(elements(document, "table").get(3), "tr");
    assertEquals(expected.headings(), texts(rows.get(0), "th"));
    assertEquals(List.of("budget policy", "199.50", "4,037.00", ""), texts(rows.get(1), "td"));
    assertEquals(
        List.of("flat 6%", "200.00", "3,887.50", "+149.50 [+139.25, +159.75]"),
        texts(rows.get(2), "td"));
    assertTrue(texts(document, "p").stream().anyMatch(p -> p.contains("would earn 1.750")));
    assertEquals(1, elements(drawing(document, "budget"), "polyline").size());
  }

  @Test
  void of_plain_hasNoPolicies() throws Exception {
    Document document = parse(HtmlReport.of(SampleReports.plain()));
    assertEquals(
        List.of("Loss per epoch", "Reliability", "How to read this"), texts(document, "h2"));
    assertEquals(0, elements(document, "table").size());
  }

  private static double cx(Element circle) {
    return Double.parseDouble(circle.getAttribute("cx"));
  }

  private static Element drawing(Document document, String id) {
    return elements(document, "svg").stream()
        .filter(svg -> svg.getAttribute("aria-labelledby").startsWith(id + "-t"))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> texts(Document document, String tag) {
    return texts(document.getDocumentElement(), tag);
  }

  private static List<String> texts(Element parent, String tag) {
    return elements(parent, tag).stream().map(Element::getTextContent).toList();
  }

  private static List<Element> elements(Document document, String tag) {
    return elements(document.getDocumentElement(), tag);
  }

  private static List<Element> elements(Element parent, String tag) {
    NodeList found = parent.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  private static Document parse(String page) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(page)));
  }
}
