package dev.discount.policy.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionSession;
import dev.discount.policy.rule.FlatLevel;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log does where it cannot do what was asked. */
class DecisionLogFailureTest {

  @TempDir private Path folder;
  private final MemoryKeys keys = new MemoryKeys();

  /** A disk that takes so many bytes and then none. */
  private static final class SmallDisk extends SegmentFiles {
    private long room;

    SmallDisk(Path folder, long room) {
      super(folder);
      this.room = room;
    }

    @Override
    void write(FileChannel channel, ByteBuffer bytes, long offset) throws IOException {
      if (bytes.remaining() > room) {
        ByteBuffer part = bytes.slice(bytes.position(), (int) room);
        super.write(channel, part, offset);
        room = 0;
        throw new IOException("No space left on device");
      }
      room -= bytes.remaining();
      super.write(channel, bytes, offset);
    }
  }

  @Test
  void append_ringFull_dropsAndCountsInTheLogToo() {
    DecisionLogConfig config =
        Shop.config().withRingBytes(1 << 12).withBackPressure(BackPressure.DROP);
    long dropped;
    try (DecisionLog log = DecisionLog.open(folder, config, keys)) {
      Shop.decide(Shop.engine(log), 0, 200);
      dropped = log.dropped();
      assertTrue(dropped > 100 && dropped < 200);
    }
    LogReport report = DecisionLogReader.check(folder);
    assertEquals(dropped, report.dropped());
    assertEquals(200 - dropped, report.records());
  }

  @SuppressWarnings("try") // closed before what it holds is read
  @Test
  void append_ringFullAndToFail_givesBackAndThrows() {
    Shop.ItemCap cap = new Shop.ItemCap(1 << 20);
    DecisionLogConfig config =
        Shop.config().withRingBytes(1 << 12).withBackPressure(BackPressure.FAIL);
    try (DecisionLog log = DecisionLog.open(folder, config, keys)) {
      DecisionEngine engine =
          DecisionEngine.builder(Shop.MODEL, Shop.LADDER)
              .policy(new FlatLevel(1))
              .guardrail(cap)
              .log(log)
              .build();
      DecisionSession session = engine.newSession();
      session.offer("lamp", 1_000, 10);
      int taken = 0;
      for (long id = 0; id < 1_000; id++) {
        try {
          session.decide(id);
          taken++;
        } catch (LogFullException e) {
          assertThrows(IllegalStateException.class, session::levelIndex);
        }
      }
      assertTrue(taken > 10 && taken < 200);
      assertEquals(taken, cap.total());
      log.close();
      assertEquals(taken, DecisionLogReader.check(folder).records());
    }
  }

  @Test
  void append_blockedWithoutAWriter_saysSo() {
    DecisionLogConfig config = Shop.config().withRingBytes(1 << 12);
    try (DecisionLog log = DecisionLog.open(folder, config, keys)) {
      DecisionEngine engine = Shop.engine(log);
      assertThrows(LogFullException.class, () -> Shop.decide(engine, 0, 1_000));
    }
  }

  @Test
  void run_diskFull_isNamedAndWritesOnOnceThereIsRoom() throws InterruptedException {
    SmallDisk disk = new SmallDisk(folder, 20_000);
    DecisionLog log = DecisionLog.open(disk, Shop.config().withRingBytes(1 << 16), keys);
    DecisionEngine engine = Shop.engine(log);
    Thread writer = new Thread(log);
    writer.setUncaughtExceptionHandler((thread, thrown) -> {});
    writer.start();
    AtomicLong taken = new AtomicLong();
    DecisionSession session = engine.newSession();
    LogWriteException thrown =
        assertThrows(
            LogWriteException.class,
            () -> {
              for (long id = 0; id < 100_000; id++) {
                Shop.decide(session, id);
                taken.incrementAndGet();
              }
            });
    assertEquals(LogWriteException.Problem.DISK_FULL, thrown.problem());
    writer.join();
    assertNotNull(log.failure());
    assertThrows(LogWriteException.class, log::close);
    disk.room = Long.MAX_VALUE;
    log.close();
    LogReport report = DecisionLogReader.check(folder, log.head());
    assertEquals(taken.get(), report.records());
    assertEquals(0, report.tornBytes());
  }

  @Test
  void open_folderThatCannotBeWritten_isNamed() throws IOException {
    Path readOnly = Path.of(URI.create("jrt:/java.base"));
    LogWriteException thrown =
        assertThrows(
            LogWriteException.class, () -> DecisionLog.open(readOnly, Shop.config(), keys));
    assertEquals(LogWriteException.Problem.READ_ONLY, thrown.problem());
    Path file = Files.createFile(folder.resolve("file"));
    assertThrows(LogWriteException.class, () -> DecisionLog.open(file, Shop.config(), keys));
  }

  @Test
  void open_folderOfAnotherLog_isNamed() {
    try (DecisionLog log = DecisionLog.open(folder, Shop.config(), keys)) {
      assertEquals(0, log.head().records());
      LogWriteException thrown =
          assertThrows(
              LogWriteException.class, () -> DecisionLog.open(folder, Shop.config(), keys));
      assertEquals(LogWriteException.Problem.IN_USE, thrown.problem());
    }
    DecisionLog.open(folder, Shop.config(), keys).close();
  }

  @Test
  void open_foreignFileOrOtherVersion_isNamed() throws IOException {
    Path segment = new SegmentFiles(folder).path(1);
    Files.write(
        segment,
        "not a log at all, but long enough to be one".repeat(10).getBytes(StandardCharsets.UTF_8));
    LogFormatException foreign =
        assertThrows(LogFormatException.class, () -> DecisionLog.open(folder, Shop.config(), keys));
    assertTrue(foreign.getMessage().contains("begin a segment of a decision log"));
    Files.delete(segment);
    Shop.write(folder, keys, 0, 10);
    byte[] bytes = Files.readAllBytes(segment);
    bytes[7] = 9;
    Files.write(segment, bytes);
    LogFormatException version =
        assertThrows(LogFormatException.class, () -> DecisionLogReader.check(folder));
    assertTrue(version.getMessage().contains("version 2, got 9"), version.getMessage());
  }

  @Test
  void append_afterClose_isRefused() {
    DecisionLog log = DecisionLog.open(folder, Shop.config(), keys);
    DecisionEngine engine = Shop.engine(log);
    log.close();
    log.close();
    assertThrows(IllegalStateException.class, () -> Shop.decide(engine, 0, 1));
    assertEquals(0, log.head().records());
    assertTrue(new SegmentFiles(folder).list().isEmpty());
  }

  @Test
  void run_interrupted_writesAndCanBeRunAgain() throws InterruptedException {
    try (DecisionLog log = DecisionLog.open(folder, Shop.config(), keys)) {
      DecisionEngine engine = Shop.engine(log);
      for (int round = 0; round < 5; round++) {
        Thread writer = new Thread(log);
        writer.start();
        Shop.decide(engine, round * 100L, round * 100L + 100);
        writer.interrupt();
        writer.join();
      }
    }
    assertEquals(500, DecisionLogReader.check(folder).records());
  }

  /** A disk during whose next write an interrupt comes, and that has no room from then on. */
  private static final class DiskFullAtInterrupt extends SegmentFiles {
    private boolean interrupts;
    private boolean full;

    DiskFullAtInterrupt(Path folder) {
      super(folder);
    }

    @Override
    void write(FileChannel channel, ByteBuffer bytes, long offset) throws IOException {
      if (full) {
        throw new IOException("No space left on device");
      }
      if (interrupts) {
        full = true;
        Thread.currentThread().interrupt();
      }
      super.write(channel, bytes, offset);
    }
  }

  @Test
  void run_interruptedAndThenTheDiskIsFull_isNamed() {
    DiskFullAtInterrupt disk = new DiskFullAtInterrupt(folder);
    DecisionLog log = DecisionLog.open(disk, Shop.config(), keys);
    DecisionEngine engine = Shop.engine(log);
    Shop.decide(engine, 0, 1);
    log.force();
    Shop.decide(engine, 1, 3);
    disk.interrupts = true;
    assertThrows(LogWriteException.class, log::run);
    assertTrue(Thread.interrupted(), "the interrupt is still to be seen");
    LogWriteException failure = log.failure();
    assertNotNull(failure);
    assertEquals(LogWriteException.Problem.DISK_FULL, failure.problem());
    disk.interrupts = false;
    disk.full = false;
    log.close();
    assertEquals(3, DecisionLogReader.check(folder).records());
  }
}
