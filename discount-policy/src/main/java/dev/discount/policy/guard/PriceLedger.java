package dev.discount.policy.guard;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The lowest price of each item on each of the last 31 days, and from them the lowest of the 30
 * days before a day. Safe for concurrent use; keeps 8 + 34 * 4 bytes an item, below 200 with the
 * free slots.
 *
 * <p>A price that is recorded is in force until the next one is, so that a day without records has
 * the price of the day before. The 30 days before a day end with the day before it: a price that is
 * in force when a day begins was in force the day before. Days are those of the ledger's time zone.
 *
 * <p>What is to be recorded are the prices that everybody is asked. Article 6a of Directive 98/6/EC
 * measures an announced reduction against the lowest of them in the 30 days before it.
 */
public final class PriceLedger {

  /** The days that the lowest price is taken of. */
  public static final int WINDOW_DAYS = 30;

  /** The largest price that fits: 32 bits, two of whose values are taken. */
  public static final long MAX_PRICE_MINOR = 0xFFFF_FFFEL;

  /** Returned where no price is known. */
  public static final long UNKNOWN = -1;

  private static final int ITEMS_PER_SEGMENT = 3_000;
  private static final int SLOTS_PER_100_ITEMS = 130;
  private static final int MAX_SEGMENT_BITS = 16;

  private final AtomicReferenceArray<@Nullable LedgerSegment> segments;
  private final int segmentBits;
  private final int slots;
  private final int items;
  private final ZoneId zone;
  private final ZoneDays days;

  private PriceLedger(int items, ZoneId zone) {
    int segmentsNeeded = (items + ITEMS_PER_SEGMENT - 1) / ITEMS_PER_SEGMENT;
    this.segmentBits = Integer.SIZE - Integer.numberOfLeadingZeros(segmentsNeeded - 1);
    int perSegment = (int) (((long) items + (1L << segmentBits) - 1) >>> segmentBits);
    this.slots = Math.max(16, (int) ((long) perSegment * SLOTS_PER_100_ITEMS / 100));
    this.segments = new AtomicReferenceArray<>(1 << segmentBits);
    this.items = items;
    this.zone = zone;
    this.days = new ZoneDays(zone);
  }

  /**
   * Returns an empty ledger; memory is taken as items come.
   *
   * @param items the number of items to make room for, at least 1
   * @param zone whose midnights end the days
   */
  public static PriceLedger of(int items, ZoneId zone) {
    Limits.require("items", items, 1, (long) ITEMS_PER_SEGMENT << MAX_SEGMENT_BITS);
    return new PriceLedger(items, zone);
  }

  /** Returns the number of items that there is room for. */
  public int items() {
    return items;
  }

  /** Returns the zone whose midnights end the days. */
  public ZoneId zone() {
    return zone;
  }

  /** Returns the bytes that the ledger takes with as many items as there is room for. */
  public long bytes() {
    return (long) segments.length() * (4 + LedgerSegment.bytes(slots)) + 16;
  }

  /**
   * Records that an item's price is in force from a time on.
   *
   * @param itemId the item; a decimal number is the same item as that number
   * @param timeMillis the time in milliseconds since 1970, above 0 and not on an earlier day than
   *     the item's last record
   * @param priceMinor the price in minor units, in [0, {@link #MAX_PRICE_MINOR}]
   * @throws IllegalArgumentException if one is out of its range; nothing is recorded then
   * @throws IllegalStateException if the item is new and there is no room for it
   */
  public void record(String itemId, long timeMillis, long priceMinor) {
    Limits.require("priceMinor", priceMinor, 0, MAX_PRICE_MINOR);
    Limits.require("timeMillis", timeMillis, 1, Times.millis(Times.MAX_SECONDS));
    long key = Keys.of(Limits.requireName("itemId", itemId));
    int index = index(key);
    LedgerSegment segment = segments.get(index);
    if (segment == null) {
      segments.compareAndSet(index, null, new LedgerSegment(slots));
      segment = segments.get(index);
    }
    int slot = segment.claim(key);
    if (slot == LedgerSegment.FULL) {
      throw new IllegalStateException("items must number at most " + items + ", got one more");
    }
    int day = days.day(timeMillis);
    int last = segment.record(slot, day, priceMinor);
    if (last > day) {
      throw new IllegalArgumentException(
          "timeMillis must be on day "
              + last
              + " since 1970 or later, item "
              + itemId
              + "'s last record, got "
              + timeMillis
              + " on day "
              + day);
    }
  }

  /**
   * Returns the lowest price of an item in the 30 days before that of a time, or since it is known
   * if that is less, in constant time.
   *
   * @param itemId the item
   * @param timeMillis the time in milliseconds since 1970
   * @return the price in minor units, or {@link #UNKNOWN}
   */
  public long lowestMinor(String itemId, long timeMillis) {
    long key = Keys.of(itemId);
    LedgerSegment segment = segments.get(index(key));
    int slot = segment == null || key == Keys.MISSING ? LedgerSegment.ABSENT : segment.find(key);
    return slot == LedgerSegment.ABSENT ? UNKNOWN : segment.lowest(slot, days.day(timeMillis));
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeInt(segments.length());
    for (int i = 0; i < segments.length(); i++) {
      LedgerSegment segment = segments.get(i);
      if (segment == null) {
        out.writeInt(0);
      } else {
        segment.writeTo(out);
      }
    }
  }

  Runnable readFrom(DataInput in) throws IOException {
    int count = in.readInt();
    if (count != segments.length()) {
      throw new SnapshotFormatException(
          "segments must number " + segments.length() + ", got " + count);
    }
    @Nullable LedgerSegment[] read = new @Nullable LedgerSegment[count];
    for (int i = 0; i < count; i++) {
      int keys = in.readInt();
      if (keys != 0) {
        read[i] = LedgerSegment.readFrom(in, keys, slots);
      }
    }
    return () -> {
      for (int i = 0; i < count; i++) {
        segments.set(i, read[i]);
      }
    };
  }

  private int index(long key) {
    return segmentBits == 0 ? 0 : (int) (key >>> (Long.SIZE - segmentBits));
  }
}
