package dev.discount.bench;

import dev.discount.bench.panama.CacheRead;
import dev.discount.bench.panama.FmaPeak;
import dev.discount.bench.panama.FmaPeak256;
import dev.discount.core.internal.kernel.CacheLines;
import dev.discount.core.internal.random.CounterRandom;

/**
 * Measures the limits of this machine in this process, on one thread, by the means the library
 * itself has. Confined to one thread; holds 256 MiB.
 */
final class Calibration {

  private static final double SLICE_SECONDS = 0.002;
  private static final int SLICES = 21;
  private static final int IDLE_MEASUREMENTS = 20;
  private static final int ROW_FLOATS = 64;
  private static final int GATHERED = 4_096;

  private static final int FLOATS = 1 << 26;

  private final float[] memory = CacheLines.newFloats(FLOATS);
  private final float[] matrix = CacheLines.newFloats(CacheRead.FLOATS);
  private final float[] gathered = new float[GATHERED * ROW_FLOATS];
  private final int[] places = new int[1 << 20];
  private int next;
  private float sink;

  Calibration() {
    for (int i = 0; i < FLOATS; i += ROW_FLOATS) {
      memory[i] = i;
    }
    for (int i = 0; i < places.length; i++) {
      places[i] =
          CacheLines.LEAD_FLOATS + CounterRandom.below(FLOATS / ROW_FLOATS, 1, 1, i) * ROW_FLOATS;
    }
    warmUp(() -> sink += FmaPeak256.warmUp());
    warmUp(() -> sink += FmaPeak.warmUp());
    warmUp(() -> sink += FmaPeak256.run(0.5f));
    warmUp(() -> sink += FmaPeak.run(0.5f));
    warmUp(() -> sink += CacheRead.run(matrix, CacheLines.LEAD_FLOATS));
    warmUp(this::copy);
    warmUp(this::gather);
  }

  /** Runs work until it has not become faster for a while. */
  private static void warmUp(Runnable work) {
    Stopwatch watch = new Stopwatch(SLICE_SECONDS, SLICES);
    double best = 0;
    for (int idle = 0; idle < IDLE_MEASUREMENTS; idle++) {
      double rate = watch.perSecond(work);
      if (rate > best * 1.1) {
        best = rate;
        idle = 0;
      }
    }
  }

  /** Measures all limits once, in about a quarter of a second. */
  MachineLimits measure() {
    Stopwatch watch = new Stopwatch(SLICE_SECONDS, SLICES);
    boolean wide = FmaPeak.FLOPS > FmaPeak256.FLOPS;
    double fma256 = watch.perSecond(() -> sink += FmaPeak256.run(0.5f)) * FmaPeak256.FLOPS;
    double fma512 =
        wide ? watch.perSecond(() -> sink += FmaPeak.run(0.5f)) * FmaPeak.FLOPS : Double.NaN;
    double read =
        watch.perSecond(() -> sink += CacheRead.run(matrix, CacheLines.LEAD_FLOATS))
            * CacheRead.FLOATS;
    double copied = watch.perSecond(this::copy) * (FLOATS / 2.0);
    double rows = watch.perSecond(this::gather) * GATHERED;
    return new MachineLimits(
        fma256 / 1e9, fma512 / 1e9, copied * Float.BYTES / 1e9, read * Float.BYTES / 1e9, rows);
  }

  private void copy() {
    System.arraycopy(memory, 0, memory, FLOATS / 2, FLOATS / 2);
  }

  private void gather() {
    for (int i = 0; i < GATHERED; i++) {
      System.arraycopy(memory, places[next + i], gathered, i * ROW_FLOATS, ROW_FLOATS);
    }
    next = (next + GATHERED) % places.length;
  }
}
