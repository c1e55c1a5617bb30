package dev.discount.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.data.CsvRows;
import dev.discount.core.internal.random.CounterRandom;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training in a process whose heap is smaller than the file. */
class SmallHeapTrainingTest {

  private static final int ROWS = 110_000;
  private static final int HEAP_MEGABYTES = 18;

  @TempDir private Path folder;

  @Test
  void train_fileLargerThanTheHeap_givesTheModelOfALargeHeap() throws Exception {
    Path log = folder.resolve("log.csv");
    write(log);
    assertTrue(Files.size(log) > HEAP_MEGABYTES << 20, Files.size(log) + " bytes");
    Path expected = folder.resolve("expected");
    SmallHeapTraining.train(false, CsvRows.source(log, SmallHeapTraining.schema()), folder)
        .save(expected);

    Path streamed = folder.resolve("streamed");
    assertEquals(0, fork("streamed", log, streamed));
    assertArrayEquals(Files.readAllBytes(expected), Files.readAllBytes(streamed));
    assertEquals(
        SmallHeapTraining.OUT_OF_MEMORY,
        fork("memory", log, streamed),
        "the same heap must be too small for the log in memory");
  }

  private int fork(String mode, Path log, Path model) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + HEAP_MEGABYTES + "m");
    command.add("-XX:+UseSerialGC");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(SmallHeapTraining.class.getName());
    command.addAll(List.of(mode, log.toString(), folder.toString(), model.toString()));
    Path output = folder.resolve(mode + ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertTrue(process.waitFor(2, TimeUnit.MINUTES), () -> read(output));
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void write(Path log) throws IOException {
    try (Writer out = Files.newBufferedWriter(log)) {
      for (int i = 0; i < SmallHeapTraining.NUMBERS; i++) {
        out.write("n" + i + ",");
      }
      out.write("y\n");
      int[] words = new int[32];
      for (int row = 0; row < ROWS; row++) {
        CounterRandom.wordsInto(4, 1, 32L * row, 32, words);
        for (int i = 0; i < SmallHeapTraining.NUMBERS; i++) {
          out.write(Integer.toString(words[i] >>> 12));
          out.write(',');
        }
        out.write(words[0] < 0 ? "1\n" : "0\n");
      }
    }
  }
}
