package dev.discount.bench.guard;

import dev.discount.bench.Stopwatch;
import dev.discount.bench.panama.FmaPeak;
import dev.discount.core.internal.random.CounterRandom;
import java.util.function.DoubleSupplier;

/**
 * Work that tells how fast the machine is right now in one respect, to read a benchmark's speed
 * against.
 */
enum Probe {
  /** Independent multiply-adds of the widest vectors: the arithmetic of products. */
  FMA("GFLOP/s") {
    @Override
    DoubleSupplier make() {
      float[] sum = {0};
      for (int i = 0; i < WARM_UPS; i++) {
        sum[0] += FmaPeak.warmUp();
      }
      return rate(() -> sum[0] += FmaPeak.run(0.5f), FmaPeak.FLOPS / 1e9);
    }
  },
  /** One chain of integer operations, each waiting for the one before: the clock of the core. */
  CLOCK("G steps/s") {
    @Override
    DoubleSupplier make() {
      long[] state = {1};
      return rate(
          () -> {
            long x = state[0];
            for (int i = 0; i < CHAIN; i++) {
              x = (x ^ x >>> 29) * 0x9E3779B97F4A7C15L + i;
            }
            state[0] = x;
          },
          CHAIN / 1e9);
    }
  },
  /** Rows of 256 bytes copied from random places of 64 MiB: the caches behind the core's own. */
  GATHER("M rows/s") {
    @Override
    DoubleSupplier make() {
      float[] table = new float[1 << 24];
      float[] out = new float[ROWS * ROW_FLOATS];
      int[] places = new int[PLACES];
      for (int i = 0; i < places.length; i++) {
        places[i] = CounterRandom.below(table.length / ROW_FLOATS, 1, 1, i) * ROW_FLOATS;
      }
      int[] next = {0};
      return rate(
          () -> {
            for (int i = 0; i < ROWS; i++) {
              System.arraycopy(table, places[next[0] + i], out, i * ROW_FLOATS, ROW_FLOATS);
            }
            next[0] = (next[0] + ROWS) % PLACES;
          },
          ROWS / 1e6);
    }
  };

  private static final int WARM_UPS = 20;
  private static final int CHAIN = 4096;
  private static final int ROW_FLOATS = 64;
  private static final int ROWS = 1024;
  private static final int PLACES = 1 << 18;
  private static final Stopwatch WATCH = new Stopwatch(0.001, 11);

  private final String unit;

  Probe(String unit) {
    this.unit = unit;
  }

  /** Returns what {@link #make} counts in. */
  String unit() {
    return unit;
  }

  /**
   * Returns a measurement of this machine, which takes some ten milliseconds. Confined to one
   * thread; holds up to 70 MB.
   */
  abstract DoubleSupplier make();

  private static DoubleSupplier rate(Runnable work, double amount) {
    return () -> WATCH.perSecond(work) * amount;
  }
}
