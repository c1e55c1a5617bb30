package dev.discount.policy;

import dev.discount.core.DiscountLadder;
import dev.discount.core.ResponseModel;
import dev.discount.core.ResponseScorer;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is in force in an engine at one moment, with the idle sessions that serve it. Immutable but
 * for the pool; a swap replaces the whole.
 */
final class EngineState {

  final ResponseModel model;
  final DiscountLadder ladder;
  final DiscountPolicy policy;
  final List<Guardrail> guardrails;
  final Valuation valuation;
  final KillSwitch killSwitch;
  final long seed;
  final @Nullable DecisionRecorder recorder;
  final DecisionTerms terms;
  final TagRule tags;
  final SessionPool pool;

  /** What answers requests that opt out, null if nothing does. */
  final @Nullable EngineState optOut;

  /** The fields that those requests may name. */
  final @Nullable Schema withheld;

  EngineState(
      ResponseModel model,
      DiscountLadder ladder,
      DiscountPolicy policy,
      List<Guardrail> guardrails,
      Settings settings) {
    this.model = model;
    this.ladder = ladder;
    this.policy = policy;
    this.guardrails = guardrails;
    this.valuation = settings.valuation();
    this.killSwitch = settings.killSwitch();
    this.seed = settings.seed();
    this.recorder = settings.recorder();
    this.terms = DecisionTerms.of(this);
    this.tags = TagRule.of(model, policy, guardrails, valuation);
    this.pool = new SessionPool(settings.poolSize());
    this.withheld = settings.withheld();
    ResponseModel impersonal = settings.impersonal();
    this.optOut =
        impersonal == null
            ? null
            : new EngineState(
                impersonal, ladder, policy, guardrails, settings.optedOut(model.schema()));
  }

  /**
   * What a swap does not change.
   *
   * @param valuation what levels are worth
   * @param killSwitch what stops discounts
   * @param recorder what takes the decisions
   * @param seed the seed of the draws
   * @param poolSize the number of idle sessions to keep
   * @param impersonal the model that reads no personal data, for requests that opt out, or null
   * @param withheld in the state for such requests the fields that they may name, null elsewhere
   */
  record Settings(
      Valuation valuation,
      KillSwitch killSwitch,
      @Nullable DecisionRecorder recorder,
      long seed,
      int poolSize,
      @Nullable ResponseModel impersonal,
      @Nullable Schema withheld) {

    Settings optedOut(Schema schema) {
      return new Settings(valuation, killSwitch, recorder, seed, poolSize, null, schema);
    }
  }

  /**
   * Checks that a model, and what chooses by it, looks at nothing personal or protected.
   *
   * @throws IllegalArgumentException if it does
   */
  static void checkImpersonal(ResponseModel model, DiscountPolicy policy, Valuation valuation) {
    String byModel = TagRule.of(model, Inputs.ofCurve(), valuation).personal(model.schema());
    if (!byModel.isEmpty()) {
      throw new IllegalArgumentException(
          "model without personal data must read no personal or protected field, got " + byModel);
    }
    String byPolicy = TagRule.of(model, policy.inputs(), valuation).personal(model.schema());
    if (!byPolicy.isEmpty()) {
      throw new IllegalArgumentException(
          "policy and valuation must read no personal or protected field where requests may opt"
              + " out, got "
              + byPolicy);
    }
  }

  /** Returns what answers requests that opt out. */
  EngineState requireOptOut() {
    EngineState other = optOut;
    if (other == null) {
      throw new IllegalArgumentException(
          "request must not opt out where the engine has no model without personal data");
    }
    return other;
  }

  /** Checks that a new policy may also answer requests that opt out. */
  void checkOptOut(DiscountPolicy newPolicy) {
    EngineState other = optOut;
    if (other != null) {
      checkImpersonal(other.model, newPolicy, valuation);
    }
  }

  /** Returns a new rule that chooses with what is in force. */
  ChoiceRule newChoice() {
    return new ChoiceRule(
        ladder,
        policy,
        guardrails,
        new ValuedLevels(valuation, model, ladder),
        new StopRule(killSwitch, model.version()));
  }

  EngineState with(ResponseModel newModel, DiscountPolicy newPolicy) {
    EngineState other = optOut;
    Settings settings =
        new Settings(
            valuation,
            killSwitch,
            recorder,
            seed,
            pool.size(),
            other == null ? null : other.model,
            withheld);
    return new EngineState(newModel, ladder, newPolicy, guardrails, settings);
  }

  /**
   * Checks that a model scores a ladder: its scorer is for that ladder and gives a row without
   * values probabilities in [0, 1].
   *
   * @throws IllegalArgumentException if it does not
   */
  static void checkModel(ResponseModel model, DiscountLadder ladder) {
    ResponseScorer scorer = model.newScorer(ladder);
    if (!scorer.ladder().equals(ladder)) {
      throw new IllegalArgumentException(
          "model must score the engine's ladder " + ladder + ", got " + scorer.ladder());
    }
    Rows rows = new Rows(model.schema(), 1);
    rows.add();
    float[] out = new float[ladder.size()];
    scorer.scoreInto(rows, out);
    for (int level = 0; level < out.length; level++) {
      if (!(out[level] >= 0 && out[level] <= 1)) {
        throw new IllegalArgumentException(notAProbability(model, out[level], level).getMessage());
      }
    }
  }

  /**
   * Checks that guardrails fit the levels and the rows they will be asked about.
   *
   * @throws IllegalArgumentException if one does not
   */
  static void checkGuardrails(List<Guardrail> guardrails, DiscountLadder ladder, Schema schema) {
    Guardrail reserving = null;
    for (Guardrail guardrail : guardrails) {
      guardrail.checkLadder(ladder);
      guardrail.checkSchema(schema);
      if (guardrail.reserves()) {
        if (reserving != null) {
          throw new IllegalArgumentException(
              "guardrails must hold one that reserves, because a decision carries one handle"
                  + " (several budgets go into one account), got "
                  + reserving.version()
                  + " and "
                  + guardrail.version());
        }
        reserving = guardrail;
      }
    }
  }

  static IllegalStateException notAProbability(ResponseModel model, float got, int level) {
    return new IllegalStateException(
        "model "
            + model.version()
            + " must give probabilities in [0, 1], got "
            + got
            + " at level "
            + level);
  }
}
