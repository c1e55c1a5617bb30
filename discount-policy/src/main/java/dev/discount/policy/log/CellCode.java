package dev.discount.policy.log;

import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.core.embedding.IdIndex;

/**
 * Writes the cells of a raw row and reads them back, to the last bit. A cell that follows from the
 * offer (item, price, cost) or is missing takes no byte. Immutable.
 */
final class CellCode {

  /*
   * A cell: unsigned slot * 8 + tag, then its value.
   *   0 missing (where the offer would imply a value)   1 long, zigzag   2 text
   *   3 double that is a whole number, zigzag           4 float          5 double
   */
  private static final int MISSING = 0;
  private static final int LONG = 1;
  private static final int TEXT = 2;
  private static final int WHOLE = 3;
  private static final int FLOAT = 4;
  private static final int DOUBLE = 5;
  private static final int TAG_BITS = 3;
  private static final int TAG_MASK = (1 << TAG_BITS) - 1;

  private static final double MAX_WHOLE = 1L << 53;

  private final int customerSlot;
  private final int itemSlot;
  private final int priceSlot;
  private final int costSlot;
  private final double minorPerMajor;
  private final boolean[] keyed;

  CellCode(Schema schema) {
    this.customerSlot = schema.slot(Field.Role.CUSTOMER);
    this.itemSlot = schema.slot(Field.Role.ITEM);
    this.priceSlot = schema.slot(Field.Role.PRICE);
    this.costSlot = schema.slot(Field.Role.COST);
    this.keyed = new boolean[schema.size()];
    for (int slot = 0; slot < keyed.length; slot++) {
      keyed[slot] = schema.field(slot).keyed();
    }
    double scale = 1;
    for (int digit = 0; digit < schema.minorDigits(); digit++) {
      scale *= 10;
    }
    this.minorPerMajor = scale;
  }

  int customerSlot() {
    return customerSlot;
  }

  /** Returns the customer's slot for what was read. */
  int customerSlotOr(ByteSource in) {
    if (customerSlot == Schema.NONE) {
      throw in.broken("hold no customer, which its schema has not");
    }
    return customerSlot;
  }

  /** Sets the cells that follow from an offer. */
  void imply(Rows out, int row, String itemId, long listPriceMinor, long unitCostMinor) {
    if (itemSlot != Schema.NONE) {
      out.setText(row, itemSlot, itemId);
    }
    if (priceSlot != Schema.NONE) {
      out.setDouble(row, priceSlot, listPriceMinor / minorPerMajor);
    }
    if (costSlot != Schema.NONE) {
      out.setDouble(row, costSlot, unitCostMinor / minorPerMajor);
    }
  }

  /**
   * Appends a cell unless it is implied.
   *
   * @return whether it was appended
   */
  boolean put(
      Rows rows,
      int row,
      int slot,
      String itemId,
      long listPriceMinor,
      long unitCostMinor,
      ByteSink out) {
    if (slot == itemSlot) {
      return !isItem(rows, row, itemId) && putKey(rows, row, slot, true, out);
    }
    if (keyed[slot]) {
      return putKey(rows, row, slot, false, out);
    }
    double number = rows.doubleAt(row, slot);
    if (slot == priceSlot || slot == costSlot) {
      double implied = (slot == priceSlot ? listPriceMinor : unitCostMinor) / minorPerMajor;
      return Double.doubleToRawLongBits(number) != Double.doubleToRawLongBits(implied)
          && putNumber(number, slot, true, out);
    }
    return putNumber(number, slot, false, out);
  }

  private boolean isItem(Rows rows, int row, String itemId) {
    if (rows.isMissing(row, itemSlot)) {
      return false;
    }
    if (rows.isText(row, itemSlot)) {
      return rows.textAt(row, itemSlot).equals(itemId);
    }
    return IdIndex.isLong(itemId) && Long.parseLong(itemId) == rows.longAt(row, itemSlot);
  }

  private static boolean putKey(Rows rows, int row, int slot, boolean implied, ByteSink out) {
    if (rows.isMissing(row, slot)) {
      return implied && putTag(slot, MISSING, out);
    }
    if (rows.isText(row, slot)) {
      putTag(slot, TEXT, out);
      out.putText(rows.textAt(row, slot));
    } else {
      putTag(slot, LONG, out);
      out.putZigZag(rows.longAt(row, slot));
    }
    return true;
  }

  private static boolean putTag(int slot, int tag, ByteSink out) {
    out.putVar((long) slot << TAG_BITS | tag);
    return true;
  }

  private static boolean putNumber(double number, int slot, boolean implied, ByteSink out) {
    if (Double.isNaN(number)) {
      return implied && putTag(slot, MISSING, out);
    }
    long whole = (long) number;
    boolean isWhole = whole == number && Math.abs(number) < MAX_WHOLE;
    if (isWhole && Double.doubleToRawLongBits(number) != Long.MIN_VALUE) {
      putTag(slot, WHOLE, out);
      out.putZigZag(whole);
    } else if ((float) number == number) {
      putTag(slot, FLOAT, out);
      out.putInt(Float.floatToRawIntBits((float) number));
    } else {
      putTag(slot, DOUBLE, out);
      out.putLong(Double.doubleToRawLongBits(number));
    }
    return true;
  }

  /** Passes a cell over. */
  void skip(ByteSource in) {
    switch (head(in) & TAG_MASK) {
      case MISSING -> {}
      case LONG, WHOLE -> in.readZigZag();
      case TEXT -> in.skip(in.readCount(Integer.MAX_VALUE));
      case FLOAT -> in.readInt();
      default -> in.readLong();
    }
  }

  /** Reads and checks a cell's slot and tag. */
  private int head(ByteSource in) {
    int head = in.readCount(((long) keyed.length << TAG_BITS) - 1);
    int tag = head & TAG_MASK;
    int slot = head >>> TAG_BITS;
    boolean fits = keyed[slot] ? tag <= TEXT : tag == MISSING || (tag >= WHOLE && tag <= DOUBLE);
    if (!fits) {
      throw in.broken("hold a cell of its field's kind, got tag " + tag + " for slot " + slot);
    }
    return head;
  }

  /** Reads a cell into a row. */
  void read(ByteSource in, Rows out, int row) {
    int head = head(in);
    int at = head >>> TAG_BITS;
    switch (head & TAG_MASK) {
      case MISSING -> out.setMissing(row, at);
      case LONG -> out.setLong(row, at, in.readZigZag());
      case TEXT -> out.setText(row, at, in.readText());
      case WHOLE -> out.setDouble(row, at, (double) in.readZigZag());
      case FLOAT -> out.setDouble(row, at, Float.intBitsToFloat(in.readInt()));
      default -> out.setDouble(row, at, Double.longBitsToDouble(in.readLong()));
    }
  }
}
