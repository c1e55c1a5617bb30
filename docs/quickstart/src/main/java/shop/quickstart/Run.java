package shop.quickstart;

import dev.discount.core.RuntimeInfo;
import dev.discount.core.data.CsvRows;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.core.data.SchemaJson;
import dev.discount.nn.ResponseModels;
import dev.discount.nn.TrainedModel;
import dev.discount.policy.sim.Shop;
import dev.discount.policy.sim.ShopConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import shop.quickstart.report.BudgetTable;
import shop.quickstart.report.HtmlReport;
import shop.quickstart.report.PolicyTable;
import shop.quickstart.report.RunReport;
import shop.quickstart.report.RunReport.BudgetComparison;
import shop.quickstart.report.RunReport.Machine;
import shop.quickstart.report.RunReport.Recommendation;
import shop.quickstart.report.RunReport.RecommendedItem;
import shop.quickstart.report.RunReport.Sizes;
import shop.quickstart.report.RunReport.Source;
import shop.quickstart.report.RunReport.Trial;
import shop.quickstart.report.SummaryJson;

/** One run from a purchase log to a report. Confined to one thread. */
final class Run {

  private static final String MODEL = "model.safetensors";
  private static final String REPORT = "report.html";
  private static final String BUDGET = "budget.svg";
  private static final String SUMMARY = "summary.json";

  private final LaunchOptions options;
  private final ShopConfig shop;
  private final Console console;

  /**
   * Prepares a run.
   *
   * @param options what the command line asked for
   * @param shop the size of the shop that is simulated where no log is given
   * @param console where to tell what happens
   */
  Run(LaunchOptions options, ShopConfig shop, Console console) {
    this.options = options;
    this.shop = shop;
    this.console = console;
  }

  /** Does everything, and leaves the results of an earlier run alone if anything fails. */
  RunReport execute() throws IOException {
    RuntimeInfo runtime = runtime();
    try (OutputFolder results = new OutputFolder(options.out())) {
      RunReport report = run(runtime, results);
      HtmlReport.write(report, results.unfinished(REPORT));
      SummaryJson.write(report, results.unfinished(SUMMARY));
      results.publish();
      print(report);
      for (String file : List.of(REPORT, SUMMARY, MODEL)) {
        console.text("  " + results.finished(file));
      }
      if (options.budget() != null) {
        console.text("  " + results.finished(BUDGET));
      }
      return report;
    }
  }

  private static RuntimeInfo runtime() {
    try {
      return RuntimeInfo.current();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
  }

  private RunReport run(RuntimeInfo runtime, OutputFolder results) throws IOException {
    PurchaseLogFile file = log(results);
    Schema schema = SchemaJson.read(file.schema());
    console.step("Reading " + file.data().getFileName());
    Rows rows = CsvRows.read(file.data(), schema);
    Lesson lesson = Lesson.learn(rows, options, console);
    Path modelFile = results.unfinished(MODEL);
    lesson.model().save(modelFile);
    TrainedModel model = ResponseModels.load(modelFile);
    console.step("Model saved and loaded again, " + Files.size(modelFile) + " bytes");
    Findings findings = Findings.of(file, lesson, model, options.seed(), console);
    BudgetComparison budget =
        options.budget() == null ? null : compareAtBudget(file, lesson, model, results);
    return new RunReport(
        new Source(file.name(), file.truth() != null, options.seed()),
        new Sizes(
            rows.size(),
            lesson.parts().train().length,
            lesson.parts().validation().length,
            lesson.parts().test().length),
        findings.quality(),
        lesson.progress().epochs(),
        findings.reliability(),
        findings.segments(),
        findings.trial(),
        budget,
        findings.recommendations(),
        machine(runtime, lesson, findings, modelFile),
        findings.notes());
  }

  /** Compares policies at equal spend and draws value against budget. */
  private BudgetComparison compareAtBudget(
      PurchaseLogFile file, Lesson lesson, TrainedModel model, OutputFolder results)
      throws IOException {
    console.step("Policies spend the same budget");
    BudgetComparison budget = BudgetTrial.of(file.truth(), lesson, model, options).comparison();
    Files.writeString(results.unfinished(BUDGET), budget.chart());
    return budget;
  }

  private PurchaseLogFile log(OutputFolder results) throws IOException {
    Path data = options.data();
    Path schema = options.schema();
    if (data != null && schema != null) {
      return PurchaseLogFile.of(data, schema);
    }
    console.step("A simulated shop writes its purchase log");
    return PurchaseLogFile.write(Shop.of(shop, options.seed()), results);
  }

  private Machine machine(RuntimeInfo runtime, Lesson lesson, Findings findings, Path modelFile)
      throws IOException {
    return new Machine(
        lesson.seconds(),
        lesson.progress().samples() / lesson.seconds(),
        findings.decisionMicros(),
        runtime.kernels(),
        runtime.javaVersion(),
        options.threads(),
        Files.size(modelFile),
        sha256(modelFile));
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime must know SHA-256", e);
    }
  }

  private void print(RunReport report) {
    Trial trial = report.trial();
    if (trial != null) {
      printTrial(trial, report.source().simulated());
    }
    BudgetComparison budget = report.budget();
    if (budget != null) {
      console.text("");
      console.text(BudgetTable.sentence(budget));
      console.text(BudgetTable.of(budget).text());
    }
    for (Recommendation customer : report.recommendations()) {
      StringBuilder line = new StringBuilder("  customer " + customer.customer() + ":");
      for (RecommendedItem item : customer.items()) {
        line.append(
            String.format(
                Locale.ROOT, "  item %s at %s (%.2f)", item.item(), item.level(), item.price()));
      }
      console.text(line.toString());
    }
    console.text("");
    report.notes().forEach(note -> console.text("Note: " + note));
    console.step("Done");
  }

  private void printTrial(Trial trial, boolean simulated) {
    for (RunReport.Population population : trial.populations()) {
      console.text("");
      console.text(
          String.format(
              Locale.ROOT,
              "%s (%,d), per 1 000 customers, %s:",
              population.name(),
              population.customers(),
              simulated ? "true values" : "estimated by inverse propensity"));
      console.text(PolicyTable.of(trial, population).text());
    }
  }
}
