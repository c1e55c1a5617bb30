package dev.discount.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.RowSource;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.core.data.Split;
import dev.discount.core.data.SplitRows;
import dev.discount.nn.ResponseNetConfig.Head;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A log that is streamed and the same log in memory: equal bytes of the model's file. */
class StreamedTrainingDifferentialTest {

  private static final int ROWS = 14_000;
  private static final long SPLIT_SEED = 9;

  @TempDir private Path folder;

  /**
   * One comparison.
   *
   * @param ladder the levels of the log
   * @param split how it is parted
   * @param windowRows the rows in memory; the rows to train on are 8 000 to 14 000
   */
  record Case(DiscountLadder ladder, Split split, Head head, int windowRows, int members) {}

  static Stream<Case> cases() {
    Split ratio = new Split.ByRatio(7, 2, 1);
    return Stream.of(
        new Case(TestLogs.PERCENT, ratio, Head.MONOTONE, 1 << 20, 1),
        new Case(TestLogs.PERCENT, ratio, Head.POINT, 4_096, 2),
        new Case(TestLogs.AMOUNTS, new Split.ByCustomer(4, 1, 0), Head.MONOTONE, 5_000, 1),
        new Case(TestLogs.ARMS, new Split.ByRatio(1, 0, 0), Head.POINT, 1, 1),
        new Case(
            TestLogs.AMOUNTS,
            new Split.ByColumn("country", List.of("land 0", "land 1", "land 2"), List.of(), 0.3),
            Head.POINT,
            8_192,
            1));
  }

  private static TrainingConfig config(Case example) {
    return TrainingConfig.ofDefaults().toBuilder()
        .network(
            ResponseNetConfig.ofDefaults()
                .withHidden(12)
                .withHead(example.head)
                .withMaxKnots(4)
                .withIdWidth(6))
        .epochs(3)
        .patience(1)
        .learningRate(0.02)
        .members(example.members)
        .windowRows(example.windowRows)
        .schedule(TrainingConfig.Schedule.COSINE)
        .seed(31)
        .build();
  }

  private static RowSource source(Rows log) {
    Schema schema = log.schema();
    List<Integer> all = IntStream.range(0, log.size()).boxed().toList();
    return RowSource.of(schema, all, (from, out, to) -> copy(log, from, out, to));
  }

  private static void copy(Rows log, int from, Rows out, int to) {
    for (int slot = 0; slot < log.schema().size(); slot++) {
      if (log.isMissing(from, slot)) {
        continue;
      }
      if (!log.schema().field(slot).keyed()) {
        out.setDouble(to, slot, log.doubleAt(from, slot));
      } else if (log.isText(from, slot)) {
        out.setText(to, slot, log.textAt(from, slot));
      } else {
        out.setLong(to, slot, log.longAt(from, slot));
      }
    }
  }

  private byte[] bytes(TrainedModel model) throws IOException {
    Path file = folder.resolve("model.safetensors");
    model.save(file);
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    return bytes;
  }

  private byte[] inMemory(Case example, Rows log) throws IOException {
    SplitRows parts = example.split.assign(log, SPLIT_SEED);
    return bytes(
        new Trainer(config(example))
            .train(log, parts.train(), parts.validation(), TrainingListener.SILENT));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void train_streamed_givesTheBytesOfTheLogInMemory(Case example) throws IOException {
    Rows log = TestLogs.rows(example.ladder, ROWS, 3);
    log.setMissing(5, 3);
    log.setMissing(6, 0);
    byte[] expected = inMemory(example, log);

    for (int threads : new int[] {1, 3}) {
      TrainingConfig config = config(example).toBuilder().threads(threads).build();
      StreamedLog streamed = new StreamedLog(source(log), example.split, SPLIT_SEED, folder);
      TrainedModel model = new Trainer(config).train(streamed, TrainingListener.SILENT);
      assertArrayEquals(expected, bytes(model), threads + " threads");
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void train_otherWindow_givesOtherBytes() throws IOException {
    Rows log = TestLogs.rows(TestLogs.PERCENT, ROWS, 3);
    Case wide = cases().findFirst().orElseThrow();
    Case narrow = new Case(wide.ladder, wide.split, wide.head, 4_096, 1);
    byte[] one = inMemory(wide, log);
    byte[] two = inMemory(narrow, log);
    assertFalse(Arrays.equals(one, two));
  }
}
