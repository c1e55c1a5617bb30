package shop.quickstart;

import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.core.data.Split;
import dev.discount.core.data.SplitRows;
import dev.discount.nn.TrainedModel;
import dev.discount.nn.Trainer;
import dev.discount.nn.TrainingConfig;

/**
 * A log, its parts, and the model that was learnt from it. Immutable.
 *
 * @param rows the log
 * @param parts which rows were trained on, validated on and kept for testing
 * @param model the model
 * @param seconds the time spent training
 * @param progress the losses and the number of samples
 */
record Lesson(
    Rows rows, SplitRows parts, TrainedModel model, double seconds, TrainingProgress progress) {

  private static final Split BY_RATIO = new Split.ByRatio(7, 1, 1);
  private static final Split BY_TIME = new Split.ByTime(7, 1, 1);

  /**
   * Splits a log as its schema says, by time if it says nothing and has a column for it, and trains
   * on it with the schema's options.
   *
   * @param rows the log
   * @param options the seed and the number of threads
   * @param console where to show progress
   * @throws UserError if the schema's options are wrong or a part has no rows
   */
  static Lesson learn(Rows rows, LaunchOptions options, Console console) {
    SplitRows parts = split(rows, options.seed());
    TrainingConfig config = config(rows.schema(), options);
    console.step(
        String.format(
            "Training on %,d rows, stopping by %,d, testing on %,d",
            parts.train().length, parts.validation().length, parts.test().length));
    TrainingProgress progress = new TrainingProgress(console.progress());
    long startNanos = System.nanoTime();
    TrainedModel model;
    try {
      model = new Trainer(config).train(rows, parts.train(), parts.validation(), progress);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UserError("cannot train on this log: " + e.getMessage(), e);
    }
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    progress.finish();
    return new Lesson(rows, parts, model, seconds, progress);
  }

  private static SplitRows split(Rows rows, long seed) {
    Schema schema = rows.schema();
    Split split = schema.split();
    if (split == null) {
      split = schema.slot(Field.Role.TIME) == Schema.NONE ? BY_RATIO : BY_TIME;
    }
    SplitRows parts;
    try {
      parts = split.assign(rows, seed);
    } catch (IllegalArgumentException e) {
      throw new UserError("cannot split the log: " + e.getMessage(), e);
    }
    if (parts.train().length == 0 || parts.test().length == 0) {
      throw new UserError(
          "the split must leave rows to train and to test on, got "
              + parts.train().length
              + " and "
              + parts.test().length);
    }
    return parts;
  }

  private static TrainingConfig config(Schema schema, LaunchOptions options) {
    try {
      TrainingConfig stated = TrainingConfig.ofOptions(schema.training());
      int networks = Math.max(stated.members(), schema.ensemble());
      return stated.toBuilder()
          .members(networks)
          .seed(options.seed())
          .threads(options.threads())
          .build();
    } catch (IllegalArgumentException e) {
      throw new UserError(options.schema() + ": training: " + e.getMessage(), e);
    }
  }
}
