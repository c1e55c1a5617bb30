package dev.discount.policy;

/**
 * What a kill switch means for the decisions of one model. Immutable but for the switch.
 *
 * @param killSwitch the switch
 * @param modelVersion the version of the model that scores
 */
record StopRule(KillSwitch killSwitch, String modelVersion) {

  private static final long ALL = -1L;

  /** Returns a rule that stops nothing. */
  static StopRule never() {
    return new StopRule(new KillSwitch(), "");
  }

  /** Reads the switch once, into the context. */
  void read(DecisionContext context) {
    KillSwitch.Stops now = killSwitch.stops();
    if (KillSwitch.nothing(now)) {
      context.stopped(0, DecisionTerms.OPEN);
    } else if (now.models().contains(modelVersion)) {
      context.stopped(ALL, DecisionTerms.STOPPED_MODEL);
    } else if (now.campaigns().contains(context.campaign())) {
      context.stopped(ALL, DecisionTerms.STOPPED_CAMPAIGN);
    } else {
      context.stopped(now.levels(), DecisionTerms.STOPPED_LEVEL);
    }
  }

  /**
   * Closes what the context says was stopped.
   *
   * @param open the open levels
   * @param kept the levels that stay open whatever is stopped
   * @param closedBy receives the mark of each level that is closed
   * @return the levels that stay open
   */
  static long close(DecisionContext context, long open, long kept, byte[] closedBy) {
    long closed = context.stoppedLevels() & open & ~kept;
    for (long rest = closed; rest != 0; rest &= rest - 1) {
      closedBy[Long.numberOfTrailingZeros(rest)] = context.stoppedBy();
    }
    return open & ~closed;
  }
}
