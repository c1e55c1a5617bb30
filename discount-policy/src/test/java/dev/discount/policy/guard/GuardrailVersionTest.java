package dev.discount.policy.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.policy.Guardrail;
import dev.discount.policy.Inputs;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every guardrail names its settings, and states what it looks at: new ones fail until they do. */
class GuardrailVersionTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** Settings of each class, of which no two are equal; each setting differs in some two. */
  private static final Map<Class<? extends Guardrail>, List<Supplier<Guardrail>>> SETTINGS =
      Map.ofEntries(
          Map.entry(
              AllowedLevels.class,
              List.of(
                  () -> AllowedLevels.of(Map.of("lamp", Set.of(1))),
                  () -> AllowedLevels.of(Map.of("lamp", Set.of(2))),
                  () -> AllowedLevels.of(Map.of("chair", Set.of(1))),
                  () -> AllowedLevels.byField("item", Map.of("lamp", Set.of(1))),
                  () -> AllowedLevels.byField("segment", Map.of("lamp", Set.of(1))))),
          Map.entry(
              Blackout.class, List.of(() -> day(BERLIN, 1), () -> day(BERLIN, 2), () -> twoDays())),
          Map.entry(
              ConsistentPrice.class,
              List.of(
                  () -> ConsistentPrice.of(Duration.ofHours(1), 64),
                  () -> ConsistentPrice.of(Duration.ofHours(2), 64),
                  () -> ConsistentPrice.of(Duration.ofHours(1), 128))),
          Map.entry(
              FloorPrice.class,
              List.of(
                  () -> FloorPrice.ofMinor(1),
                  () -> FloorPrice.ofMinor(2),
                  () -> FloorPrice.ofMinor(1).withItems(Map.of("lamp", 5L)),
                  () -> FloorPrice.ofMinor(1).withItems(Map.of("lamp", 6L)))),
          Map.entry(
              FrequencyCap.class,
              List.of(
                  () -> FrequencyCap.of(1, Duration.ofDays(7), 64),
                  () -> FrequencyCap.of(2, Duration.ofDays(7), 64),
                  () -> FrequencyCap.of(1, Duration.ofDays(8), 64),
                  () -> FrequencyCap.of(1, Duration.ofDays(7), 128),
                  () -> FrequencyCap.of(1, Duration.ofDays(7), 64).named("other"),
                  () ->
                      FrequencyCap.of(1, Duration.ofDays(7), 64)
                          .withCooldown(Duration.ofHours(3)))),
          Map.entry(
              LargestDiscount.class,
              List.of(() -> new LargestDiscount(1), () -> new LargestDiscount(2))),
          Map.entry(
              LowestPrice.class,
              List.of(
                  () -> LowestPrice.of(PriceLedger.of(64, BERLIN)),
                  () -> LowestPrice.of(PriceLedger.of(640, BERLIN)),
                  () -> LowestPrice.of(PriceLedger.of(64, ZoneId.of("UTC"))))),
          Map.entry(
              MinimumMargin.class,
              List.of(
                  () -> new MinimumMargin(1, 0),
                  () -> new MinimumMargin(2, 0),
                  () -> new MinimumMargin(1, 1))),
          Map.entry(NotAboveListPrice.class, List.of(NotAboveListPrice::new)),
          Map.entry(
              NotBelowCost.class,
              List.of(
                  NotBelowCost::always,
                  () -> NotBelowCost.exceptClearOut(Set.of("lamp")),
                  () -> NotBelowCost.exceptClearOut(Set.of("lamp", "chair")))),
          Map.entry(
              PriceEndings.class,
              List.of(
                  () -> PriceEndings.of(100, 99),
                  () -> PriceEndings.of(100, 95),
                  () -> PriceEndings.of(100, 99, 95),
                  () -> PriceEndings.of(1_000, 99))),
          Map.entry(
              UsageLimit.class,
              List.of(
                  () -> UsageLimit.total(1),
                  () -> UsageLimit.total(2),
                  () -> UsageLimit.per(1, 64, "code"),
                  () -> UsageLimit.per(1, 128, "code"),
                  () -> UsageLimit.per(1, 64, "code", "customer"),
                  () -> UsageLimit.total(1).named("other"))));

  private static Blackout day(ZoneId zone, int day) {
    return Blackout.of(zone, List.of(Blackout.Period.day(LocalDate.of(2026, 3, day))));
  }

  private static Blackout twoDays() {
    return Blackout.of(
        BERLIN,
        List.of(
            Blackout.Period.day(LocalDate.of(2026, 3, 1)),
            Blackout.Period.day(LocalDate.of(2026, 3, 5))));
  }

  @Test
  void settings_areOfEveryGuardrailOfThePackage() throws IOException, URISyntaxException {
    Path classes =
        Path.of(Guardrail.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolve("dev/discount/policy/guard");
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.list(classes)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".class")).toList()) {
        String name = String.valueOf(file.getFileName());
        Class<?> type = load(name.substring(0, name.length() - ".class".length()));
        if (Guardrail.class.isAssignableFrom(type) && !type.isInterface()) {
          found.add(type.getSimpleName());
        }
      }
    }
    Set<String> listed = new TreeSet<>();
    SETTINGS.keySet().forEach(type -> listed.add(type.getSimpleName()));
    assertEquals(found, listed, "each guardrail's settings must be listed here");
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName("dev.discount.policy.guard." + name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void version_equalSettings_equal_otherSettings_different() {
    Map<String, String> seen = new HashMap<>();
    for (List<Supplier<Guardrail>> settings : SETTINGS.values()) {
      for (Supplier<Guardrail> setting : settings) {
        Guardrail guardrail = setting.get();
        assertEquals(guardrail.version(), setting.get().version());
        String before = seen.put(guardrail.version(), guardrail.toString());
        assertEquals(null, before, guardrail + " shares a version");
        assertTrue(guardrail.version().startsWith(guardrail.code()));
      }
    }
  }

  @Test
  void version_ofEveryGuardrailWithFields_andInputsOfEvery_areDeclared()
      throws NoSuchMethodException {
    for (Class<? extends Guardrail> type : SETTINGS.keySet()) {
      boolean settings =
          Stream.of(type.getDeclaredFields())
              .anyMatch(field -> !Modifier.isStatic(field.getModifiers()));
      if (settings) {
        assertNotNull(type.getDeclaredMethod("version"));
      }
      assertNotNull(type.getDeclaredMethod("inputs"));
    }
  }

  @Test
  void inputs_ofRulesByField_nameTheField() {
    assertEquals(
        Inputs.ofFields("segment"),
        AllowedLevels.byField("segment", Map.of("a", Set.of(1))).inputs());
    assertEquals(
        Inputs.ofFields("code", "customer"), UsageLimit.per(1, 64, "code", "customer").inputs());
    assertEquals(Inputs.ofFields(), UsageLimit.total(1).inputs());
  }

  @Test
  void version_isTheSameOnEveryJdk() {
    Map<String, String> versions = new TreeMap<>();
    versions.put("margin", new MinimumMargin(1_000, 0).version());
    versions.put("none", new NotAboveListPrice().version());
    assertEquals(
        Map.of("margin", "minimum-margin-" + "0f834e50d1c68bd6", "none", "not-above-list-price"),
        versions);
  }
}
