package dev.discount.core.embedding;

/** How a table holds its numbers. */
public enum TablePrecision {
  /** IEEE 754 single precision, 4 bytes. */
  FLOAT32(4),
  /**
   * The upper half of a float32, 2 bytes: its range, and 8 bits of precision. Numbers are rounded
   * to the nearest, ties to even, and read back exactly.
   */
  BFLOAT16(2);

  private final int bytes;

  TablePrecision(int bytes) {
    this.bytes = bytes;
  }

  /** Returns the bytes of a number. */
  public int bytes() {
    return bytes;
  }
}
