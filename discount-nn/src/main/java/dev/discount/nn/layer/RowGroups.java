package dev.discount.nn.layer;

import java.util.Arrays;

/**
 * The rows of one batch grouped by the table index they read, groups in order of their first row
 * and rows rising inside a group. Confined to one thread while it is filled; reusable, allocates
 * nothing after construction.
 */
public final class RowGroups {

  private static final int EMPTY = -1;

  private final int[] slots;
  private final int mask;
  private final int[] next;
  private final int[] firstRow;
  private final int[] lastRow;
  private int size;

  /**
   * Makes room for batches.
   *
   * @param capacity the largest number of rows, at least 1
   */
  public RowGroups(int capacity) {
    int buckets = Integer.highestOneBit(Math.max(2, capacity) * 2 - 1) * 2;
    this.slots = new int[buckets];
    this.mask = buckets - 1;
    this.next = new int[capacity];
    this.firstRow = new int[capacity];
    this.lastRow = new int[capacity];
  }

  /**
   * Groups the rows of a batch.
   *
   * @param indexes the table index of each row, shape {@code [>= rows]}
   * @param rows the number of rows, at most the capacity
   */
  public void group(int[] indexes, int rows) {
    Arrays.fill(slots, EMPTY);
    size = 0;
    for (int row = 0; row < rows; row++) {
      next[row] = EMPTY;
      int slot = ((indexes[row] * 0x9E3779B9) >>> 7) & mask;
      while (slots[slot] != EMPTY && indexes[firstRow[slots[slot]]] != indexes[row]) {
        slot = slot + 1 & mask;
      }
      int group = slots[slot];
      if (group == EMPTY) {
        slots[slot] = size;
        firstRow[size] = row;
        lastRow[size++] = row;
      } else {
        next[lastRow[group]] = row;
        lastRow[group] = row;
      }
    }
  }

  /** Returns the number of groups: distinct indexes. */
  public int size() {
    return size;
  }

  /** Returns the first row of a group. */
  public int firstRow(int group) {
    return firstRow[group];
  }

  /** Returns the row after a row in its group, or -1. */
  public int nextRow(int row) {
    return next[row];
  }
}
