package dev.discount.policy.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.discount.core.data.Rows;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionSession;
import dev.discount.policy.DecisionTrace;
import dev.discount.policy.KillSwitch;
import dev.discount.policy.rule.FlatLevel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionLogTest {

  @TempDir private Path folder;
  private final MemoryKeys keys = new MemoryKeys();

  @Test
  void next_everyKindOfField_asItWasDecided() {
    DecisionEngine engine = Shop.engine(null);
    DecisionSession session = engine.newSession();
    Map<Long, String> expected = new HashMap<>();
    for (long id = 0; id < 3_000; id++) {
      int level = Shop.decide(session, id);
      expected.put(id, line(session, level));
    }
    Shop.write(folder, keys, 0, 3_000);
    long id = 0;
    try (DecisionLogReader reader = DecisionLogReader.open(folder, keys)) {
      Rows rows = new Rows(Shop.SCHEMA, 1);
      while (reader.next()) {
        DecisionRecord record = reader.record();
        assertEquals(id, record.sequence());
        assertEquals(id * 0x9E3779B97F4A7C15L, record.decisionId());
        assertEquals(Shop.START_MILLIS + 1_000 * id, record.timeMillis());
        assertEquals(expected.get(id), line(record));
        assertEquals(id % 6 == 0 ? 0b10111 : 0b11111, record.allowedLevels());
        assertEquals(1, record.state().length);
        rows.clear();
        record.addRow(rows);
        checkRow(rows, id);
        id++;
      }
      assertEquals(3_000, id);
      assertEquals(3_000, reader.report().records());
      assertTrue(reader.report().closed());
      assertTrue(reader.report().segments() > 1);
    }
  }

  private static String line(DecisionSession session, int level) {
    StringBuilder closed = new StringBuilder();
    for (int i = 0; i < Shop.LADDER.size(); i++) {
      closed.append(session.closedBy(i)).append(',');
    }
    return level + " " + session.priceMinor() + " " + session.propensity() + " " + closed;
  }

  private static String line(DecisionRecord record) {
    StringBuilder closed = new StringBuilder();
    for (int i = 0; i < Shop.LADDER.size(); i++) {
      closed.append(record.closedByCode(i)).append(',');
    }
    return record.levelIndex()
        + " "
        + record.priceMinor()
        + " "
        + record.propensity()
        + " "
        + closed;
  }

  private static void checkRow(Rows rows, long id) {
    assertEquals(id % 3 == 0, rows.isMissing(0, Shop.SCHEMA.slot("age")));
    double spend = rows.doubleAt(0, Shop.SCHEMA.slot("spend"));
    double expected = id % 3 == 0 ? 12.5 : id % 3 == 1 ? id / 7.0 : -0.0;
    assertEquals(Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(spend));
    int customer = Shop.SCHEMA.slot("customer");
    assertEquals(id % 5 == 2, rows.isMissing(0, customer));
    if (id % 5 == 1) {
      assertEquals("customer-ü" + id % 40, rows.textAt(0, customer));
    }
    int segment = Shop.SCHEMA.slot("segment");
    if (id % 8 == 1) {
      assertEquals("a\uD83D\uDE00\uD800é", rows.textAt(0, segment));
    }
    assertEquals(id % 13 == 0, rows.isMissing(0, Shop.SCHEMA.slot("price")));
    if (id % 13 == 0) {
      assertEquals("another", rows.textAt(0, Shop.SCHEMA.slot("item")));
    }
  }

  @Test
  void open_again_continuesTheChain() {
    LogHead first = Shop.write(folder, keys, 0, 500);
    LogHead second = Shop.write(folder, keys, 500, 800);
    LogReport report = DecisionLogReader.check(folder, first, second);
    assertEquals(800, report.records());
    assertEquals(0, report.tornBytes());
    assertEquals(second, report.head());
  }

  @Test
  void segments_byAge_beginAnew() {
    AtomicLong now = new AtomicLong(5);
    DecisionLogConfig config =
        Shop.config().withSegments(1 << 20, 1_000).withClock(() -> Instant.ofEpochMilli(now.get()));
    try (DecisionLog log = DecisionLog.open(folder, config, keys)) {
      Thread writer = new Thread(log);
      writer.start();
      DecisionEngine engine = Shop.engine(log);
      Shop.decide(engine, 0, 10);
      log.force();
      long segment = log.head().segment();
      now.addAndGet(-2_000); // A clock that goes backwards ends a segment too, and nothing else.
      await(() -> log.head().length() > SegmentHeader.BYTES && ended(segment));
      Shop.decide(engine, 10, 20);
      log.force();
      assertEquals(segment + 1, log.head().segment());
    }
    assertEquals(20, DecisionLogReader.check(folder).records());
  }

  private boolean ended(long segment) {
    try (BlockReader reader =
        new BlockReader(new SegmentFiles(folder).path(segment), new Chain(), null)) {
      reader.readToEnd();
      return reader.ended();
    }
  }

  private static void await(BooleanSupplier condition) {
    for (int i = 0; i < 5_000 && !condition.getAsBoolean(); i++) {
      LockSupport.parkNanos(1_000_000);
    }
    assertTrue(condition.getAsBoolean());
  }

  @Test
  void append_stoppedLevels_areRecordedAndRepeated() {
    KillSwitch kill = new KillSwitch();
    try (DecisionLog log = DecisionLog.open(folder, Shop.config(), keys)) {
      DecisionEngine engine =
          DecisionEngine.builder(Shop.MODEL, Shop.LADDER)
              .policy(new FlatLevel(3))
              .killSwitch(kill)
              .log(log)
              .build();
      DecisionSession session = engine.newSession();
      session.offer("lamp", 1_000, 10);
      session.campaign("may");
      session.decide(1);
      kill.stopLevel(3);
      session.decide(2);
      kill.stopCampaign("may");
      session.decide(3);
      kill.resumeAll();
      kill.stopModel("stub");
      session.decide(4);
    }
    try (DecisionLogReader reader = DecisionLogReader.open(folder, keys)) {
      String[] codes = {"", "stopped-level", "stopped-campaign", "stopped-model"};
      int[] levels = {3, 2, 0, 0};
      for (int i = 0; i < codes.length; i++) {
        assertTrue(reader.next());
        assertEquals(codes[i], reader.record().closedByCode(3));
        assertEquals(levels[i], reader.record().levelIndex());
        assertEquals("may", reader.record().campaign());
      }
    }
    DecisionEngine engine =
        DecisionEngine.builder(Shop.MODEL, Shop.LADDER).policy(new FlatLevel(3)).build();
    try (DecisionLogReader reader = DecisionLogReader.open(folder, keys)) {
      ReplayReport report = new Replay(engine).run(reader);
      assertEquals(4, report.decisions());
      assertEquals(0, report.different(), report.examples().toString());
    }
  }

  @Test
  void destroy_key_erasesPersonalFieldsAndLeavesTheChain() throws IOException {
    LogHead head = Shop.write(folder, keys, 0, 300);
    assertTrue(keys.destroy("customer-ü1"));
    assertEquals(300, DecisionLogReader.check(folder, head).records());
    Rows rows = new Rows(Shop.SCHEMA, 1);
    int erased = 0;
    try (DecisionLogReader reader = DecisionLogReader.open(folder, keys)) {
      for (long id = 0; reader.next(); id++) {
        boolean gone = id % 5 == 1 && id % 40 == 1;
        assertEquals(gone, reader.record().personalErased());
        if (gone) {
          rows.clear();
          reader.record().addRow(rows);
          assertTrue(rows.isMissing(0, Shop.SCHEMA.slot("customer")));
          assertTrue(rows.isMissing(0, Shop.SCHEMA.slot("age")));
          assertFalse(rows.isMissing(0, Shop.SCHEMA.slot("mobile")));
          erased++;
        }
      }
      assertEquals(erased, reader.report().erased());
      assertTrue(erased > 3);
    }
  }

  @Test
  void segments_onDisk_holdNoPersonalText() throws IOException {
    Shop.write(folder, keys, 0, 300);
    byte[] secret = "customer-ü".getBytes(StandardCharsets.UTF_8);
    for (Path file : new SegmentFiles(folder).list().values()) {
      assertFalse(contains(Files.readAllBytes(file), secret));
      assertTrue(contains(Files.readAllBytes(file), "segment-".getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static boolean contains(byte[] bytes, byte[] part) {
    for (int i = 0; i + part.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void decide_logged_allocatesNothingOnTheDecidingThread() {
    DecisionLogConfig config =
        Shop.config().withRingBytes(1 << 14).withBackPressure(BackPressure.DROP);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (DecisionLog log = DecisionLog.open(folder, config, keys)) {
      DecisionSession session = Shop.engine(log).newSession();
      session.offer("lamp", 10_000, 6_000);
      session.customer(7);
      for (long id = 0; id < 30_000; id++) {
        session.decide(id);
      }
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 10; round++) {
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (long id = 0; id < 1_000; id++) {
          session.decide(id);
        }
        least =
            Math.min(
                least, threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
      }
      assertTrue(least < 200, "allocated " + least);
    }
  }

  @Test
  void record_typical_takesAtMost200Bytes() {
    LogHead head = Shop.write(folder, keys, 0, 5_000);
    long bytes = 0;
    for (Path file : new SegmentFiles(folder).list().values()) {
      bytes += file.toFile().length();
    }
    assertEquals(5_000, head.records());
    assertTrue(bytes <= 200 * 5_000L, "bytes a record " + bytes / 5_000.0);
  }

  @Test
  void markCode_everyMark_hasACode() {
    for (int mark = DecisionTrace.LAST_MARK; mark <= DecisionTrace.BY_REQUEST; mark++) {
      assertFalse(DecisionTrace.markCode(mark).isEmpty());
    }
    assertEquals(Set.of("request"), Set.of(DecisionTrace.markCode(DecisionTrace.BY_REQUEST)));
    assertThrows(IllegalArgumentException.class, () -> DecisionTrace.markCode(-1));
  }
}
