package shop.quickstart.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import shop.quickstart.report.RunReport.BudgetComparison;
import shop.quickstart.report.RunReport.Machine;
import shop.quickstart.report.RunReport.PolicyOutcome;
import shop.quickstart.report.RunReport.Population;
import shop.quickstart.report.RunReport.Spender;
import shop.quickstart.report.RunReport.Trial;

/** A run's figures for programs. What is not known is left out rather than written as NaN. */
public final class SummaryJson {

  private SummaryJson() {}

  /**
   * Writes the figures to a file.
   *
   * @param report the run
   * @param file the file, overwritten
   */
  public static void write(RunReport report, Path file) throws IOException {
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), of(report));
  }

  static ObjectNode of(RunReport report) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("data", report.source().name());
    root.put("seed", report.source().seed());
    root.put("rows", report.sizes().rows());
    root.put("trainRows", report.sizes().trainRows());
    root.put("validationRows", report.sizes().validationRows());
    root.put("testRows", report.sizes().testRows());
    put(root, "logLoss", report.quality().logLoss());
    put(root, "auc", report.quality().auc());
    put(root, "ece", report.quality().ece());
    put(root, "baseLogLoss", report.quality().baseLogLoss());
    Trial trial = report.trial();
    if (trial != null) {
      addTrial(trial, root);
    }
    BudgetComparison budget = report.budget();
    if (budget != null) {
      addBudget(budget, root.putObject("equalSpend"));
    }
    addMachine(report.machine(), root);
    ArrayNode notes = root.putArray("notes");
    report.notes().forEach(notes::add);
    return root;
  }

  private static void addTrial(Trial trial, ObjectNode root) {
    addPolicies(trial.populations().get(0), root.putArray("policies"));
    PolicyOutcome bestFlat = trial.bestFlatOutcome();
    PolicyOutcome oracle = trial.oracleOutcome();
    put(root, "bestFlat", oracle == null ? bestFlat.value() : bestFlat.trueValue());
    root.put("bestFlatPolicy", bestFlat.name());
    if (oracle != null) {
      put(root, "oracle", oracle.trueValue());
    }
    ArrayNode unsupported = root.putArray("levelsWithoutSupport");
    trial.unsupportedLevels().forEach(unsupported::add);
    ArrayNode populations = root.putArray("populations");
    for (Population population : trial.populations()) {
      ObjectNode node = populations.addObject();
      node.put("name", population.name());
      node.put("customers", population.customers());
      addPolicies(population, node.putArray("policies"));
    }
  }

  private static void addPolicies(Population population, ArrayNode out) {
    for (PolicyOutcome policy : population.policies()) {
      ObjectNode node = out.addObject();
      node.put("name", policy.name());
      put(node, "value", policy.value());
      put(node, "standardError", policy.standardError());
      put(node, "trueValue", policy.trueValue());
      put(node, "meanDiscount", policy.meanDiscount());
      put(node, "revenuePer1000", policy.revenuePer1000());
      put(node, "profitPer1000", policy.profitPer1000());
      put(node, "discountCostPer1000", policy.discountCostPer1000());
      put(node, "gainPer1000", policy.gain().estimate());
      put(node, "gainLowerPer1000", policy.gain().lower());
      put(node, "gainUpperPer1000", policy.gain().upper());
      put(node, "shareOfOracleGain", policy.shareOfOracleGain());
    }
  }

  private static void addBudget(BudgetComparison budget, ObjectNode out) {
    out.put("customers", budget.customers());
    put(out, "budgetPer1000", budget.budgetPer1000());
    put(out, "nextUnitBuys", budget.nextUnitBuys());
    ArrayNode policies = out.putArray("policies");
    for (Spender spender : budget.spenders()) {
      ObjectNode node = policies.addObject();
      node.put("name", spender.name());
      put(node, "spentPer1000", spender.spentPer1000());
      put(node, "profitPer1000", spender.profitPer1000());
      put(node, "firstEarnsMorePer1000", spender.firstEarnsMore().estimate());
      put(node, "firstEarnsMoreLowerPer1000", spender.firstEarnsMore().lower());
      put(node, "firstEarnsMoreUpperPer1000", spender.firstEarnsMore().upper());
    }
  }

  private static void addMachine(Machine machine, ObjectNode root) {
    put(root, "trainSeconds", machine.trainSeconds());
    put(root, "samplesPerSecond", machine.samplesPerSecond());
    put(root, "decisionMicros", machine.decisionMicros());
    root.put("backend", machine.backend());
    root.put("java", machine.java());
    root.put("threads", machine.threads());
    root.put("modelBytes", machine.modelBytes());
    root.put("modelSha256", machine.modelSha256());
  }

  private static void put(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    }
  }
}
