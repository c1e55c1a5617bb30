package dev.discount.policy.budget;

import dev.discount.policy.DecisionContext;
import dev.discount.policy.Guardrail;
import dev.discount.policy.Inputs;
import dev.discount.policy.Opening;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Closes levels that cost more than a budget has left, and reserves what the chosen level costs, so
 * that the budget is never exceeded however many decisions are made at once. Safe for concurrent
 * use.
 *
 * <p>A level costs what it takes off the list price, and what the host adds for it. Free money is
 * read once, closes levels, and is in the log; the reservation goes through if the level would
 * still be open, else the decision is made again. {@link
 * dev.discount.policy.Decision#reservation()} is the handle that the host gives to {@link
 * BudgetLedger#commit} when the customer buys, or to {@link BudgetLedger#release}; if it does
 * neither, the money is free again when {@link BudgetLedger#expire} finds the reservation's time
 * over.
 *
 * <p>An engine has one of these: a decision carries one handle, and an {@linkplain
 * BudgetLedger#account account} can have several budgets, which are taken together.
 *
 * <p>A request without a time gets level 0, and so does one while the ledger has no room for
 * another reservation.
 */
public final class Affordable implements Guardrail {

  /** The numbers of a decision: what was free, and the handle of what was reserved. */
  private static final int FREE = 0;

  private static final int HANDLE = 1;
  private static final int NUMBERS = 2;

  private static final long[] NO_COSTS = {};

  private final BudgetAccount account;
  private final Map<String, BudgetAccount> campaigns;
  private final long[] levelCostsMinor;

  private Affordable(
      BudgetAccount account, Map<String, BudgetAccount> campaigns, long[] levelCostsMinor) {
    this.account = account;
    this.campaigns = campaigns;
    this.levelCostsMinor = levelCostsMinor;
  }

  /**
   * Returns a guardrail that spends from an account.
   *
   * @param account the budgets that every discount is taken from
   */
  public static Affordable of(BudgetAccount account) {
    return new Affordable(account, Map.of(), NO_COSTS);
  }

  /**
   * Returns this with other accounts for the requests of some campaigns.
   *
   * @param accounts the accounts by the name of the campaign, all of one ledger and currency;
   *     copied
   * @throws IllegalArgumentException if one is of another ledger or currency
   */
  public Affordable withCampaigns(Map<String, BudgetAccount> accounts) {
    accounts.forEach(
        (campaign, other) -> {
          if (other.ledger() != account.ledger() || other.currency() != account.currency()) {
            throw new IllegalArgumentException(
                "account of campaign "
                    + campaign
                    + " must be of the ledger and currency of "
                    + account
                    + ", got "
                    + other
                    + " in "
                    + other.currency());
          }
        });
    return new Affordable(account, Map.copyOf(accounts), levelCostsMinor);
  }

  /**
   * Returns this with what levels cost besides the reduction of the price: a gift, a stamp.
   *
   * @param costsMinor by the level's place in the ladder, in minor units, not negative; levels
   *     beyond cost nothing more; copied
   */
  public Affordable withLevelCosts(long... costsMinor) {
    for (int level = 0; level < costsMinor.length; level++) {
      if (costsMinor[level] < 0 || (level == 0 && costsMinor[0] != 0)) {
        throw new IllegalArgumentException(
            "costsMinor["
                + level
                + "] must be "
                + (level == 0 ? "0" : "at least 0")
                + ", got "
                + costsMinor[level]);
      }
    }
    return new Affordable(account, campaigns, costsMinor.clone());
  }

  private BudgetAccount account(DecisionContext context) {
    @Nullable BudgetAccount own = campaigns.get(context.campaign());
    return own == null ? account : own;
  }

  /** Returns what a level takes from the budget, in minor units; 0 if it takes nothing. */
  private long costMinor(DecisionContext context, int level) {
    long offMinor = context.listPriceMinor() - context.netPriceMinor(level);
    long moreMinor = level < levelCostsMinor.length ? levelCostsMinor[level] : 0;
    long mostMinor = Long.MAX_VALUE - Math.max(0, offMinor);
    return level == 0 ? 0 : Math.max(0, offMinor + Math.min(moreMinor, mostMinor));
  }

  @Override
  public int stateLongs() {
    return NUMBERS;
  }

  @Override
  public void readStateInto(DecisionContext context, long[] out, int from) {
    long now = context.timeMillis();
    out[from + FREE] = now > 0 ? account(context).freeMinor(now) : 0;
    out[from + HANDLE] = 0;
  }

  @Override
  public long closedLevels(DecisionContext context) {
    if (context.timeMillis() <= 0) {
      return -1L;
    }
    long freeMinor = context.state(FREE);
    long closed = 0;
    for (int level = 1; level < context.ladder().size(); level++) {
      long costMinor = costMinor(context, level);
      if (costMinor > 0 && costMinor > freeMinor) {
        closed |= 1L << level;
      }
    }
    return closed;
  }

  @Override
  public Opening opening(DecisionContext context, int level) {
    return context.timeMillis() <= 0
        ? Opening.BY_STATED_FIELD
        : new Opening(
            Opening.Quantity.BUDGET_AT_LEAST, costMinor(context, level), context.state(FREE));
  }

  @Override
  public boolean commit(DecisionContext context, int level) {
    long costMinor = costMinor(context, level);
    if (costMinor == 0) {
      return true;
    }
    long handle = account(context).reserve(costMinor, context.timeMillis());
    if (handle <= 0) {
      return false;
    }
    context.keep(HANDLE, handle);
    return true;
  }

  @Override
  public void giveBack(DecisionContext context, int level) {
    long handle = context.state(HANDLE);
    if (handle != 0) {
      account.ledger().release(handle);
      context.keep(HANDLE, 0);
    }
  }

  @Override
  public boolean reserves() {
    return true;
  }

  @Override
  public long reservation(DecisionContext context) {
    return context.state(HANDLE);
  }

  @Override
  public Inputs inputs() {
    return Inputs.ofOffer();
  }

  @Override
  public String code() {
    return "affordable";
  }

  @Override
  public String version() {
    return toString();
  }

  @Override
  public String reason() {
    return "The budget has too little left for some levels.";
  }

  @Override
  public String toString() {
    return "Affordable[budgets="
        + account.budgets()
        + ", campaigns="
        + new TreeMap<>(campaigns)
        + ", levelCostsMinor="
        + Arrays.toString(levelCostsMinor)
        + "]";
  }
}
