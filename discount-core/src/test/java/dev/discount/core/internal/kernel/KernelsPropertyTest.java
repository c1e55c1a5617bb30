package dev.discount.core.internal.kernel;

import static dev.discount.core.internal.kernel.TestArrays.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What must hold for every shape, on the kernels of this process. */
class KernelsPropertyTest {

  private static final Kernels KERNELS = KernelsProvider.fastest();

  @Property(tries = 60)
  void gemm_splitByRowsColumnsOrDepth_sameBits(
      @ForAll @IntRange(min = 2, max = 12) int m,
      @ForAll @IntRange(min = 2, max = 10) int blocks,
      @ForAll @IntRange(min = 2, max = 140) int k,
      @ForAll long seed) {
    int n = blocks * 16;
    float[] a = TestArrays.ordinary(m * k, seed);
    float[] b = TestArrays.ordinary(k * n, seed + 1);
    float[] whole = new float[m * n];
    KERNELS.gemm(m, n, k, a, 0, k, b, 0, n, whole, 0, n, false);

    float[] parts = new float[m * n];
    int row = Math.floorMod(seed, m);
    int column = 16 * Math.floorMod(seed, blocks);
    int depth = Math.floorMod(seed, k);
    KERNELS.gemm(row, n, k, a, 0, k, b, 0, n, parts, 0, n, false);
    int at = row * n;
    KERNELS.gemm(m - row, column, k, a, row * k, k, b, 0, n, parts, at, n, false);
    at += column;
    int rest = n - column;
    KERNELS.gemm(m - row, rest, depth, a, row * k, k, b, column, n, parts, at, n, false);
    KERNELS.gemm(
        m - row,
        rest,
        k - depth,
        a,
        row * k + depth,
        k,
        b,
        depth * n + column,
        n,
        parts,
        at,
        n,
        true);
    assertSameBits(whole, parts, "split");
  }

  @Property(tries = 60)
  void transpose_twice_givesTheOriginal(
      @ForAll @IntRange(min = 1, max = 40) int rows,
      @ForAll @IntRange(min = 1, max = 40) int columns,
      @ForAll long seed) {
    float[] a = TestArrays.special(rows * columns, seed);
    float[] once = new float[a.length];
    float[] twice = new float[a.length];
    KERNELS.transpose(rows, columns, a, 0, columns, once, 0, rows);
    KERNELS.transpose(columns, rows, once, 0, rows, twice, 0, columns);
    assertSameBits(a, twice, "twice");
  }

  @Property
  void functions_stayInTheirRange(@ForAll float x) {
    assertTrue(Numerics.exp(x) > 0);
    assertTrue(Numerics.sigmoid(x) >= 0 && Numerics.sigmoid(x) <= 1);
    assertTrue(Math.abs(Numerics.tanh(x)) <= 1);
    assertTrue(Numerics.softplus(x) > 0 && Numerics.softplus(x) >= x);
    assertTrue(Numerics.tanh(-x) == -Numerics.tanh(x));
  }
}
