package dev.discount.policy.log;

import dev.discount.policy.DecisionSetup;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the decisions of a log in their order, and checks its chain while it reads: that no record,
 * block or segment was altered, removed or reordered. Confined to one thread. The log may be
 * written meanwhile; what is not written yet is the end.
 *
 * <p>With keys it checks the seal of each block too, and so that nobody without {@link
 * CustomerKeys#logKey()} wrote it anew. What neither shows is that the end was cut off; a {@link
 * LogHead} kept elsewhere does, see {@link #check}.
 */
public final class DecisionLogReader implements AutoCloseable {

  private static final int CACHED_KEYS = 1 << 16;

  private final Iterator<Map.Entry<Long, Path>> segments;
  private final Chain chain = new Chain();
  private final @Nullable PersonalSeal seal;
  private final @Nullable BlockSeal blockSeal;
  private final Map<Long, DecisionRecord.RecordSetup> setups = new HashMap<>();
  private final ByteSource entries = new ByteSource();
  private final ByteSource entry = new ByteSource();
  private final DecisionRecord record = new DecisionRecord();
  private @Nullable BlockReader segment;
  private @Nullable BlockReader following;
  private final Set<LogHead> missing = new HashSet<>();
  private LogHead head;
  private LogHead segmentEnd;
  private byte[] hash;
  private byte @Nullable [] logId;
  private int leftInBlock;
  private long sequence;
  private long records;
  private long dropped;
  private long erased;
  private long tornBytes;
  private long read;
  private boolean closed;

  private DecisionLogReader(Path folder, @Nullable CustomerKeys keys, LogHead after, int cached) {
    this.segments =
        new SegmentFiles(folder).list().tailMap(after.segment(), false).entrySet().iterator();
    this.seal = keys == null ? null : new PersonalSeal(keys, cached);
    this.blockSeal = keys == null ? null : new BlockSeal(keys.logKey());
    this.head = after;
    this.segmentEnd = after;
    this.hash = HexFormat.of().parseHex(after.hash());
    this.sequence = after.records();
  }

  /**
   * Opens a log from its first segment on.
   *
   * @param folder the folder
   * @param keys the keys of the personal fields; {@code null} reads without them
   * @throws java.io.UncheckedIOException if the folder cannot be read
   */
  public static DecisionLogReader open(Path folder, @Nullable CustomerKeys keys) {
    return openAfter(folder, keys, new LogHead(0, 0, 0, "00".repeat(Chain.HASH_BYTES)));
  }

  /**
   * Opens a log whose first segments were moved away.
   *
   * @param folder the folder
   * @param keys the keys of the personal fields; {@code null} reads without them
   * @param after the end of the last segment that was moved, as {@link LogReport#head()} said
   */
  public static DecisionLogReader openAfter(
      Path folder, @Nullable CustomerKeys keys, LogHead after) {
    return new DecisionLogReader(folder, keys, after, CACHED_KEYS);
  }

  /**
   * Checks a whole log.
   *
   * @param folder the folder
   * @param heads points that the chain must pass, such as one that was kept elsewhere
   * @return what was found
   * @throws LogFormatException if anything was altered, removed or reordered, or a point is missing
   */
  public static LogReport check(Path folder, LogHead... heads) {
    try (DecisionLogReader reader = open(folder, null)) {
      reader.missing.addAll(Arrays.asList(heads));
      reader.missing.remove(reader.head);
      boolean more = reader.next();
      while (more) {
        more = reader.next();
      }
      if (!reader.missing.isEmpty()) {
        throw new LogFormatException(folder.toString(), "hold the points " + reader.missing);
      }
      return reader.report();
    }
  }

  /**
   * Reads the next decision.
   *
   * @return whether there is one; {@link #record()} then shows it
   * @throws LogFormatException if the log was altered; nothing from there on can be believed
   * @throws java.io.UncheckedIOException if reading fails
   */
  public boolean next() {
    while (true) {
      while (entries.hasMore()) {
        if (readEntry()) {
          return true;
        }
      }
      if (leftInBlock != 0) {
        throw entries.broken("hold " + leftInBlock + " more decisions");
      }
      if (!advance()) {
        return false;
      }
    }
  }

  private boolean readEntry() {
    BlockReader from = Objects.requireNonNull(segment);
    int length = entries.readCount(Integer.MAX_VALUE);
    int at = entries.skip(length);
    long base = from.offset() - from.length();
    entry.of(from.source(), base, entries.bytes(), at, at + length);
    switch (entry.readByte()) {
      case Block.ENTRY_DECISION -> {
        readDecision(from.header());
        return true;
      }
      case Block.ENTRY_SETUP -> {
        long number = entry.readVar();
        DecisionSetup setup = SetupCode.read(entry);
        setups.put(number, new DecisionRecord.RecordSetup(setup, new CellCode(setup.schema())));
      }
      case Block.ENTRY_DROPPED -> dropped += entry.readVar();
      default -> throw entry.broken("hold an entry of a known type");
    }
    return false;
  }

  private void readDecision(SegmentHeader header) {
    if (leftInBlock-- <= 0) {
      throw entry.broken("hold as many decisions as its block says");
    }
    DecisionRecord.Place where = new DecisionRecord.Place(sequence, header.salt());
    record.read(entry, setups::get, seal, where);
    erased += record.personalErased() ? 1 : 0;
    sequence++;
    records++;
  }

  /** Reads the next block, of this or the next segment. */
  private boolean advance() {
    while (true) {
      BlockReader current = segment;
      if (current != null && !atEnd(current) && current.next()) {
        leftInBlock = Block.count(current.block());
        long base = current.offset() - current.length();
        entries.of(current.source(), base, current.block(), Block.HEADER_BYTES, current.length());
        passed(current);
        return true;
      }
      if (!nextSegment(current)) {
        return false;
      }
    }
  }

  private boolean atEnd(BlockReader current) {
    BlockReader next = following;
    return next != null && current.offset() == next.header().previousLength();
  }

  private void passed(BlockReader current) {
    hash = current.hash();
    head = LogHead.of(current.header().number(), current.offset(), current.records(), hash);
    closed = current.ended();
    missing.remove(head);
  }

  private boolean nextSegment(@Nullable BlockReader current) {
    if (current != null) {
      BlockReader next = following;
      if (next != null && !atEnd(current)) {
        throw new LogFormatException(
            current.source(),
            current.offset(),
            "hold a block; the next segment follows offset " + next.header().previousLength());
      }
      if (next == null) {
        current.checkTorn();
        return false;
      }
      current.checkLeft();
      segmentEnd = head;
      tornBytes += current.rest();
      current.close();
    }
    BlockReader opened = following != null ? following : openNext();
    following = null;
    if (opened == null) {
      return false;
    }
    segment = opened;
    checkFollows(opened);
    setups.clear();
    read++;
    passed(opened);
    following = openNext();
    return true;
  }

  private @Nullable BlockReader openNext() {
    if (!segments.hasNext()) {
      return null;
    }
    Map.Entry<Long, Path> file = segments.next();
    BlockReader opened = new BlockReader(file.getValue(), chain, blockSeal);
    if (opened.header().number() != file.getKey()) {
      opened.close();
      throw new LogFormatException(
          opened.source(), "be segment " + file.getKey() + ", got " + opened.header().number());
    }
    return opened;
  }

  private void checkFollows(BlockReader opened) {
    SegmentHeader header = opened.header();
    byte[] id = logId;
    if (id != null && !Arrays.equals(id, header.logId())) {
      throw new LogFormatException(opened.source(), "be of the same log as the one before it");
    }
    logId = header.logId();
    boolean follows =
        header.number() == head.segment() + 1
            && header.previousLength() == head.length()
            && header.firstSequence() == sequence
            && Arrays.equals(header.previousHash(), hash);
    if (!follows) {
      throw new LogFormatException(
          opened.source(),
          "follow segment " + head.segment() + ", which ended at " + head.length());
    }
  }

  /** Returns the record that was read last; it changes with {@link #next()}. */
  public DecisionRecord record() {
    return record;
  }

  /**
   * Returns the end of the last segment that was read and that another follows: {@link #openAfter}
   * goes on from it, so the segments up to it may be moved away.
   */
  public LogHead segmentEnd() {
    return segmentEnd;
  }

  /** Returns what was found so far; of the whole log once {@link #next()} has returned false. */
  public LogReport report() {
    BlockReader current = segment;
    long torn = current == null || following != null ? 0 : current.rest();
    return new LogReport(read, records, dropped, erased, tornBytes + torn, closed, head);
  }

  @Override
  public void close() {
    if (segment != null) {
      segment.close();
    }
    if (following != null) {
      following.close();
    }
  }
}
