package dev.discount.nn.layer;

import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.random.CounterRandom;

/**
 * Inverted dropout: while training, every unit is set to 0 with a given probability and otherwise
 * multiplied by {@code 1 / (1 - rate)}, so that its mean stays. Immutable.
 *
 * <p>The mask is a function of (seed, layer, step, row of the batch, unit) alone, so neither the
 * number of threads nor the order of the rows' computation can change it.
 */
public final class Dropout {

  /*
   * One Philox block keys each (step, row); the row's units then read 16 bits each of a SplitMix64
   * sequence from that key [1], four units a word. The rate is rounded to 1/65536 and the scale
   * uses the rounded rate, so the mean of the mask is exactly 1.
   *
   * [1] G. L. Steele, D. Lea, C. H. Flood, Fast splittable pseudorandom number generators,
   *     OOPSLA 2014, figure 16
   */
  private static final int UNITS_PER_WORD = 4;
  private static final int BITS = 16;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final int MAX_BATCH_BITS = 20;

  private final int threshold;
  private final float scale;
  private final long seed;
  private final long stream;

  /**
   * Makes a dropout layer.
   *
   * @param rate the probability that a unit is set to 0, in [0, 1)
   * @param seed the seed
   * @param stream the generator's stream, distinct for each layer
   */
  public Dropout(double rate, long seed, long stream) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("rate must be in [0, 1), got " + rate);
    }
    int one = 1 << BITS;
    this.threshold = (int) Math.min(Math.round(rate * one), one - 1);
    this.scale = one / (float) (one - threshold);
    this.seed = seed;
    this.stream = stream;
  }

  /** Returns whether the layer ever sets a unit to 0. */
  public boolean active() {
    return threshold > 0;
  }

  /**
   * Draws the mask of a range of rows.
   *
   * @param step the step's number, from 0
   * @param rows the rows, below 2^20
   * @param out the mask, shape {@code [rows, units]}: 0 or {@code 1 / (1 - rate)}
   */
  public void drawInto(long step, Range rows, Matrix out) {
    for (int i = rows.from(); i < rows.to(); i++) {
      draw(CounterRandom.bits(seed, stream, (step << MAX_BATCH_BITS) + i), out, i);
    }
  }

  /**
   * Multiplies a range of rows by the mask: units on the way forward, derivatives on the way back.
   *
   * @param mask what {@link #drawInto} drew, shape {@code [rows, units]}
   * @param y the rows, shape {@code [rows, k]}: the first {@code k <= units} of the units
   * @param rows the rows
   */
  public static void applyInPlace(Kernels kernels, Matrix mask, Matrix y, Range rows) {
    for (int i = rows.from(); i < rows.to(); i++) {
      kernels.multiply(y.columns(), mask.values(), mask.offset(i), y.values(), y.offset(i));
    }
  }

  private void draw(long key, Matrix mask, int row) {
    float[] out = mask.values();
    int off = mask.offset(row);
    int words = mask.stride() / UNITS_PER_WORD;
    int keepFrom = threshold;
    for (int w = 0; w < words; w++) {
      long z = key + (w + 1) * GOLDEN;
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      z ^= z >>> 31;
      int at = off + UNITS_PER_WORD * w;
      out[at] = (int) (z & 0xFFFF) < keepFrom ? 0 : scale;
      out[at + 1] = (int) (z >>> 16 & 0xFFFF) < keepFrom ? 0 : scale;
      out[at + 2] = (int) (z >>> 32 & 0xFFFF) < keepFrom ? 0 : scale;
      out[at + 3] = (int) (z >>> 48) < keepFrom ? 0 : scale;
    }
  }
}
