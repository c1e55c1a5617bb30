package dev.discount.policy.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand ends of a writer: 988 segments cut or torn at random places, which is what is left
 * when blocks were written but not forced, and 12 processes that are killed while they write.
 */
class DecisionLogCrashTest {

  private static final int CUTS = 500;
  private static final int TEARS = 488;
  private static final int KILLS = 12;

  @TempDir private Path folder;
  private final MemoryKeys keys = new MemoryKeys();

  /** Writes a segment whose blocks are small and not forced, as a process leaves it that dies. */
  private Path unforced(Path into) throws IOException {
    DecisionLogConfig config =
        Shop.config().withWriting(0, ForceRule.never()).withSegments(1 << 30, Long.MAX_VALUE);
    DecisionLog log = DecisionLog.open(into, config, keys);
    Thread writer = new Thread(log);
    writer.start();
    var session = Shop.engine(log).newSession();
    for (long id = 0; id < 400; id++) {
      Shop.decide(session, id);
      if (id % 10 == 9) {
        long records = id + 1;
        while (log.head().records() < records) {
          Thread.onSpinWait();
        }
      }
    }
    Path copy = into.resolveSibling(into.getFileName() + "-copy");
    Shop.copy(into, copy);
    log.close();
    return new SegmentFiles(copy).path(1);
  }

  /** Files that say what was done to them, in order. */
  private static final class ToldFiles extends SegmentFiles {
    private final List<String> told = new ArrayList<>();
    private String opened = "";

    ToldFiles(Path folder) {
      super(folder);
    }

    @Override
    void create(long number, byte[] header) {
      told.add("create " + number);
      super.create(number, header);
    }

    @Override
    FileChannel openToWrite(long number) throws IOException {
      opened = "force " + number;
      return super.openToWrite(number);
    }

    @Override
    void force(FileChannel channel) throws IOException {
      told.add(opened);
      super.force(channel);
    }
  }

  @Test
  void open_behindADeadWriter_forcesWhatItLeftBeforeItIsBuiltUpon() throws IOException {
    Path left = unforced(folder.resolve("log")).getParent();
    ToldFiles files = new ToldFiles(left);
    try (DecisionLog log = DecisionLog.open(files, Shop.config(), keys)) {
      assertEquals(List.of(), files.told, "nothing before the first record");
      Shop.decide(Shop.engine(log), 0, 10);
    }
    assertEquals(List.of("force 1", "create 2"), files.told.subList(0, 2));
    ToldFiles again = new ToldFiles(left);
    try (DecisionLog log = DecisionLog.open(again, Shop.config(), keys)) {
      Shop.decide(Shop.engine(log), 0, 10);
    }
    assertEquals("create 3", again.told.get(0), "segment 2 was ended, and so forced");
  }

  /** Returns the number of decisions before each end of a block, by offset. */
  private static NavigableMap<Long, Long> ends(Path segment) {
    NavigableMap<Long, Long> ends = new TreeMap<>();
    try (BlockReader reader = new BlockReader(segment, new Chain(), null)) {
      ends.put(reader.offset(), 0L);
      while (reader.next()) {
        ends.put(reader.offset(), reader.records());
      }
    }
    return ends;
  }

  @Test
  void open_cutOrTornAnywhereBehindTheForced_readableAndContinued() throws IOException {
    Path segment = unforced(folder.resolve("log"));
    byte[] whole = Files.readAllBytes(segment);
    NavigableMap<Long, Long> ends = ends(segment);
    assertTrue(ends.size() > 30);
    int header = SegmentHeader.BYTES;
    for (int i = 0; i < CUTS + TEARS; i++) {
      int at = header + (int) (Shop.unit(i) * (whole.length - header));
      byte[] left = i < CUTS ? Arrays.copyOf(whole, at) : tear(whole, at, i);
      Map.Entry<Long, Long> good = ends.floorEntry((long) at);
      checkContinues(left, good.getKey(), good.getValue(), i);
    }
  }

  /** Zeros or garbles a page from an offset on, as a power cut does to pages not yet written. */
  private static byte[] tear(byte[] whole, int at, int i) {
    byte[] torn = whole.clone();
    int to = Math.min(torn.length, at + 1 + (int) (Shop.unit(10_000 + i) * 4_096));
    for (int b = at; b < to; b++) {
      torn[b] = (byte) (i % 2 == 0 ? 0 : torn[b] ^ 0x5A);
    }
    torn[at] = (byte) (i % 2 == 0 && whole[at] == 0 ? torn[at] ^ 1 : torn[at]);
    return torn;
  }

  private void checkContinues(byte[] left, long goodLength, long goodRecords, int i)
      throws IOException {
    Path crashed = folder.resolve("crash-" + i);
    Files.createDirectories(crashed);
    Files.write(new SegmentFiles(crashed).path(1), left);
    LogReport before = DecisionLogReader.check(crashed);
    assertEquals(goodRecords, before.records());
    assertEquals(left.length - goodLength, before.tornBytes());
    if (i % 20 == 0) {
      LogHead head = Shop.write(crashed, keys, 400, 410);
      LogReport after = DecisionLogReader.check(crashed, head, before.head());
      assertEquals(goodRecords + 10, after.records());
      assertEquals(left.length - goodLength, after.tornBytes());
      assertEquals(2, after.segments());
    }
    Shop.delete(crashed);
  }

  @Test
  void open_forcedBlockAltered_isNotTakenForATornTail() throws IOException {
    Path log = folder.resolve("forced");
    Shop.write(log, keys, 0, 300);
    Path segment = new SegmentFiles(log).path(1);
    byte[] whole = Files.readAllBytes(segment);
    for (int i = 0; i < 200; i++) {
      int at = (int) (Shop.unit(50_000 + i) * whole.length);
      byte[] altered = whole.clone();
      altered[at] ^= (byte) (1 << i % 8);
      Files.write(segment, altered);
      assertThrows(LogFormatException.class, () -> checkOrTorn(log, whole.length));
    }
  }

  /** A flipped bit in the last block of all cannot be told from a torn one: it is reported so. */
  private static void checkOrTorn(Path log, int length) {
    LogReport report = DecisionLogReader.check(log);
    assertEquals(Block.HEADER_BYTES, report.tornBytes());
    assertTrue(!report.closed() && length > 0);
    throw new LogFormatException(log.toString(), "be closed");
  }

  /** Decides and logs until it is killed; says on its output what was forced. */
  static final class Victim {
    public static void main(String[] arguments) throws IOException {
      Path into = Path.of(arguments[0]);
      FileCustomerKeys files = FileCustomerKeys.open(into.resolve("keys"));
      DecisionLogConfig config =
          Shop.config().withWriting(0, ForceRule.never()).withSegments(1 << 16, Long.MAX_VALUE);
      DecisionLog log = DecisionLog.open(into, config, files);
      new Thread(log).start();
      var session = Shop.engine(log).newSession();
      System.out.write("ready\n".getBytes(StandardCharsets.US_ASCII));
      System.out.flush();
      for (long id = 0; ; id++) {
        Shop.decide(session, id);
        if (id % 100 == 99) {
          log.force();
          String forced = log.head().records() + " " + (id + 1) + "\n";
          System.out.write(forced.getBytes(StandardCharsets.US_ASCII));
          System.out.flush();
        }
      }
    }
  }

  @Test
  void open_afterKills_everyForcedRecordIsThereAndTheChainGoesOn() throws Exception {
    Path log = folder.resolve("killed");
    Files.createDirectories(log);
    long forced = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      forced = runAndKill(log, kill, forced);
      LogReport report = DecisionLogReader.check(log);
      assertTrue(report.records() >= forced, report.records() + " of " + forced);
      forced = report.records();
    }
    assertTrue(forced > 100L * KILLS);
    try (FileCustomerKeys files = FileCustomerKeys.open(log.resolve("keys"));
        DecisionLogReader reader = DecisionLogReader.open(log, files)) {
      long erased = 0;
      while (reader.next()) {
        erased += reader.record().personalErased() ? 1 : 0;
      }
      assertEquals(0, erased);
      assertEquals(forced, reader.report().records());
    }
  }

  /**
   * Lets a process write for a random while, kills it, and returns what it had said to be forced.
   */
  private static long runAndKill(Path log, int kill, long before) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xshare:auto", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Victim.class.getName());
    command.add(log.toString());
    Process victim =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    long forced = before;
    int lines = 1 + (int) (Shop.unit(90_000 + kill) * 12);
    try (var output = victim.inputReader(StandardCharsets.US_ASCII)) {
      assertEquals("ready", output.readLine());
      for (int line = 0; line < lines; line++) {
        forced = Long.parseLong(output.readLine().split(" ")[0]);
      }
      long nanos = (long) (Shop.unit(95_000 + kill) * 3_000_000);
      long from = System.nanoTime();
      while (System.nanoTime() - from < nanos) {
        Thread.onSpinWait();
      }
    } finally {
      victim.destroyForcibly().waitFor();
    }
    return forced;
  }
}
