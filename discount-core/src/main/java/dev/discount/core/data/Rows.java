package dev.discount.core.data;

import dev.discount.core.embedding.IdIndex;
import java.util.Arrays;

/**
 * Raw rows of one {@link Schema}, stored by column: a purchase log in memory, or the reusable input
 * of a scorer. Confined to one thread while it is written. Adding rows allocates only where the
 * capacity grows.
 *
 * <p>A cell is missing until it is set. Ids and categories are set as {@code long} or as text; a
 * text that is the canonical decimal form of a {@code long} is the same value as that number.
 * Numbers and flags are set as {@code double} or {@code long}.
 */
public final class Rows {

  static final byte MISSING = 0;
  static final byte LONG = 1;
  static final byte TEXT = 2;

  private final Schema schema;
  private final boolean[] keyed;
  private final double[][] numbers;
  private final byte[][] states;
  private final long[][] longs;
  private final String[][] texts;
  private int capacity;
  private int size;

  /**
   * Makes a container without rows.
   *
   * @param schema the fields of a row
   * @param capacity the number of rows to make room for, at least 1; it grows as needed
   */
  public Rows(Schema schema, int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be >= 1, got " + capacity);
    }
    this.schema = schema;
    this.capacity = capacity;
    int slots = schema.size();
    this.numbers = new double[slots][];
    this.states = new byte[slots][];
    this.longs = new long[slots][];
    this.texts = new String[slots][];
    this.keyed = new boolean[slots];
    for (int slot = 0; slot < slots; slot++) {
      keyed[slot] = schema.field(slot).keyed();
      if (keyed[slot]) {
        states[slot] = new byte[capacity];
        longs[slot] = new long[capacity];
        texts[slot] = new String[capacity];
      } else {
        numbers[slot] = new double[capacity];
      }
    }
  }

  /** Returns the fields of a row. */
  public Schema schema() {
    return schema;
  }

  /** Returns the number of rows. */
  public int size() {
    return size;
  }

  /** Removes all rows and keeps the memory. */
  public void clear() {
    size = 0;
  }

  /** Adds a row whose cells are all missing and returns its index. */
  public int add() {
    if (size == capacity) {
      grow();
    }
    int row = size++;
    for (int slot = 0; slot < states.length; slot++) {
      if (keyed[slot]) {
        states[slot][row] = MISSING;
      } else {
        numbers[slot][row] = Double.NaN;
      }
    }
    return row;
  }

  /**
   * Sets a cell to a whole number.
   *
   * @param row the row's index
   * @param slot the field's slot
   * @param value the id, category, number, or flag (0 or 1)
   */
  public void setLong(int row, int slot, long value) {
    checkRow(row);
    if (keyed[slot]) {
      states[slot][row] = LONG;
      longs[slot][row] = value;
    } else {
      numbers[slot][row] = value;
    }
  }

  /**
   * Sets a number or flag; NaN makes the cell missing. Infinities are kept; an encoder takes them
   * as missing and counts them.
   *
   * @throws IllegalArgumentException if the field is an id or a category
   */
  public void setDouble(int row, int slot, double value) {
    checkRow(row);
    if (keyed[slot]) {
      throw wrongKind(slot, "set as a double");
    }
    numbers[slot][row] = value;
  }

  /**
   * Sets an id or category.
   *
   * @throws IllegalArgumentException if the field is a number or a flag
   */
  public void setText(int row, int slot, String value) {
    checkRow(row);
    if (!keyed[slot]) {
      throw wrongKind(slot, "set as a text");
    }
    if (IdIndex.isLong(value)) {
      states[slot][row] = LONG;
      longs[slot][row] = Long.parseLong(value);
    } else {
      states[slot][row] = TEXT;
      texts[slot][row] = value;
    }
  }

  /** Makes a cell missing. */
  public void setMissing(int row, int slot) {
    checkRow(row);
    if (keyed[slot]) {
      states[slot][row] = MISSING;
    } else {
      numbers[slot][row] = Double.NaN;
    }
  }

  /** Returns whether a cell is missing. */
  public boolean isMissing(int row, int slot) {
    checkRow(row);
    return keyed[slot] ? states[slot][row] == MISSING : Double.isNaN(numbers[slot][row]);
  }

  /** Returns whether an id or category cell holds a text that is no {@code long}. */
  public boolean isText(int row, int slot) {
    checkRow(row);
    return keyed[slot] && states[slot][row] == TEXT;
  }

  /** Returns the {@code long} of an id or category cell that is neither missing nor a text. */
  public long longAt(int row, int slot) {
    checkRow(row);
    if (!keyed[slot]) {
      throw wrongKind(slot, "read as an id");
    }
    return longs[slot][row];
  }

  /** Returns the text of an id or category cell for which {@link #isText} holds. */
  public String textAt(int row, int slot) {
    checkRow(row);
    if (!keyed[slot]) {
      throw wrongKind(slot, "read as a text");
    }
    return texts[slot][row];
  }

  /** Returns a number or flag, NaN where it is missing. */
  public double doubleAt(int row, int slot) {
    checkRow(row);
    if (keyed[slot]) {
      throw wrongKind(slot, "read as a number");
    }
    return numbers[slot][row];
  }

  /** Removes the rows from an index on. */
  void truncate(int newSize) {
    size = newSize;
  }

  /** Returns a cell as text for messages and comparisons, empty where it is missing. */
  String cellText(int row, int slot) {
    if (isMissing(row, slot)) {
      return "";
    }
    if (keyed[slot]) {
      return isText(row, slot) ? textAt(row, slot) : Long.toString(longAt(row, slot));
    }
    double number = doubleAt(row, slot);
    return number == Math.rint(number) && Math.abs(number) < 0x1p53
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  /** Returns the live numbers of a number or flag field, NaN where missing. */
  double[] numbersOf(int slot) {
    return numbers[slot];
  }

  /** Returns the live states of an id or category field: 0 missing, 1 number, 2 text. */
  byte[] statesOf(int slot) {
    return states[slot];
  }

  /** Returns the live numbers of an id or category field, valid where the state says so. */
  long[] longsOf(int slot) {
    return longs[slot];
  }

  /** Returns the live texts of an id or category field, valid where the state says so. */
  String[] textsOf(int slot) {
    return texts[slot];
  }

  private void grow() {
    int newCapacity = Math.max(capacity + 1, capacity + (capacity >> 1));
    for (int slot = 0; slot < states.length; slot++) {
      if (keyed[slot]) {
        states[slot] = Arrays.copyOf(states[slot], newCapacity);
        longs[slot] = Arrays.copyOf(longs[slot], newCapacity);
        texts[slot] = Arrays.copyOf(texts[slot], newCapacity);
      } else {
        numbers[slot] = Arrays.copyOf(numbers[slot], newCapacity);
      }
    }
    capacity = newCapacity;
  }

  private void checkRow(int row) {
    if (row < 0 || row >= size) {
      throw new IndexOutOfBoundsException("row must be in [0, " + size + "), got " + row);
    }
  }

  private IllegalArgumentException wrongKind(int slot, String what) {
    Field field = schema.field(slot);
    return new IllegalArgumentException(
        "field " + field.name() + " of kind " + field.kind().jsonName() + " must not be " + what);
  }
}
