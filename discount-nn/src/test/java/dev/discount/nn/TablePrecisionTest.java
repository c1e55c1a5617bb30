package dev.discount.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.Rows;
import dev.discount.core.embedding.EmbeddingTable;
import dev.discount.core.embedding.TablePrecision;
import dev.discount.core.internal.kernel.Numerics;
import dev.discount.core.io.ModelFile;
import dev.discount.core.io.ModelFormatException;
import dev.discount.nn.ResponseNetConfig.Head;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TablePrecisionTest {

  @TempDir private Path folder;

  private static TrainedModel train(DiscountLadder ladder, int members) {
    TrainingConfig config =
        TrainingConfig.ofDefaults().toBuilder()
            .network(ResponseNetConfig.ofDefaults().withHead(Head.POINT).withHidden(20))
            .epochs(2)
            .members(members)
            .build();
    Rows log = TestLogs.rows(ladder, 600, 8);
    return new Trainer(config)
        .train(log, TestLogs.range(0, 600), new int[0], TrainingListener.SILENT);
  }

  private static float[] scores(TrainedModel model) {
    DiscountLadder ladder = model.schema().ladder();
    Rows rows = TestLogs.rows(ladder, 200, 9);
    float[] out = new float[200 * ladder.size()];
    model.newScorer(ladder).scoreInto(rows, out);
    return out;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void withTables_bfloat16_isAModelOfItsOwnThatSavesAndLoads(int members) {
    TrainedModel wide = train(TestLogs.ARMS, members);
    float[] before = scores(wide);
    TrainedModel narrow = wide.withTables(TablePrecision.BFLOAT16);
    assertNotEquals(wide.version(), narrow.version());
    assertArrayEquals(before, scores(wide), "the other model stands");

    Path file = folder.resolve("narrow");
    assertEquals(narrow.version(), narrow.save(file).substring(0, 16));
    TrainedModel loaded = ResponseModels.load(file);
    assertEquals(narrow.version(), loaded.version());
    assertArrayEquals(scores(narrow), scores(loaded));
    assertTrue(ModelFile.read(file).isBfloat16("network.0.table.0"));
    assertEquals(
        TablePrecision.BFLOAT16,
        loaded.networks().get(0).network().weights().tables()[0].precision());

    float[] after = scores(narrow);
    double largest = 0;
    for (int i = 0; i < after.length; i++) {
      largest = Math.max(largest, Math.abs(after[i] - before[i]));
    }
    assertTrue(largest > 0 && largest < 0.01, "moved by " + largest);
  }

  @Test
  void withTables_values_areTheNearestBfloat16() {
    ResponseNet wide = (ResponseNet) train(TestLogs.ARMS, 1);
    ResponseNet narrow = wide.withTables(TablePrecision.BFLOAT16);
    Rows rows = TestLogs.rows(TestLogs.ARMS, 20, 9);
    float[] from = new float[wide.vectorWidth(0)];
    float[] to = new float[from.length];
    for (int row = 0; row < 20; row++) {
      wide.vectorInto(0, rows, row, from);
      narrow.vectorInto(0, rows, row, to);
      for (int j = 0; j < to.length; j++) {
        assertEquals(Numerics.ofBfloat16(Numerics.bfloat16(from[j])), to[j]);
      }
    }
    EmbeddingTable[] tables = narrow.network().weights().tables();
    assertEquals(TablePrecision.FLOAT32, tables[3].precision(), "arms are few");
    EmbeddingTable table = tables[0];
    assertThrows(IllegalStateException.class, () -> table.page(0));
    EmbeddingTable arms = tables[3];
    assertThrows(IllegalStateException.class, () -> arms.bfloatPage(0));
  }

  @Test
  void withTables_backToFloat32_keepsTheRoundedNumbers() {
    ResponseNet narrow =
        ((ResponseNet) train(TestLogs.PERCENT, 1)).withTables(TablePrecision.BFLOAT16);
    ResponseNet back = narrow.withTables(TablePrecision.FLOAT32);
    float[] values = new float[60];
    float[] again = new float[60];
    narrow.network().weights().tables()[0].floatsInto(0, 60, values);
    back.network().weights().tables()[0].floatsInto(0, 60, again);
    assertArrayEquals(values, again);
  }

  @Test
  void load_armsInBfloat16_isRefused() {
    ResponseNet net = (ResponseNet) train(TestLogs.ARMS, 1);
    Network network = net.network();
    NetWeights all = network.weights().withTables(4, TablePrecision.BFLOAT16);
    Network wrong =
        new Network(network.layout(), all, network.head(), network.level(), network.activation());
    Path file = folder.resolve("wrong");
    new ResponseNet(net.encoder(), wrong, net.config(), net.provenance(), 0).save(file);
    ModelFormatException e =
        assertThrows(ModelFormatException.class, () -> ResponseModels.load(file));
    assertTrue(e.getMessage().contains("network.0.table.3.dtype must be F32"), e.getMessage());
  }
}
