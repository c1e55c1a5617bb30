package dev.discount.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import dev.discount.core.data.Field.Transform;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SchemaJsonPropertyTest {

  @Property(tries = 500)
  void parse_whatWasWritten_isTheSameSchema(@ForAll("schemas") Schema schema) {
    String json = SchemaJson.write(schema);

    Schema again = SchemaJson.parse(json);
    assertEquals(schema, again);
    assertEquals(schema.hashCode(), again.hashCode());
    assertEquals(json, SchemaJson.write(again));
  }

  @Property
  void shortest_decimal_readsBackAndHasNoDigitToSpare(@ForAll double value) {
    BigDecimal decimal = SchemaJsonWriter.shortest(value);

    assertEquals(value, decimal.doubleValue());
    assertTrue(decimal.precision() <= 17);
    if (decimal.precision() > 1) {
      BigDecimal shorter = new BigDecimal(value).round(new MathContext(decimal.precision() - 1));
      assertTrue(shorter.doubleValue() != value);
    }
  }

  @Provide
  Arbitrary<Schema> schemas() {
    Arbitrary<String> names = Arbitraries.strings().ofMinLength(1).ofMaxLength(6).alpha();
    Arbitrary<Split> splits =
        Combinators.combine(
                Arbitraries.doubles().between(0.001, 100).ofScale(15),
                Arbitraries.doubles().between(0, 100).ofScale(15),
                Arbitraries.integers().between(0, 3))
            .as(SchemaJsonPropertyTest::split);
    Arbitrary<Integer> ladders = Arbitraries.integers().between(0, 5);
    Arbitrary<Map<String, String>> training =
        Arbitraries.maps(names, Arbitraries.strings().ofMaxLength(5).withChars("aé\"\\,1"))
            .ofMaxSize(4);
    Arbitrary<Integer> digits = Arbitraries.integers().between(0, 6);
    Arbitrary<Long> amounts = Arbitraries.longs().between(-1, 1L << 44);
    return Combinators.combine(names, splits, ladders, training, digits, amounts)
        .as(SchemaJsonPropertyTest::schema);
  }

  private static Split split(double train, double rest, int kind) {
    return switch (kind) {
      case 0 -> new Split.ByRatio(train, rest, 1 / 3.0);
      case 1 -> new Split.ByTime(train, rest, 0);
      case 2 -> new Split.ByCustomer(train, 0, rest);
      default -> new Split.ByColumn("part", List.of("a", "1"), List.of("0"), rest / 101);
    };
  }

  private static Schema schema(
      String name, Split split, int ladder, Map<String, String> training, int digits, long price) {
    SchemaBuilder builder =
        Schema.builder()
            .field(Field.of("who " + name, Kind.ID, Role.CUSTOMER).withMinCount(1 + digits))
            .field(Field.of("when", Kind.NUMBER, Role.TIME).withFeature(ladder % 2 == 0))
            .field(Field.of("part", Kind.CATEGORY, Role.SPLIT))
            .field(Field.of("\u2028" + name, Kind.NUMBER).withTransform(Transform.LOG))
            .minorDigits(digits)
            .ensemble(digits + 1)
            .training(training)
            .split(split);
    if (price >= 0) {
      builder.constantPriceMinor(price).constantCostMinor(price / 2);
    }
    if (ladder > 0) {
      boolean named = ladder == 5;
      builder
          .field(Field.of("level", named ? Kind.CATEGORY : Kind.NUMBER, Role.DISCOUNT))
          .discountUnit(DiscountUnit.values()[ladder - 1])
          .ladder(
              named
                  ? DiscountLadder.ofNames(name, name + "!")
                  : ladder == 4
                      ? DiscountLadder.ofAmounts(1, 70, 1L << 44)
                      : DiscountLadder.ofBasisPoints(1, 70, 3333, 10000));
    }
    return builder.build();
  }
}
