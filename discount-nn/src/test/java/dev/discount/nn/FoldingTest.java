package dev.discount.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.data.Rows;
import dev.discount.core.embedding.TablePrecision;
import org.junit.jupiter.api.Test;

class FoldingTest {

  private static ResponseNet net() {
    Rows log = TestLogs.rows(TestLogs.PERCENT, 600, 8);
    TrainingConfig config =
        TrainingConfig.ofDefaults().toBuilder()
            .network(ResponseNetConfig.ofDefaults().withHidden(20))
            .epochs(1)
            .build();
    return (ResponseNet)
        new Trainer(config).train(log, TestLogs.range(0, 600), new int[0], TrainingListener.SILENT);
  }

  @Test
  void folding_default_foldsEveryTable() {
    Folding folding = net().folding();
    assertTrue(folding.complete());
    assertEquals(ResponseNet.DEFAULT_FOLDING_BYTES, folding.limitBytes());
    assertEquals("customer", folding.tables().get(0).field());
    // 41 customers, 13 items and 5 countries; 20 outputs padded to 32; 4 bytes
    assertEquals(41 * 32 * 4, folding.tables().get(0).bytes());
    assertEquals((41 + 13 + 5) * 32 * 4, folding.bytes());
  }

  @Test
  void folding_limit_leavesTheLargestOutAndSaysWhy() {
    Folding folding = net().withFoldingLimit(3_000).folding();
    assertFalse(folding.complete());
    assertFalse(folding.tables().get(0).folded());
    assertTrue(folding.tables().get(1).folded());
    assertTrue(folding.tables().get(2).folded());
    assertEquals((13 + 5) * 32 * 4, folding.bytes());
    assertEquals(
        "would take 5248 bytes, more than the 696 bytes that smaller tables left of the limit of"
            + " 3000",
        folding.tables().get(0).reason());
    assertEquals(
        "fits the 3000 bytes that smaller tables left of the limit of 3000",
        folding.tables().get(2).reason());
  }

  @Test
  void folding_bfloat16_takesHalfTheMemory() {
    ResponseNet net = net();
    ResponseNet narrow = net.withTables(TablePrecision.BFLOAT16);
    assertEquals(net.folding().bytes(), 2 * narrow.folding().bytes());
    assertTrue(narrow.withFoldingLimit(3_800).folding().complete());
  }
}
