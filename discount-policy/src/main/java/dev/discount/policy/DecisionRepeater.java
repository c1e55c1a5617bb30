package dev.discount.policy;

import dev.discount.core.Offer;
import dev.discount.core.ResponseScorer;
import dev.discount.core.data.Rows;
import org.jspecify.annotations.Nullable;

/**
 * Makes decisions again from what was recorded of them, in batches: rows are scored and valued
 * anew, guardrails judge by the recorded state, and nothing is read from them, committed or logged.
 * Confined to one thread; keeps what was in force when {@link DecisionEngine#newRepeater()} made
 * it.
 */
public final class DecisionRepeater {

  private final EngineState state;
  private final DecisionSetup setup;
  private final ResponseScorer scorer;
  private final Rows rows;
  private final DecisionContext context;
  private final ChoiceRule choice;
  private final DecisionTrace trace;
  private final int levels;
  private final @Nullable DecisionRepeater optedOut;
  private float[] curves;
  private boolean contended;

  DecisionRepeater(EngineState inForce) {
    this.state = inForce.with(inForce.model.forBatches(), inForce.policy);
    this.setup = DecisionSetup.of(state);
    this.scorer = state.model.newScorer(state.ladder);
    this.rows = new Rows(state.model.schema(), 1);
    this.context = new DecisionContext(state.ladder, rows);
    this.choice = state.newChoice();
    this.trace = new DecisionTrace(context, choice);
    this.levels = state.ladder.size();
    this.curves = new float[levels];
    this.optedOut = inForce.optOut == null ? null : new DecisionRepeater(inForce.optOut);
  }

  /**
   * Returns what repeats decisions whose request opted out of personal data, which another model
   * scored; {@code null} if the engine has no such model.
   */
  public @Nullable DecisionRepeater optedOut() {
    return optedOut;
  }

  /** Returns what decides, by names and versions. */
  public DecisionSetup setup() {
    return setup;
  }

  /** Returns the rows to score, to be cleared and filled by the caller. */
  public Rows rows() {
    return rows;
  }

  /** Scores all rows. */
  public void score() {
    if (curves.length < rows.size() * levels) {
      curves = new float[rows.size() * levels];
    }
    scorer.scoreInto(rows, curves);
    choice.prepare(rows);
  }

  /**
   * States the offer of the next decision.
   *
   * @throws IllegalArgumentException if a price is out of its range
   */
  public void offer(String itemId, long listPriceMinor, long unitCostMinor) {
    Offer.checkPrice(listPriceMinor, unitCostMinor);
    context.offer(itemId, listPriceMinor, unitCostMinor);
  }

  /** States the id, the time and the campaign of the next decision. */
  public void decision(long decisionId, long timeMillis, String campaign) {
    context.decision(decisionId, timeMillis, campaign);
  }

  /**
   * States which levels had been stopped or given up for the next decision.
   *
   * @param levels one bit each
   * @param mark why, a mark of {@link DecisionTrace}; {@link DecisionTrace#OPEN} for no level
   */
  public void stopped(long levels, int mark) {
    contended = mark == DecisionTrace.CONTENDED;
    context.stopped(contended ? 0 : levels, (byte) mark);
  }

  /** Returns how many numbers the guardrails read. */
  public int stateLongs() {
    return choice.stateLongs();
  }

  /**
   * States what the guardrails had read for the next decision.
   *
   * @param recorded the numbers, the first {@link #stateLongs()} of them
   */
  public void state(long[] recorded) {
    context.restoreState(recorded, 0, stateLongs());
  }

  /**
   * Decides a scored row again.
   *
   * @param row the row's index
   * @param allowedLevels the levels that the request had allowed
   * @param place the decision's place in its batch
   * @return the decision, valid until the next
   * @throws IllegalStateException if the model or the policy breaks its contract
   */
  public DecisionTrace repeat(int row, long allowedLevels, int place) {
    context.at(rows, row);
    for (int level = 0; level < levels; level++) {
      float p = curves[row * levels + level];
      if (!(p >= 0 && p <= 1)) {
        throw EngineState.notAProbability(state.model, p, level);
      }
      context.purchaseProbability(level, p);
    }
    int chosen = choice.repeat(context, allowedLevels | 1, state.seed, place, contended);
    trace.chosen(allowedLevels | 1, place, chosen);
    return trace;
  }
}
