package dev.discount.policy.budget;

/**
 * Spends a budget over a period: says at which shadow price levels are to be chosen from now on, so
 * that the money lasts to the end and is used up there. Confined to one thread, which calls {@link
 * #update} as often as the price should follow, once a minute, say; it starts no thread and asks no
 * clock.
 *
 * <p>The price is an immutable policy, {@link AtShadowPrice}, that the host gives to {@link
 * dev.discount.policy.DecisionEngine#swap(dev.discount.policy.DiscountPolicy)}; its version names
 * the price to the last bit, so that decisions are made again from the policy that their log names.
 * The {@linkplain #meter() meter} goes into the engine as a guardrail. The pacer aims; that the
 * money is never exceeded is the doing of the ledger that grants it.
 */
public final class Pacer {

  /*
   * The price is the one at which the visits still to come would spend the money still there [1]:
   *
   *   visits   the traffic curve's rest times how much more came lately than the curve said
   *   demand   what a visit would cost at every price: the forecast's and what came lately, pooled;
   *            the meter counts it at all prices, so a changed price does not blur what is learned
   *   response what settled offers did cost over what they were expected to cost, lately
   *   money    the budget less what was spent, less what open offers are expected to cost
   *
   * "Lately" has weights that halve with every memory, and a prior as strong as an average half
   * memory of traffic. Every update solves the rest of the problem anew, so errors do not add up
   * [2]; with a proportional or integral rule on the gap between plan and spend [3] the price would
   * follow errors that are over, after a dead hour for instance.
   *
   * [1] K. Talluri and G. van Ryzin, An Analysis of Bid-Price Controls for Network Revenue
   *     Management, Management Science 44 (1998)
   * [2] S. Jasin and S. Kumar, A Re-Solving Heuristic with Bounded Revenue Loss for Network Revenue
   *     Management with Customer Choice, Mathematics of Operations Research 37 (2012)
   * [3] S. Balseiro and Y. Gur, Learning in Repeated Auctions with Budgets, Management Science 65
   *     (2019)
   */

  /** How much of the budget counts as evidence that offers cost what they were expected to. */
  private static final double RESPONSE_PRIOR = 0.01;

  /** Beyond this factor money was spent on something else than the offers of the meter. */
  private static final double LARGEST_RESPONSE = 4;

  private final PacerConfig config;
  private final DemandMeter meter;
  private final long aimMillis;
  private PacerState state;
  private AtShadowPrice policy;

  private Pacer(PacerConfig config, PacerState state) {
    this.config = config;
    this.meter = new DemandMeter(config.cost());
    this.aimMillis = config.traffic().timeAt(1 - config.earlyShare());
    this.state = state;
    this.policy = new AtShadowPrice(state.price(), config.cost());
  }

  /**
   * Returns a pacer at the beginning of its period.
   *
   * @param config what is spent, when, and on whom
   */
  public static Pacer of(PacerConfig config) {
    double planned = 1 - config.earlyShare();
    double price = config.forecast().curve().times(planned).shadowPrice(config.budgetMinor());
    return new Pacer(
        config, PacerState.begin(config.budgetMinor(), config.traffic().startMillis(), price));
  }

  /**
   * Returns a pacer that goes on from a snapshot, with a new meter. What was committed since the
   * snapshot is in the spending that the next {@link #update} is told.
   *
   * @param config the configuration of the pacer that was snapshot; its budget is not used, that of
   *     the snapshot is
   * @param snapshot what {@link #snapshot} returned
   * @throws dev.discount.policy.guard.SnapshotFormatException if it is not a snapshot of a pacer
   */
  public static Pacer restore(PacerConfig config, byte[] snapshot) {
    return new Pacer(config, PacerState.read(snapshot));
  }

  /** Returns the meter, to be given to the engine as a guardrail. */
  public DemandMeter meter() {
    return meter;
  }

  /** Returns the policy that is to be in force. */
  public AtShadowPrice policy() {
    return policy;
  }

  /** Returns the budget in minor units. */
  public long budgetMinor() {
    return state.budgetMinor();
  }

  /** Returns how often a time was before one that had been given. */
  public long clockSetBacks() {
    return state.setBacks();
  }

  /**
   * Changes the budget; the next {@link #update} has the price for it.
   *
   * @param newBudgetMinor the money for the whole period, what was spent included; at least 0
   */
  public void budget(long newBudgetMinor) {
    PacerConfig.checkBudget(newBudgetMinor);
    state = state.withBudget(newBudgetMinor);
  }

  /**
   * Takes in what happened and returns the policy that is to be in force now: the one before if its
   * price is still near enough.
   *
   * @param nowMillis the time; one before the last counts as the last
   * @param spentMinor the money spent since the period began, in minor units, at least 0
   * @param reservedMinor the money reserved for offers that are still open, at least 0
   */
  public AtShadowPrice update(long nowMillis, long spentMinor, long reservedMinor) {
    requireAmount("spentMinor", spentMinor);
    requireAmount("reservedMinor", reservedMinor);
    state = state.after(nowMillis, spentMinor, reservedMinor, config, meter);
    double price = price(spentMinor, reservedMinor);
    if (!near(price, policy.shadowPrice())) {
      policy = new AtShadowPrice(price, config.cost());
      state = state.withPrice(price);
    }
    return policy;
  }

  private static void requireAmount(String name, long minor) {
    if (!(minor >= 0)) {
      throw new IllegalArgumentException(name + " must be at least 0, got " + minor);
    }
  }

  private boolean near(double price, double other) {
    return Math.abs(price - other) <= config.tolerance() * other;
  }

  private double price(long spentMinor, long reservedMinor) {
    PacerState.Lately lately = state.lately();
    PriceCurve forecast = config.forecast().curve();
    TrafficCurve traffic = config.traffic();
    double length = (double) traffic.endMillis() - traffic.startMillis();
    double prior = forecast.customers() * Math.min(1, 0.5 * config.memoryMillis() / length);
    double visits = lately.demand().customers();
    double more = (visits + prior) / (lately.expectedVisits() + prior);
    double rest = traffic.shareBefore(aimMillis) - traffic.shareBefore(state.timeMillis());
    double toCome = Math.max(0, rest) * forecast.customers() * more;
    double response = response();
    double each = toCome * response / (prior + visits);
    double open = response * lately.taken() * reservedMinor;
    double left = state.budgetMinor() - spentMinor - open;
    return forecast.shadowPriceOfMix(
        each * prior / forecast.customers(), lately.demand(), each, left);
  }

  /** Returns what offers cost lately over what they were expected to cost. */
  private double response() {
    double prior = RESPONSE_PRIOR * state.budgetMinor() + 1;
    PacerState.Lately lately = state.lately();
    double response = (lately.settledMinor() + prior) / (lately.expectedMinor() + prior);
    return Math.max(1 / LARGEST_RESPONSE, Math.min(LARGEST_RESPONSE, response));
  }

  /**
   * Returns the state as bytes, to go on from after a restart. Visits that came after the last
   * {@link #update} are not in it.
   */
  public byte[] snapshot() {
    return state.bytes();
  }
}
