package dev.discount.core.internal.kernel.panama;

import static dev.discount.core.internal.kernel.panama.Lanes.F;
import static dev.discount.core.internal.kernel.panama.Lanes.FLOATS;
import static dev.discount.core.internal.kernel.panama.Lanes.I;
import static dev.discount.core.internal.kernel.panama.Lanes.INTS;
import static dev.discount.core.internal.kernel.panama.Lanes.N;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.S2I;

import dev.discount.core.internal.kernel.CacheLines;
import dev.discount.core.internal.kernel.Numerics;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Reads tables by vectors; those of bfloat16 are half as wide in memory as in registers. Stateless.
 */
final class TableVectors {

  private static final VectorSpecies<Short> S =
      VectorSpecies.of(short.class, VectorShape.forBitSize(F.vectorBitSize() / 2));

  private static final Class<? extends ShortVector> SHORTS = ShortVector.zero(S).getClass();

  /** Rows that are read before the first of them is copied: few enough to stay in a first cache. */
  private static final int AHEAD = 32;

  /** The shorts of a cache line. */
  private static final int LINE = 32;

  /** A sum like any other. */
  private static final int RARE = 0x5bd1e995;

  private TableVectors() {}

  /*
   * The loops over rows are short, so that the processor has the cache misses of many rows under way
   * at once: that, and not the copying, is what a random row costs.
   */

  static void gather(
      int count,
      int[] rows,
      int from,
      int width,
      float[][] pages,
      int rowsPerPage,
      float[] out,
      int outOff,
      int stride) {
    int shift = Integer.numberOfTrailingZeros(rowsPerPage);
    int whole = F.loopBound(width);
    for (int i = 0; i < count; i++) {
      int row = rows[from + i];
      float[] page = pages[row >>> shift];
      int at = CacheLines.LEAD_FLOATS + (row & (rowsPerPage - 1)) * width;
      int to = outOff + i * stride;
      int j = 0;
      for (; j <= width - 4 * N; j += 4 * N) {
        FloatVector a = FLOATS.cast(FloatVector.fromArray(F, page, at + j));
        FloatVector b = FLOATS.cast(FloatVector.fromArray(F, page, at + j + N));
        FloatVector c = FLOATS.cast(FloatVector.fromArray(F, page, at + j + 2 * N));
        FloatVector d = FLOATS.cast(FloatVector.fromArray(F, page, at + j + 3 * N));
        a.intoArray(out, to + j);
        b.intoArray(out, to + j + N);
        c.intoArray(out, to + j + 2 * N);
        d.intoArray(out, to + j + 3 * N);
      }
      for (; j < whole; j += N) {
        FLOATS.cast(FloatVector.fromArray(F, page, at + j)).intoArray(out, to + j);
      }
      for (; j < width; j++) {
        out[to + j] = page[at + j];
      }
    }
  }

  /*
   * A processor waits for many rows at once while nothing but reads stands between them; the stores
   * of a copy do, and here there are two for each line that is read. So one element of each cache
   * line of some rows is read before they are copied. What was read must matter, or the compiler
   * leaves the reads out: if it adds up to one rare number, an element is cleared that the copy then
   * writes.
   */

  static void gatherWidened(
      int count,
      int[] rows,
      int from,
      int width,
      short[][] pages,
      int rowsPerPage,
      float[] out,
      int outOff,
      int stride) {
    for (int i = 0; i < count; i += AHEAD) {
      int some = Math.min(AHEAD, count - i);
      int to = outOff + i * stride;
      if (width > 0 && readAhead(some, rows, from + i, width, pages, rowsPerPage) == RARE) {
        out[to] = 0;
      }
      widen(some, rows, from + i, width, pages, rowsPerPage, out, to, stride);
    }
  }

  private static int readAhead(
      int count, int[] rows, int from, int width, short[][] pages, int rowsPerPage) {
    int shift = Integer.numberOfTrailingZeros(rowsPerPage);
    int sum = 0;
    for (int i = from; i < from + count; i++) {
      short[] page = pages[rows[i] >>> shift];
      int at = CacheLines.LEAD_SHORTS + (rows[i] & (rowsPerPage - 1)) * width;
      for (int j = 0; j < width; j += LINE) {
        sum += page[at + j];
      }
    }
    return sum;
  }

  private static void widen(
      int count,
      int[] rows,
      int from,
      int width,
      short[][] pages,
      int rowsPerPage,
      float[] out,
      int outOff,
      int stride) {
    int shift = Integer.numberOfTrailingZeros(rowsPerPage);
    int whole = F.loopBound(width);
    for (int i = 0; i < count; i++) {
      int row = rows[from + i];
      short[] page = pages[row >>> shift];
      int at = CacheLines.LEAD_SHORTS + (row & (rowsPerPage - 1)) * width;
      int to = outOff + i * stride;
      int j = 0;
      for (; j <= width - 4 * N; j += 4 * N) {
        var a =
            INTS.cast(SHORTS.cast(ShortVector.fromArray(S, page, at + j)).convertShape(S2I, I, 0));
        var b =
            INTS.cast(
                SHORTS.cast(ShortVector.fromArray(S, page, at + j + N)).convertShape(S2I, I, 0));
        var c =
            INTS.cast(
                SHORTS
                    .cast(ShortVector.fromArray(S, page, at + j + 2 * N))
                    .convertShape(S2I, I, 0));
        var d =
            INTS.cast(
                SHORTS
                    .cast(ShortVector.fromArray(S, page, at + j + 3 * N))
                    .convertShape(S2I, I, 0));
        FLOATS.cast(INTS.cast(a.lanewise(LSHL, 16)).reinterpretAsFloats()).intoArray(out, to + j);
        FLOATS
            .cast(INTS.cast(b.lanewise(LSHL, 16)).reinterpretAsFloats())
            .intoArray(out, to + j + N);
        FLOATS
            .cast(INTS.cast(c.lanewise(LSHL, 16)).reinterpretAsFloats())
            .intoArray(out, to + j + 2 * N);
        FLOATS
            .cast(INTS.cast(d.lanewise(LSHL, 16)).reinterpretAsFloats())
            .intoArray(out, to + j + 3 * N);
      }
      for (; j < whole; j += N) {
        var a =
            INTS.cast(SHORTS.cast(ShortVector.fromArray(S, page, at + j)).convertShape(S2I, I, 0));
        FLOATS.cast(INTS.cast(a.lanewise(LSHL, 16)).reinterpretAsFloats()).intoArray(out, to + j);
      }
      for (; j < width; j++) {
        out[to + j] = Numerics.ofBfloat16(page[at + j]);
      }
    }
  }

  /** Returns how many elements it did; the rest is the caller's. */
  static int addWidened(int n, short[] x, int xOff, float[] y, int yOff) {
    if (n < N) {
      return 0;
    }
    int i = 0;
    for (; i < F.loopBound(n); i += N) {
      ShortVector halves = SHORTS.cast(ShortVector.fromArray(S, x, xOff + i));
      IntVector wide = INTS.cast(INTS.cast(halves.convertShape(S2I, I, 0)).lanewise(LSHL, 16));
      FloatVector old = FLOATS.cast(FloatVector.fromArray(F, y, yOff + i));
      FLOATS.cast(old.add(wide.reinterpretAsFloats())).intoArray(y, yOff + i);
    }
    return i;
  }

  /** Returns how many elements it did; the rest is the caller's. */
  static int round(int n, float[] y, int yOff) {
    int i = 0;
    for (; i < F.loopBound(n); i += N) {
      FloatVector v = FLOATS.cast(FloatVector.fromArray(F, y, yOff + i));
      IntVector bits = INTS.cast(v.reinterpretAsInts());
      IntVector even = INTS.cast(INTS.cast(bits.lanewise(LSHR, 16)).and(1));
      IntVector sum = INTS.cast(INTS.cast(bits.add(0x7fff)).add(even));
      FloatVector near = FLOATS.cast(INTS.cast(sum.and(0xffff0000)).reinterpretAsFloats());
      FloatVector out = near.blend(FloatVector.broadcast(F, Float.NaN), v.compare(NE, v));
      FLOATS.cast(out).intoArray(y, yOff + i);
    }
    return i;
  }
}
