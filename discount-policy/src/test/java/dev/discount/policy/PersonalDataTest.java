package dev.discount.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Offer;
import dev.discount.core.ResponseModel;
import dev.discount.core.ResponseScorer;
import dev.discount.core.data.Field;
import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import dev.discount.core.data.Field.Tag;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.policy.guard.AllowedLevels;
import dev.discount.policy.guard.UsageLimit;
import dev.discount.policy.rule.ExpectedProfit;
import dev.discount.policy.rule.FlatLevel;
import dev.discount.policy.testing.StubModel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PersonalDataTest {

  private static final DiscountLadder LADDER = DiscountLadder.ofBasisPoints(1_000, 2_000);

  private static final Schema SCHEMA =
      Schema.builder()
          .field(Field.of("customer", Kind.ID, Role.CUSTOMER).withFeature(false))
          .field(Field.of("spend", Kind.NUMBER).withTag(Tag.PERSONAL))
          .field(Field.of("age", Kind.NUMBER).withTag(Tag.PROTECTED))
          .field(Field.of("weekend", Kind.FLAG))
          .build();

  private static final Schema IMPERSONAL =
      Schema.builder().field(Field.of("weekend", Kind.FLAG)).build();

  /** Wants level 2 from those who spend, level 1 at weekends; sees what there is to see. */
  private static double curve(Rows rows, int row, int level) {
    int spend = rows.schema().slot("spend");
    int age = rows.schema().slot("age");
    if (age >= 0 && !rows.isMissing(row, age)) {
      throw new AssertionError("a protected value reached the model");
    }
    if (spend >= 0 && !rows.isMissing(row, spend)) {
      return level == 2 ? 0.9 : 0.1;
    }
    int weekend = rows.schema().slot("weekend");
    return rows.doubleAt(row, weekend) == 1 && level == 1 ? 0.8 : 0.1;
  }

  private static final StubModel MODEL =
      StubModel.of(SCHEMA, PersonalDataTest::curve).withVersion("personal");
  private static final StubModel WITHOUT =
      StubModel.of(IMPERSONAL, PersonalDataTest::curve).withVersion("impersonal");

  private static DecisionEngine.Builder builder() {
    return DecisionEngine.builder(MODEL, LADDER).policy(new ExpectedProfit());
  }

  private static DecisionRequest.Builder request() {
    return DecisionRequest.builder(1)
        .customer("c7")
        .offer(new Offer("lamp", 10_000, 6_000))
        .number("spend", 500)
        .number("age", 44)
        .flag("weekend", true);
  }

  @Test
  void tags_areThoseOfStatedFieldsThatSomethingReads() {
    Decision decision = builder().build().decide(request().build());
    assertEquals(2, decision.levelIndex());
    assertEquals(Set.of(Tag.PERSONAL, Tag.CONTEXTUAL), decision.tags());
    assertEquals("personal-data", decision.disclosure());
    DecisionRequest nobody =
        DecisionRequest.builder(1)
            .offer(new Offer("lamp", 10_000, 6_000))
            .flag("weekend", true)
            .build();
    Decision anonymous = builder().build().decide(nobody);
    assertEquals(Set.of(Tag.CONTEXTUAL), anonymous.tags());
    assertNull(anonymous.disclosure());
    Decision flat = builder().policy(new FlatLevel(1)).build().decide(request().build());
    assertEquals(Set.of(), flat.tags(), "everybody gets the same, whatever the model says");
  }

  @Test
  void tags_ofGuardrailsByField_nameTheFieldsKind() {
    Field field = Field.of("tier", Kind.CATEGORY).withTag(Tag.PERSONAL);
    StubModel model = StubModel.of(Schema.builder().field(field).build(), 0.1, 0.1, 0.1);
    for (Guardrail guardrail :
        List.of(
            AllowedLevels.byField("tier", Map.of("gold", Set.of(1))),
            UsageLimit.per(10, 64, "tier"))) {
      DecisionEngine engine =
          DecisionEngine.builder(model, LADDER)
              .policy(new FlatLevel(1))
              .guardrail(guardrail)
              .build();
      DecisionRequest.Builder request =
          DecisionRequest.builder(1).offer(new Offer("lamp", 10_000, 6_000));
      assertEquals(Set.of(Tag.CONTEXTUAL), engine.decide(request.build()).tags());
      Decision decision = engine.decide(request.category("tier", "gold").build());
      assertEquals(Set.of(Tag.CONTEXTUAL, Tag.PERSONAL), decision.tags(), guardrail.code());
      assertEquals("personal-data", decision.disclosure());
    }
  }

  @Test
  void protectedField_neverReachesAModel_unlessItIsStated() {
    assertFalse(SCHEMA.field(2).feature());
    DecisionSession session = builder().build().newSession();
    session.offer("lamp", 10_000, 6_000);
    session.number(2, 44);
    session.decide(1);
    assertFalse(session.couldHaveMoved(Tag.PROTECTED));
    assertThrows(
        IllegalArgumentException.class, () -> session.number(2, Double.NaN), "still checked");
    Field stated = Field.of("age", Kind.NUMBER).withTag(Tag.PROTECTED).withFeature(true);
    Schema schema = Schema.builder().field(stated).build();
    StubModel model =
        StubModel.of(
            schema, (rows, row, level) -> rows.doubleAt(row, 0) > 60 && level == 2 ? 0.9 : 0.1);
    Decision decision =
        DecisionEngine.builder(model, LADDER)
            .policy(new ExpectedProfit())
            .build()
            .decide(
                DecisionRequest.builder(1)
                    .offer(new Offer("lamp", 10_000, 6_000))
                    .number("age", 70)
                    .build());
    assertEquals(2, decision.levelIndex());
    assertEquals(Set.of(Tag.PROTECTED, Tag.CONTEXTUAL), decision.tags());
    assertEquals("personal-data", decision.disclosure());
  }

  @Test
  void optOut_isAnsweredByTheOtherModel_fromContextAlone() {
    DecisionEngine engine = builder().withoutPersonalData(WITHOUT).build();
    Decision decision = engine.decide(request().optOut().build());
    assertEquals(1, decision.levelIndex());
    assertEquals("impersonal", decision.modelVersion());
    assertEquals(Set.of(Tag.CONTEXTUAL), decision.tags());
    assertNull(decision.disclosure());
    assertEquals(2, engine.decide(request().build()).levelIndex());
    List<Decision> best = engine.topItems(List.of(request().optOut().build()), 1);
    assertEquals(decision, best.get(0));
  }

  @Test
  void topItems_someOptOut_eachIsScoredByItsModelAndAllAreRanked() {
    DecisionEngine engine = builder().withoutPersonalData(WITHOUT).build();
    List<DecisionRequest> requests =
        List.of(
            request(1, 9_000).optOut().build(),
            request(2, 8_000).build(),
            request(3, 12_000).build(),
            request(4, 10_000).optOut().build());
    List<Decision> best = engine.topItems(requests, 4);
    assertEquals(List.of(3L, 4L, 1L, 2L), best.stream().map(Decision::decisionId).toList());
    assertEquals(
        List.of("personal", "impersonal", "impersonal", "personal"),
        best.stream().map(Decision::modelVersion).toList());
    for (Decision decision : best) {
      Decision alone = engine.decide(requests.get((int) decision.decisionId() - 1));
      assertEquals(alone.levelIndex(), decision.levelIndex());
      assertEquals(alone.value(), decision.value());
    }
    assertEquals(best.subList(0, 2), engine.topItems(requests, 2));
    List<DecisionRequest> all = List.of(requests.get(0), requests.get(3));
    assertEquals(4L, engine.topItems(all, 1).get(0).decisionId());
  }

  private static DecisionRequest.Builder request(long id, long listPriceMinor) {
    return DecisionRequest.builder(id)
        .customer("c7")
        .offer(new Offer("lamp", listPriceMinor, 6_000))
        .number("spend", 500)
        .flag("weekend", true);
  }

  @Test
  void optOut_ofASession_saysTheSame() {
    DecisionEngine engine = builder().withoutPersonalData(WITHOUT).build();
    DecisionSession session = engine.newSession();
    session.customer("c7");
    session.offer("lamp", 10_000, 6_000);
    session.number(1, 500);
    session.number(3, 1);
    assertEquals(2, session.decide(1));
    assertEquals("personal", session.modelVersion());
    assertTrue(session.couldHaveMoved(Tag.PERSONAL));
    session.optOut(true);
    assertEquals(1, session.decide(1));
    assertEquals(1, session.levelIndex());
    assertEquals("impersonal", session.modelVersion());
    assertEquals(0.8, session.purchaseProbability(1), 1e-6);
    assertFalse(session.couldHaveMoved(Tag.PERSONAL));
    session.optOut(false);
    assertEquals(2, session.decide(1));
    session.optOut(true);
    session.reset();
    session.offer("lamp", 10_000, 6_000);
    session.decide(1);
    assertEquals("personal", session.modelVersion(), "a reset forgets the opt-out");
  }

  @Test
  void swap_keepsTheOtherModelAndTheChecks() {
    DecisionEngine engine = builder().withoutPersonalData(WITHOUT).build();
    engine.swap(MODEL.withVersion("newer"));
    assertEquals("impersonal", engine.decide(request().optOut().build()).modelVersion());
    assertEquals(
        "policy and valuation must read no personal or protected field where requests may opt out,"
            + " got spend",
        assertThrows(IllegalArgumentException.class, () -> nosy().swap(new Nosy())).getMessage());
    engine.swap(new FlatLevel(1));
    assertEquals("flat", engine.decide(request().optOut().build()).reasonCode());
  }

  @Test
  void badSettings_areNamed() {
    assertEquals(
        "model without personal data must read no personal or protected field, got customer",
        assertThrows(
                IllegalArgumentException.class, () -> builder().withoutPersonalData(MODEL).build())
            .getMessage());
    assertEquals(
        "request must not opt out where the engine has no model without personal data",
        assertThrows(
                IllegalArgumentException.class,
                () -> builder().build().decide(request().optOut().build()))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> builder().build().newSession().optOut(true));
    assertThrows(
        IllegalArgumentException.class,
        () -> builder().build().topItems(List.of(request().build(), request().optOut().build()), 1),
        "no model for the second");
    DecisionEngine engine = builder().withoutPersonalData(WITHOUT).build();
    DecisionRequest unknown = request().optOut().number("shoe_size", 44).build();
    assertEquals(
        "request must name fields of the model's schema, got shoe_size",
        assertThrows(IllegalArgumentException.class, () -> engine.decide(unknown)).getMessage());
  }

  /** An engine whose other model knows a field of spending and does not read it. */
  private static DecisionEngine nosy() {
    ResponseModel blind =
        new ResponseModel() {
          @Override
          public Schema schema() {
            return SCHEMA;
          }

          @Override
          public String version() {
            return "blind";
          }

          @Override
          public boolean reads(int slot) {
            return SCHEMA.field(slot).tag() == Tag.CONTEXTUAL;
          }

          @Override
          public ResponseScorer newScorer(DiscountLadder ladder) {
            return StubModel.of(SCHEMA, 0.1, 0.1, 0.1).newScorer(ladder);
          }
        };
    return builder().withoutPersonalData(blind).build();
  }

  /** A policy that reads what customers have spent. */
  private record Nosy() implements DiscountPolicy {
    @Override
    public void distributeInto(DecisionContext context, double[] out) {
      out[0] = 1;
    }

    @Override
    public String code() {
      return "nosy";
    }

    @Override
    public String reason() {
      return "It looks.";
    }

    @Override
    public Inputs inputs() {
      return Inputs.ofFields("weekend").and(Inputs.ofFields("spend"));
    }
  }
}
