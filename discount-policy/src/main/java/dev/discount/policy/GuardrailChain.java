package dev.discount.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The guardrails of an engine in their order: reads their state, lets them close levels, and
 * commits. Immutable; the numbers read are the context's.
 */
final class GuardrailChain {

  private static final int NONE = -1;

  private final Guardrail[] guardrails;

  /** Where each guardrail's numbers begin, and the end of the last. */
  private final int[] offsets;

  GuardrailChain(List<Guardrail> guardrails) {
    this.guardrails = guardrails.toArray(new Guardrail[0]);
    this.offsets = new int[guardrails.size() + 1];
    for (int g = 0; g < guardrails.size(); g++) {
      offsets[g + 1] = offsets[g] + guardrails.get(g).stateLongs();
    }
  }

  /** Returns how many numbers all guardrails read. */
  int stateLongs() {
    return offsets[guardrails.length];
  }

  /** Reads the state of all guardrails into the context, once. */
  void read(DecisionContext context) {
    long[] state = context.stateFor(stateLongs());
    for (int g = 0; g < guardrails.length; g++) {
      if (offsets[g + 1] > offsets[g]) {
        guardrails[g].readStateInto(context, state, offsets[g]);
      }
    }
  }

  /**
   * Lets every guardrail close levels, by the numbers in the context.
   *
   * @param open the levels still open
   * @param kept the levels that no guardrail may close
   * @param closedBy filled with the place of the guardrail that closed a level
   * @return the levels that stay open
   */
  long close(DecisionContext context, long open, long kept, byte[] closedBy) {
    long left = open;
    for (int g = 0; g < guardrails.length; g++) {
      context.stateFrom(offsets[g]);
      long closed = guardrails[g].closedLevels(context) & left & ~kept;
      for (long rest = closed; rest != 0; rest &= rest - 1) {
        closedBy[Long.numberOfTrailingZeros(rest)] = (byte) g;
      }
      left &= ~closed;
    }
    return left;
  }

  /** Returns the first promised level that is open, or -1. */
  int promised(DecisionContext context) {
    for (int g = 0; g < guardrails.length; g++) {
      context.stateFrom(offsets[g]);
      int level = guardrails[g].promisedLevel(context);
      if (level >= 0 && context.isOpen(level)) {
        return level;
      }
    }
    return NONE;
  }

  /** Takes what a level uses up from every guardrail, or from none, also if one throws. */
  boolean commit(DecisionContext context, int level) {
    int taken = 0;
    try {
      while (taken < guardrails.length && commit(context, level, taken)) {
        taken++;
      }
    } catch (RuntimeException | Error e) {
      giveBack(context, level, taken, e);
      throw e;
    }
    if (taken < guardrails.length) {
      giveBack(context, level, taken, null);
    }
    return taken == guardrails.length;
  }

  private boolean commit(DecisionContext context, int level, int guardrail) {
    context.stateFrom(offsets[guardrail]);
    return guardrails[guardrail].commit(context, level);
  }

  /** Gives back what a level had taken from every guardrail. */
  void giveBackAll(DecisionContext context, int level) {
    giveBack(context, level, guardrails.length, null);
  }

  /**
   * Gives back what a level had taken from the first guardrails. One that throws keeps no other
   * from giving back.
   *
   * @param thrown what is thrown already, {@code null} if nothing is; what a guardrail throws is
   *     added to it, or thrown at the end
   */
  private void giveBack(DecisionContext context, int level, int taken, @Nullable Throwable thrown) {
    Throwable failed = thrown;
    for (int g = taken - 1; g >= 0; g--) {
      try {
        context.stateFrom(offsets[g]);
        guardrails[g].giveBack(context, level);
      } catch (RuntimeException | Error e) {
        failed = failed == null ? e : with(failed, e);
      }
    }
    if (thrown == null && failed instanceof Error error) {
      throw error;
    }
    if (thrown == null && failed instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private static Throwable with(Throwable first, Throwable next) {
    if (first != next) {
      first.addSuppressed(next);
    }
    return first;
  }

  /** Returns what would open a level that a guardrail closed. */
  Opening opening(DecisionContext context, int guardrail, int level) {
    context.stateFrom(offsets[guardrail]);
    return guardrails[guardrail].opening(context, level);
  }

  /** Returns the first handle that a guardrail reserved, or 0. */
  long reservation(DecisionContext context) {
    for (int g = 0; g < guardrails.length; g++) {
      context.stateFrom(offsets[g]);
      long handle = guardrails[g].reservation(context);
      if (handle != 0) {
        return handle;
      }
    }
    return 0;
  }

  /** Returns the first reference price that a guardrail knows, or -1. */
  long referencePriceMinor(DecisionContext context) {
    for (int g = 0; g < guardrails.length; g++) {
      context.stateFrom(offsets[g]);
      long priceMinor = guardrails[g].referencePriceMinor(context);
      if (priceMinor >= 0) {
        return priceMinor;
      }
    }
    return NONE;
  }
}
