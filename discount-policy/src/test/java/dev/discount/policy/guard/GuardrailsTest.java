package dev.discount.policy.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Money;
import dev.discount.core.data.Field;
import dev.discount.core.data.Schema;
import dev.discount.policy.Guardrail;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Rules that contradict each other, the ladder, the currency or the schema. */
class GuardrailsTest {

  private static final Currency EUR = Currency.getInstance("EUR");
  private static final Currency JPY = Currency.getInstance("JPY");

  private static Guardrails build(Guardrail... guardrails) {
    Guardrails.Builder builder = Guardrails.builder(Shops.LADDER, EUR);
    List.of(guardrails).forEach(builder::add);
    return builder.build();
  }

  private static void assertRefused(String message, Executable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
  }

  @Test
  void build_oneRuleTwice_isRefused() {
    assertRefused(
        "largest-discount must be stated once, got LargestDiscount[depthBps=1000] and"
            + " LargestDiscount[depthBps=2000]",
        () -> build(new LargestDiscount(1_000), new LargestDiscount(2_000)));
  }

  @Test
  void build_twoLadders_areRefused() {
    AllowedLevels one = AllowedLevels.of(Map.of("lamp", Set.of(1), "vase", Set.of(2)));
    AllowedLevels two = AllowedLevels.of(Map.of("lamp", Set.of(2)));
    AllowedLevels segment = AllowedLevels.byField("segment", Map.of("lamp", Set.of(2)));
    assertRefused("item lamp must have one ladder, got two", () -> build(one, two));
    assertRefused("segment lamp must have one ladder, got two", () -> build(segment, segment));
    assertEquals(2, build(one, segment).list().size());
  }

  @Test
  void build_clearOutUnderAMargin_isRefused() {
    assertRefused(
        "a clear-out must be able to go below cost, got MinimumMargin[rateBps=100, amountMinor=0]"
            + " beside NotBelowCost[clearedOut=[lamp]]",
        () -> build(MinimumMargin.ofRateBps(100), NotBelowCost.exceptClearOut(Set.of("lamp"))));
    assertEquals(2, build(MinimumMargin.ofRateBps(100), NotBelowCost.always()).list().size());
  }

  @Test
  void build_capOutOfReach_isRefused() {
    FrequencyCap cap = FrequencyCap.of(3, Duration.ofDays(7), 10).withCooldown(Duration.ofDays(4));
    assertEquals(
        "maximum must be within reach under the cooldown, got " + cap,
        assertThrows(IllegalArgumentException.class, () -> build(cap)).getMessage());
  }

  @Test
  void build_allClosedButLevelZero_isRefused() {
    assertRefused(
        "guardrails must leave a level besides 0 open at some list price in [1, 1000000000], got"
            + " all closed by largest-discount",
        () -> build(new LargestDiscount(999)));
    assertRefused(
        "guardrails must leave a level besides 0 open at some list price in [100, 20000], got all"
            + " closed by floor-price",
        () ->
            Guardrails.builder(Shops.LADDER, EUR)
                .floorPrice(new Money(18_001, EUR))
                .add(new LargestDiscount(1_500))
                .listPrices(new Money(100, EUR), new Money(20_000, EUR))
                .build());
    assertEquals(1, build(new LargestDiscount(1_000)).list().size());
    assertEquals(1, build(PriceEndings.of(100, 99)).list().size());
    Guardrails.builder(DiscountLadder.ofNames(), EUR).add(new LargestDiscount(0)).build();
  }

  @Test
  void build_twoStatesOfOneName_areRefused() {
    assertRefused(
        "stateName must be unique among guardrails, got usage-limit twice",
        () -> build(UsageLimit.total(1), UsageLimit.per(2, 10, "code")));
  }

  @Test
  void build_levelsBeyondTheLadder_areRefused() {
    assertRefused(
        "levels of segment new must be in [0, 4), got 4",
        () -> build(AllowedLevels.byField("segment", Map.of("new", Set.of(4)))));
  }

  @Test
  void builder_mixedOrNegativeAmounts_areRefused() {
    Guardrails.Builder builder = Guardrails.builder(Shops.LADDER, EUR);
    assertRefused(
        "floor must be in EUR, got 500 JPY", () -> builder.floorPrice(new Money(500, JPY)));
    assertRefused("margin must be >= 0, got -1", () -> builder.minimumMargin(new Money(-1, EUR)));
    assertRefused(
        "largest must be in [20, 9223372036854775807], got 10",
        () -> builder.listPrices(new Money(20, EUR), new Money(10, EUR)));
    assertRefused(
        "currency must have minor units, got XXX",
        () -> Guardrails.builder(Shops.LADDER, Currency.getInstance("XXX")));
  }

  @Test
  void checkSchema_missingFieldsAndDigits_areRefused() {
    Schema bare = Schema.builder().field(Field.of("age", Field.Kind.NUMBER)).minorDigits(2).build();
    assertRefused(
        "schema must have the minor digits of JPY=0, got 2",
        () -> Guardrails.builder(Shops.LADDER, JPY).build().checkSchema(bare));
    assertRefused(
        "schema must have a field of role customer for guardrail frequency-cap, got none",
        () -> build(FrequencyCap.of(1, Duration.ofDays(1), 10)).checkSchema(bare));
    assertRefused(
        "schema must have an id or category age for guardrail usage-limit, got number",
        () -> build(UsageLimit.per(1, 10, "age")).checkSchema(bare));
    assertRefused(
        "schema must have an id or category code for guardrail usage-limit, got none",
        () -> build(UsageLimit.per(1, 10, "code")).checkSchema(bare));
  }

  @Test
  void version_namesTheRulesAndTheirOrder() {
    Guardrail floor = FloorPrice.ofMinor(5).withItems(Map.of("a", 1L, "b", 2L));
    String version = build(floor, new LargestDiscount(2_000)).version();
    Guardrail same = FloorPrice.ofMinor(5).withItems(Map.of("b", 2L, "a", 1L));
    assertEquals(version, build(same, new LargestDiscount(2_000)).version());
    assertNotEquals(version, build(new LargestDiscount(2_000), floor).version());
    assertNotEquals(version, build(floor, new LargestDiscount(2_001)).version());
    assertEquals(16, version.length());
  }

  @Test
  void constructors_badValues_areRefused() {
    assertRefused("floorMinor must be >= 0, got -1", () -> FloorPrice.ofMinor(-1));
    assertRefused(
        "floor of item lamp must be >= 0, got -5",
        () -> FloorPrice.ofMinor(0).withItems(Map.of("lamp", -5L)));
    assertRefused("endingsMinor must not be empty, got none", () -> PriceEndings.of(100));
    assertRefused(
        "endingsMinor[1] must be in [0, 99], got 100", () -> PriceEndings.of(100, 0, 100));
    assertRefused(
        "levels of item lamp must not be empty, got none",
        () -> AllowedLevels.of(Map.of("lamp", Set.of())));
    assertRefused(
        "periods must not be empty, got none", () -> Blackout.of(ZoneOffset.UTC, List.of()));
    assertRefused(
        "maximum must be in [1, 1023], got 0", () -> FrequencyCap.of(0, Duration.ofDays(1), 1));
    assertRefused(
        "window must be at least PT1M, got PT59S",
        () -> FrequencyCap.of(1, Duration.ofSeconds(59), 1));
    assertRefused(
        "newCooldown must be whole seconds in [PT0S, PT87672H], got PT-1S",
        () -> FrequencyCap.of(1, Duration.ofDays(1), 1).withCooldown(Duration.ofSeconds(-1)));
    assertRefused("limit must be in [1, 9223372036854775806], got 0", () -> UsageLimit.total(0));
    assertRefused("fields must not be empty, got none", () -> UsageLimit.per(1, 1));
    assertRefused(
        "newStateName must not be blank, got \" \"", () -> UsageLimit.total(1).named(" "));
  }
}
