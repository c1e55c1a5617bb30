package dev.discount.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the processors of this system have done since its start, as Linux counts it.
 *
 * @param all the time of all processors, in the system's ticks, NaN where it keeps no count
 * @param stolen how much of it the hypervisor gave to other guests while work was waiting here
 */
record ProcessorTime(double all, double stolen) {

  private static final Path STAT = Path.of("/proc/stat");
  private static final int STOLEN = 8; // the last count; behind it are parts of others

  /** Returns the counts until now. */
  static ProcessorTime now() {
    try {
      return of(Files.readAllLines(STAT).get(0));
    } catch (IOException e) {
      return new ProcessorTime(Double.NaN, Double.NaN);
    }
  }

  /**
   * Reads the counts of all processors together.
   *
   * @param line the first line of {@code /proc/stat}: user, nice, system, idle, waiting for disks,
   *     hard and soft interrupts, stolen
   */
  static ProcessorTime of(String line) {
    String[] counts = line.trim().split(" +");
    double all = 0;
    for (int i = 1; i <= STOLEN; i++) {
      all += Long.parseLong(counts[i]);
    }
    return new ProcessorTime(all, Long.parseLong(counts[STOLEN]));
  }

  /** Returns the share of the processors' time that was stolen between two counts, or NaN. */
  double stolenUntil(ProcessorTime later) {
    return (later.stolen - stolen) / (later.all - all);
  }
}
