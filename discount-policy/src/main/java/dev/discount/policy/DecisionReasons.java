package dev.discount.policy;

import java.util.ArrayList;
import java.util.List;

/** Says in codes and sentences why a session decided as it did. */
final class DecisionReasons {

  static final String REQUEST_CODE = "request";
  static final String EXPLORED_CODE = "explored";

  private static final Decision.Reason EXPLORED =
      new Decision.Reason(
          EXPLORED_CODE, "The level was drawn at random so that its effect can be learned.");
  private static final Decision.Reason BY_REQUEST =
      new Decision.Reason(REQUEST_CODE, "The request did not allow some levels.");

  private DecisionReasons() {}

  /** Returns the policy's reason, then one for whatever closed a level, in the order asked. */
  static List<Decision.Reason> of(DecisionSession session, EngineState state) {
    List<Decision.Reason> reasons = new ArrayList<>();
    if (session.reasonCode().equals(EXPLORED_CODE)) {
      reasons.add(EXPLORED);
    } else {
      reasons.add(new Decision.Reason(state.policy.code(), state.policy.reason()));
    }
    if (closedSome(session, REQUEST_CODE)) {
      reasons.add(BY_REQUEST);
    }
    for (Guardrail guardrail : state.guardrails) {
      if (closedSome(session, guardrail.code())) {
        reasons.add(new Decision.Reason(guardrail.code(), guardrail.reason()));
      }
    }
    return reasons;
  }

  private static boolean closedSome(DecisionSession session, String code) {
    for (int level = 0; level < session.ladder().size(); level++) {
      if (session.closedBy(level).equals(code)) {
        return true;
      }
    }
    return false;
  }
}
