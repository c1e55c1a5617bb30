package dev.discount.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.data.CsvRows;
import dev.discount.core.data.DataFormatException;
import dev.discount.core.data.Field;
import dev.discount.core.data.RowSource;
import dev.discount.core.data.Schema;
import dev.discount.core.data.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamedTrainingTest {

  private static final Schema SCHEMA =
      Schema.builder()
          .field(Field.of("x", Field.Kind.NUMBER))
          .field(Field.of("y", Field.Kind.FLAG, Field.Role.OUTCOME))
          .build();
  private static final Split SPLIT = new Split.ByRatio(8, 2, 0);

  @TempDir private Path folder;

  private static TrainingConfig config() {
    return TrainingConfig.ofDefaults().toBuilder()
        .network(
            ResponseNetConfig.ofDefaults().withHead(ResponseNetConfig.Head.POINT).withHidden(4))
        .epochs(1)
        .build();
  }

  private StreamedLog log(RowSource source) {
    return new StreamedLog(source, SPLIT, 1, folder);
  }

  private static RowSource source(Iterable<Integer> items) {
    return RowSource.of(
        SCHEMA,
        items,
        (item, rows, row) -> {
          rows.setDouble(row, 0, item);
          rows.setDouble(row, 1, item % 2);
        });
  }

  private void assertNoFiles() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  private static List<Integer> items(int count) {
    List<Integer> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(i);
    }
    return items;
  }

  @Test
  void train_files_areInTheFolderWhileItRunsAndGoneAfter() throws IOException {
    List<Long> seen = new ArrayList<>();
    TrainingListener watch =
        new TrainingListener() {
          @Override
          public void epochStarted(int epoch) {
            try (Stream<Path> files = Files.list(folder)) {
              for (Path file : files.sorted().toList()) {
                seen.add(Files.size(file));
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    new Trainer(config()).train(log(source(items(100))), watch);
    assertEquals(List.of(80 * 20L, 20 * 20L), seen, "five words a row");
    assertNoFiles();
  }

  @Test
  void train_listenerThrows_leavesNoFile() throws IOException {
    TrainingListener angry =
        new TrainingListener() {
          @Override
          public void stepDone(Step step) {
            throw new IllegalCallerException("enough");
          }
        };
    assertThrows(
        IllegalCallerException.class,
        () -> new Trainer(config()).train(log(source(items(100))), angry));
    assertNoFiles();
  }

  @Test
  void train_interrupted_isCancelledAndLeavesNoFile() throws IOException {
    Path csv = Files.createTempFile("log", ".csv");
    try {
      Files.write(csv, List.of("x,y", "1,0", "2,1", "3,1"));
      StreamedLog log = log(CsvRows.source(csv, SCHEMA));
      Thread.currentThread().interrupt();
      assertThrows(
          CancellationException.class,
          () -> new Trainer(config()).train(log, TrainingListener.SILENT));
      assertTrue(Thread.interrupted(), "the thread stays interrupted");
      assertNoFiles();
    } finally {
      Files.delete(csv);
    }
  }

  @Test
  void train_rowBreaksARule_namesItAndLeavesNoFile() throws IOException {
    RowSource source =
        RowSource.of(
            SCHEMA,
            items(6_000),
            (item, rows, row) -> {
              rows.setDouble(row, 0, item == 5_000 ? Double.POSITIVE_INFINITY : item);
              rows.setDouble(row, 1, item % 2);
            });
    DataFormatException e =
        assertThrows(
            DataFormatException.class,
            () -> new Trainer(config()).train(log(source), TrainingListener.SILENT));
    assertEquals(5_001, e.line());
    assertNoFiles();
  }

  @Test
  void train_sourceThatChanges_isRefusedAndLeavesNoFile() throws IOException {
    for (int change : new int[] {1, -1}) {
      int[] opened = new int[1];
      Iterable<Integer> items = () -> items(++opened[0] < 3 ? 100 : 100 + change).iterator();
      assertThrows(
          IllegalStateException.class,
          () -> new Trainer(config()).train(log(source(items)), TrainingListener.SILENT));
      assertEquals(3, opened[0]);
      assertNoFiles();
    }
  }

  @Test
  void train_noSuchFolder_saysSo() {
    StreamedLog log =
        new StreamedLog(source(items(100)), SPLIT, 1, folder.resolve("not").resolve("there"));
    UncheckedIOException e =
        assertThrows(
            UncheckedIOException.class,
            () -> new Trainer(config()).train(log, TrainingListener.SILENT));
    assertTrue(e.getMessage().contains("not"), e.getMessage());
  }

  @Test
  void train_nothingToTrainOn_saysSo() throws IOException {
    Schema schema = TestLogs.schema(TestLogs.AMOUNTS);
    int[] zero = new int[1];
    RowSource source =
        RowSource.of(
            schema,
            Collections.nCopies(10, zero),
            (item, rows, row) -> {
              rows.setDouble(row, schema.slot("offer"), 1);
              rows.setDouble(row, schema.slot("price"), item[0]);
              rows.setDouble(row, schema.slot("bought"), 0);
              rows.setDouble(row, schema.slot("weight"), 1);
            });
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Trainer(config())
                    .train(
                        new StreamedLog(source, new Split.ByRatio(1, 0, 0), 1, folder),
                        TrainingListener.SILENT));
    assertEquals("train must hold a row with a level, got 10 rows without", e.getMessage());
    assertNoFiles();
  }

  @Test
  void start_countsAllRows() {
    List<TrainingListener.Start> starts = new ArrayList<>();
    List<TrainingListener.Step> steps = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void trainingStarted(Start start) {
            starts.add(start);
          }

          @Override
          public void stepDone(Step step) {
            steps.add(step);
          }
        };
    TrainingConfig config = config().toBuilder().windowRows(4_096).batchSize(1_000).build();
    new Trainer(config).train(log(source(items(12_000))), listener);
    assertEquals(9_600, starts.get(0).trainRows());
    assertEquals(2_400, starts.get(0).validationRows());
    assertEquals(10, starts.get(0).stepsPerEpoch());
    assertEquals(10, steps.size());
    assertEquals(9_600, steps.get(9).samplesDone());
  }
}
