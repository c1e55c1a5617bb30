package dev.discount.policy.guard;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Offer;
import dev.discount.policy.DecisionContext;
import dev.discount.policy.Guardrail;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds guardrails that contradict each other. Stateless. */
final class Conflicts {

  private static final int PRICES = 4_096;

  /** Rules that say one thing; a second one would contradict or repeat the first. */
  private static final Set<Class<? extends Guardrail>> ONCE =
      Set.of(
          FloorPrice.class,
          MinimumMargin.class,
          LargestDiscount.class,
          NotBelowCost.class,
          NotAboveListPrice.class,
          PriceEndings.class,
          ConsistentPrice.class,
          LowestPrice.class);

  private Conflicts() {}

  static void check(
      List<Guardrail> guardrails, DiscountLadder ladder, long leastMinor, long largestMinor) {
    for (int i = 0; i < guardrails.size(); i++) {
      for (int j = 0; j < i; j++) {
        checkPair(guardrails.get(j), guardrails.get(i));
      }
      checkAlone(guardrails.get(i));
    }
    GuardrailStates.of(guardrails); // refuses two states of one name
    checkOpen(guardrails, ladder, leastMinor, largestMinor);
  }

  private static void checkPair(Guardrail a, Guardrail b) {
    if (ONCE.contains(a.getClass()) && a.getClass() == b.getClass()) {
      throw new IllegalArgumentException(a.code() + " must be stated once, got " + a + " and " + b);
    }
    if (a instanceof AllowedLevels one && b instanceof AllowedLevels two) {
      String shared = one.firstShared(two);
      if (shared != null) {
        throw new IllegalArgumentException(
            one.what() + " " + shared + " must have one ladder, got two");
      }
    }
    checkClearOut(a, b);
    checkClearOut(b, a);
  }

  private static void checkClearOut(Guardrail a, Guardrail b) {
    if (a instanceof NotBelowCost cost && cost.clearsOut() && b instanceof MinimumMargin margin) {
      throw new IllegalArgumentException(
          "a clear-out must be able to go below cost, got " + margin + " beside " + cost);
    }
  }

  private static void checkAlone(Guardrail guardrail) {
    if (guardrail instanceof FrequencyCap cap && !cap.isReachable()) {
      throw new IllegalArgumentException(
          "maximum must be within reach under the cooldown, got " + cap);
    }
  }

  /** Checks that some level but 0 is open at some list price, for an item that costs nothing. */
  private static void checkOpen(
      List<Guardrail> guardrails, DiscountLadder ladder, long leastMinor, long largestMinor) {
    if (ladder.size() < 2) {
      return;
    }
    Set<String> closers = new TreeSet<>();
    double ratio = StrictMath.log((largestMinor + 1.0) / (leastMinor + 1.0)) / (PRICES - 1);
    for (int i = 0; i < PRICES; i++) {
      double factor = StrictMath.exp(ratio * i);
      long price = Math.round((leastMinor + 1.0) * factor) - 1;
      long clamped = Math.min(largestMinor, Math.max(leastMinor, price));
      if (opens(guardrails, ladder, clamped, closers)) {
        return;
      }
    }
    throw new IllegalArgumentException(
        "guardrails must leave a level besides 0 open at some list price in ["
            + leastMinor
            + ", "
            + largestMinor
            + "], got all closed by "
            + String.join(", ", closers));
  }

  private static boolean opens(
      List<Guardrail> guardrails, DiscountLadder ladder, long priceMinor, Set<String> closers) {
    Offer offer = new Offer("any item", priceMinor, 0);
    DecisionContext context = DecisionContext.of(ladder, offer, new double[ladder.size()]);
    long open = ladder.allLevels();
    for (Guardrail guardrail : guardrails) {
      if (isOfPricesAlone(guardrail)) {
        long closed = guardrail.closedLevels(context) & open & ~1L;
        if (closed != 0) {
          closers.add(guardrail.code());
        }
        open &= ~closed;
      }
    }
    return (open & ~1L) != 0;
  }

  private static boolean isOfPricesAlone(Guardrail guardrail) {
    return guardrail instanceof FloorPrice
        || guardrail instanceof MinimumMargin
        || guardrail instanceof LargestDiscount
        || guardrail instanceof PriceEndings;
  }
}
