package dev.discount.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.Rows;
import dev.discount.core.io.ModelFile;
import dev.discount.core.io.ModelFileBuilder;
import dev.discount.core.io.ModelFormatException;
import dev.discount.nn.ResponseNetConfig.Head;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCodecTest {

  @TempDir private Path folder;

  private static TrainedModel train(DiscountLadder ladder, Head head, int members) {
    TrainingConfig config =
        TrainingConfig.ofDefaults().toBuilder()
            .network(ResponseNetConfig.ofDefaults().withHead(head).withHidden(11, 6))
            .epochs(2)
            .members(members)
            .seed(77)
            .threads(2)
            .build();
    Rows log = TestLogs.rows(ladder, 500, 3);
    return new Trainer(config)
        .train(log, TestLogs.range(0, 400), TestLogs.range(400, 500), TrainingListener.SILENT);
  }

  private static float[] scores(TrainedModel model) {
    DiscountLadder ladder = model.schema().ladder();
    Rows rows = TestLogs.rows(ladder, 200, 9);
    float[] out = new float[200 * ladder.size()];
    model.newScorer(ladder).scoreInto(rows, out);
    return out;
  }

  @ParameterizedTest
  @CsvSource({
    "percent, MONOTONE, 1",
    "percent, POINT, 1",
    "amount, MONOTONE, 3",
    "arms, POINT, 2",
    "none, MONOTONE, 1"
  })
  void load_savedModel_isTheSame(String kind, Head head, int members) throws IOException {
    DiscountLadder ladder =
        switch (kind) {
          case "percent" -> TestLogs.PERCENT;
          case "amount" -> TestLogs.AMOUNTS;
          case "arms" -> TestLogs.ARMS;
          default -> DiscountLadder.ofBasisPoints();
        };
    TrainedModel model = train(ladder, head, members);
    Path file = folder.resolve("model.safetensors");
    String checksum = model.save(file);
    assertEquals(checksum.substring(0, 16), model.version());

    TrainedModel loaded = ResponseModels.load(file);
    assertEquals(model.version(), loaded.version());
    assertEquals(model.schema(), loaded.schema());
    assertEquals(model.provenance(), loaded.provenance());
    assertEquals(model.config().toBuilder().threads(1).build(), loaded.config());
    assertEquals(members, loaded.networks().size());
    assertEquals(model.getClass(), loaded.getClass());
    assertArrayEquals(model.networks().get(0).knots(), loaded.networks().get(0).knots());
    assertArrayEquals(scores(model), scores(loaded));
    TrainedModel checkedBeside = ResponseModels.load(file, task -> new Thread(task).start());
    assertEquals(model.version(), checkedBeside.version());
    assertArrayEquals(scores(model), scores(checkedBeside));

    Path again = folder.resolve("again.safetensors");
    loaded.save(again);
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
  }

  @Test
  void load_wrongByteCheckedBeside_isRefused() throws IOException {
    Path file = folder.resolve("model.safetensors");
    train(TestLogs.PERCENT, Head.MONOTONE, 1).save(file);
    byte[] bytes = Files.readAllBytes(file);
    for (int at = 8; at < bytes.length; at += bytes.length / 40) {
      bytes[at] ^= 1;
      Files.write(file, bytes);
      assertThrows(
          ModelFormatException.class,
          () -> ResponseModels.load(file, task -> new Thread(task).start()));
      bytes[at] ^= 1;
    }
  }

  @Test
  void version_withAnotherFoldingLimit_isTheSame() {
    TrainedModel model = train(TestLogs.PERCENT, Head.MONOTONE, 2);
    assertEquals(model.version(), model.withFoldingLimit(0).version());
    assertTrue(model.version().matches("[0-9a-f]{16}"));
    assertTrue(!model.version().equals(train(TestLogs.PERCENT, Head.POINT, 2).version()));
  }

  @Test
  void load_wrongContent_isRefusedWithTheRule() throws IOException {
    TrainedModel model = train(TestLogs.PERCENT, Head.MONOTONE, 1);
    Path file = folder.resolve("model.safetensors");
    model.save(file);
    assertRefused(file, c -> c.metadata.put("model", "response-network/2"), "model must be");
    assertRefused(file, c -> c.metadata.put("networks", "0"), "networks must be in [1, 64]");
    assertRefused(file, c -> c.metadata.put("networks", "2"), "must have a tensor network.1.");
    assertRefused(file, c -> c.metadata.put("level", "SOME"), "level must be NONE, RAMPS");
    assertRefused(file, c -> c.metadata.put("level", "ARM"), "level must fit the schema");
    assertRefused(file, c -> c.metadata.put("level", "DEPTH"), "must have a tensor level.depth");
    assertRefused(file, c -> c.metadata.put("training.epochs", "x"), "training must be valid");
    assertRefused(
        file, c -> c.metadata.put("training.hidden", "11,7"), "network.0.layer.1.weights.shape");
    assertRefused(
        file,
        c -> c.metadata.put("training.hidden", "2000000000,6"),
        "network.0.layer.0.weights.shape");
    assertRefused(file, c -> c.metadata.remove("provenance.fma"), "provenance.fma");
    assertRefused(
        file,
        c -> c.floats.get("network.0.layer.1.bias")[3] = Float.NaN,
        "network.0.layer.1.bias must be finite, got NaN");
    assertRefused(
        file,
        c -> c.floats.get("network.0.table.1")[7] = Float.POSITIVE_INFINITY,
        "network.0.table.1 must be finite, got Infinity");
    assertRefused(file, c -> c.floats.get("head.knots")[1] = 0, "head.knots must be valid");
    assertRefused(file, c -> c.floats.remove("network.0.table.0"), "network.0.table.0");
  }

  /** The entries of a file that a test alters. */
  private static final class Content {
    final Map<String, String> metadata = new HashMap<>();
    final Map<String, float[]> floats = new HashMap<>();
  }

  private void assertRefused(Path file, Consumer<Content> change, String rule) {
    ModelFile source = ModelFile.read(file);
    Content content = new Content();
    content.metadata.putAll(source.metadata());
    for (String name : source.names()) {
      if (name.startsWith("network.") || name.equals("head.knots")) {
        content.floats.put(name, source.floats(name));
      }
    }
    change.accept(content);
    ModelFileBuilder out = ModelFile.builder();
    content.metadata.forEach(out::metadata);
    content.floats.forEach((name, values) -> out.floats(name, values, source.shape(name)));
    for (String name : source.names()) {
      if (name.startsWith("encoder.")) {
        copy(source, name, out);
      }
    }
    Path altered = folder.resolve("altered.safetensors");
    out.write(altered);
    var thrown = assertThrows(ModelFormatException.class, () -> ResponseModels.load(altered), rule);
    assertTrue(String.valueOf(thrown.getMessage()).contains(rule), thrown.getMessage());
  }

  private static void copy(ModelFile source, String name, ModelFileBuilder out) {
    if (name.endsWith("means") || name.endsWith("scales")) {
      out.doubles(name, source.doubles(name), source.shape(name));
    } else if (name.endsWith("numbers") || name.endsWith("offsets")) {
      out.longs(name, source.longs(name), source.shape(name));
    } else {
      out.bytes(name, source.bytes(name), source.shape(name));
    }
  }

  @Test
  void save_unwritableFolder_leavesNothing() {
    TrainedModel model = train(TestLogs.PERCENT, Head.MONOTONE, 1);
    Path nowhere = folder.resolve("no such folder").resolve("model.safetensors");
    assertThrows(UncheckedIOException.class, () -> model.save(nowhere));
    assertTrue(Files.notExists(nowhere.getParent()));
  }
}
