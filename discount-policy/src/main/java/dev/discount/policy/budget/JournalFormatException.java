package dev.discount.policy.budget;

/**
 * Bytes that are not the journal of a budget that they should be: altered, with a part removed, of
 * another format or version, or of a ledger with other settings. Says in which file and where.
 * Nothing has been changed.
 */
public final class JournalFormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  JournalFormatException(String source, long offset, String rule) {
    super(source + ": offset " + offset + " must " + rule);
  }

  JournalFormatException(String source, String rule) {
    super(source + " must " + rule);
  }
}
