package dev.discount.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.DiscountUnit;
import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.nn.ResponseNetConfig;
import dev.discount.nn.ResponseNetConfig.Head;
import dev.discount.nn.TestLogs;
import dev.discount.nn.TrainedModel;
import dev.discount.nn.Trainer;
import dev.discount.nn.TrainingConfig;
import dev.discount.nn.TrainingListener;
import dev.discount.nn.onnx.OnnxExport.Form;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that {@link OnnxExport} writes, and what it refuses. */
class OnnxExportTest {

  private static final int FLOAT = 1;
  private static final int INT64 = 7;

  private static TrainedModel model;

  @TempDir Path folder;

  @BeforeAll
  static void train() {
    model = train(TestLogs.rows(TestLogs.AMOUNTS, 300, 4), Head.MONOTONE);
  }

  private static TrainedModel train(Rows log, Head head) {
    TrainingConfig config =
        TrainingConfig.ofDefaults().toBuilder()
            .network(ResponseNetConfig.ofDefaults().withHidden(12).withHead(head))
            .epochs(1)
            .build();
    return new Trainer(config)
        .train(log, TestLogs.range(0, log.size()), new int[0], TrainingListener.SILENT);
  }

  private OnnxReader.Model written(DiscountLadder ladder, Form form) throws IOException {
    Path file = folder.resolve("model.onnx");
    OnnxExport.write(model, ladder, form, file);
    return OnnxReader.model(Files.readAllBytes(file));
  }

  @Test
  void write_amounts_declaresVersionsAndValues() throws IOException {
    OnnxReader.Model file = written(TestLogs.AMOUNTS, Form.PLAIN);
    assertEquals(7, file.irVersion());
    assertEquals(Map.of("", 13L), file.opsets());
    assertEquals("discount", file.producer());
    assertEquals(
        Map.of("discount.model", model.version(), "discount.ladder", "none\n-100\n-300\n-900"),
        file.metadata());
    assertEquals(
        List.of(
            new OnnxReader.Value("index.customer", INT64, List.of("rows")),
            new OnnxReader.Value("index.item", INT64, List.of("rows")),
            new OnnxReader.Value("index.country", INT64, List.of("rows")),
            new OnnxReader.Value("numbers", FLOAT, List.of("rows", "2")),
            new OnnxReader.Value("depths", FLOAT, List.of("rows", "4"))),
        file.inputs());
    assertEquals(
        List.of(new OnnxReader.Value("probabilities", FLOAT, List.of("rows", "4"))),
        file.outputs());
  }

  @Test
  void write_percentages_needNoDepths() throws IOException {
    OnnxReader.Model file = written(TestLogs.PERCENT, Form.PLAIN);
    assertFalse(file.inputs().stream().anyMatch(input -> input.name().equals("depths")));
    assertEquals(List.of("rows", "5"), file.outputs().get(0).shape());
  }

  @Test
  void write_eitherForm_constantsFillTheirShapesAndAllAreUsed() throws IOException {
    for (Form form : Form.values()) {
      OnnxReader.Model file = written(TestLogs.AMOUNTS, form);
      Set<String> used =
          file.nodes().stream().flatMap(node -> node.inputs().stream()).collect(Collectors.toSet());
      assertTrue(used.containsAll(file.constants().keySet()));
      assertTrue(used.containsAll(file.inputs().stream().map(OnnxReader.Value::name).toList()));
      file.constants()
          .forEach(
              (name, constant) -> {
                long count = 1;
                for (long extent : constant.shape()) {
                  count *= extent;
                }
                assertEquals(count, constant.values().length, name);
              });
    }
  }

  @Test
  void write_folded_holdsProductsInsteadOfTables() throws IOException {
    OnnxReader.Model plain = written(TestLogs.PERCENT, Form.PLAIN);
    OnnxReader.Model folded = written(TestLogs.PERCENT, Form.FOLDED);
    OnnxReader.Constant items = plain.constants().get("network.0.table.1");
    assertEquals(5, items.shape()[1]);
    OnnxReader.Constant products = folded.constants().get("network.0.folded.1");
    assertArrayEquals(new long[] {items.shape()[0], 12}, products.shape());
    assertFalse(folded.constants().containsKey("network.0.table.1"));
    assertFalse(folded.nodes().stream().anyMatch(node -> node.operator().equals("Concat")));
  }

  @Test
  void write_twice_equalBytes() throws IOException {
    Path one = folder.resolve("one.onnx");
    Path two = folder.resolve("two.onnx");
    OnnxExport.write(model, TestLogs.PERCENT, Form.FOLDED, one);
    OnnxExport.write(model, TestLogs.PERCENT, Form.FOLDED, two);
    assertEquals(-1, Files.mismatch(one, two));
    OnnxExport.write(model, TestLogs.PERCENT, Form.PLAIN, two);
    assertTrue(Files.mismatch(one, two) >= 0);
  }

  @Test
  void write_refused_oldFileStandsAndNothingElse() throws IOException {
    Path file = folder.resolve("model.onnx");
    Files.writeString(file, "old");
    assertThrows(
        IllegalArgumentException.class,
        () -> OnnxExport.write(model, TestLogs.ARMS, Form.PLAIN, file));
    assertEquals("old", Files.readString(file));
    Path nowhere = folder.resolve("missing").resolve("model.onnx");
    assertThrows(
        UncheckedIOException.class,
        () -> OnnxExport.write(model, TestLogs.PERCENT, Form.PLAIN, nowhere));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void write_nothingButTheLevel_throws() {
    Schema schema =
        Schema.builder()
            .field(Field.of("offer", Field.Kind.NUMBER, Field.Role.DISCOUNT))
            .field(Field.of("bought", Field.Kind.FLAG, Field.Role.OUTCOME))
            .ladder(TestLogs.PERCENT)
            .discountUnit(DiscountUnit.PERCENT)
            .build();
    Rows log = new Rows(schema, 40);
    for (int i = 0; i < 40; i++) {
      log.setDouble(log.add(), 0, i % 2 == 0 ? 5 : 10);
      log.setLong(i, 1, i % 3 == 0 ? 1 : 0);
    }
    TrainedModel bare = train(log, Head.POINT);
    assertThrows(
        IllegalArgumentException.class,
        () -> OnnxExport.write(bare, TestLogs.PERCENT, Form.PLAIN, folder.resolve("model.onnx")));
  }

  @Test
  void message_beyondTwoGibibytes_knowsItsSizeWithoutHoldingIt() {
    ProtobufMessage tensor = new ProtobufMessage().rawFloats(9, 1L << 40, (from, count, out) -> {});
    ProtobufMessage graph = new ProtobufMessage().message(5, tensor);
    assertEquals((1L << 42) + 7 + 1, tensor.size());
    assertEquals(tensor.size() + 7 + 1, graph.size());
  }
}
