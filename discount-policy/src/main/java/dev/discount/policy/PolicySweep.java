package dev.discount.policy;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Offer;
import dev.discount.core.ResponseModel;
import dev.discount.core.ResponseScorer;
import dev.discount.core.data.Rows;
import java.util.List;

/**
 * Tells, for the rows of a log or of a population, with which probability a policy behind
 * guardrails chooses each level. Nothing is drawn: the distribution itself is what estimators weigh
 * with. Immutable and safe for concurrent use.
 *
 * <p>Guardrails that keep state are read as they stand and give nothing away.
 *
 * <p>Unlike an engine it can leave level 0 out, because a log may never have tried it.
 */
public final class PolicySweep {

  private static final int BLOCK_ROWS = 256;

  private final ResponseModel model;
  private final DiscountLadder ladder;
  private final DiscountPolicy policy;
  private final List<Guardrail> guardrails;
  private final Valuation valuation;
  private final long levels;

  private PolicySweep(
      ResponseModel model,
      DiscountLadder ladder,
      DiscountPolicy policy,
      List<Guardrail> guardrails,
      Valuation valuation,
      long levels) {
    this.model = model;
    this.ladder = ladder;
    this.policy = policy;
    this.guardrails = guardrails;
    this.valuation = valuation;
    this.levels = levels;
  }

  /**
   * Returns a sweep over all levels of a ladder.
   *
   * @param model the purchase probabilities
   * @param ladder the levels
   * @param policy the policy
   * @param guardrails in the order in which they are asked; copied
   * @throws IllegalArgumentException if the model cannot score the ladder, or the policy or a
   *     guardrail names a level that it does not have
   */
  public static PolicySweep of(
      ResponseModel model,
      DiscountLadder ladder,
      DiscountPolicy policy,
      List<Guardrail> guardrails) {
    EngineState.checkModel(model, ladder);
    policy.checkLadder(ladder);
    EngineState.checkGuardrails(guardrails, ladder, model.schema());
    return new PolicySweep(
        model,
        ladder,
        policy,
        List.copyOf(guardrails),
        Valuation.expectedProfit(),
        ladder.allLevels());
  }

  /**
   * Returns this sweep with levels worth something else than their expected profit.
   *
   * @param newValuation what levels are worth
   * @throws IllegalArgumentException if it needs what the model does not have
   */
  public PolicySweep withValuation(Valuation newValuation) {
    ValuedLevels.check(newValuation, model, ladder);
    return new PolicySweep(model, ladder, policy, guardrails, newValuation, levels);
  }

  /**
   * Returns this sweep over some levels only, the others closed. The smallest of them, like level 0
   * in an engine, is closed by no guardrail.
   *
   * @param newLevels one bit each, level 0 the lowest; at least one level of the ladder
   */
  public PolicySweep withLevels(long newLevels) {
    long some = newLevels & ladder.allLevels();
    if (some == 0) {
      throw new IllegalArgumentException(
          "newLevels must have a level of the ladder, got " + newLevels);
    }
    return new PolicySweep(model, ladder, policy, guardrails, valuation, some);
  }

  /** Returns the levels. */
  public DiscountLadder ladder() {
    return ladder;
  }

  /** Returns the policy. */
  public DiscountPolicy policy() {
    return policy;
  }

  /**
   * Computes the probability of every level for some rows.
   *
   * @param rows rows with the fields of the model's schema, found by name, and with price and cost
   *     as fields or constants
   * @param selection the rows to use, by index
   * @param out the probabilities, shape {@code [selection.length, ladder.size()]}, row-major
   * @throws IllegalArgumentException if {@code out} is too short, or a price or cost is missing or
   *     out of its range
   */
  public void distributeInto(Rows rows, int[] selection, double[] out) {
    int size = ladder.size();
    if (out.length < (long) selection.length * size) {
      throw new IllegalArgumentException(
          "out must have length >= " + (long) selection.length * size + ", got " + out.length);
    }
    RowWriter names = new RowWriter(rows.schema());
    RowCopy copy = RowCopy.of(rows.schema(), model.schema());
    ResponseModel batches = model.forBatches();
    ResponseScorer scorer = batches.newScorer(ladder);
    Rows block = new Rows(model.schema(), BLOCK_ROWS);
    float[] curves = new float[BLOCK_ROWS * size];
    DecisionContext context = new DecisionContext(ladder, block);
    ChoiceRule choice =
        new ChoiceRule(
            ladder,
            policy,
            guardrails,
            new ValuedLevels(valuation, batches, ladder),
            StopRule.never());
    for (int from = 0; from < selection.length; from += BLOCK_ROWS) {
      int count = Math.min(BLOCK_ROWS, selection.length - from);
      copy.copyInto(rows, selection, from, count, block);
      scorer.scoreInto(block, curves);
      choice.prepare(block);
      for (int i = 0; i < count; i++) {
        int row = selection[from + i];
        context.at(block, i);
        context.decision(row, 0, "");
        offer(rows, row, names, context);
        probabilities(curves, i, context);
        choice.read(context);
        choice.distribute(context, levels, Long.lowestOneBit(levels));
        choice.copyInto(out, (from + i) * size);
      }
    }
  }

  private void probabilities(float[] curves, int row, DecisionContext context) {
    int size = ladder.size();
    for (int level = 0; level < size; level++) {
      float p = curves[row * size + level];
      if (!(p >= 0 && p <= 1)) {
        throw EngineState.notAProbability(model, p, level);
      }
      context.purchaseProbability(level, p);
    }
  }

  private static void offer(Rows rows, int row, RowWriter names, DecisionContext out) {
    long priceMinor = rows.schema().priceMinor(rows, row);
    long costMinor = rows.schema().costMinor(rows, row);
    if (priceMinor < 0 || costMinor < 0) {
      throw new IllegalArgumentException(
          "price and cost of row " + row + " must be stated, got a row without");
    }
    Offer.checkPrice(priceMinor, costMinor);
    out.offer(names.itemId(rows, row), priceMinor, costMinor);
  }
}
