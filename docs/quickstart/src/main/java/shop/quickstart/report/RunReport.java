package shop.quickstart.report;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Everything a run found, as plain data; its renderings add nothing to it. Money is in major units.
 * Immutable.
 *
 * @param source where the log came from
 * @param sizes how many rows went where
 * @param quality how well the model predicts the test rows
 * @param epochs the losses while training, in order
 * @param reliability predicted against observed, one entry per level of the ladder in order, or one
 *     entry for all rows where nothing was discounted
 * @param segments the response of groups of customers to the levels; empty without a discount
 * @param trial the policies compared, or null for a plain probability model
 * @param budget the policies compared at equal spend, or null where no budget was given
 * @param recommendations the best items of a few customers
 * @param machine how long it took, on what, and the file that came out
 * @param notes what a reader has to know to read the figures rightly, one sentence each
 */
public record RunReport(
    Source source,
    Sizes sizes,
    Quality quality,
    List<Epoch> epochs,
    List<Reliability> reliability,
    List<Segment> segments,
    @Nullable Trial trial,
    @Nullable BudgetComparison budget,
    List<Recommendation> recommendations,
    Machine machine,
    List<String> notes) {

  /** Copies the lists. */
  public RunReport {
    epochs = List.copyOf(epochs);
    reliability = List.copyOf(reliability);
    segments = List.copyOf(segments);
    recommendations = List.copyOf(recommendations);
    notes = List.copyOf(notes);
  }

  /**
   * Where the log came from.
   *
   * @param name the log's name
   * @param simulated whether the simulator wrote it, so that the truth is known
   * @param seed the seed of the run
   */
  public record Source(String name, boolean simulated, long seed) {}

  /**
   * How many rows went where.
   *
   * @param rows all rows
   * @param trainRows rows the model was fitted to
   * @param validationRows rows that said when to stop
   * @param testRows rows that were seen by neither
   */
  public record Sizes(int rows, int trainRows, int validationRows, int testRows) {}

  /**
   * How well the model predicts the test rows.
   *
   * @param logLoss the mean negative log likelihood, in nats
   * @param auc the area under the receiver operating characteristic
   * @param ece the expected calibration error, over levels and equal-count bins
   * @param baseLogLoss the log loss of the training rows' mean outcome, for comparison
   */
  public record Quality(double logLoss, double auc, double ece, double baseLogLoss) {}

  /**
   * The losses after one pass over the training rows.
   *
   * @param network the network of the ensemble, from 1
   * @param number the pass, from 1
   * @param trainLoss the mean training loss
   * @param validationLoss the loss of the validation rows, NaN without any
   */
  public record Epoch(int network, int number, double trainLoss, double validationLoss) {}

  /**
   * Predicted against observed outcomes of the test rows offered one level.
   *
   * @param label the level's label
   * @param rows the number of test rows, 0 where the level has no support
   * @param bins means over groups of equal count, by rising prediction
   */
  public record Reliability(String label, int rows, List<Bin> bins) {
    /** Copies the bins. */
    public Reliability {
      bins = List.copyOf(bins);
    }
  }

  /**
   * One group of rows with similar predictions.
   *
   * @param rows the number of rows
   * @param predicted their mean predicted probability
   * @param observed the share of them that bought
   */
  public record Bin(int rows, double predicted, double observed) {}

  /**
   * The response of a group of customers to the levels. Values that are not known are NaN.
   *
   * @param name what the group has in common
   * @param rows the number of test rows in it
   * @param predicted the mean predicted probability by level
   * @param observed the share that bought by offered level
   * @param truth the mean true probability by level
   */
  public record Segment(
      String name, int rows, List<Double> predicted, List<Double> observed, List<Double> truth) {
    /** Copies the lists. */
    public Segment {
      predicted = List.copyOf(predicted);
      observed = List.copyOf(observed);
      truth = List.copyOf(truth);
    }
  }

  /**
   * The policies compared.
   *
   * @param levels the labels of the ladder
   * @param supported whether the log shows each level often enough to say anything about it
   * @param bestFlat the name of the best single level
   * @param populations the groups the policies decided for, the whole first
   */
  public record Trial(
      List<String> levels, List<Boolean> supported, String bestFlat, List<Population> populations) {
    /** Copies the lists. */
    public Trial {
      levels = List.copyOf(levels);
      supported = List.copyOf(supported);
      populations = List.copyOf(populations);
    }

    /** Returns the labels of the levels that the log does not show often enough. */
    public List<String> unsupportedLevels() {
      return IntStream.range(0, levels.size())
          .filter(level -> !supported.get(level))
          .mapToObj(levels::get)
          .toList();
    }

    /** Returns the policies' outcomes for the whole population. */
    public List<PolicyOutcome> policies() {
      return populations.get(0).policies();
    }

    /** Returns the best single level's outcome for the whole population. */
    public PolicyOutcome bestFlatOutcome() {
      return policies().stream().filter(p -> p.name().equals(bestFlat)).findFirst().orElseThrow();
    }

    /** Returns the oracle's outcome for the whole population, or null where there is none. */
    public @Nullable PolicyOutcome oracleOutcome() {
      return policies().stream()
          .filter(p -> p.kind() == PolicyKind.ORACLE)
          .findFirst()
          .orElse(null);
    }
  }

  /**
   * A group the policies decided for.
   *
   * @param name what the group has in common
   * @param customers its size
   * @param policies one outcome per policy, in the order of the whole population's
   */
  public record Population(String name, int customers, List<PolicyOutcome> policies) {
    /** Copies the outcomes. */
    public Population {
      policies = List.copyOf(policies);
    }
  }

  /** What a policy looks at. */
  public enum PolicyKind {
    /** Nothing: everyone gets the same level. */
    FLAT,
    /** The customer and the item. */
    PERSONAL,
    /** The simulator's true probabilities. */
    ORACLE
  }

  /**
   * What a policy earned.
   *
   * @param name the policy
   * @param kind what it looks at
   * @param meanDiscount the mean offered share of the list price, in [0, 1]
   * @param revenuePer1000 the revenue of 1 000 customers
   * @param profitPer1000 the profit of 1 000 customers
   * @param discountCostPer1000 what the discounts of 1 000 customers took off the revenue
   * @param value the profit of a customer as estimated from the log by inverse propensity
   * @param standardError the standard error of {@code value}
   * @param trueValue the profit of a customer by the simulator's true probabilities, or NaN
   * @param gain the profit of 1 000 customers above the best single level's
   * @param shareOfOracleGain {@code gain} over the oracle's, or NaN
   * @param levelShares how often it chose each level, summing to 1
   */
  public record PolicyOutcome(
      String name,
      PolicyKind kind,
      double meanDiscount,
      double revenuePer1000,
      double profitPer1000,
      double discountCostPer1000,
      double value,
      double standardError,
      double trueValue,
      Interval gain,
      double shareOfOracleGain,
      List<Double> levelShares) {
    /** Copies the shares. */
    public PolicyOutcome {
      levelShares = List.copyOf(levelShares);
    }
  }

  /**
   * An estimate with a 95 % interval.
   *
   * @param estimate the estimate
   * @param lower the lower end
   * @param upper the upper end
   */
  public record Interval(double estimate, double lower, double upper) {}

  /**
   * Policies that had the same money for the same customers.
   *
   * @param customers how many came
   * @param simulated whether profit is by the simulator's true probabilities, and not estimated
   *     from the log by inverse propensity
   * @param budgetPer1000 the budget of 1 000 customers
   * @param nextUnitBuys the shadow price: what one more unit of money would earn, as the model
   *     expects it
   * @param spenders the policies; the first is the one the others are compared with
   * @param chart the value of every budget, as SVG
   */
  public record BudgetComparison(
      int customers,
      boolean simulated,
      double budgetPer1000,
      double nextUnitBuys,
      List<Spender> spenders,
      String chart) {
    /** Copies the policies. */
    public BudgetComparison {
      spenders = List.copyOf(spenders);
    }
  }

  /**
   * What a policy made of the budget.
   *
   * @param name the policy
   * @param spentPer1000 what it spent on 1 000 customers
   * @param profitPer1000 the profit of 1 000 customers
   * @param firstEarnsMore how much more the first policy earns on 1 000 customers; NaN for itself
   */
  public record Spender(
      String name, double spentPer1000, double profitPer1000, Interval firstEarnsMore) {}

  /**
   * The best items of one customer.
   *
   * @param customer the customer's id
   * @param items the items, best first
   */
  public record Recommendation(String customer, List<RecommendedItem> items) {
    /** Copies the items. */
    public Recommendation {
      items = List.copyOf(items);
    }
  }

  /**
   * One item at the level a customer would be offered.
   *
   * @param item the item's id
   * @param level the level's label
   * @param listPrice the list price
   * @param price the price at the level
   * @param probability the predicted probability of a purchase at that price
   * @param expectedProfit the predicted profit
   */
  public record RecommendedItem(
      String item,
      String level,
      double listPrice,
      double price,
      double probability,
      double expectedProfit) {}

  /**
   * How long it took, on what, and the file that came out.
   *
   * @param trainSeconds the time spent training
   * @param samplesPerSecond training rows times passes, over that time
   * @param decisionMicros the mean time of one decision in the trial, or NaN
   * @param backend the kernels in use
   * @param java the version of the Java runtime
   * @param threads the number of training threads
   * @param modelBytes the size of the model file
   * @param modelSha256 the model file's checksum, in hexadecimal
   */
  public record Machine(
      double trainSeconds,
      double samplesPerSecond,
      double decisionMicros,
      String backend,
      String java,
      int threads,
      long modelBytes,
      String modelSha256) {}
}
