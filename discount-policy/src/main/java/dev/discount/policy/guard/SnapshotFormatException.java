package dev.discount.policy.guard;

/**
 * Thrown when bytes are not a snapshot of the guardrails they are restored into: of another format
 * or version, cut off, altered, or of other settings. Nothing of them has been used.
 */
public final class SnapshotFormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what must hold and what was found
   */
  public SnapshotFormatException(String message) {
    super(message);
  }

  /**
   * Makes an exception with a cause.
   *
   * @param message what must hold and what was found
   * @param cause what reading threw
   */
  public SnapshotFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
