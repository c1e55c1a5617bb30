package dev.discount.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import dev.discount.core.data.Field.Transform;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FieldTest {

  @Test
  void of_role_decidesWhetherTheModelSeesIt() {
    assertTrue(Field.of("x", Kind.NUMBER).numeric());
    assertTrue(Field.of("x", Kind.CATEGORY).embedded());
    assertTrue(Field.of("x", Kind.ID, Role.CUSTOMER).embedded());
    assertTrue(Field.of("x", Kind.ID, Role.ITEM).embedded());
    assertFalse(Field.of("x", Kind.NUMBER, Role.PRICE).numeric());
    assertTrue(Field.of("x", Kind.NUMBER, Role.PRICE).withFeature(true).numeric());
    assertFalse(Field.of("x", Kind.ID, Role.CUSTOMER).withFeature(false).embedded());
  }

  @ParameterizedTest
  @EnumSource
  void of_kindThatARoleCannotHave_isRefused(Role role) {
    Set<Kind> allowed =
        switch (role) {
          case FEATURE -> EnumSet.allOf(Kind.class);
          case CUSTOMER, ITEM -> EnumSet.of(Kind.ID, Kind.CATEGORY);
          case PRICE, COST, VALUE, PROPENSITY, WEIGHT, TIME -> EnumSet.of(Kind.NUMBER);
          case OUTCOME -> EnumSet.of(Kind.FLAG, Kind.NUMBER);
          case DISCOUNT -> EnumSet.of(Kind.NUMBER, Kind.CATEGORY, Kind.ID);
          case SPLIT -> EnumSet.of(Kind.ID, Kind.CATEGORY, Kind.FLAG);
        };
    for (Kind kind : Kind.values()) {
      if (allowed.contains(kind)) {
        assertEquals(kind, Field.of("x", kind, role).kind());
      } else {
        String message = messageOf(() -> Field.of("x", kind, role));
        assertTrue(message.startsWith("kind of field x must be "), message);
        assertTrue(message.endsWith(" for role " + role.jsonName() + ", got " + kind.jsonName()));
      }
    }
  }

  @Test
  void settingsThatSayNothing_areRefused() {
    assertEquals("name must not be blank, got \" \"", messageOf(() -> Field.of(" ", Kind.ID)));
    assertEquals(
        "minCount of field x must be >= 1, got 0",
        messageOf(() -> Field.of("x", Kind.ID).withMinCount(0)));
    assertEquals(
        "width of field x must be >= 0, got -1",
        messageOf(() -> Field.of("x", Kind.ID).withWidth(-1)));
    assertEquals(
        "minCount and width of field x must be 1 and 0 for kind flag, got 2 and 0",
        messageOf(() -> Field.of("x", Kind.FLAG).withMinCount(2)));
    assertEquals(
        "transform of field x must be identity for kind flag",
        messageOf(() -> Field.of("x", Kind.FLAG).withTransform(Transform.LOG)));
    assertEquals(
        "feature of field y must be false for role outcome",
        messageOf(() -> Field.of("y", Kind.FLAG, Role.OUTCOME).withFeature(true)));
  }

  private static String messageOf(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }
}
