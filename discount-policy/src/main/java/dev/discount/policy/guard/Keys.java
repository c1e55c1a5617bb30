package dev.discount.policy.guard;

import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.core.embedding.IdIndex;
import dev.discount.policy.DecisionContext;

/**
 * Customers, items and codes as 64-bit keys. Numbers have distinct keys; a text that is the decimal
 * form of a number has the number's; two other texts share one with probability 2^-64. Stateless.
 */
final class Keys {

  /** The key of what is not stated. */
  static final long MISSING = 0;

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final long TEXT_SEED = 0xD1B54A32D192ED03L;

  private Keys() {}

  /** Returns the key of a number. */
  static long of(long id) {
    return stated(mixed(id + GOLDEN));
  }

  /** Returns the key of a text, {@link #MISSING} if it is empty. */
  static long of(String text) {
    if (text.isEmpty()) {
      return MISSING;
    }
    if (IdIndex.isLong(text)) {
      return of(Long.parseLong(text));
    }
    long hash = TEXT_SEED ^ text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * GOLDEN;
      hash ^= hash >>> 32;
    }
    return stated(mixed(hash));
  }

  /** Returns the key of an id or category cell, {@link #MISSING} if it or its field is missing. */
  static long of(Rows rows, int row, int slot) {
    if (slot == Schema.NONE || rows.isMissing(row, slot)) {
      return MISSING;
    }
    return rows.isText(row, slot) ? of(rows.textAt(row, slot)) : of(rows.longAt(row, slot));
  }

  /** Returns the key of the customer, {@link #MISSING} if nobody is known. */
  static long customer(DecisionContext context) {
    Rows rows = context.rows();
    return of(rows, context.row(), rows.schema().slot(Field.Role.CUSTOMER));
  }

  /** Returns the key of an ordered pair, {@link #MISSING} if one of the two is. */
  static long pair(long first, long second) {
    if (first == MISSING || second == MISSING) {
      return MISSING;
    }
    return stated(mixed(mixed(first) + GOLDEN * Long.rotateLeft(second, 32)));
  }

  private static long stated(long key) {
    return key == MISSING ? 1 : key;
  }

  /* The finalizer of MurmurHash3 (A. Appleby, public domain): a bijection in which every bit of the
   * input flips every bit of the output with a probability near 1/2. */
  private static long mixed(long bits) {
    long z = (bits ^ (bits >>> 33)) * 0xFF51AFD7ED558CCDL;
    z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return z ^ (z >>> 33);
  }
}
