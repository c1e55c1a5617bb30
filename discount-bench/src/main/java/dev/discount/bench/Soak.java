package dev.discount.bench;

import dev.discount.core.ResponseModel;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionRecorder;
import dev.discount.policy.DecisionSetup;
import dev.discount.policy.log.DecisionLogReader;
import dev.discount.policy.log.DecisionRecord;
import dev.discount.policy.log.LogHead;
import dev.discount.policy.log.Replay;
import dev.discount.policy.log.ReplayReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;

/**
 * Decisions at full load with the log on, for as many minutes as {@code soak.minutes} says (1). In
 * turn it decides, then reads the log to its last record, makes every decision again and removes
 * the segments that are done, so that the disk holds one turn at a time. Prints a line a turn. Ends
 * with an error unless decisions, log and replay are equal, the heap is flat and the 99th
 * percentile steady.
 */
public final class Soak {

  private static final int MIN_SLICES = 24;
  private static final double MAX_SLICE_NANOS = 10e9;
  private static final int BUCKETS = 1 << 14;
  private static final long BUCKET_NANOS = 100;

  /** What one may hold more at the end than at the beginning: noise, not a leak of records. */
  private static final double HEAP_FACTOR = 1.1;

  private static final double HEAP_SLACK_BYTES = 8e6;

  /** The bound on the last p99 beside the first: other work on the machine moves it. */
  private static final double P99_FACTOR = 2;

  private static final double P99_SLACK_MICROS = 10;

  private final ResponseModel model = new Workloads().model(Workloads.Shape.SHOP);
  private final LoggedDecisions.Keys keys = new LoggedDecisions.Keys();
  private final long[] histogram = new long[BUCKETS];
  private final List<Double> p99Micros = new ArrayList<>();
  private final List<Double> heapBytes = new ArrayList<>();
  private LogHead proven = new LogHead(0, 0, 0, "00".repeat(32));
  private long decisions;
  private long decided;
  private long digest;
  private long read;
  private long readDigest;

  private Soak() {}

  /**
   * Runs the soak.
   *
   * @param args none
   */
  public static void main(String[] args) {
    double minutes = Double.parseDouble(System.getProperty("soak.minutes", "1"));
    new Soak().run(minutes * 60e9);
  }

  private void run(double totalNanos) {
    long begin = System.nanoTime();
    double sliceNanos = Math.min(MAX_SLICE_NANOS, totalNanos / MIN_SLICES);
    try (LogFolder folder = new LogFolder("soak", keys)) {
      DecisionEngine engine = LoggedDecisions.engine(model, recorder(folder));
      engine.warmUp();
      IntConsumer decide = LoggedDecisions.decisions(engine.newSession());
      decide(decide, sliceNanos);
      prove(folder);
      while (System.nanoTime() - begin < totalNanos) {
        Arrays.fill(histogram, 0);
        decide(decide, sliceNanos);
        p99Micros.add(p99Nanos() / 1e3);
        prove(folder);
        heapBytes.add(usedHeap());
        printTurn((System.nanoTime() - begin) / 60e9);
      }
    }
    check();
  }

  private void printTurn(double minutes) {
    System.out.printf(
        Locale.ROOT,
        "soak: %5.1f minutes, %,d decisions equal in log and replay, heap %.1f MB, p99 %.1f us%n",
        minutes,
        decisions,
        heapBytes.get(heapBytes.size() - 1) / 1e6,
        p99Micros.get(p99Micros.size() - 1));
  }

  /** Reads the log to its last record and repeats it, then removes the segments that are done. */
  private void prove(LogFolder folder) {
    folder.awaitRecords(decisions);
    LogHead end;
    try (DecisionLogReader reader = DecisionLogReader.openAfter(folder.path(), keys, proven)) {
      while (reader.next()) {
        DecisionRecord record = reader.record();
        if (record.sequence() == read) {
          readDigest += mix(record.decisionId(), record.levelIndex(), record.propensity());
          read++;
        }
      }
      end = reader.segmentEnd();
    }
    require(read == decisions && readDigest == digest, "log differs from what was decided");
    try (DecisionLogReader reader = DecisionLogReader.openAfter(folder.path(), keys, proven)) {
      ReplayReport report = new Replay(LoggedDecisions.engine(model, null)).run(reader);
      require(report.different() == 0 && report.erased() == 0, "replay differs: " + report);
      require(report.decisions() == decisions - proven.records(), "replay is not of all");
    }
    proven = end;
    folder.deleteOld();
  }

  private static double usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (double) runtime.totalMemory() - runtime.freeMemory();
  }

  /**
   * Compares the first third with the last, by their lower quartiles: other work on the machine
   * comes and goes, what the library loses stays.
   */
  private void check() {
    double heapFirst = third(heapBytes, true);
    double heapLast = third(heapBytes, false);
    double p99First = third(p99Micros, true);
    double p99Last = third(p99Micros, false);
    System.out.printf(
        Locale.ROOT,
        "soak: %d decisions, all in the log and repeated; heap %.1f MB, then %.1f MB;"
            + " p99 %.1f us, then %.1f us%n",
        decisions,
        heapFirst / 1e6,
        heapLast / 1e6,
        p99First,
        p99Last);
    require(heapLast <= heapFirst * HEAP_FACTOR + HEAP_SLACK_BYTES, "heap must be flat");
    require(p99Last <= p99First * P99_FACTOR + P99_SLACK_MICROS, "p99 must be steady");
  }

  private static double third(List<Double> values, boolean first) {
    int size = Math.max(1, values.size() / 3);
    int from = first ? 0 : values.size() - size;
    return values.subList(from, from + size).stream().sorted().toList().get(size / 4);
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException(what);
    }
  }

  /** Adds every decision that goes to the log to a digest of them all. */
  private DecisionRecorder recorder(LogFolder folder) {
    return (DecisionSetup setup) -> {
      DecisionRecorder.Appender log = folder.log().newAppender(setup);
      return trace -> {
        log.append(trace);
        int level = trace.levelIndex();
        digest += mix(trace.context().decisionId(), level, trace.chance(level));
        decisions++;
      };
    };
  }

  private static long mix(long decisionId, int level, double propensity) {
    long mixed = (decisionId * 64 + level) * 0x9E3779B97F4A7C15L;
    mixed ^= Double.doubleToRawLongBits(propensity) * 0xC2B2AE3D27D4EB4FL;
    return (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
  }

  private void decide(IntConsumer decide, double nanos) {
    long begin = System.nanoTime();
    long last = begin;
    while (last - begin < nanos) {
      decide.accept((int) decided++);
      long now = System.nanoTime();
      histogram[(int) Math.min(BUCKETS - 1, (now - last) / BUCKET_NANOS)]++;
      last = now;
    }
  }

  private double p99Nanos() {
    long total = 0;
    for (long count : histogram) {
      total += count;
    }
    long left = total / 100;
    int bucket = BUCKETS - 1;
    while (bucket > 0 && left >= histogram[bucket]) {
      left -= histogram[bucket--];
    }
    return (double) bucket * BUCKET_NANOS;
  }
}
