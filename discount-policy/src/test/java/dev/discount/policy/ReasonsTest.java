package dev.discount.policy;

import static dev.discount.policy.Fixtures.LADDER;
import static dev.discount.policy.Fixtures.SCHEMA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.policy.guard.AllowedLevels;
import dev.discount.policy.guard.LargestDiscount;
import dev.discount.policy.guard.MinimumMargin;
import dev.discount.policy.rule.EpsilonGreedy;
import dev.discount.policy.rule.ExpectedProfit;
import dev.discount.policy.rule.FlatLevel;
import dev.discount.policy.rule.HighestValue;
import dev.discount.policy.rule.ThresholdLadder;
import dev.discount.policy.testing.StubModel;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReasonsTest {

  private static final Reasons ENGLISH = Reasons.of(Locale.ENGLISH);
  private static final Reasons CHINESE = Reasons.of(Locale.SIMPLIFIED_CHINESE);

  private static Properties read(String name) throws IOException {
    Properties properties = new Properties();
    try (Reader text =
        new InputStreamReader(Reasons.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
      properties.load(text);
    }
    return properties;
  }

  @Test
  void bundles_everyCode_inBothLanguages() throws IOException {
    Properties english = read("reasons.properties");
    Properties chinese = read("reasons_zh.properties");
    assertEquals(english.keySet(), chinese.keySet());
    for (Object code : english.keySet()) {
      assertTrue(code.toString().matches("[a-z.-]+"), code.toString());
      assertTrue(english.get(code).toString().endsWith("."), code.toString());
      assertTrue(chinese.get(code).toString().endsWith("。"), code.toString());
      assertEquals(
          english.get(code).toString().contains("{0}"),
          chinese.get(code).toString().contains("{0}"));
    }
  }

  @Test
  void sentence_codesOfTheLibrary_areTheReasonsOwnInEnglish() {
    List<DiscountPolicy> policies =
        List.of(new ExpectedProfit(), new HighestValue(), new FlatLevel(1));
    for (DiscountPolicy policy : policies) {
      assertEquals(policy.reason(), ENGLISH.sentence(policy.code()).orElseThrow());
    }
    List<String> codes = new ArrayList<>();
    codes.add(new EpsilonGreedy(new FlatLevel(1), 0.1).code());
    codes.add("explored");
    codes.add(MinimumMargin.ofRateBps(1).code());
    codes.add(new LargestDiscount(1).code());
    codes.add(AllowedLevels.of(Map.of("lamp", Set.of(1))).code());
    for (int mark = DecisionTrace.LAST_MARK; mark <= DecisionTrace.BY_REQUEST; mark++) {
      codes.add(DecisionTrace.markCode(mark));
    }
    for (Opening.Quantity quantity : Opening.Quantity.values()) {
      codes.add(quantity.code());
    }
    for (String code : codes) {
      assertTrue(ENGLISH.sentence(code).isPresent(), code);
      assertTrue(CHINESE.sentence(code).isPresent(), code);
    }
  }

  @Test
  void sentence_codeOfAHost_isItsOwn() {
    assertFalse(ENGLISH.sentence("house-rule").isPresent());
    assertEquals("Ours.", CHINESE.sentence(new Decision.Reason("house-rule", "Ours.")));
    Reasons french = Reasons.of(Locale.FRENCH);
    assertEquals(ENGLISH.sentence("request"), french.sentence("request"));
  }

  @Test
  void nextLevel_closedByAGuardrail_saysWhatWouldOpenIt() {
    DecisionEngine engine =
        DecisionEngine.builder(StubModel.of(SCHEMA, 0.1, 0.2, 0.3, 0.4), LADDER)
            .policy(new FlatLevel(3))
            .guardrail(new LargestDiscount(800))
            .build();
    Decision decision = engine.decide(Fixtures.request(1).build());
    assertEquals(1, decision.levelIndex());
    Reasons.Unlock unlock = ENGLISH.nextLevel(decision).orElseThrow();
    assertEquals(2, unlock.levelIndex());
    assertEquals("largest-discount", unlock.closedBy());
    assertEquals(ENGLISH.sentence(unlock.opening()), unlock.sentence());
    assertFalse(CHINESE.nextLevel(decision).orElseThrow().sentence().isEmpty());
    Opening opening = new Opening(Opening.Quantity.DEPTH_AT_MOST, 800, 1_000);
    assertEquals(
        "It would open if its depth were at most 800 basis points; it is 1000.",
        ENGLISH.sentence(opening));
  }

  @Test
  void version_policies_nameTheirSettings() {
    assertEquals("flat(1)", new FlatLevel(1).version());
    assertEquals(
        "epsilon-greedy(0x1.0p-2, flat(2))", new EpsilonGreedy(new FlatLevel(2), 0.25).version());
    assertEquals(
        "threshold(3, 0x1.0p-1, 0)",
        ThresholdLadder.of(new double[] {0.5}, new int[] {3, 0}).version());
    assertEquals("expected-profit", new ExpectedProfit().version());
  }

  @Test
  void nextLevel_nothingClosed_isNone() {
    DecisionEngine engine =
        DecisionEngine.builder(StubModel.of(SCHEMA, 0.1, 0.2, 0.3, 0.4), LADDER)
            .policy(new FlatLevel(1))
            .build();
    Decision decision = engine.decide(Fixtures.request(1).build());
    assertTrue(ENGLISH.nextLevel(decision).isEmpty());
  }
}
