package dev.discount.policy.log;

/**
 * Bytes that are not the decision log they should be: altered, reordered, with a part removed, of
 * another format or of another log. Says in which file and where. Nothing has been changed.
 */
public final class LogFormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LogFormatException(String source, long offset, String rule) {
    super(source + ": offset " + offset + " must " + rule);
  }

  LogFormatException(String source, String rule) {
    super(source + " must " + rule);
  }
}
