package dev.discount.core.data;

import dev.discount.core.internal.random.CounterRandom;

/** The arithmetic and the draws that the splits share. Stateless. */
final class SplitShares {

  /** The stream of draws that orders rows. */
  static final long ROW_STREAM = 0x53504c4954524f57L;

  /* Streams of draws for ids that are numbers, for texts, and for rows without an id. */
  private static final long NUMBER_STREAM = 0x53504c49544e554dL;
  private static final long TEXT_STREAM = 0x53504c4954545854L;
  private static final long MISSING_STREAM = 0x53504c49544d4953L;

  private SplitShares() {}

  static void check(double train, double validation, double test) {
    require("train", train, train > 0);
    require("validation", validation, validation >= 0);
    require("test", test, test >= 0);
    require("train + validation + test", train + validation + test, true);
  }

  private static void require(String what, double value, boolean holds) {
    if (!(holds && Double.isFinite(value))) {
      String rule = what.equals("train") ? "above 0" : "0 or more";
      throw new IllegalArgumentException(what + " must be finite and " + rule + ", got " + value);
    }
  }

  static int requireSlot(Schema schema, Field.Role role) {
    int slot = schema.slot(role);
    if (slot == Schema.NONE) {
      throw new IllegalArgumentException(
          "rows must have a field of role " + role.jsonName() + " for this split, got none");
    }
    return slot;
  }

  /** Returns how many of a number of rows a share is, to the nearest, ties to even. */
  static int cut(int rows, double weight, double total) {
    return (int) Math.rint(rows * (weight / total));
  }

  static int[] rising(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    return order;
  }

  /**
   * Returns a draw in [0, 1) that depends on the seed and an id cell alone, or on the row's number
   * in the log where the cell is missing.
   */
  static double draw(Rows rows, int row, int slot, long seed, int number) {
    if (rows.isMissing(row, slot)) {
      return CounterRandom.unit(seed, MISSING_STREAM, number);
    }
    if (rows.isText(row, slot)) {
      return CounterRandom.unit(seed, TEXT_STREAM, hash(rows.textAt(row, slot)));
    }
    return CounterRandom.unit(seed, NUMBER_STREAM, rows.longAt(row, slot));
  }

  /* FNV-1a over the low and high bytes of each char; two texts of one hash share a part. */
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      hash = (hash ^ (c & 0xff)) * 0x100000001b3L;
      hash = (hash ^ (c >>> 8)) * 0x100000001b3L;
    }
    return hash;
  }
}
