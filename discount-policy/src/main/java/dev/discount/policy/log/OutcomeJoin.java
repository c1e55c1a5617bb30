package dev.discount.policy.log;

import dev.discount.core.data.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Joins purchases, which come later, to the decisions of a log, and writes the rows that training
 * and evaluation read: CSV with the columns of a schema, among them level, propensity, outcome and
 * value. Confined to one thread.
 *
 * <p>A purchase counts if it was made in a window after its decision. A row is written once the
 * window and the longest delay of arrivals are over, in the order of the log. Memory is bounded:
 * where more decisions are open than stated, the oldest is written early, and counted.
 */
public final class OutcomeJoin {

  private final Config config;
  private final OutcomeRows rows;
  private final Writer out;
  private final Map<Key, OutcomeRows.OpenRow> open = new HashMap<>();
  private final ArrayDeque<OutcomeRows.OpenRow> order = new ArrayDeque<>();
  private final Set<Key> written = new HashSet<>();
  private final ArrayDeque<Key> writtenOrder = new ArrayDeque<>();
  private final long[] counts = new long[Count.values().length];
  private long nowMillis = Long.MIN_VALUE;

  /**
   * How long rows wait. Immutable.
   *
   * @param windowMillis how long after its decision a purchase counts, not negative
   * @param delayMillis how long after it was made a purchase may arrive, not negative
   * @param maxOpen the most decisions that wait at once, at least 1; as many that were written are
   *     remembered, to tell a late purchase from an unknown one
   */
  public record Config(long windowMillis, long delayMillis, int maxOpen) {

    /** Checks the numbers. */
    public Config {
      if (windowMillis < 0 || delayMillis < 0) {
        throw new IllegalArgumentException(
            "windowMillis and delayMillis must be >= 0, got " + windowMillis + ", " + delayMillis);
      }
      if (maxOpen < 1) {
        throw new IllegalArgumentException("maxOpen must be >= 1, got " + maxOpen);
      }
    }
  }

  private record Key(long decisionId, int place) {}

  private enum Count {
    ROWS,
    BOUGHT,
    CLOSED_EARLY,
    ERASED,
    REPEATED,
    JOINED,
    DUPLICATES,
    OUTSIDE,
    LATE,
    UNKNOWN
  }

  /**
   * Makes a join and writes the header.
   *
   * @param schema the columns; those of the log's own schema are found by name, and the columns of
   *     roles are filled from the decision
   * @param config how long rows wait
   * @param out where the lines go; closed by the caller
   * @throws UncheckedIOException if it cannot be written
   */
  public OutcomeJoin(Schema schema, Config config, Writer out) {
    this.config = config;
    this.rows = new OutcomeRows(schema);
    this.out = out;
    write(rows.header());
  }

  /**
   * Joins a log and all purchases, each decision before the purchases that arrived after it.
   *
   * @param reader a reader with the customers' keys
   * @param purchases in the order of their arrival
   * @return what it came to
   * @throws UncheckedIOException if a row cannot be written
   */
  public JoinReport join(DecisionLogReader reader, Iterable<Purchase> purchases) {
    boolean more = reader.next();
    for (Purchase purchase : purchases) {
      while (more && reader.record().timeMillis() <= purchase.arrivedMillis()) {
        add(reader.record());
        more = reader.next();
      }
      add(purchase);
    }
    while (more) {
      add(reader.record());
      more = reader.next();
    }
    return finish();
  }

  /** Adds a decision, in the order of the log. */
  public void add(DecisionRecord record) {
    advance(record.timeMillis());
    Key key = new Key(record.decisionId(), record.place());
    if (open.containsKey(key)) {
      count(Count.REPEATED);
      return;
    }
    if (order.size() == config.maxOpen()) {
      count(Count.CLOSED_EARLY);
      writeOldest();
    }
    if (record.personalErased()) {
      count(Count.ERASED);
    }
    OutcomeRows.OpenRow row = rows.row(record);
    open.put(key, row);
    order.add(row);
  }

  /** Adds a purchase, in the order of arrival. */
  public void add(Purchase purchase) {
    advance(purchase.arrivedMillis());
    Key key = new Key(purchase.decisionId(), purchase.place());
    OutcomeRows.OpenRow row = open.get(key);
    if (row == null) {
      count(written.contains(key) ? Count.LATE : Count.UNKNOWN);
    } else if (row.has(purchase.purchaseId())) {
      count(Count.DUPLICATES);
    } else if (purchase.timeMillis() < row.timeMillis
        || purchase.timeMillis() - row.timeMillis > config.windowMillis()) {
      count(Count.OUTSIDE);
    } else {
      row.add(purchase);
      count(Count.JOINED);
    }
  }

  /**
   * Says that it is later, so that rows whose time is over are written; an earlier time than before
   * is ignored.
   */
  public void advance(long newNowMillis) {
    nowMillis = Math.max(nowMillis, newNowMillis);
    while (!order.isEmpty() && isOver(order.peek())) {
      writeOldest();
    }
  }

  private boolean isOver(OutcomeRows.OpenRow row) {
    return nowMillis - row.timeMillis > config.windowMillis() + config.delayMillis();
  }

  private void writeOldest() {
    OutcomeRows.OpenRow row = order.remove();
    Key key = new Key(row.decisionId, row.place);
    open.remove(key);
    write(rows.line(row));
    count(Count.ROWS);
    if (row.bought()) {
      count(Count.BOUGHT);
    }
    if (written.add(key)) {
      writtenOrder.add(key);
    }
    if (writtenOrder.size() > config.maxOpen()) {
      written.remove(writtenOrder.remove());
    }
  }

  /** Writes all rows that are open and returns what it came to. */
  public JoinReport finish() {
    while (!order.isEmpty()) {
      writeOldest();
    }
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write rows", e);
    }
    return new JoinReport(
        of(Count.ROWS),
        of(Count.BOUGHT),
        of(Count.CLOSED_EARLY),
        of(Count.ERASED),
        of(Count.REPEATED),
        of(Count.JOINED),
        of(Count.DUPLICATES),
        of(Count.OUTSIDE),
        of(Count.LATE),
        of(Count.UNKNOWN));
  }

  private void write(String line) {
    try {
      out.write(line);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write rows", e);
    }
  }

  private void count(Count what) {
    counts[what.ordinal()]++;
  }

  private long of(Count what) {
    return counts[what.ordinal()];
  }
}
