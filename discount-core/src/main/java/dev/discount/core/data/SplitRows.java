package dev.discount.core.data;

/**
 * Which rows a model learns from, which it is tuned on, and which it is judged by. No row is in two
 * of them. Holds its arrays without copying them.
 *
 * @param train the rows to learn from, rising
 * @param validation the rows to tune and stop on, rising
 * @param test the rows to judge by, rising
 */
@SuppressWarnings("ArrayRecordComponent")
public record SplitRows(int[] train, int[] validation, int[] test) {

  /** Returns the rows of each part, given the ordinal of the {@link RowParts.Part} of each row. */
  static SplitRows of(byte[] parts) {
    int[] counts = new int[3];
    for (byte part : parts) {
      counts[part]++;
    }
    int[][] rows = {new int[counts[0]], new int[counts[1]], new int[counts[2]]};
    int[] sizes = new int[3];
    for (int row = 0; row < parts.length; row++) {
      int part = parts[row];
      rows[part][sizes[part]++] = row;
    }
    return new SplitRows(rows[0], rows[1], rows[2]);
  }
}
