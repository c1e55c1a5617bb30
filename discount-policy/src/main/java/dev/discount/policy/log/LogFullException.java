package dev.discount.policy.log;

/**
 * Thrown where a record finds no room and the host chose {@link BackPressure#FAIL}, or where it
 * would wait for a writer that does not run. The record is not in the log.
 */
public final class LogFullException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LogFullException(String message) {
    super(message);
  }
}
