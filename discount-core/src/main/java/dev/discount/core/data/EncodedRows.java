package dev.discount.core.data;

import java.util.Arrays;

/**
 * Rows as the numbers a network reads: one table index per embedded field and one block of
 * standardised numbers, written by a {@link FeatureEncoder}, which also counts what it had to
 * replace. A reusable container, confined to one thread while it is written; writing allocates only
 * where the capacity grows.
 */
public final class EncodedRows {

  private final int embeddedFields;
  private final int numberWidth;
  private final int[][] indexes;
  private float[] numbers;
  private int capacity;
  private int size;
  private long unknownIds;
  private long missingCells;
  private long nonFiniteNumbers;
  private long clippedNumbers;

  /**
   * Makes a container without rows.
   *
   * @param embeddedFields the number of embedded fields, 0 or more
   * @param numberWidth the number of columns of the block of numbers, 0 or more
   * @param capacity the number of rows to make room for, at least 1
   */
  public EncodedRows(int embeddedFields, int numberWidth, int capacity) {
    if (embeddedFields < 0 || numberWidth < 0 || capacity < 1) {
      throw new IllegalArgumentException(
          "embeddedFields, numberWidth and capacity must be >= 0, 0 and 1, got "
              + embeddedFields
              + ", "
              + numberWidth
              + " and "
              + capacity);
    }
    this.embeddedFields = embeddedFields;
    this.numberWidth = numberWidth;
    this.capacity = capacity;
    this.indexes = new int[embeddedFields][capacity];
    this.numbers = new float[Math.multiplyExact(capacity, numberWidth)];
  }

  /** Returns the number of rows. */
  public int size() {
    return size;
  }

  /** Returns the number of embedded fields. */
  public int embeddedFields() {
    return embeddedFields;
  }

  /** Returns the number of columns of the block of numbers. */
  public int numberWidth() {
    return numberWidth;
  }

  /**
   * Returns the table indexes of one embedded field, 0 for unknown; shape {@code [>= size]}. The
   * live array, valid until the container is resized.
   */
  public int[] indexes(int embeddedField) {
    return indexes[embeddedField];
  }

  /**
   * Returns the block of numbers, row-major; shape {@code [>= size, numberWidth]}. The live array,
   * valid until the container is resized.
   */
  public float[] numbers() {
    return numbers;
  }

  /** Returns how many ids and categories of the last encoding no vocabulary knows. */
  public long unknownIds() {
    return unknownIds;
  }

  /** Returns how many cells of the last encoding were missing. */
  public long missingCells() {
    return missingCells;
  }

  /** Returns how many numbers of the last encoding were infinite, and were taken as missing. */
  public long nonFiniteNumbers() {
    return nonFiniteNumbers;
  }

  /** Returns how many numbers of the last encoding lay beyond the limit, and were set to it. */
  public long clippedNumbers() {
    return clippedNumbers;
  }

  void resetCounts() {
    unknownIds = 0;
    missingCells = 0;
    nonFiniteNumbers = 0;
    clippedNumbers = 0;
  }

  void countIds(long unknown, long missing) {
    unknownIds += unknown;
    missingCells += missing;
  }

  void countNumbers(long missing, long nonFinite, long clipped) {
    missingCells += missing;
    nonFiniteNumbers += nonFinite;
    clippedNumbers += clipped;
  }

  /**
   * Sets the number of rows; the content of rows not yet written is undefined.
   *
   * @param newSize the number of rows, 0 or more
   */
  public void resize(int newSize) {
    if (newSize < 0) {
      throw new IllegalArgumentException("newSize must be >= 0, got " + newSize);
    }
    if (newSize > capacity) {
      int newCapacity = Math.max(newSize, capacity + (capacity >> 1));
      numbers = Arrays.copyOf(numbers, Math.multiplyExact(newCapacity, numberWidth));
      for (int f = 0; f < embeddedFields; f++) {
        indexes[f] = Arrays.copyOf(indexes[f], newCapacity);
      }
      capacity = newCapacity;
    }
    size = newSize;
  }
}
