package dev.discount.policy.guard;

import java.io.UncheckedIOException;

/**
 * Where a host keeps what guardrails must remember from one process to the next: a file, a
 * database, a cache. {@link FileStateStore} is the one that needs nothing else.
 */
public interface StateStore {

  /**
   * Saves a snapshot in the place of the last one, or leaves the last one as it was.
   *
   * @param states what is saved
   * @throws UncheckedIOException if it cannot be saved
   */
  void save(GuardrailStates states);

  /**
   * Restores the last snapshot, if there is one.
   *
   * @param states what is restored
   * @return whether there was a snapshot
   * @throws UncheckedIOException if it cannot be read; the present states then stand
   * @throws SnapshotFormatException if it is no snapshot of these guardrails; the present states
   *     then stand
   */
  boolean restore(GuardrailStates states);
}
