package dev.discount.policy;

import dev.discount.core.DiscountLadder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all decisions of one engine state share: the ladder, the codes and sentences of policy and
 * guardrails, the model's version and the seed. It holds neither model nor policy, so that a
 * decision that is kept does not keep a model that was swapped out. Immutable.
 *
 * @param ladder the levels
 * @param policy why the policy chooses what it chooses
 * @param guardrails why each guardrail closes levels, in the order asked
 * @param value how levels are valued
 * @param modelVersion the version of the model that scores
 * @param seed the seed of the draws
 */
record DecisionTerms(
    DiscountLadder ladder,
    Decision.Reason policy,
    List<Decision.Reason> guardrails,
    ValueSpec value,
    String modelVersion,
    long seed) {

  /** Marks an open level where the place of the guardrail that closed it would stand. */
  static final byte OPEN = -1;

  /** Marks a level that the request did not allow. */
  static final byte BY_REQUEST = -2;

  /** Marks a level that was given up because the guardrails' state kept changing. */
  static final byte CONTENDED = -3;

  /** Marks a level closed because its model is stopped. */
  static final byte STOPPED_MODEL = -4;

  /** Marks a level closed because its campaign is stopped. */
  static final byte STOPPED_CAMPAIGN = -5;

  /** Marks a level that is stopped itself. */
  static final byte STOPPED_LEVEL = -6;

  /** The largest number of guardrails: their places fit a byte. */
  static final int MAX_GUARDRAILS = Byte.MAX_VALUE;

  /** The disclosure of a decision that personal data could have moved. */
  static final String PERSONAL_CODE = "personal-data";

  static final String REQUEST_CODE = "request";
  static final String CONTENDED_CODE = "contended";
  static final String EXPLORED_CODE = "explored";

  private static final Decision.Reason EXPLORED =
      new Decision.Reason(
          EXPLORED_CODE, "The level was drawn at random so that its effect can be learned.");

  /** The reasons of the marks, from {@link #BY_REQUEST} down. */
  private static final List<Decision.Reason> MARKED =
      List.of(
          new Decision.Reason(REQUEST_CODE, "The request did not allow some levels."),
          new Decision.Reason(
              CONTENDED_CODE, "Too many decisions at once used up what some levels need."),
          new Decision.Reason(KillSwitch.MODEL_CODE, "The model gives no discounts for now."),
          new Decision.Reason(KillSwitch.CAMPAIGN_CODE, "The campaign is stopped for now."),
          new Decision.Reason(KillSwitch.LEVEL_CODE, "Some levels are stopped for now."));

  /** Returns the code of a mark other than {@link #OPEN}. */
  static String markCode(int mark) {
    return MARKED.get(BY_REQUEST - mark).code();
  }

  static DecisionTerms of(EngineState state) {
    List<Decision.Reason> closers = new ArrayList<>(state.guardrails.size());
    for (Guardrail guardrail : state.guardrails) {
      closers.add(new Decision.Reason(guardrail.code(), guardrail.reason()));
    }
    return new DecisionTerms(
        state.ladder,
        new Decision.Reason(state.policy.code(), state.policy.reason()),
        List.copyOf(closers),
        ValueSpec.of(state.valuation),
        state.model.version(),
        state.seed);
  }

  /** Returns why the level was chosen: the policy's reason, or that it was drawn to learn. */
  Decision.Reason choice(boolean explored) {
    return explored ? EXPLORED : policy;
  }

  /**
   * Returns the code of what closed a level, {@code null} if it is open.
   *
   * @param by the guardrail's place, or a mark
   */
  @Nullable String closer(int by) {
    if (by >= 0) {
      return guardrails.get(by).code();
    }
    return by == OPEN ? null : marked(by).code();
  }

  /** Returns the reason of the choice, then one for whatever closed a level, in the order asked. */
  List<Decision.Reason> reasons(boolean explored, byte[] closedBy) {
    List<Decision.Reason> reasons = new ArrayList<>();
    reasons.add(choice(explored));
    for (int mark = BY_REQUEST; mark > BY_REQUEST - MARKED.size(); mark--) {
      if (contains(closedBy, mark)) {
        reasons.add(marked(mark));
      }
    }
    for (int by = 0; by < guardrails.size(); by++) {
      if (contains(closedBy, by)) {
        reasons.add(guardrails.get(by));
      }
    }
    return List.copyOf(reasons);
  }

  private static Decision.Reason marked(int mark) {
    return MARKED.get(BY_REQUEST - mark);
  }

  private static boolean contains(byte[] closedBy, int by) {
    for (byte each : closedBy) {
      if (each == by) {
        return true;
      }
    }
    return false;
  }
}
