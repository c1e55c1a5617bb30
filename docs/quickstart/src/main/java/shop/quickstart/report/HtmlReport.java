package shop.quickstart.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import shop.quickstart.report.RunReport.BudgetComparison;
import shop.quickstart.report.RunReport.Machine;
import shop.quickstart.report.RunReport.PolicyKind;
import shop.quickstart.report.RunReport.Population;
import shop.quickstart.report.RunReport.Quality;
import shop.quickstart.report.RunReport.Recommendation;
import shop.quickstart.report.RunReport.RecommendedItem;
import shop.quickstart.report.RunReport.Sizes;
import shop.quickstart.report.RunReport.Trial;

/** A run as one page that needs nothing beside it: no script, no picture, no style sheet. */
public final class HtmlReport {

  private final RunReport report;
  private final StringBuilder page = new StringBuilder(1 << 16);

  private HtmlReport(RunReport report) {
    this.report = report;
  }

  /**
   * Writes the page to a file.
   *
   * @param report the run
   * @param file the file, overwritten
   */
  public static void write(RunReport report, Path file) throws IOException {
    Files.writeString(file, of(report));
  }

  /** Returns the page, which is well-formed XML too. */
  static String of(RunReport report) {
    return new HtmlReport(report).page();
  }

  private String page() {
    String title = "Discount report: " + report.source().name();
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
    element("title", title);
    page.append("<style>\n").append(css()).append("</style>\n</head>\n<body>\n");
    element("h1", title);
    element("p class=\"about\"", about());
    figures();
    Trial trial = report.trial();
    if (trial != null) {
      policies(trial);
    }
    BudgetComparison budget = report.budget();
    if (budget != null) {
      equalSpend(budget);
    }
    quality();
    if (trial != null) {
      responses(trial);
    }
    recommendations();
    if (!report.notes().isEmpty()) {
      element("h2", "How to read this");
      report.notes().forEach(note -> element("p", note));
    }
    element("p class=\"small\"", "Model file SHA-256 " + report.machine().modelSha256());
    return page.append("</body>\n</html>\n").toString();
  }

  private String about() {
    Sizes sizes = report.sizes();
    return Text.fixed(sizes.rows(), 0)
        + " rows: "
        + Text.fixed(sizes.trainRows(), 0)
        + " to train, "
        + Text.fixed(sizes.validationRows(), 0)
        + " to know when to stop, "
        + Text.fixed(sizes.testRows(), 0)
        + " to test. Seed "
        + report.source().seed()
        + ".";
  }

  private void figures() {
    Quality quality = report.quality();
    Machine machine = report.machine();
    page.append("<dl>\n");
    figure("log loss (mean outcome alone)", log(quality.logLoss(), quality.baseLogLoss()));
    figure("AUC", Text.fixed(quality.auc(), 4));
    figure("calibration error (ECE)", Text.fixed(quality.ece(), 4));
    figure(
        "training",
        Text.fixed(machine.trainSeconds(), 1)
            + " s, "
            + Text.fixed(machine.samplesPerSecond(), 0)
            + " rows/s");
    figure("kernels", machine.backend() + ", Java " + machine.java());
    figure("model file", Text.fixed((double) machine.modelBytes(), 0) + " bytes");
    if (Double.isFinite(machine.decisionMicros())) {
      figure("one decision", Text.fixed(machine.decisionMicros(), 1) + " µs");
    }
    page.append("</dl>\n");
  }

  private static String log(double loss, double baseLoss) {
    return Text.fixed(loss, 4) + " (" + Text.fixed(baseLoss, 4) + ")";
  }

  private void figure(String name, String value) {
    page.append("<div>");
    element("dt", name);
    element(value.length() > 18 ? "dd class=\"long\"" : "dd", value);
    page.append("</div>\n");
  }

  private void policies(Trial trial) {
    element("h2", "Profit by policy");
    element("p class=\"about\"", profitText(trial));
    drawing(ProfitChart.of(trial));
    for (Population population : trial.populations()) {
      element(
          "h3", population.name() + ": " + Text.fixed(population.customers(), 0) + " customers");
      table(
          PolicyTable.of(trial, population), row -> row.get(0).startsWith(trial.bestFlat() + " ("));
    }
    if (trial.policies().stream().anyMatch(p -> p.kind() != PolicyKind.FLAT)) {
      element("h2", "Histogram of levels");
      element("p class=\"about\"", "Share of decisions at each level, in percent.");
      drawing(LevelHistogram.of(trial));
    }
  }

  private String profitText(Trial trial) {
    return report.source().simulated()
        ? "Figures are for 1 000 customers and come from the simulator's true probabilities, which"
            + " no policy but the oracle saw. Bars are 95 % intervals of the difference to the best"
            + " flat discount, "
            + trial.bestFlat()
            + "."
        : "Figures are for 1 000 customers and are estimated from the test rows by inverse"
            + " propensity. Bars are 95 % intervals of the difference to the best flat discount, "
            + trial.bestFlat()
            + ", chosen on these same rows, which favours it.";
  }

  private void equalSpend(BudgetComparison budget) {
    element("h2", "Profit at equal spend");
    element(
        "p class=\"about\"",
        BudgetTable.sentence(budget)
            + " a policy is cut off when the money is gone. The next unit of money would earn "
            + Text.fixed(budget.nextUnitBuys(), 3)
            + ", as the model expects it.");
    table(BudgetTable.of(budget), row -> false);
    page.append("<div class=\"wide paper\">\n").append(budget.chart()).append("</div>\n");
  }

  private void quality() {
    element("h2", "Loss per epoch");
    drawing(LossChart.of(report.epochs()));
    element("h2", report.trial() == null ? "Reliability" : "Reliability per level");
    element(
        "p class=\"about\"",
        "Each dot is a group of test rows with similar predictions; on the dashed line the"
            + " prediction is what was observed.");
    drawing(ReliabilityChart.of(report.reliability()));
  }

  private void responses(Trial trial) {
    if (!report.segments().isEmpty()) {
      element("h2", "Response curves");
      drawing(ResponseChart.of(report.segments(), trial));
    }
    List<String> missing = trial.unsupportedLevels();
    if (!missing.isEmpty()) {
      element(
          "p",
          "* Levels without support in the log, left out of every policy: "
              + String.join(", ", missing)
              + ".");
    }
  }

  private void recommendations() {
    if (report.recommendations().isEmpty()) {
      return;
    }
    element("h2", "Top items of a few customers");
    for (Recommendation recommendation : report.recommendations()) {
      element("h3", "Customer " + recommendation.customer());
      page.append("<div class=\"wide\"><table>\n<tr>");
      for (String heading :
          List.of("item", "level", "list price", "price", "probability", "expected profit")) {
        element("th", heading);
      }
      page.append("</tr>\n");
      for (RecommendedItem item : recommendation.items()) {
        page.append("<tr>");
        element("td", item.item());
        element("td", item.level());
        element("td", Text.fixed(item.listPrice(), 2));
        element("td", Text.fixed(item.price(), 2));
        element("td", Text.percent(item.probability(), 1));
        element("td", Text.fixed(item.expectedProfit(), 2));
        page.append("</tr>\n");
      }
      page.append("</table></div>\n");
    }
  }

  private void table(Table table, Predicate<List<String>> marked) {
    page.append("<div class=\"wide\"><table>\n<tr>");
    table.headings().forEach(heading -> element("th", heading));
    page.append("</tr>\n");
    for (List<String> row : table.rows()) {
      page.append(marked.test(row) ? "<tr class=\"mark\">" : "<tr>");
      row.forEach(cell -> element("td", cell));
      page.append("</tr>\n");
    }
    page.append("</table></div>\n");
  }

  private void drawing(String svg) {
    page.append("<div class=\"wide\">\n").append(svg).append("</div>\n");
  }

  /** Writes an element; what follows the name in {@code tag} are its attributes. */
  private void element(String tag, String words) {
    int space = tag.indexOf(' ');
    String name = space < 0 ? tag : tag.substring(0, space);
    page.append('<').append(tag).append('>').append(Text.escape(words));
    page.append("</").append(name).append(">\n");
  }

  private static String css() {
    try (InputStream stream = HtmlReport.class.getResourceAsStream("report.css")) {
      if (stream == null) {
        throw new IllegalStateException("report.css must stand beside this class");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
