package dev.discount.policy.log;

import dev.discount.core.internal.file.IdleWriter;
import dev.discount.policy.DecisionRecorder;
import dev.discount.policy.DecisionSetup;
import dev.discount.policy.DecisionTrace;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The append-only log of an engine's decisions in a folder. Deciding threads put records into a
 * ring, without locks or allocation; one thread of the host {@linkplain #run() writes} them. Safe
 * for concurrent use.
 *
 * <pre>{@code
 * DecisionLog log = DecisionLog.open(folder, DecisionLogConfig.ofDefaults(), keys);
 * Thread writer = new Thread(log, "decision-log");
 * writer.start();
 * DecisionEngine engine = DecisionEngine.builder(model, ladder).policy(policy).log(log).build();
 * ...
 * log.close();
 * }</pre>
 *
 * <p>Records are gathered into blocks, each with a SHA-256 over itself and the hash before, and a
 * seal that only a holder of {@link CustomerKeys#logKey()} can make; the format is published in
 * {@code docs/formats/decision-log.md}. Opening a folder begins a new segment behind what is there,
 * and changes nothing of it.
 */
public final class DecisionLog implements DecisionRecorder, Runnable, AutoCloseable {

  private static final int BATCH = 256;
  private static final long WAIT_NANOS = 20_000;

  /** How often a deciding thread waits for a host to run the writer, a part of a second in all. */
  private static final int MAX_WAITS = 5_000;

  private final Path folder;
  private final DecisionLogConfig config;
  private final RecordRing ring;
  private final SegmentWriter segments;
  private final LogWriter writer;
  private final IdleWriter idle = new IdleWriter();
  private final FolderLock lock;
  private final long tornBytes;
  private final Map<DecisionSetup, Integer> setupNumbers = new HashMap<>();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong forceUpTo = new AtomicLong();
  private final AtomicReference<Writing> writing = new AtomicReference<>(Writing.NOBODY);
  private volatile byte[][] setups = {};
  private volatile long forcedUpTo;
  private volatile @Nullable LogWriteException failure;
  private volatile boolean finished;

  /** Who writes. */
  private enum Writing {
    NOBODY,
    RUNNER,
    HELPER
  }

  private DecisionLog(
      SegmentFiles files,
      DecisionLogConfig config,
      CustomerKeys keys,
      FolderLock lock,
      LogTail tail) {
    this.folder = files.folder();
    this.config = config;
    this.lock = lock;
    this.tornBytes = tail.tornBytes();
    this.ring = new RecordRing(config.ringBytes());
    this.segments = new SegmentWriter(files, config, keys, new SecureRandom(), tail);
    PersonalSeal seal = new PersonalSeal(keys, config.cachedKeys());
    this.writer = new LogWriter(segments, seal, number -> setups[number], dropped::get);
  }

  /**
   * Opens a folder to append to it. Nothing is written before the first record.
   *
   * @param folder the folder, made if it is not there; what its last segment holds is checked
   * @param config how to write
   * @param keys the keys of the personal fields
   * @throws LogFormatException if the folder ends with something that is no segment of a decision
   *     log, or with one that was altered
   * @throws LogWriteException if the folder cannot be written or another log has it
   */
  public static DecisionLog open(Path folder, DecisionLogConfig config, CustomerKeys keys) {
    return open(new SegmentFiles(folder), config, keys);
  }

  static DecisionLog open(SegmentFiles files, DecisionLogConfig config, CustomerKeys keys) {
    FolderLock lock = FolderLock.of(files.folder());
    try {
      LogTail tail = LogTail.find(files, new SecureRandom(), new BlockSeal(keys.logKey()));
      return new DecisionLog(files, config, keys, lock, tail);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  @Override
  public Appender newAppender(DecisionSetup setup) {
    return new RingAppender(new RecordEncoder(register(setup), setup, config.personalFields()));
  }

  private synchronized int register(DecisionSetup setup) {
    Integer known = setupNumbers.get(setup);
    if (known != null) {
      return known;
    }
    byte[][] now = setups;
    byte[][] more = Arrays.copyOf(now, now.length + 1);
    more[now.length] = SetupCode.write(setup);
    setups = more;
    setupNumbers.put(setup, now.length);
    return now.length;
  }

  private final class RingAppender implements Appender {
    private final RecordEncoder encoder;
    private final ByteSink record = new ByteSink(256);

    RingAppender(RecordEncoder encoder) {
      this.encoder = encoder;
    }

    @Override
    public void append(DecisionTrace trace) {
      record.clear();
      encoder.encode(trace, record);
      DecisionLog.this.append(record);
    }
  }

  private void append(ByteSink record) {
    if (record.size() > ring.maxBytes()) {
      throw new IllegalStateException(
          "a record must have at most " + ring.maxBytes() + " bytes, got " + record.size());
    }
    if (failure != null && config.backPressure() != BackPressure.DROP) {
      throwFailure();
    }
    for (int waits = 0; ; waits++) {
      switch (ring.offer(record.bytes(), record.size())) {
        case TAKEN -> {
          return;
        }
        case TAKEN_BEHIND_HALF -> {
          idle.wake();
          return;
        }
        case CLOSED -> throw new IllegalStateException("the log must be open, got a closed one");
        case FULL -> {
          idle.wake();
          if (config.backPressure() == BackPressure.DROP) {
            dropped.incrementAndGet();
            return;
          }
          waitForRoom(waits);
        }
      }
    }
  }

  private void waitForRoom(int waits) {
    if (config.backPressure() == BackPressure.FAIL) {
      throw new LogFullException("the ring must have room, got " + config.ringBytes() + " used");
    }
    boolean nobody = writing.get() == Writing.NOBODY;
    throwFailure(); // After the look at who writes: a writer that fails says so before it goes.
    if (nobody && waits >= MAX_WAITS) {
      throw new LogFullException("a thread must run the log's writer, got a full ring and none");
    }
    LockSupport.parkNanos(WAIT_NANOS);
  }

  private void throwFailure() {
    LogWriteException failed = failure;
    if (failed != null) {
      throw new LogWriteException(failed.problem(), folder, failed);
    }
  }

  /**
   * Writes records until the log is closed. The host runs this on a thread of its own.
   *
   * <p>If it throws, no record is lost: those that wait are written when it is run again or the log
   * is closed. An interrupt ends it, after writing what there was, with the same effect.
   *
   * @throws LogWriteException if a disk or folder does not take what is written
   * @throws IllegalStateException if another thread runs it
   */
  @Override
  public void run() {
    while (!tryWrite(Writing.RUNNER, this::writeUntilClosed)) {
      if (writing.get() == Writing.RUNNER) {
        throw new IllegalStateException("one thread must run the log's writer, got a second");
      }
      LockSupport.parkNanos(WAIT_NANOS);
    }
  }

  /** Writes, unless another thread does. */
  private boolean tryWrite(Writing who, Runnable work) {
    if (!writing.compareAndSet(Writing.NOBODY, who)) {
      return false;
    }
    try {
      failure = null;
      work.run();
      return true;
    } catch (LogWriteException e) {
      if (endsByInterrupt(e)) {
        return true;
      }
      failure = e;
      throw e;
    } catch (RuntimeException e) {
      failure = LogWriteException.of(folder, e);
      throw e;
    } finally {
      writing.set(Writing.NOBODY);
    }
  }

  /** Returns whether an interrupt closed the file under a write; then writes it again. */
  private boolean endsByInterrupt(LogWriteException thrown) {
    Throwable cause = thrown;
    while (cause != null && !(cause instanceof ClosedByInterruptException)) {
      cause = cause.getCause();
    }
    if (cause == null || !Thread.interrupted()) {
      return false;
    }
    try {
      endInterrupted();
    } catch (LogWriteException e) {
      failure = e;
      throw e;
    }
    return true;
  }

  private void endInterrupted() {
    try {
      segments.writeBlock();
      segments.force();
    } finally {
      Thread.currentThread().interrupt();
    }
  }

  private void writeUntilClosed() {
    while (!finished) {
      boolean closed = ring.isClosed();
      boolean interrupted = Thread.interrupted();
      int count = ring.drain(writer, BATCH);
      boolean empty = count == 0 && ring.drained() == ring.claimed();
      if (closed && empty) {
        writer.end();
        finished = true;
      } else if (interrupted) {
        endInterrupted();
        return;
      } else {
        segments.tick();
        forceIfAsked();
        if (count == 0) {
          idle.await();
        } else {
          idle.hasWritten();
        }
      }
    }
  }

  private void forceIfAsked() {
    long asked = forceUpTo.get();
    if (asked > forcedUpTo && ring.drained() >= asked) {
      segments.writeBlock();
      segments.force();
      forcedUpTo = asked;
    }
  }

  /**
   * Waits until every record appended before this call is forced to the disk; writes and forces
   * them itself if no thread runs the writer. After a failure another call may succeed although the
   * system has dropped what the first could not write; reading the log tells.
   *
   * @throws LogWriteException if they cannot be
   */
  public void force() {
    long position = ring.claimed();
    forceUpTo.accumulateAndGet(position, Math::max);
    while (forcedUpTo < position && !finished) {
      throwFailure();
      help(this::writeAndForce);
    }
  }

  private void writeAndForce() {
    while (ring.drained() < forceUpTo.get()) {
      ring.drain(writer, BATCH);
    }
    forceIfAsked();
  }

  /** Does some of the writer's work if no thread does; else waits a little. */
  private void help(Runnable work) {
    if (writing.get() != Writing.NOBODY) {
      idle.wake();
      LockSupport.parkNanos(WAIT_NANOS);
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      tryWrite(Writing.HELPER, work);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Takes no more records, and waits until all are written, forced and the segment is ended; does
   * that itself if no thread runs the writer. Then lets go of the folder.
   *
   * @throws LogWriteException if records cannot be written; they are kept, and closing can be tried
   *     again
   */
  @Override
  public void close() {
    ring.close();
    while (!finished) {
      help(this::writeUntilClosed);
    }
    lock.close();
  }

  /** Returns how many records were dropped because the ring was full. */
  public long dropped() {
    return dropped.get();
  }

  /** Returns the end of what has been written, a point of the chain to be kept elsewhere. */
  public LogHead head() {
    return segments.head();
  }

  /** Returns how many bytes were written since the log was opened. */
  public long bytesWritten() {
    return segments.bytesWritten();
  }

  /**
   * Returns how many bytes a writer that died before had left unforced at the end of the log: they
   * stay in the file and no longer count.
   */
  public long tornBytes() {
    return tornBytes;
  }

  /** Returns why the writer ended, {@code null} if it has not failed since it was last run. */
  public @Nullable LogWriteException failure() {
    return failure;
  }
}
