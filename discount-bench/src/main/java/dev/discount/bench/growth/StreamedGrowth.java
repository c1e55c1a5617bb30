package dev.discount.bench.growth;

import dev.discount.bench.PurchaseCsv;
import dev.discount.bench.Workloads;
import dev.discount.bench.growth.Axis.Point;
import dev.discount.core.data.CsvRows;
import dev.discount.core.data.Split;
import dev.discount.nn.ResponseNetConfig.Head;
import dev.discount.nn.StreamedLog;
import dev.discount.nn.Trainer;
import dev.discount.nn.TrainingConfig;
import dev.discount.nn.TrainingListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Training on a CSV file that is streamed, by its rows: an epoch from the closed file to the model,
 * in a process whose heap is smaller than the largest file.
 */
public final class StreamedGrowth {

  private static final String HEAP = "-Xmx512m";
  private static final int BYTES_PER_MEGABYTE = 1 << 20;

  private StreamedGrowth() {}

  static Axis rows(Path folder, int[] sizes) throws IOException {
    List<Point> points = new ArrayList<>();
    long largest = 0;
    for (int rows : sizes) {
      Path file = folder.resolve("growth.csv");
      PurchaseCsv.write(file, rows);
      largest = Files.size(file);
      points.add(measured(file, folder, rows));
      Files.delete(file);
    }
    String what =
        "Training streamed from disk with %s (largest file %d MB)"
            .formatted(HEAP, largest / BYTES_PER_MEGABYTE);
    return new Axis(what, "rows", "row", points);
  }

  private static Point measured(Path file, Path folder, int rows) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process child =
        new ProcessBuilder(
                java,
                "--add-modules=jdk.incubator.vector",
                HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                StreamedGrowth.class.getName(),
                file.toString(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
      String seconds = out.readLine();
      String bytes = out.readLine();
      if (bytes == null) {
        throw new IOException("the training of " + rows + " rows must end, got no answer");
      }
      return new Point(rows, Double.parseDouble(seconds) / rows, Double.parseDouble(bytes));
    } finally {
      child.destroy();
    }
  }

  /**
   * Trains in this process and prints the seconds and the largest heap after a collection.
   *
   * @param args the CSV file, and a folder for what training keeps on disk
   */
  public static void main(String[] args) {
    Path file = Path.of(args[0]);
    TrainingConfig config =
        Workloads.training(Head.MONOTONE, 1, Workloads.HIDDEN, Workloads.HIDDEN);
    StreamedLog log =
        new StreamedLog(
            CsvRows.source(file, PurchaseCsv.SCHEMA),
            new Split.ByCustomer(1, 0, 0),
            1,
            Path.of(args[1]));
    HeapPeak peak = new HeapPeak();
    long begin = System.nanoTime();
    new Trainer(config).train(log, peak);
    System.out.println((System.nanoTime() - begin) / 1e9);
    System.out.println(Math.max(peak.bytes, Memory.liveBytes()));
  }

  /** Looks at the heap every few steps. */
  private static final class HeapPeak implements TrainingListener {
    private static final int STEPS = 64;
    private double bytes;

    @Override
    public void stepDone(Step step) {
      if (step.step() % STEPS == 0) {
        bytes = Math.max(bytes, Memory.bytesAfterCollection());
      }
    }
  }
}
