package dev.discount.policy.guard;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.core.embedding.IdIndex;
import dev.discount.policy.DecisionContext;
import dev.discount.policy.Guardrail;
import dev.discount.policy.Inputs;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Closes, for some items or segments, the levels that are not theirs. Others keep all levels, and
 * so do rows in which the segment is missing. Immutable.
 */
public final class AllowedLevels implements Guardrail {

  private final @Nullable String field;
  private final Map<String, Long> masks;

  /** The values that are numbers, rising, and their masks. */
  private final long[] numbers;

  private final long[] numberMasks;

  private AllowedLevels(@Nullable String field, Map<String, Long> masks) {
    this.field = field;
    this.masks = masks;
    this.numbers =
        masks.keySet().stream()
            .filter(IdIndex::isLong)
            .mapToLong(Long::parseLong)
            .sorted()
            .toArray();
    this.numberMasks = new long[numbers.length];
    Arrays.setAll(numberMasks, i -> masks.getOrDefault(Long.toString(numbers[i]), 0L));
  }

  /**
   * Returns a guardrail from levels by item; level 0 is allowed whether it is named or not.
   *
   * @param levelsByItem the places in the ladder that an item may be sold at, by item id; copied
   * @throws IllegalArgumentException if an item has no level or one that is not in [0, 64)
   */
  public static AllowedLevels of(Map<String, Set<Integer>> levelsByItem) {
    return new AllowedLevels(null, masks("item", levelsByItem));
  }

  /**
   * Returns a guardrail from levels by the value of a field, such as a segment; level 0 is allowed
   * whether it is named or not.
   *
   * @param field the name of an id or category of the model's schema
   * @param levelsByValue the places in the ladder, by value as text; copied
   * @throws IllegalArgumentException if a value has no level or one that is not in [0, 64)
   */
  public static AllowedLevels byField(String field, Map<String, Set<Integer>> levelsByValue) {
    return new AllowedLevels(Limits.requireName("field", field), masks(field, levelsByValue));
  }

  private static Map<String, Long> masks(String what, Map<String, Set<Integer>> levelsByValue) {
    Map<String, Long> masks = new HashMap<>();
    levelsByValue.forEach(
        (value, levels) -> {
          if (levels.isEmpty()) {
            throw new IllegalArgumentException(
                "levels of " + what + " " + value + " must not be empty, got none");
          }
          long mask = 1;
          for (int level : levels) {
            if (level < 0 || level >= DiscountLadder.MAX_LEVELS) {
              throw new IllegalArgumentException(
                  "level of " + what + " " + value + " must be in [0, 64), got " + level);
            }
            mask |= 1L << level;
          }
          masks.put(value, mask);
        });
    return masks;
  }

  /** Returns what the levels go by: a field's name, or {@code item}. */
  String what() {
    return field == null ? "item" : field;
  }

  /** Returns whether this and another guardrail name one item, or one value of one field. */
  @Nullable String firstShared(AllowedLevels other) {
    if (!what().equals(other.what()) || (field == null) != (other.field == null)) {
      return null;
    }
    return masks.keySet().stream().filter(other.masks::containsKey).findFirst().orElse(null);
  }

  @Override
  public long closedLevels(DecisionContext context) {
    if (field == null) {
      return closed(context.itemId());
    }
    Rows rows = context.rows();
    int slot = rows.schema().slot(field);
    if (slot == Schema.NONE || rows.isMissing(context.row(), slot)) {
      return 0;
    }
    if (rows.isText(context.row(), slot)) {
      return closed(rows.textAt(context.row(), slot));
    }
    int found = Arrays.binarySearch(numbers, rows.longAt(context.row(), slot));
    return found < 0 ? 0 : ~numberMasks[found];
  }

  private long closed(String value) {
    Long mask = masks.get(value);
    return mask == null ? 0 : ~mask;
  }

  @Override
  public Inputs inputs() {
    return field == null ? Inputs.ofRoles(Field.Role.ITEM) : Inputs.ofFields(field);
  }

  @Override
  public String code() {
    return "allowed-levels";
  }

  @Override
  public String version() {
    return Versions.of(this);
  }

  @Override
  public String reason() {
    return "Some levels are not for this item or customer.";
  }

  @Override
  public void checkSchema(Schema schema) {
    if (field != null) {
      Limits.requireKeyed(schema, field, code());
    }
  }

  @Override
  public void checkLadder(DiscountLadder ladder) {
    for (Map.Entry<String, Long> entry : masks.entrySet()) {
      long beyond = entry.getValue() & ~ladder.allLevels();
      if (beyond != 0) {
        throw new IllegalArgumentException(
            "levels of "
                + what()
                + " "
                + entry.getKey()
                + " must be in [0, "
                + ladder.size()
                + "), got "
                + Long.numberOfTrailingZeros(beyond));
      }
    }
  }

  @Override
  public String toString() {
    return "AllowedLevels[field=" + field + ", masks=" + new TreeMap<>(masks) + "]";
  }
}
