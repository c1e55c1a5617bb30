package dev.discount.core.internal.file;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How the one thread that writes a file waits while there is nothing to write: a little at first,
 * then longer, so that an idle writer costs its host next to nothing, and no longer than until
 * somebody wakes it. Whoever appends does not have to: it would cost each record what only the
 * first after a pause needs. Safe for concurrent use.
 *
 * <p>One who wakes the writer may be a moment too early and has to do it again, as long as what it
 * waits for has not come.
 */
public final class IdleWriter {

  private static final long LEAST_NANOS = 50_000;

  /** A wait takes some ten microseconds of the processor's time, whatever its length. */
  private static final long MOST_NANOS = 2_000_000;

  private final long leastNanos;
  private final long mostNanos;
  private volatile @Nullable Thread waiting;
  private long nanos;

  /** Makes a writer's waiting: from 50 microseconds to two milliseconds. */
  public IdleWriter() {
    this(LEAST_NANOS, MOST_NANOS);
  }

  IdleWriter(long leastNanos, long mostNanos) {
    this.leastNanos = leastNanos;
    this.mostNanos = mostNanos;
    this.nanos = leastNanos;
  }

  /** Waits; to be called by the writing thread alone, as long as it finds nothing to write. */
  public void await() {
    waiting = Thread.currentThread();
    LockSupport.parkNanos(this, nanos);
    waiting = null;
    nanos = Math.min(mostNanos, 2 * nanos);
  }

  /** Makes the next wait a short one; to be called by the writing thread, when it has written. */
  public void hasWritten() {
    nanos = leastNanos;
  }

  /** Returns how long the next wait is, in nanoseconds. */
  long nextNanos() {
    return nanos;
  }

  /** Ends a wait that has begun. */
  public void wake() {
    Thread thread = waiting;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }
}
