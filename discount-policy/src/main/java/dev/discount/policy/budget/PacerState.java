package dev.discount.policy.budget;

import dev.discount.policy.guard.SnapshotFormatException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * All that a pacer remembers. Immutable.
 *
 * @param budgetMinor the budget
 * @param timeMillis the latest time that was given
 * @param price the price in force
 * @param setBacks how often a time was before one that had been given
 * @param lately sums in which what is old counts less
 * @param counts totals at the last update
 */
record PacerState(
    long budgetMinor, long timeMillis, double price, long setBacks, Lately lately, Counts counts) {

  private static final int MAGIC = 0x50414345;
  private static final int VERSION = 1;
  private static final int NUMBERS = 10;
  private static final int BYTES = 8 + 3 * 8 + 8 * (NUMBERS + PriceGrid.CELLS) + 4;

  /**
   * Sums that halve with every memory.
   *
   * @param demand the demand of visits
   * @param expectedVisits how many visits the traffic curve let expect
   * @param chosenMinor the expected cost of what was offered
   * @param promisedMinor the most that it can cost
   * @param settledMinor what settled offers cost
   * @param expectedMinor what they were expected to cost
   */
  record Lately(
      PriceCurve demand,
      double expectedVisits,
      double chosenMinor,
      double promisedMinor,
      double settledMinor,
      double expectedMinor) {

    static final Lately NOTHING = new Lately(PriceCurve.empty(), 0, 0, 0, 0, 0);

    /** Returns the expected cost of an offer over the most that it can cost. */
    double taken() {
      return promisedMinor > 0 ? chosenMinor / promisedMinor : 1;
    }
  }

  /**
   * Totals.
   *
   * @param meter what the meter had counted
   * @param chosenMinor the expected cost of what was offered, by the meter
   * @param promisedMinor the most that it can cost, by the meter
   * @param spentMinor the money spent
   * @param reservedMinor the money reserved
   */
  record Counts(
      PriceCurve meter,
      double chosenMinor,
      double promisedMinor,
      double spentMinor,
      double reservedMinor) {

    static final Counts NOTHING = new Counts(PriceCurve.empty(), 0, 0, 0, 0);
  }

  static PacerState begin(long budgetMinor, long timeMillis, double price) {
    return new PacerState(budgetMinor, timeMillis, price, 0, Lately.NOTHING, Counts.NOTHING);
  }

  PacerState withBudget(long newBudgetMinor) {
    return new PacerState(newBudgetMinor, timeMillis, price, setBacks, lately, counts);
  }

  PacerState withPrice(double newPrice) {
    return new PacerState(budgetMinor, timeMillis, newPrice, setBacks, lately, counts);
  }

  /** Returns the state after some time in which a meter counted and a ledger settled. */
  PacerState after(
      long nowMillis, long spentMinor, long reservedMinor, PacerConfig config, DemandMeter meter) {
    long time = Math.max(timeMillis, nowMillis);
    double keep = StrictMath.pow(2, -((double) time - timeMillis) / config.memoryMillis());
    TrafficCurve traffic = config.traffic();
    double share = traffic.shareBefore(time) - traffic.shareBefore(timeMillis);
    Counts now =
        new Counts(
            meter.curve(), meter.chosenMinor(), meter.promisedMinor(), spentMinor, reservedMinor);
    double promised = now.promisedMinor - counts.promisedMinor;
    double settled = Math.max(0, promised - (now.reservedMinor - counts.reservedMinor));
    Lately next =
        new Lately(
            lately.demand.faded(keep, now.meter, counts.meter),
            lately.expectedVisits * keep + share * config.forecast().curve().customers(),
            lately.chosenMinor * keep + now.chosenMinor - counts.chosenMinor,
            lately.promisedMinor * keep + promised,
            lately.settledMinor * keep + Math.max(0, now.spentMinor - counts.spentMinor),
            lately.expectedMinor * keep + settled * lately.taken());
    long back = nowMillis < timeMillis ? 1 : 0;
    return new PacerState(budgetMinor, time, price, setBacks + back, next, now);
  }

  /**
   * Returns the state as bytes; a meter begins at 0 after a restart, so its counts are left out.
   */
  byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    out.putInt(MAGIC).putInt(VERSION).putLong(budgetMinor).putLong(timeMillis).putLong(setBacks);
    out.putDouble(price).putDouble(lately.expectedVisits).putDouble(lately.chosenMinor);
    out.putDouble(lately.promisedMinor).putDouble(lately.settledMinor);
    out.putDouble(lately.expectedMinor).putDouble(counts.spentMinor);
    out.putDouble(counts.reservedMinor);
    out.putDouble(lately.demand.customers()).putDouble(lately.demand.leastCost());
    for (int cell = 0; cell < PriceGrid.CELLS; cell++) {
      out.putDouble(lately.demand.cost(cell));
    }
    return out.putInt(checksum(out.array())).array();
  }

  private static int checksum(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, BYTES - 4);
    return (int) sum.getValue();
  }

  static PacerState read(byte[] bytes) {
    require(bytes.length == BYTES, "have " + BYTES + " bytes");
    ByteBuffer in = ByteBuffer.wrap(bytes);
    require(in.getInt() == MAGIC, "begin with the mark of a pacer");
    require(in.getInt() == VERSION, "be of version " + VERSION);
    require(in.getInt(BYTES - 4) == checksum(bytes), "have its own checksum");
    long budget = in.getLong();
    long time = in.getLong();
    long setBacks = in.getLong();
    double[] numbers = new double[NUMBERS];
    for (int i = 0; i < NUMBERS; i++) {
      numbers[i] = in.getDouble();
    }
    double[] costs = new double[PriceGrid.CELLS];
    for (int cell = 0; cell < costs.length; cell++) {
      costs[cell] = in.getDouble();
    }
    Lately lately =
        new Lately(
            new PriceCurve(numbers[8], numbers[9], costs),
            numbers[1],
            numbers[2],
            numbers[3],
            numbers[4],
            numbers[5]);
    Counts counts = new Counts(PriceCurve.empty(), 0, 0, numbers[6], numbers[7]);
    return new PacerState(budget, time, numbers[0], setBacks, lately, counts);
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new SnapshotFormatException("snapshot must " + rule + ", got other bytes");
    }
  }
}
