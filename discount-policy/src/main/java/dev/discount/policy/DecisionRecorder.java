package dev.discount.policy;

/**
 * Takes every decision of an engine, on the deciding thread, before the decision is handed out: a
 * {@code dev.discount.policy.log.DecisionLog}, or a host's own queue. Safe for concurrent use.
 */
public interface DecisionRecorder {

  /**
   * Returns what takes the decisions of one session.
   *
   * @param setup what is in force in the session
   */
  Appender newAppender(DecisionSetup setup);

  /** Takes the decisions of one session. Confined to one thread at a time. */
  interface Appender {

    /**
     * Takes one decision. What it throws reaches whoever asked for the decision, who then has none;
     * what guardrails had taken for it is given back.
     *
     * @param trace the decision, valid during the call
     */
    void append(DecisionTrace trace);
  }
}
