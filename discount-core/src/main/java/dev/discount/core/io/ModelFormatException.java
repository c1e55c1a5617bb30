package dev.discount.core.io;

/**
 * Bytes that are not the model they should be: altered, truncated, of another format, or without a
 * tensor or an entry that was asked for. Nothing of such a file has been used.
 */
public final class ModelFormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what must hold and what was found
   */
  public ModelFormatException(String message) {
    super(message);
  }

  /**
   * Makes an exception with a cause.
   *
   * @param message what must hold and what was found
   * @param cause what was thrown by the parser
   */
  public ModelFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
