package dev.discount.bench;

import dev.discount.core.data.CsvRows;
import dev.discount.core.data.EncodedRows;
import dev.discount.core.data.FeatureEncoder;
import dev.discount.core.data.RowCursor;
import dev.discount.core.data.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Purchases of ten columns, four of them looked up and five standardised, to the numbers a network
 * reads: from raw rows, and from a CSV file in the system's cache with every cell checked. The
 * counter {@code rowsDone} is the rate.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // set up before the first call
public class EncoderBenchmark {

  private static final int FILE_ROWS = 20_000;

  @Param({"1", "256"})
  public int rows;

  private Path file;
  private FeatureEncoder encoder;
  private Rows[] batches;
  private Rows read;
  private EncodedRows encoded;
  private int next;

  /** Rows done. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Work {
    public long rowsDone;

    @Setup(Level.Iteration)
    public void reset() {
      rowsDone = 0;
    }
  }

  /** Writes the file, fits the encoder, and cuts the rows into batches. */
  @Setup(Level.Trial)
  public void make() throws IOException {
    file = Files.createTempFile("purchases", ".csv");
    PurchaseCsv.write(file, FILE_ROWS);
    Rows log = CsvRows.read(file, PurchaseCsv.SCHEMA);
    encoder = FeatureEncoder.fit(log, IntStream.range(0, log.size()).toArray());
    encoded = encoder.newRows(rows);
    read = new Rows(PurchaseCsv.SCHEMA, rows);
    batches = new Rows[FILE_ROWS / rows];
    try (RowCursor cursor = CsvRows.source(file, PurchaseCsv.SCHEMA).open()) {
      for (int b = 0; b < batches.length; b++) {
        batches[b] = new Rows(PurchaseCsv.SCHEMA, rows);
        cursor.next(batches[b], rows);
      }
    }
  }

  /** Removes the file. */
  @TearDown(Level.Trial)
  public void remove() throws IOException {
    Files.delete(file);
  }

  /** Encodes a batch of raw rows. */
  @Benchmark
  public EncodedRows raw(Work work) {
    encoder.encodeInto(batches[next], encoded);
    next = next + 1 == batches.length ? 0 : next + 1;
    work.rowsDone += rows;
    return encoded;
  }

  /** Reads the whole file and encodes it batch by batch. */
  @Benchmark
  public EncodedRows csv(Work work) {
    try (RowCursor cursor = CsvRows.source(file, PurchaseCsv.SCHEMA).open()) {
      while (cursor.next(read, rows) > 0) {
        encoder.encodeInto(read, encoded);
        work.rowsDone += read.size();
        read.clear();
      }
    }
    return encoded;
  }
}
