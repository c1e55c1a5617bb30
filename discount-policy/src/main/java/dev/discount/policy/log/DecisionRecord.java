package dev.discount.policy.log;

import dev.discount.core.data.Rows;
import dev.discount.policy.DecisionSetup;
import dev.discount.policy.DecisionTrace;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One decision as a log holds it. A view of the reader, valid until it reads on. Confined to one
 * thread.
 */
public final class DecisionRecord {

  private static final int MAX_STATE = 1 << 16;

  private @Nullable RecordSetup setup;
  private final int[] closedBy = new int[Long.SIZE];
  private long[] state = new long[16];
  private int stateLongs;
  private long sequence;
  private long decisionId;
  private long timeMillis;
  private int place;
  private long listPriceMinor;
  private long unitCostMinor;
  private String itemId = "";
  private int levelIndex;
  private double propensity;
  private long refused;
  private boolean marked;
  private int mark;
  private long stopped;
  private String campaign = "";
  private int curveDigest;
  private int valueDigest;
  private int chanceDigest;
  private long keyId;
  private boolean erased;
  private byte[] bytes = {};
  private int cellsFrom;
  private int cellsTo;
  private int cellCount;
  private PersonalSeal.@Nullable Origin origin;
  private int sealedBytes;
  private byte @Nullable [] personal;
  private final ByteSource cells = new ByteSource();

  DecisionRecord() {}

  /** A setup with how its cells are written. */
  record RecordSetup(DecisionSetup setup, CellCode cells) {}

  /** Where a record stands: its number, and the salt of its segment's key streams. */
  record Place(long sequence, long salt) {}

  /** Reads a decision's entry. */
  void read(ByteSource in, IntSetups setups, @Nullable PersonalSeal seal, Place where) {
    sequence = where.sequence();
    int length = in.readCount(Integer.MAX_VALUE);
    int from = in.at();
    in.skip(length);
    int after = in.at();
    bytes = in.bytes();
    ByteSource body = cells.of("a record", 0, bytes, from, after);
    readOpen(body, setups);
    if (body.hasMore()) {
      throw body.broken("end with its digests");
    }
    readPersonal(in, seal, where);
  }

  private void readOpen(ByteSource in, IntSetups setups) {
    RecordSetup known = setups.of(in.readVar());
    if (known == null) {
      throw in.broken("name a setup of its segment");
    }
    setup = known;
    int levels = known.setup().ladder().size();
    int flags = in.readByte();
    marked = (flags & RecordEncoder.MARKED) != 0;
    mark = DecisionTrace.OPEN;
    stopped = 0;
    decisionId = in.readLong();
    timeMillis = in.readZigZag();
    place = in.readCount(Integer.MAX_VALUE);
    campaign = in.readText();
    listPriceMinor = in.readVar();
    unitCostMinor = in.readVar();
    boolean itemLong = (flags & RecordEncoder.ITEM_LONG) != 0;
    itemId = itemLong ? Long.toString(in.readZigZag()) : in.readText();
    levelIndex = in.readCount(levels - 1);
    boolean certain = (flags & RecordEncoder.CERTAIN) != 0;
    propensity = certain ? 1 : Double.longBitsToDouble(in.readLong());
    if (listPriceMinor < 0 || unitCostMinor < 0 || !(propensity >= 0 && propensity <= 1)) {
      throw in.broken("hold prices of 0 or more and a propensity in [0, 1]");
    }
    readClosed(in, known.setup(), levels);
    readCellsAndState(in, known.cells());
    curveDigest = in.readInt();
    valueDigest = in.readInt();
    chanceDigest = in.readInt();
  }

  private void readClosed(ByteSource in, DecisionSetup of, int levels) {
    long all = of.ladder().allLevels() & ~1L;
    refused = in.readVar();
    long closed = in.readVar();
    if (((refused | closed) & ~all) != 0 || (refused & closed) != 0) {
      throw in.broken("close levels of the ladder once");
    }
    int guardrails = of.guardrailCodes().size();
    for (int level = 0; level < levels; level++) {
      long bit = 1L << level;
      boolean isRefused = (refused & bit) != 0;
      closedBy[level] =
          (closed & bit) != 0
              ? in.readCount(guardrails - 1L)
              : isRefused ? DecisionTrace.BY_REQUEST : DecisionTrace.OPEN;
    }
    if (marked) {
      readMarked(in, all & ~refused & ~closed);
    }
  }

  private void readMarked(ByteSource in, long possible) {
    mark = -in.readCount(-DecisionTrace.LAST_MARK);
    stopped = in.readVar();
    if (mark > DecisionTrace.CONTENDED || (stopped & ~possible) != 0) {
      throw in.broken("say what stopped levels of the ladder");
    }
    for (long rest = stopped; rest != 0; rest &= rest - 1) {
      closedBy[Long.numberOfTrailingZeros(rest)] = mark;
    }
  }

  private void readCellsAndState(ByteSource in, CellCode code) {
    cellCount = in.readCount(Integer.MAX_VALUE);
    cellsFrom = in.at();
    for (int i = 0; i < cellCount; i++) {
      code.skip(in);
    }
    cellsTo = in.at();
    stateLongs = in.readCount(MAX_STATE);
    if (state.length < stateLongs) {
      state = new long[stateLongs];
    }
    for (int i = 0; i < stateLongs; i++) {
      state[i] = in.readZigZag();
    }
  }

  private void readPersonal(ByteSource in, @Nullable PersonalSeal seal, Place where) {
    keyId = in.readVar() - 1;
    personal = null;
    erased = false;
    origin = null;
    if (keyId != -1) {
      PersonalSeal.Origin of =
          new PersonalSeal.Origin(keyId, where.salt(), in.readVar(), in.readVar());
      sealedBytes = in.readCount(Integer.MAX_VALUE);
      int from = in.skip(sealedBytes);
      origin = of;
      personal = seal == null ? null : seal.open(in, of, from, sealedBytes);
      erased = personal == null;
    }
    if (in.hasMore()) {
      throw in.broken("end with the decision's personal part");
    }
  }

  /** The setups of a segment by number. */
  @FunctionalInterface
  interface IntSetups {
    @Nullable RecordSetup of(long number);
  }

  private RecordSetup known() {
    RecordSetup current = setup;
    if (current == null) {
      throw new IllegalStateException("a record must be read before it is asked");
    }
    return current;
  }

  /** Returns what was in force in the engine. */
  public DecisionSetup setup() {
    return known().setup();
  }

  /** Returns the number of decisions before this one in the log. */
  public long sequence() {
    return sequence;
  }

  /** Returns the id of the decision. */
  public long decisionId() {
    return decisionId;
  }

  /** Returns the time of the decision in milliseconds since 1970, as the host stated it. */
  public long timeMillis() {
    return timeMillis;
  }

  /** Returns the decision's place in its batch, part of the draw. */
  public int place() {
    return place;
  }

  /** Returns the item's id as text. */
  public String itemId() {
    return itemId;
  }

  /** Returns the list price in minor units. */
  public long listPriceMinor() {
    return listPriceMinor;
  }

  /** Returns the cost of one unit in minor units. */
  public long unitCostMinor() {
    return unitCostMinor;
  }

  /** Returns the chosen level's place in the ladder. */
  public int levelIndex() {
    return levelIndex;
  }

  /** Returns the price to pay, in minor units. */
  public long priceMinor() {
    return setup().ladder().level(levelIndex).netPriceMinor(listPriceMinor);
  }

  /** Returns the probability with which the level was chosen, in (0, 1]. */
  public double propensity() {
    return propensity;
  }

  /** Returns the levels that the request allowed, one bit each, level 0 always set. */
  public long allowedLevels() {
    return setup().ladder().allLevels() & ~refused;
  }

  /**
   * Returns what closed a level: the place of a guardrail in the setup, or a mark of {@link
   * DecisionTrace}.
   */
  public int closedBy(int level) {
    return closedBy[level];
  }

  /** Returns the code of what closed a level, empty if it was open. */
  public String closedByCode(int level) {
    int by = closedBy[level];
    if (by >= 0) {
      return setup().guardrailCodes().get(by);
    }
    return by == DecisionTrace.OPEN ? "" : DecisionTrace.markCode(by);
  }

  /** Returns the open levels, one bit each, level 0 the lowest. */
  public long openLevels() {
    long levels = 0;
    for (int level = 0; level < setup().ladder().size(); level++) {
      boolean isOpen = closedBy[level] == DecisionTrace.OPEN;
      levels |= isOpen ? 1L << level : 0;
    }
    return levels;
  }

  /** Returns the campaign the decision belongs to, empty if it has none. */
  public String campaign() {
    return campaign;
  }

  /** Returns the levels that were stopped or given up, one bit each. */
  long stopped() {
    return stopped;
  }

  /** Returns the mark of why they were. */
  int mark() {
    return mark;
  }

  /** Returns a copy of the numbers that guardrails had read, in the order of the guardrails. */
  public long[] state() {
    return Arrays.copyOf(state, stateLongs);
  }

  /** Returns the live numbers that guardrails had read, {@link #stateLongs} of them. */
  long[] liveState() {
    return state;
  }

  int stateLongs() {
    return stateLongs;
  }

  int curveDigest() {
    return curveDigest;
  }

  int valueDigest() {
    return valueDigest;
  }

  int chanceDigest() {
    return chanceDigest;
  }

  /** Returns whether there are personal fields. */
  public boolean hasPersonal() {
    return keyId != -1;
  }

  /**
   * Returns whether there are personal fields that cannot be read any more, because the customer's
   * key was destroyed, or because the reader was given no keys.
   */
  public boolean personalErased() {
    return erased;
  }

  /** Returns the id of the key that sealed the personal fields, -1 if there are none. */
  public long keyId() {
    return keyId;
  }

  /** Returns the key stream of the personal fields, null if there are none. */
  PersonalSeal.@Nullable Origin origin() {
    return origin;
  }

  /** Returns how many bytes of the stream they take. */
  int sealedBytes() {
    return sealedBytes;
  }

  /**
   * Adds the row as the model saw it; personal fields that are erased are missing.
   *
   * @param out receives the row, of a schema with the fields of the setup's
   */
  public void addRow(Rows out) {
    CellCode code = known().cells();
    int at = out.add();
    code.imply(out, at, itemId, listPriceMinor, unitCostMinor);
    ByteSource in = cells.of("a record", 0, bytes, cellsFrom, cellsTo);
    for (int i = 0; i < cellCount; i++) {
      code.read(in, out, at);
    }
    byte[] plain = personal;
    if (plain != null) {
      int end = plain.length - PersonalSeal.CHECK_BYTES;
      readPersonalCells(cells.of("a record", 0, plain, 0, end), code, out, at);
    }
  }

  private static void readPersonalCells(ByteSource in, CellCode code, Rows out, int at) {
    switch (in.readByte()) {
      case RecordEncoder.NO_CUSTOMER -> {}
      case RecordEncoder.CUSTOMER_LONG -> out.setLong(at, code.customerSlotOr(in), in.readZigZag());
      case RecordEncoder.CUSTOMER_TEXT -> out.setText(at, code.customerSlotOr(in), in.readText());
      default -> throw in.broken("begin with a customer");
    }
    int count = in.readCount(Integer.MAX_VALUE);
    for (int i = 0; i < count; i++) {
      code.read(in, out, at);
    }
  }
}
