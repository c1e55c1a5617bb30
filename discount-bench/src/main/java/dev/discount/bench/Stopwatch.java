package dev.discount.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Times work in short slices and takes the median slice, so that what else runs on the machine
 * disturbs a few slices and not the figure. Immutable.
 *
 * @param sliceSeconds the shortest slice
 * @param slices the number of slices
 */
public record Stopwatch(double sliceSeconds, int slices) {

  private static final double MICROS = 1e6;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Slices of two milliseconds, for work of microseconds. */
  public static final Stopwatch FINE = new Stopwatch(0.002, 151);

  /** Slices of ten milliseconds, for work of about a millisecond. */
  static final Stopwatch COARSE = new Stopwatch(0.01, 41);

  /** Returns the median, the mean of the middle two of an even number, NaN of none. */
  public static double median(double... values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Returns how often a second the work can be done. */
  public double perSecond(Runnable work) {
    double[] rates = new double[slices];
    for (int slice = 0; slice < slices; slice++) {
      long calls = 0;
      long begin = System.nanoTime();
      long elapsed;
      do {
        work.run();
        calls++;
        elapsed = System.nanoTime() - begin;
      } while (elapsed < sliceSeconds * 1e9);
      rates[slice] = calls * 1e9 / elapsed;
    }
    return median(rates);
  }

  /**
   * Times calls one by one.
   *
   * @param calls the number of calls
   * @param call the work, given the call's number
   * @return the percentiles in microseconds, and the bytes a call allocates
   */
  static Sample latency(int calls, IntConsumer call) {
    return latencies(1, calls, call)[0];
  }

  /**
   * Times calls one by one, of several works in turns, so that all meet the same machine.
   *
   * @param turns the number of turns
   * @param calls the number of calls of each work in a turn
   * @param works the works, each given the number of its call
   * @return for each work the percentiles over all turns, and the bytes a call allocates
   */
  static Sample[] latencies(int turns, int calls, IntConsumer... works) {
    long[][] nanos = new long[works.length][turns * calls];
    long[] bytes = new long[works.length];
    for (int turn = 0; turn < turns; turn++) {
      for (int work = 0; work < works.length; work++) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = turn * calls; i < (turn + 1) * calls; i++) {
          long begin = System.nanoTime();
          works[work].accept(i);
          nanos[work][i] = System.nanoTime() - begin;
        }
        bytes[work] += THREADS.getCurrentThreadAllocatedBytes() - before;
      }
    }
    Sample[] samples = new Sample[works.length];
    for (int work = 0; work < works.length; work++) {
      Arrays.sort(nanos[work]);
      double perCall = (double) bytes[work] / nanos[work].length;
      samples[work] =
          new Sample(
              percentile(nanos[work], 0.5),
              percentile(nanos[work], 0.99),
              percentile(nanos[work], 0.999),
              perCall);
    }
    return samples;
  }

  private static double percentile(long[] sorted, double share) {
    return sorted[(int) (share * (sorted.length - 1))] * MICROS / 1e9;
  }

  /** Returns the bytes this thread has allocated so far. */
  public static long allocatedBytes() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }
}
