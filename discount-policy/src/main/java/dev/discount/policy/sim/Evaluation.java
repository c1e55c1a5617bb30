package dev.discount.policy.sim;

import dev.discount.policy.PolicySweep;
import java.util.ArrayList;
import java.util.List;

/**
 * Values policies by their true profit over populations of a {@link Shop}. Immutable and safe for
 * concurrent use.
 */
public final class Evaluation {

  private final List<Visits> populations;

  private Evaluation(List<Visits> populations) {
    this.populations = populations;
  }

  /**
   * Returns an evaluation over one or more populations, taken together.
   *
   * @param populations the visits, at least one population
   */
  public static Evaluation of(Visits... populations) {
    if (populations.length == 0) {
      throw new IllegalArgumentException("populations must have length >= 1, got 0");
    }
    return new Evaluation(List.of(populations));
  }

  /** A policy as a function: the probability of each level for one visit. */
  private interface Chooser {
    void chooseInto(Visits visits, int visit, double[] out);
  }

  /**
   * Values a policy with the model, guardrails and levels of a sweep.
   *
   * @param name the name of the result
   * @param sweep the policy
   */
  public PolicyResult evaluate(String name, PolicySweep sweep) {
    List<PolicyResult> results = new ArrayList<>();
    for (Visits visits : populations) {
      int[] all = new int[visits.size()];
      for (int i = 0; i < all.length; i++) {
        all[i] = i;
      }
      double[] distribution = new double[visits.size() * visits.levels()];
      sweep.distributeInto(visits.rows(), all, distribution);
      int levels = visits.levels();
      results.add(
          result(
              name,
              visits,
              (of, visit, out) -> System.arraycopy(distribution, visit * levels, out, 0, levels)));
    }
    return together(results);
  }

  /**
   * Values the policy that offers everybody one level.
   *
   * @param level the level's place in the ladder
   */
  public PolicyResult flat(int level) {
    String name = "flat " + Shop.ladder().level(level).label();
    return each(name, (visits, visit, out) -> out[level] = 1);
  }

  /** Values the flat level that truly earns most; ties go to the smallest discount. */
  public PolicyResult bestFlat() {
    PolicyResult best = flat(0);
    for (int level = 1; level < Shop.ladder().size(); level++) {
      PolicyResult next = flat(level);
      if (next.valueMinor().value() > best.valueMinor().value()) {
        best = next;
      }
    }
    return best;
  }

  /** Values the policy that knows every true probability; ties go to the smallest discount. */
  public PolicyResult oracle() {
    return each(
        "oracle",
        (visits, visit, out) -> out[best(visits, visit, visits::purchaseProbability)] = 1);
  }

  /**
   * Values the policy that knows the true probabilities given all that the log shows of a customer
   * it does not know. It bounds what any model can earn from new customers.
   */
  public PolicyResult visibleOracle() {
    return each(
        "oracle of what the log shows",
        (visits, visit, out) -> out[best(visits, visit, visits::visibleProbability)] = 1);
  }

  /**
   * Values the policy that knows each item's margin and the population's mean purchase probability
   * at each level, but nothing of the customer: what prices alone can gain.
   */
  public PolicyResult marginOnly() {
    double[] means = new double[Shop.ladder().size()];
    for (Visits visits : populations) {
      for (int visit = 0; visit < visits.size(); visit++) {
        for (int level = 0; level < means.length; level++) {
          means[level] += visits.purchaseProbability(visit, level);
        }
      }
    }
    return each(
        "margin only",
        (visits, visit, out) -> out[best(visits, visit, (of, level) -> means[level])] = 1);
  }

  /** A purchase probability, up to a common factor. */
  private interface Probability {
    double at(int visit, int level);
  }

  private static int best(Visits visits, int visit, Probability probability) {
    int best = 0;
    double bestProfit = Double.NEGATIVE_INFINITY;
    for (int level = 0; level < visits.levels(); level++) {
      long marginMinor = visits.netPriceMinor(visit, level) - visits.unitCostMinor(visit);
      double profit = probability.at(visit, level) * marginMinor;
      if (profit > bestProfit) {
        best = level;
        bestProfit = profit;
      }
    }
    return best;
  }

  private PolicyResult each(String name, Chooser chooser) {
    List<PolicyResult> results = new ArrayList<>();
    for (Visits visits : populations) {
      results.add(result(name, visits, chooser));
    }
    return together(results);
  }

  private static PolicyResult together(List<PolicyResult> results) {
    PolicyResult all = results.get(0);
    for (int i = 1; i < results.size(); i++) {
      all = all.and(results.get(i));
    }
    return all;
  }

  private static PolicyResult result(String name, Visits visits, Chooser chooser) {
    double[] profitsMinor = new double[visits.size()];
    double depth = 0;
    double purchases = 0;
    double revenueMinor = 0;
    double discountMinor = 0;
    double order = 0;
    for (int visit = 0; visit < visits.size(); visit++) {
      double[] chances = new double[visits.levels()];
      chooser.chooseInto(visits, visit, chances);
      for (int level = 0; level < chances.length; level++) {
        if (chances[level] > 0) {
          double bought = chances[level] * visits.purchaseProbability(visit, level);
          long netMinor = visits.netPriceMinor(visit, level);
          long listMinor = visits.listPriceMinor(visit);
          profitsMinor[visit] += chances[level] * visits.expectedProfitMinor(visit, level);
          depth += chances[level] * Shop.ladder().level(level).depth(listMinor);
          purchases += bought;
          revenueMinor += bought * netMinor;
          discountMinor += bought * (listMinor - netMinor);
          order += chances[level] * visits.expectedOrderProfit(visit, level);
        }
      }
    }
    return new PolicyResult(
        name,
        profitsMinor,
        new PolicyResult.Totals(depth, purchases, revenueMinor, discountMinor, order));
  }
}
