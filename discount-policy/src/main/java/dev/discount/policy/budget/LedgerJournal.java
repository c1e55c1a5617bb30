package dev.discount.policy.budget;

import dev.discount.core.internal.file.IdleWriter;
import dev.discount.core.internal.file.LockedFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The file that a {@link BudgetLedger} can be made again from: what it does is appended in groups,
 * each forced to the disk as a whole. Threads of the ledger put entries into a ring, without locks
 * or allocation; one thread of the host {@linkplain #run() writes} them. Safe for concurrent use.
 *
 * <pre>{@code
 * LedgerJournal journal = LedgerJournal.open(file, LedgerJournalConfig.ofDefaults());
 * BudgetLedger ledger = BudgetLedger.builder().budget("total", amount).build(journal);
 * Thread writer = new Thread(journal, "budget-journal");
 * writer.start();
 * ...
 * journal.close();
 * }</pre>
 *
 * <p>A reservation holds in memory as soon as it is made. It survives the death of the process once
 * it is written, and the loss of power once it is forced; until then a restart may forget it, and
 * its handle is then {@linkplain Settlement#UNKNOWN unknown}, never another reservation's. A host
 * that must not forget calls {@link #force} before it acts: at the latest before it confirms a
 * purchase whose reservation it has committed. Whatever is lost, what is left is a state that the
 * ledger was in, with no budget exceeded and no money spent twice.
 *
 * <p>The format is published in {@code docs/formats/budget-journal.md}. Opening reads the file and
 * changes nothing; making the ledger writes it anew, as a whole, with what is still open.
 */
public final class LedgerJournal implements Runnable, AutoCloseable {

  private static final int BATCH = 1 << 13;
  private static final long WAIT_NANOS = 20_000;

  /** How often a thread waits for a host to run the writer, a part of a second in all. */
  private static final int MAX_WAITS = 5_000;

  private final JournalFile file;
  private final LockedFile lock;
  private final JournalRing ring;
  private final JournalWriter writer;
  private final IdleWriter idle = new IdleWriter();
  private final long tornBytes;
  private final boolean found;
  private final AtomicBoolean writing = new AtomicBoolean();
  private final AtomicLong forceUpTo = new AtomicLong();
  private final List<Name> names = new ArrayList<>();
  private volatile long forcedUpTo;
  private volatile boolean running;
  private volatile boolean finished;
  private volatile @Nullable JournalWriteException failure;
  private volatile boolean begun;
  private boolean taken;

  private record Name(int what, int number, String text, long minor) {}

  private LedgerJournal(
      JournalFile file, LedgerJournalConfig config, LockedFile lock, JournalReader.Found found) {
    this.file = file;
    this.lock = lock;
    this.tornBytes = found.tornBytes();
    this.found = found.number() > 0;
    this.ring = new JournalRing(config.ringEntries());
    this.writer = new JournalWriter(file, config, found.state(), found.number());
  }

  /**
   * Opens a journal and reads it.
   *
   * @param path the file, made with the ledger if it is not there; its folder must be
   * @param config how to write
   * @throws JournalFormatException if the file is no journal, of another version, or was altered
   * @throws JournalWriteException if the folder cannot be written or another ledger has the journal
   * @throws java.io.UncheckedIOException if the file cannot be read
   */
  public static LedgerJournal open(Path path, LedgerJournalConfig config) {
    return open(new JournalFile(path), config);
  }

  static LedgerJournal open(JournalFile file, LedgerJournalConfig config) {
    LockedFile lock = file.lock();
    try {
      JournalReader.Found found =
          Files.notExists(file.path())
              ? new JournalReader.Found(new JournalState(), 0, 0, 0, 0)
              : JournalReader.read(file.path());
      return new LedgerJournal(file, config, lock, found);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Returns what was read, for the one ledger that goes on from it. */
  synchronized JournalState take() {
    requireOpen();
    if (taken) {
      throw new IllegalStateException("a journal must be of one ledger, got a second");
    }
    taken = true;
    return writer.state();
  }

  private void requireOpen() {
    if (finished) {
      throw new JournalWriteException(JournalWriteException.Problem.CLOSED, file.path(), null);
    }
  }

  /** Lets go of what {@link #take} returned, unless entries were taken since. */
  synchronized void untake() {
    taken = begun;
  }

  /** Writes the file anew, after which entries are taken. */
  synchronized void begin() {
    requireOpen();
    writer.rewrite();
    begun = true;
  }

  /** Returns where the ledger puts its entries. */
  Entries entries() {
    return new RingEntries();
  }

  private final class RingEntries implements Entries {
    @Override
    public long claim() {
      return LedgerJournal.this.claim();
    }

    @Override
    public void fill(long place, long head, long id, long amount, long millis) {
      ring.fill(place, head, id, amount, millis);
    }

    @Override
    public void force() {
      LedgerJournal.this.force();
    }

    @Override
    public void define(int what, int number, String text, long minor) {
      long place = LedgerJournal.this.claim();
      int index;
      synchronized (names) {
        index = names.size();
        names.add(new Name(what, number, text, minor));
      }
      ring.fill(place, DEFINE, index, 0, 0);
    }
  }

  private long claim() {
    if (failure != null) {
      throwFailure();
    }
    for (int waits = 0; ; waits++) {
      long place = ring.tryClaim();
      if (place >= 0) {
        return place;
      }
      if (place == JournalRing.ENDED) {
        throw new JournalWriteException(JournalWriteException.Problem.CLOSED, file.path(), null);
      }
      boolean nobody = !writing.get();
      throwFailure(); // After the look at who writes: a writer that fails says so before it goes.
      if (nobody && waits >= MAX_WAITS) {
        throw new JournalWriteException(JournalWriteException.Problem.NO_WRITER, file.path(), null);
      }
      idle.wake();
      LockSupport.parkNanos(WAIT_NANOS);
    }
  }

  private void throwFailure() {
    JournalWriteException failed = failure;
    if (failed != null) {
      throw JournalWriteException.of(file.path(), failed);
    }
  }

  private void read(long head, long id, long amount, long millis) {
    if (head == Entries.DEFINE) {
      Name name;
      synchronized (names) {
        name = names.get((int) id);
      }
      writer.define(name.what, name.number, name.text, name.minor);
    } else if (head != Entries.PASS) {
      writer.add(head, id, amount, millis);
    }
  }

  /**
   * Writes entries until the journal is closed. The host runs this on a thread of its own.
   *
   * <p>If it throws, no entry is lost: those that wait are written when it is run again or the
   * journal is closed. Until then the ledger reserves and settles nothing and says why. An
   * interrupt ends it after forcing what there was, with the same effect as no writer.
   *
   * @throws JournalWriteException if the disk or the folder does not take what is written
   * @throws IllegalStateException if another thread runs it, or no ledger was made from the journal
   */
  @Override
  public void run() {
    if (!begun && !finished) {
      throw new IllegalStateException("a journal must have a ledger to be written, got none");
    }
    while (!tryWrite(true, this::writeUntilClosed)) {
      if (running) {
        throw new IllegalStateException("one thread must run the journal's writer, got a second");
      }
      LockSupport.parkNanos(WAIT_NANOS);
    }
  }

  /** Does work of the writer's, unless another thread does. */
  private boolean tryWrite(boolean runs, Runnable work) {
    if (!writing.compareAndSet(false, true)) {
      return false;
    }
    running = runs;
    try {
      failure = null;
      work.run();
      return true;
    } catch (RuntimeException e) {
      failure = JournalWriteException.of(file.path(), e);
      throw e;
    } finally {
      running = false;
      writing.set(false);
    }
  }

  private void writeUntilClosed() {
    while (!finished) {
      boolean closed = ring.isClosed();
      boolean interrupted = Thread.interrupted();
      int count = writeGroup();
      if (closed && count == 0 && ring.drained() == ring.claimed()) {
        writer.end();
        forcedUpTo = ring.drained();
        finished = true;
      } else if (interrupted) {
        writer.force();
        Thread.currentThread().interrupt();
        return;
      } else {
        writer.tick();
        forceIfAsked();
        if (count == 0) {
          idle.await();
        } else {
          idle.hasWritten();
        }
      }
    }
  }

  /** Writes what waits, as one block if it fits. */
  private int writeGroup() {
    if (writer.waits()) {
      writer.writeBlock();
    }
    int count = 0;
    int more;
    do {
      more = ring.drain(this::read, BATCH);
      count += more;
    } while (more > 0 && !writer.full());
    writer.writeBlock();
    return count;
  }

  private void forceIfAsked() {
    long asked = forceUpTo.get();
    if (asked > forcedUpTo && ring.drained() >= asked) {
      writer.force();
      forcedUpTo = asked;
    }
  }

  /**
   * Waits until everything that was reserved or settled before this call is forced to the disk;
   * writes and forces it itself if no thread runs the writer. Calls at one time share one force.
   * After a force that failed, the file is written anew before this returns: what the system has
   * once failed to make durable is not taken for durable later.
   *
   * @throws JournalWriteException if it cannot be
   */
  public void force() {
    long place = ring.claimed();
    forceUpTo.accumulateAndGet(place, Math::max);
    while (forcedUpTo < place && !finished) {
      throwFailure();
      help(this::writeAndForce);
    }
  }

  /** Writes what waits, if no thread runs the writer; forces nothing that the rule does not. */
  void writeNow() {
    long place = ring.claimed();
    while (ring.drained() < place) {
      help(this::writeGroup);
    }
  }

  private void writeAndForce() {
    while (ring.drained() < forceUpTo.get()) {
      writeGroup();
    }
    writer.tick();
    forceIfAsked();
  }

  /** Does some of the writer's work if no thread does; else waits a little. */
  private void help(Runnable work) {
    if (writing.get()) {
      idle.wake();
      LockSupport.parkNanos(WAIT_NANOS);
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      tryWrite(false, work);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Takes no more entries, and waits until all are written and forced; does that itself if no
   * thread runs the writer. Then lets go of the file. The ledger reserves and settles nothing from
   * then on.
   *
   * @throws JournalWriteException if entries cannot be written; they are kept, and closing can be
   *     tried again
   */
  @Override
  public void close() {
    ring.close();
    synchronized (this) {
      if (!begun) {
        finished = true; // Nothing was written, and the file is as it was.
      }
    }
    while (!finished) {
      help(this::writeUntilClosed);
    }
    lock.close();
  }

  /** Returns whether there was a journal to go on from. */
  public boolean wasFound() {
    return found;
  }

  /**
   * Returns how many bytes a writer that died before had left unforced at the end: they no longer
   * count.
   */
  public long tornBytes() {
    return tornBytes;
  }

  /** Returns how many bytes the file has; any thread may ask while nobody writes. */
  long bytes() {
    return writer.bytes();
  }

  /** Returns why the writer ended, {@code null} if it has not failed since it was last run. */
  public @Nullable JournalWriteException failure() {
    return failure;
  }
}
