package dev.discount.policy.budget;

import dev.discount.policy.DecisionContext;
import dev.discount.policy.DiscountPolicy;
import dev.discount.policy.Inputs;

/**
 * The open level with the largest value less the price of the money it takes: {@code value -
 * shadowPrice * cost}, where the cost is the expected discount, the purchase probability times
 * (list price - net price), if no other is stated. Ties go to the smallest discount. Immutable.
 *
 * <p>With the shadow price of a budget ({@link BudgetChoice#shadowPrice}, {@link
 * BudgetPath#shadowPrice}) customers one by one take what the best division of that budget gives
 * them, in whatever order they come [1]. A new budget is a new policy given to {@link
 * dev.discount.policy.DecisionEngine#swap(DiscountPolicy)}: nothing is trained again, and each
 * decision is made again from the policy it names.
 *
 * <p>The price alone holds a budget only as exactly as the population that it was computed from is
 * like the one that comes; who may not exceed it closes levels that are no longer affordable.
 *
 * <p>[1] K. Talluri and G. van Ryzin, An Analysis of Bid-Price Controls for Network Revenue
 * Management, Management Science 44 (1998)
 *
 * @param shadowPrice what a minor unit of cost must bring, at least 0
 * @param cost what a level takes from the budget
 */
public record AtShadowPrice(double shadowPrice, LevelCost cost) implements DiscountPolicy {

  private static final String CODE = "shadow-price";

  /**
   * Makes a policy whose money is spent on discounts.
   *
   * @param shadowPrice what a minor unit of discount must bring, at least 0
   */
  public AtShadowPrice(double shadowPrice) {
    this(shadowPrice, LevelCost.expectedDiscount());
  }

  /** Checks the price. */
  public AtShadowPrice {
    if (!(shadowPrice >= 0 && shadowPrice < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "shadowPrice must be finite and at least 0, got " + shadowPrice);
    }
  }

  /**
   * Returns the policy that a version names, so that decisions of a log can be made again at the
   * price that was in force.
   *
   * @param version what {@link #version()} of the policy returned
   * @param cost what a level takes from the budget
   * @throws IllegalArgumentException if it is no version of this policy with this cost
   */
  public static AtShadowPrice ofVersion(String version, LevelCost cost) {
    int from = version.indexOf('(') + 1;
    int to = version.indexOf(',') < 0 ? version.length() - 1 : version.indexOf(',');
    if (version.startsWith(CODE + "(") && version.endsWith(")")) {
      try {
        AtShadowPrice policy =
            new AtShadowPrice(Double.parseDouble(version.substring(from, to)), cost);
        if (policy.version().equals(version)) {
          return policy;
        }
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(notAVersion(version, cost), e);
      }
    }
    throw new IllegalArgumentException(notAVersion(version, cost));
  }

  private static String notAVersion(String version, LevelCost cost) {
    return "version must be of a policy "
        + CODE
        + " with cost "
        + cost.version()
        + ", got "
        + version;
  }

  @Override
  public void distributeInto(DecisionContext context, double[] out) {
    int best = -1;
    double most = Double.NEGATIVE_INFINITY;
    for (int level = 0; level < out.length; level++) {
      if (context.isOpen(level)) {
        double taken = cost.expectedMinor(context, level);
        if (!(Math.abs(taken) < Double.POSITIVE_INFINITY)) {
          throw new IllegalStateException(
              "cost " + cost.version() + " must be finite, got " + taken + " at level " + level);
        }
        double worth = context.value(level) - shadowPrice * taken;
        if (best < 0 || worth > most) {
          best = level;
          most = worth;
        }
      }
    }
    out[best] = 1;
  }

  /**
   * Returns what a level is expected to take from a budget, in minor units: the cost to give a
   * {@link Population}.
   *
   * @param context the offer and its purchase probabilities
   * @param level the level
   */
  public static double expectedDiscountMinor(DecisionContext context, int level) {
    long discountMinor = context.listPriceMinor() - context.netPriceMinor(level);
    return context.purchaseProbability(level) * discountMinor;
  }

  @Override
  public Inputs inputs() {
    Inputs known = Inputs.ofCurve().and(Inputs.ofValues());
    boolean ours = cost instanceof ExpectedDiscount || cost instanceof FixedCost;
    return ours ? known : Inputs.anything();
  }

  @Override
  public String code() {
    return CODE;
  }

  @Override
  public String version() {
    String price = Double.toHexString(shadowPrice);
    boolean discounts = cost.equals(LevelCost.expectedDiscount());
    return code() + "(" + price + (discounts ? "" : ", " + cost.version()) + ")";
  }

  @Override
  public String reason() {
    return "No open level has a larger value after the price of the money it takes.";
  }
}
