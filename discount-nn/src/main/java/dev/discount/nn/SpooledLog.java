package dev.discount.nn;

import dev.discount.core.data.EncodedRows;
import dev.discount.core.data.FeatureEncoder;
import dev.discount.core.data.RowCursor;
import dev.discount.core.data.RowParts;
import dev.discount.core.data.RowParts.Part;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CancellationException;

/** A log that is kept encoded in two temporary files and read window by window. */
final class SpooledLog implements TrainingLog, AutoCloseable {

  /*
   * Two passes over the source. The first fits the encoder, counts the usable rows of each part and
   * adds their weights up, in the order of the log, as is done for rows in memory; the second
   * encodes and writes. Both must see the same rows.
   */
  private static final int CHUNK = 4096;

  private final FeatureEncoder encoder;
  private final RowSpool train;
  private final RowSpool validation;
  private final TrainingData data;
  private final LogSummary summary;

  private SpooledLog(
      FeatureEncoder encoder,
      RowSpool train,
      RowSpool validation,
      TrainingData data,
      LogSummary summary) {
    this.encoder = encoder;
    this.train = train;
    this.validation = validation;
    this.data = data;
    this.summary = summary;
  }

  /**
   * Reads a log.
   *
   * @param log the log
   * @param config says how many rows are held in memory
   */
  static SpooledLog of(StreamedLog log, TrainingConfig config) {
    RowParts parts = log.split().parts(log.source(), log.splitSeed());
    FirstPass first = new FirstPass(log, parts);
    first.run();
    RowLabels.checkTrainRows(first.trainRows, first.skipped);
    double scale = RowLabels.weightScale(first.weightSum, first.trainRows);
    FeatureEncoder encoder = first.fitter.fit();
    RowSpool train = spool(log, "train", encoder);
    try {
      RowSpool validation = spool(log, "validation", encoder);
      try {
        return of(log, config, parts, first, new SecondPass(encoder, train, validation, scale));
      } catch (RuntimeException | Error e) {
        validation.close();
        throw e;
      }
    } catch (RuntimeException | Error e) {
      train.close();
      throw e;
    }
  }

  private static SpooledLog of(
      StreamedLog log, TrainingConfig config, RowParts parts, FirstPass first, SecondPass second) {
    forEachChunk(log, (rows, firstNumber) -> second.take(rows, parts, firstNumber));
    second.train.flush();
    second.validation.flush();
    if (second.rows != first.rows
        || second.train.rows() != first.trainRows
        || second.validation.rows() != first.validationRows
        || Double.compare(second.weightSum, first.weightSum) != 0) {
      throw new IllegalStateException(
          "source must give the same rows each time, got "
              + first.counts()
              + " rows to train on, validate on and skip, then "
              + second.train.rows()
              + ", "
              + second.validation.rows()
              + " of "
              + second.rows);
    }
    DataHash hash = new DataHash();
    second.train.addTo(hash);
    second.validation.addTo(hash);
    LogSummary summary =
        new LogSummary(
            first.trainRows, first.validationRows, first.skipped, second.totals, hash.hex());
    int window =
        new ShufflePlan(first.trainRows, config.batchSize(), config.windowRows()).windowRows();
    int capacity = Math.min(window, Math.max(first.trainRows, first.validationRows));
    TrainingData data = TrainingData.ofCapacity(second.encoder, capacity);
    data.rows().resize(capacity);
    return new SpooledLog(second.encoder, second.train, second.validation, data, summary);
  }

  private static RowSpool spool(StreamedLog log, String name, FeatureEncoder encoder) {
    return new RowSpool(log.folder(), name, encoder.embeddedFields(), encoder.numberWidth());
  }

  private interface Chunk {
    void take(Rows rows, int firstNumber);
  }

  private static void forEachChunk(StreamedLog log, Chunk chunk) {
    Rows rows = new Rows(log.source().schema(), CHUNK);
    int number = 0;
    try (RowCursor cursor = log.source().open()) {
      while (cursor.next(rows, CHUNK) > 0) {
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException("training was interrupted at row " + number);
        }
        chunk.take(rows, number);
        number = Math.addExact(number, rows.size());
        rows.clear();
      }
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof ClosedByInterruptException) {
        throw new CancellationException("training was interrupted behind row " + number);
      }
      throw e;
    }
  }

  /** Fits the encoder and counts. */
  private static final class FirstPass {
    final StreamedLog log;
    final RowParts parts;
    final RowLabels labels;
    final FeatureEncoder.Fitter fitter;
    int rows;
    int trainRows;
    int validationRows;
    int skipped;
    double weightSum;

    FirstPass(StreamedLog log, RowParts parts) {
      Schema schema = log.source().schema();
      this.log = log;
      this.parts = parts;
      this.labels = new RowLabels(schema);
      this.fitter = FeatureEncoder.fitter(schema);
    }

    void run() {
      forEachChunk(
          log,
          (chunk, firstNumber) -> {
            for (int row = 0; row < chunk.size(); row++) {
              take(chunk, row, firstNumber + row);
            }
            rows += chunk.size();
          });
    }

    private void take(Rows chunk, int row, int number) {
      Part part = parts.part(chunk, row, number);
      if (part == Part.TEST) {
        return;
      }
      if (part == Part.TRAIN) {
        fitter.add(chunk, row);
      }
      if (!labels.read(chunk, row, number)) {
        skipped++;
      } else if (part == Part.TRAIN) {
        trainRows++;
        weightSum += labels.weight();
      } else {
        validationRows++;
      }
    }

    String counts() {
      return trainRows + ", " + validationRows + " and " + skipped + " of " + rows;
    }
  }

  /** Encodes and writes. */
  private static final class SecondPass {
    final FeatureEncoder encoder;
    final RowSpool train;
    final RowSpool validation;
    final TrainTotals totals = new TrainTotals();
    private final double scale;
    private final RowLabels labels;
    private final EncodedRows encoded;
    int rows;
    double weightSum;

    SecondPass(FeatureEncoder encoder, RowSpool train, RowSpool validation, double scale) {
      this.encoder = encoder;
      this.train = train;
      this.validation = validation;
      this.scale = scale;
      this.labels = new RowLabels(encoder.schema());
      this.encoded = encoder.newRows(CHUNK);
    }

    void take(Rows chunk, RowParts parts, int firstNumber) {
      encoder.encodeInto(chunk, encoded);
      for (int row = 0; row < chunk.size(); row++) {
        Part part = parts.part(chunk, row, firstNumber + row);
        if (part == Part.TEST || !labels.read(chunk, row, firstNumber + row)) {
          continue;
        }
        float weight = (float) (labels.weight() * scale);
        if (part == Part.TRAIN) {
          weightSum += labels.weight();
          totals.add(labels.outcome(), weight, labels.depth());
          train.add(encoded, row, labels, weight);
        } else {
          validation.add(encoded, row, labels, weight);
        }
      }
      rows += chunk.size();
    }
  }

  /** Returns the encoder, fitted on the rows to train on. */
  FeatureEncoder encoder() {
    return encoder;
  }

  @Override
  public LogSummary summary() {
    return summary;
  }

  @Override
  public TrainingData data() {
    return data;
  }

  @Override
  public int[] loadTrain(int[] blocks, int blockRows) {
    int count = 0;
    for (int block : blocks) {
      int from = block * blockRows;
      int rows = Math.min(blockRows, train.rows() - from);
      train.readInto(from, rows, data, count);
      count += rows;
    }
    return rising(count);
  }

  @Override
  public int[] loadValidation(int from, int count) {
    validation.readInto(from, count, data, 0);
    return rising(count);
  }

  private static int[] rising(int count) {
    int[] rows = new int[count];
    for (int i = 0; i < count; i++) {
      rows[i] = i;
    }
    return rows;
  }

  @Override
  public void close() {
    try (train;
        validation) {
      // Both are closed, and their files deleted, even if one fails.
    }
  }
}
