package dev.discount.policy.guard;

import dev.discount.core.data.Field;
import dev.discount.core.data.Schema;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Checks of what guardrails are configured with. Stateless. */
final class Limits {

  private static final Duration SHORTEST_WINDOW = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(3_653);

  private Limits() {}

  static void require(String name, long value, long least, long largest) {
    if (value < least || value > largest) {
      throw new IllegalArgumentException(
          name + " must be in [" + least + ", " + largest + "], got " + value);
    }
  }

  static long requireNotNegative(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " must be >= 0, got " + value);
    }
    return value;
  }

  static String requireName(String name, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + " must not be blank, got \"" + value + "\"");
    }
    return value;
  }

  static void requireWindow(String name, Duration window) {
    requireDuration(name, window);
    if (window.compareTo(SHORTEST_WINDOW) < 0) {
      throw new IllegalArgumentException(
          name + " must be at least " + SHORTEST_WINDOW + ", got " + window);
    }
  }

  static void requireDuration(String name, Duration duration) {
    if (duration.isNegative()
        || duration.compareTo(LONGEST) > 0
        || !duration.equals(duration.truncatedTo(ChronoUnit.SECONDS))) {
      throw new IllegalArgumentException(
          name + " must be whole seconds in [PT0S, " + LONGEST + "], got " + duration);
    }
  }

  static void requireRole(Schema schema, Field.Role role, String guardrail) {
    if (schema.slot(role) == Schema.NONE) {
      throw new IllegalArgumentException(
          "schema must have a field of role "
              + role.jsonName()
              + " for guardrail "
              + guardrail
              + ", got none");
    }
  }

  static void requireKeyed(Schema schema, String field, String guardrail) {
    int slot = schema.slot(field);
    if (slot == Schema.NONE || !schema.field(slot).keyed()) {
      throw new IllegalArgumentException(
          "schema must have an id or category "
              + field
              + " for guardrail "
              + guardrail
              + ", got "
              + (slot == Schema.NONE ? "none" : schema.field(slot).kind().jsonName()));
    }
  }
}
