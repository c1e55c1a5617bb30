package dev.discount.policy;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.Rows;
import dev.discount.core.internal.random.CounterRandom;
import java.util.Arrays;
import java.util.List;

/**
 * A policy behind guardrails on one ladder: values levels, closes some, asks the policy, checks its
 * answer, and draws. Confined to one thread; allocates nothing.
 */
final class ChoiceRule {

  private static final double SUM_TOLERANCE = 1e-9;

  private final DiscountLadder ladder;
  private final DiscountPolicy policy;
  private final ValuedLevels valued;
  private final Guardrail[] guardrails;
  private final double[] distribution;
  private final byte[] closedBy;

  ChoiceRule(
      DiscountLadder ladder,
      DiscountPolicy policy,
      List<Guardrail> guardrails,
      ValuedLevels valued) {
    this.ladder = ladder;
    this.policy = policy;
    this.valued = valued;
    this.guardrails = guardrails.toArray(new Guardrail[0]);
    this.distribution = new double[ladder.size()];
    this.closedBy = new byte[ladder.size()];
  }

  /** Prepares the rows of a batch to be valued. */
  void prepare(Rows rows) {
    valued.prepare(rows);
  }

  /**
   * Values and closes levels and fills the policy's distribution.
   *
   * @param allowed the levels the caller allows, at least one
   * @param kept the levels that no guardrail may close
   */
  void distribute(DecisionContext context, long allowed, long kept) {
    valued.fill(context);
    long open = allowed & ladder.allLevels();
    for (int level = 0; level < closedBy.length; level++) {
      closedBy[level] = (open >>> level & 1) != 0 ? DecisionTerms.OPEN : DecisionTerms.BY_REQUEST;
    }
    context.openLevels(open);
    for (int g = 0; g < guardrails.length; g++) {
      long closed = guardrails[g].closedLevels(context) & open & ~kept;
      for (long rest = closed; rest != 0; rest &= rest - 1) {
        closedBy[Long.numberOfTrailingZeros(rest)] = (byte) g;
      }
      open &= ~closed;
    }
    context.openLevels(open);
    Arrays.fill(distribution, 0);
    policy.distributeInto(context, distribution);
    check(open);
  }

  private void check(long open) {
    double sum = 0;
    for (int level = 0; level < distribution.length; level++) {
      double p = distribution[level];
      boolean closed = (open >>> level & 1) == 0;
      if (!(p >= 0 && p <= 1) || (closed && p != 0)) {
        throw new IllegalStateException(
            "policy "
                + policy.code()
                + " must give level "
                + level
                + (closed ? ", which is closed, probability 0" : " a probability in [0, 1]")
                + ", got "
                + p);
      }
      sum += p;
    }
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
      throw new IllegalStateException(
          "policy " + policy.code() + " must give probabilities that sum to 1, got " + sum);
    }
  }

  /**
   * Draws a level from the distribution: the first whose cumulative probability exceeds a uniform
   * number that is a function of the three arguments alone.
   */
  int draw(long seed, long decisionId, int place) {
    double u = CounterRandom.unit(seed, decisionId, place);
    double cumulative = 0;
    int last = 0;
    for (int level = 0; level < distribution.length; level++) {
      double p = distribution[level];
      if (p > 0) {
        cumulative += p;
        last = level;
        if (u < cumulative) {
          return level;
        }
      }
    }
    return last;
  }

  /** Returns the likeliest level, the smallest discount among equals. */
  int mode() {
    int mode = 0;
    for (int level = 1; level < distribution.length; level++) {
      if (distribution[level] > distribution[mode]) {
        mode = level;
      }
    }
    return mode;
  }

  double chance(int level) {
    return distribution[level];
  }

  /** Copies the distribution to a place of an array. */
  void copyInto(double[] out, int from) {
    System.arraycopy(distribution, 0, out, from, distribution.length);
  }

  /** Returns the place of the guardrail that closed a level, or a mark of the terms. */
  byte closedBy(int level) {
    return closedBy[level];
  }

  /** Returns what closed each level, in a new array. */
  byte[] closedBy() {
    return closedBy.clone();
  }
}
