package dev.discount.core.data;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The characters of the cells of one CSV record at a time, by slot. The parser overwrites it record
 * by record, without allocation once the longest was seen. Confined to one thread.
 */
final class CsvRecordCells extends CsvCallbackHandler<CsvRecordCells> {

  private static final int IGNORED = -1;

  private int[] slotOfColumn = {};
  private boolean header = true;
  private char[] chars = new char[256];
  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private int used;
  private int columns;
  private long line;
  private boolean blank;

  /** Ends the header: from here on cells are kept by slot, and columns of slot -1 are dropped. */
  void map(int[] newSlotOfColumn, int slots) {
    header = false;
    slotOfColumn = newSlotOfColumn;
    starts = new int[slots];
    ends = new int[slots];
  }

  /** Returns the line on which the record starts. */
  long line() {
    return line;
  }

  /** Returns the number of cells of the record, dropped ones included. */
  int columns() {
    return columns;
  }

  char[] chars() {
    return chars;
  }

  int start(int slot) {
    return starts[slot];
  }

  int length(int slot) {
    return ends[slot] - starts[slot];
  }

  String text(int slot) {
    return new String(chars, starts[slot], length(slot));
  }

  /** Returns all cells of the header. */
  List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      texts.add(text(column));
    }
    return texts;
  }

  @Override
  protected RecordType getRecordType() {
    return blank ? RecordType.EMPTY : RecordType.DATA;
  }

  @Override
  protected int getFieldCount() {
    return columns;
  }

  @Override
  protected void beginRecord(long startingLineNumber) {
    line = startingLineNumber;
    columns = 0;
    used = 0;
    blank = false;
  }

  @Override
  protected void addField(char[] buffer, int offset, int length, boolean quoted) {
    int column = columns++;
    int slot = header ? column : column < slotOfColumn.length ? slotOfColumn[column] : IGNORED;
    if (slot == IGNORED) {
      return;
    }
    if (slot == starts.length) {
      starts = Arrays.copyOf(starts, slot * 2);
      ends = Arrays.copyOf(ends, slot * 2);
    }
    if (length > chars.length - used) {
      chars = Arrays.copyOf(chars, Math.addExact(Math.max(chars.length * 2, used), length));
    }
    System.arraycopy(buffer, offset, chars, used, length);
    starts[slot] = used;
    used += length;
    ends[slot] = used;
  }

  @Override
  protected void setComment(char[] buffer, int offset, int length) {
    throw new IllegalStateException("comments are not read");
  }

  @Override
  protected void setEmpty() {
    blank = true;
  }

  @Override
  protected CsvRecordCells buildRecord() {
    return this;
  }
}
