package dev.discount.policy.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Offer;
import dev.discount.core.data.Field;
import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import dev.discount.core.data.Schema;
import dev.discount.policy.Decision;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionRequest;
import dev.discount.policy.testing.StubModel;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VectorTableTest {

  private static final DiscountLadder LADDER = DiscountLadder.ofBasisPoints(1_000, 2_000);
  private static final Schema SCHEMA =
      Schema.builder()
          .field(Field.of("customer", Kind.ID, Role.CUSTOMER))
          .field(Field.of("item", Kind.ID, Role.ITEM))
          .build();

  private static final VectorTable TABLE =
      VectorTable.of(
          Map.of("1", new float[] {3, 0}, "ann", new float[] {1, 1}, "none", new float[2]),
          Map.of("lamp", new float[] {2, 0}, "9", new float[] {0, 5}));

  private static int level(DecisionRequest.Builder request, String itemId) {
    DecisionEngine engine =
        DecisionEngine.builder(StubModel.of(SCHEMA, 0.1, 0.1, 0.1), LADDER)
            .policy(SimilarityDiscount.of(TABLE, new double[] {0.5, 0.9}, new int[] {2, 1, 0}))
            .build();
    Decision decision = engine.decide(request.offer(new Offer(itemId, 100, 50)).build());
    return decision.levelIndex();
  }

  @Test
  void cosine_decidesBetweenNumberedAndNamedCustomersAndItems() {
    assertEquals(0, level(DecisionRequest.builder(1).customer(1), "lamp")); // cosine 1
    assertEquals(2, level(DecisionRequest.builder(1).customer("1"), "9")); // cosine 0
    assertEquals(1, level(DecisionRequest.builder(1).customer("ann"), "lamp")); // cosine 0.707
  }

  @Test
  void cosine_unknownOrZero_givesNoDiscount() {
    assertEquals(0, level(DecisionRequest.builder(1).customer("bob"), "9"));
    assertEquals(0, level(DecisionRequest.builder(1).customer("ann"), "vase"));
    assertEquals(0, level(DecisionRequest.builder(1).customer("none"), "9"));
    assertEquals(0, level(DecisionRequest.builder(1), "9"));
  }

  @Test
  void of_badVectors_areRefused() {
    assertEquals(
        "items[x] must have length 2, got 1",
        assertThrows(
                IllegalArgumentException.class,
                () -> VectorTable.of(Map.of("a", new float[2]), Map.of("x", new float[1])))
            .getMessage());
    assertEquals(
        "customers[a][1] must be finite, got NaN",
        assertThrows(
                IllegalArgumentException.class,
                () -> VectorTable.of(Map.of("a", new float[] {1, Float.NaN}), Map.of()))
            .getMessage());
  }
}
