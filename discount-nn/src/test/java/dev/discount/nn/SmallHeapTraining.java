package dev.discount.nn;

import dev.discount.core.data.CsvRows;
import dev.discount.core.data.Field;
import dev.discount.core.data.RowSource;
import dev.discount.core.data.Schema;
import dev.discount.core.data.SchemaBuilder;
import dev.discount.core.data.Split;
import dev.discount.core.data.SplitRows;
import java.nio.file.Path;

/** A main program that trains on a file, streamed or in memory, and saves the model. */
final class SmallHeapTraining {

  static final int NUMBERS = 30;
  static final Split SPLIT = new Split.ByRatio(9, 1, 0);
  static final int OUT_OF_MEMORY = 7;

  private SmallHeapTraining() {}

  static Schema schema() {
    SchemaBuilder builder = Schema.builder();
    for (int i = 0; i < NUMBERS; i++) {
      builder.field(Field.of("n" + i, Field.Kind.NUMBER));
    }
    return builder.field(Field.of("y", Field.Kind.FLAG, Field.Role.OUTCOME)).build();
  }

  static TrainingConfig config() {
    return TrainingConfig.ofDefaults().toBuilder()
        .network(
            ResponseNetConfig.ofDefaults().withHead(ResponseNetConfig.Head.POINT).withHidden(4))
        .epochs(1)
        .batchSize(1024)
        .windowRows(1 << 14)
        .build();
  }

  /**
   * Trains.
   *
   * @param args {@code streamed} or {@code memory}, the log, the folder for temporary files and the
   *     model's file
   */
  public static void main(String[] args) {
    RowSource source = CsvRows.source(Path.of(args[1]), schema());
    try {
      train(args[0].equals("streamed"), source, Path.of(args[2])).save(Path.of(args[3]));
    } catch (OutOfMemoryError e) {
      System.exit(OUT_OF_MEMORY);
    }
  }

  static TrainedModel train(boolean streamed, RowSource source, Path folder) {
    Trainer trainer = new Trainer(config());
    if (streamed) {
      return trainer.train(new StreamedLog(source, SPLIT, 2, folder), TrainingListener.SILENT);
    }
    var rows = source.readAll();
    SplitRows parts = SPLIT.assign(rows, 2);
    return trainer.train(rows, parts.train(), parts.validation(), TrainingListener.SILENT);
  }
}
