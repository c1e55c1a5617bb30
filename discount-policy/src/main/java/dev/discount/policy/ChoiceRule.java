package dev.discount.policy;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.Rows;
import dev.discount.core.internal.random.CounterRandom;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy behind guardrails on one ladder: values levels, closes some, asks the policy, checks its
 * answer, and draws. Confined to one thread; allocates nothing.
 */
final class ChoiceRule {

  private static final double SUM_TOLERANCE = 1e-9;

  /** How often a choice is made again because guardrails' state changed under it. */
  private static final int MAX_TRIES = 16;

  private final DiscountLadder ladder;
  private final DiscountPolicy policy;
  private final ValuedLevels valued;
  private final StopRule stops;
  private final GuardrailChain guardrails;
  private final double[] distribution;
  private final byte[] closedBy;

  ChoiceRule(
      DiscountLadder ladder,
      DiscountPolicy policy,
      List<Guardrail> guardrails,
      ValuedLevels valued,
      StopRule stops) {
    this.ladder = ladder;
    this.policy = policy;
    this.valued = valued;
    this.stops = stops;
    this.guardrails = new GuardrailChain(guardrails);
    this.distribution = new double[ladder.size()];
    this.closedBy = new byte[ladder.size()];
  }

  /** Prepares the rows of a batch to be valued. */
  void prepare(Rows rows) {
    valued.prepare(rows);
  }

  /**
   * Reads the guardrails' state, closes levels, draws one, and commits it. If another decision has
   * changed the state in between, all is done again with the same draw; after some tries no level
   * but 0 is left, so that the call always ends.
   *
   * @param allowed the levels the caller allows, level 0 among them
   * @param place the decision's place in its batch, part of the draw
   * @return the chosen level
   */
  int choose(DecisionContext context, long allowed, long seed, int place) {
    for (int i = 0; i < MAX_TRIES; i++) {
      int level = rehearse(context, allowed, seed, place);
      if (guardrails.commit(context, level)) {
        return level;
      }
    }
    read(context);
    distributeContended(context, allowed);
    guardrails.commit(context, 0);
    return 0;
  }

  /** Closes all levels but 0, those that were allowed because of contention. */
  private void distributeContended(DecisionContext context, long allowed) {
    distribute(context, 1, 1);
    for (int level = 1; level < closedBy.length; level++) {
      if ((allowed >>> level & 1) != 0) {
        closedBy[level] = DecisionTerms.CONTENDED;
      }
    }
  }

  /** Gives back what {@link #choose} committed. */
  void giveBack(DecisionContext context, int level) {
    guardrails.giveBackAll(context, level);
  }

  /**
   * Chooses again by the state in the context, which nobody reads or commits.
   *
   * @param contended whether the choice had been given up under contention
   */
  int repeat(DecisionContext context, long allowed, long seed, int place, boolean contended) {
    if (contended) {
      distributeContended(context, allowed);
      return 0;
    }
    distribute(context, allowed, 1);
    return draw(seed, context.decisionId(), place);
  }

  int stateLongs() {
    return guardrails.stateLongs();
  }

  /** Does what {@link #choose} does and commits nothing. */
  int rehearse(DecisionContext context, long allowed, long seed, int place) {
    read(context);
    distribute(context, allowed, 1);
    return draw(seed, context.decisionId(), place);
  }

  /** Reads the kill switch and the guardrails' state into the context. */
  void read(DecisionContext context) {
    stops.read(context);
    guardrails.read(context);
  }

  /**
   * Values levels, closes some by the state in the context, and fills the policy's distribution.
   *
   * @param allowed the levels the caller allows, at least one
   * @param kept the levels that no guardrail and no switch may close
   */
  void distribute(DecisionContext context, long allowed, long kept) {
    valued.fill(context);
    long open = allowed & ladder.allLevels();
    for (int level = 0; level < closedBy.length; level++) {
      closedBy[level] = (open >>> level & 1) != 0 ? DecisionTerms.OPEN : DecisionTerms.BY_REQUEST;
    }
    open = StopRule.close(context, open, kept, closedBy);
    context.openLevels(open);
    open = guardrails.close(context, open, kept, closedBy);
    context.openLevels(open);
    Arrays.fill(distribution, 0);
    int promised = guardrails.promised(context);
    if (promised >= 0) {
      distribution[promised] = 1;
    } else {
      policy.distributeInto(context, distribution);
      check(open);
    }
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

  /** Returns what would open a level, null if no guardrail closed it. */
  @Nullable Opening opening(DecisionContext context, int level) {
    return closedBy[level] < 0 ? null : guardrails.opening(context, closedBy[level], level);
  }

  /** Returns the handle of what a guardrail reserved, or 0. */
  long reservation(DecisionContext context) {
    return guardrails.reservation(context);
  }

  /** Returns the price that a reduction is measured against, -1 if no guardrail knows one. */
  long referencePriceMinor(DecisionContext context) {
    return guardrails.referencePriceMinor(context);
  }

  /**
   * Returns what was closed and what would open it, in new arrays.
   *
   * @param tags the kinds of fields that could have moved the level, one bit each
   */
  Closings closings(DecisionContext context, int tags) {
    int closed = 0;
    for (byte by : closedBy) {
      closed += by >= 0 ? 1 : 0;
    }
    Opening[] openings = closed == 0 ? Closings.NO_OPENINGS : new Opening[closed];
    for (int level = closedBy.length - 1; closed > 0; level--) {
      if (closedBy[level] >= 0) {
        closed--;
        openings[closed] = guardrails.opening(context, closedBy[level], level);
      }
    }
    return new Closings(
        closedBy.clone(),
        openings,
        guardrails.referencePriceMinor(context),
        guardrails.reservation(context),
        tags);
  }
}
