package dev.discount.core.internal.kernel;

import static dev.discount.core.internal.kernel.TestArrays.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.internal.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The SIMD kernels of every width give the bits of the scalar kernels. */
class KernelsDifferentialTest {

  private static final Kernels SCALAR = KernelsProvider.scalar();
  private static final int MARGIN = 3;

  /** A kernel over n elements of up to four arrays, from offsets 1, 2, 0 and 3. */
  private interface Lanewise {
    void run(Kernels kernels, int n, float[] p, float[] q, float[] r, float[] s);
  }

  private record Case(String name, Lanewise kernel) {}

  private static final List<Case> LANEWISE =
      List.of(
          new Case("axpy", (k, n, p, q, r, s) -> k.axpy(n, 0.3f, p, 1, q, 2)),
          new Case("add", (k, n, p, q, r, s) -> k.add(n, p, 1, q, 2)),
          new Case("addPair", (k, n, p, q, r, s) -> k.addPair(n, p, 1, q, 2, r, 3, s, 0)),
          new Case("addPair in place", (k, n, p, q, r, s) -> k.addPair(n, p, 1, q, 2, r, 3, p, 1)),
          new Case("addWidened", (k, n, p, q, r, s) -> k.addWidened(n, halves(p), 1, q, 2)),
          new Case("roundToBfloat16", (k, n, p, q, r, s) -> k.roundToBfloat16(n, p, 1)),
          new Case("multiply", (k, n, p, q, r, s) -> k.multiply(n, p, 1, q, 2)),
          new Case("scale", (k, n, p, q, r, s) -> k.scale(n, -0.7f, p, 1)),
          new Case("relu", (k, n, p, q, r, s) -> k.relu(n, p, 1)),
          new Case("reluBackward", (k, n, p, q, r, s) -> k.reluBackward(n, p, 1, q, 2)),
          new Case("leakyRelu", (k, n, p, q, r, s) -> k.leakyRelu(n, 0.01f, p, 1)),
          new Case(
              "leakyReluBackward", (k, n, p, q, r, s) -> k.leakyReluBackward(n, 0.1f, p, 1, q, 2)),
          new Case("exp", (k, n, p, q, r, s) -> k.exp(n, p, 1, q, 2)),
          new Case("exp in place", (k, n, p, q, r, s) -> k.exp(n, p, 1, p, 1)),
          new Case("log", (k, n, p, q, r, s) -> k.log(n, p, 1, q, 2)),
          new Case("log in place", (k, n, p, q, r, s) -> k.log(n, p, 1, p, 1)),
          new Case("sigmoid", (k, n, p, q, r, s) -> k.sigmoid(n, p, 1, q, 2)),
          new Case("sigmoid in place", (k, n, p, q, r, s) -> k.sigmoid(n, p, 1, p, 1)),
          new Case("sigmoidBackward", (k, n, p, q, r, s) -> k.sigmoidBackward(n, p, 1, q, 2)),
          new Case("tanh", (k, n, p, q, r, s) -> k.tanh(n, p, 1, q, 2)),
          new Case("tanh in place", (k, n, p, q, r, s) -> k.tanh(n, p, 1, p, 1)),
          new Case("tanhBackward", (k, n, p, q, r, s) -> k.tanhBackward(n, p, 1, q, 2)),
          new Case("softplus", (k, n, p, q, r, s) -> k.softplus(n, p, 1, q, 2)),
          new Case("softplus in place", (k, n, p, q, r, s) -> k.softplus(n, p, 1, p, 1)),
          new Case(
              "sgdStep", (k, n, p, q, r, s) -> k.sgdStep(n, p, 1, q, 2, r, 0, 0.1f, 0.9f, 0.01f)),
          new Case(
              "adamStep",
              (k, n, p, q, r, s) ->
                  k.adamStep(
                      n, p, 1, q, 2, r, 0, s, 3, 1e-2f, 1.5f, 0.9f, 0.99f, 1e-8f, 0.1f, 0.01f)));

  private static short[] halves(float[] values) {
    short[] halves = new short[values.length];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = Numerics.bfloat16(values[i]);
    }
    return halves;
  }

  static Stream<Kernels> twins() {
    return SimdTwins.all();
  }

  /** Every length to beyond four vectors of 512 bits, then around larger powers of two. */
  private static int[] lengths() {
    return IntStream.concat(
            IntStream.rangeClosed(0, 67), IntStream.of(127, 128, 129, 255, 256, 257, 511, 512, 513))
        .toArray();
  }

  @ParameterizedTest
  @MethodSource("twins")
  void lanewise_anyLengthAndSpecialValues_sameBits(Kernels simd) {
    for (Case c : LANEWISE) {
      for (int n : lengths()) {
        compare(c, simd, n, true);
        compare(c, simd, n, false);
      }
    }
  }

  private static void compare(Case c, Kernels simd, int n, boolean special) {
    List<float[]> expected = arrays(n + 2 * MARGIN, special);
    List<float[]> actual = arrays(n + 2 * MARGIN, special);
    call(c, SCALAR, n, expected);
    call(c, simd, n, actual);
    for (int i = 0; i < expected.size(); i++) {
      assertSameBits(expected.get(i), actual.get(i), simd.name() + " " + c.name + " n=" + n);
    }
  }

  private static void call(Case c, Kernels kernels, int n, List<float[]> a) {
    c.kernel.run(kernels, n, a.get(0), a.get(1), a.get(2), a.get(3));
  }

  private static List<float[]> arrays(int n, boolean special) {
    List<float[]> arrays = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      arrays.add(special ? TestArrays.special(n, n + i) : TestArrays.ordinary(n, n + i));
    }
    return arrays;
  }

  @ParameterizedTest
  @MethodSource("twins")
  void sums_anyLength_sameBits(Kernels simd) {
    for (int n : lengths()) {
      float[] a = TestArrays.ordinary(n + MARGIN, n);
      float[] b = TestArrays.ordinary(n + MARGIN, n + 1);
      assertEquals(SCALAR.dot(n, a, 1, b, 2), simd.dot(n, a, 1, b, 2));
      assertEquals(SCALAR.sumOfSquares(n, a, 1), simd.sumOfSquares(n, a, 1));
      float[] special = TestArrays.special(n + MARGIN, n);
      assertEquals(SCALAR.dot(n, special, 1, b, 2), simd.dot(n, special, 1, b, 2));
    }
    float[] two = TestArrays.ordinary(2 * Kernels.SQUARES_BLOCK, 5);
    assertEquals(SCALAR.sumOfSquares(two.length, two, 0), simd.sumOfSquares(two.length, two, 0));
  }

  @ParameterizedTest
  @MethodSource("twins")
  void gather_anyWidthAndPaging_sameBits(Kernels simd) {
    int[] rows = {9, 6, 0, 6, 3, 5, 1};
    for (int width : lengths()) {
      if (width == 0) {
        continue;
      }
      float[][] pages = new float[4][];
      short[][] halves = new short[4][];
      for (int page = 0; page < 4; page++) {
        pages[page] = TestArrays.special(CacheLines.LEAD_FLOATS + 2 * width, page);
        halves[page] = halves(TestArrays.special(CacheLines.LEAD_SHORTS + 2 * width, page));
      }
      int stride = width + 2;
      float[] expected = TestArrays.ordinary(5 * stride + 4, 1);
      float[] actual = expected.clone();
      SCALAR.gather(5, rows, 1, width, pages, 2, expected, 3, stride);
      simd.gather(5, rows, 1, width, pages, 2, actual, 3, stride);
      assertSameBits(expected, actual, simd.name() + " gather width=" + width);
      assertEquals(pages[3][CacheLines.LEAD_FLOATS], expected[3]);
      SCALAR.gatherWidened(5, rows, 1, width, halves, 2, expected, 3, stride);
      simd.gatherWidened(5, rows, 1, width, halves, 2, actual, 3, stride);
      assertSameBits(expected, actual, simd.name() + " gatherWidened width=" + width);
      assertEquals(Numerics.ofBfloat16(halves[3][CacheLines.LEAD_SHORTS]), expected[3]);
    }
  }

  @ParameterizedTest
  @MethodSource("twins")
  void columnSums_anyShape_sameBits(Kernels simd) {
    for (int m : new int[] {0, 1, 2, 5}) {
      for (int n : lengths()) {
        float[] a = TestArrays.special(m * (n + 1) + 1, n);
        float[] expected = TestArrays.ordinary(n + 2, m);
        float[] actual = expected.clone();
        SCALAR.columnSums(m, n, a, 1, n + 1, expected, 1);
        simd.columnSums(m, n, a, 1, n + 1, actual, 1);
        assertSameBits(expected, actual, simd.name() + " columnSums");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("twins")
  void transpose_anyShape_sameBits(Kernels simd) {
    for (int rows : new int[] {0, 1, 7, 8, 9, 17}) {
      for (int columns : new int[] {0, 1, 15, 16, 33}) {
        float[] src = TestArrays.special(rows * (columns + 2) + 1, rows);
        float[] expected = new float[columns * (rows + 3) + 1];
        float[] actual = expected.clone();
        SCALAR.transpose(rows, columns, src, 1, columns + 2, expected, 1, rows + 3);
        simd.transpose(rows, columns, src, 1, columns + 2, actual, 1, rows + 3);
        assertSameBits(expected, actual, simd.name() + " transpose");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("twins")
  void products_anyShape_sameBits(Kernels simd) {
    int[] rows = {0, 1, 3, 4, 8, 13};
    int[] columns = {16, 32, 48, 64, 80, 112, 128, 144, 176, 272};
    int[] depths = {0, 1, 2, 5, 16, 33};
    for (int m : rows) {
      for (int n : columns) {
        for (int k : depths) {
          new Product(m, n, k).compare(simd);
        }
      }
    }
    new Product(6, 144, 127).compare(simd);
    new Product(6, 144, 128).compare(simd);
    new Product(6, 144, 129).compare(simd);
    new Product(3, 16, 300).compare(simd);
    new Product(37, 64, 257).compare(simd);
    new Product(21, 80, 131).compare(simd);
  }

  /**
   * A row with zeros of both signs, factors so small that sums round to zeros of both signs, and
   * sums that begin at zeros of both signs.
   */
  @ParameterizedTest
  @MethodSource("twins")
  void product_ofOneRowWithZeros_sameBits(Kernels simd) {
    float[] tiny = {0f, -0f, 0f, -0f, 1e-30f, -1e-30f, Float.MIN_VALUE, -Float.MIN_VALUE, 1f};
    int negativeZeros = 0;
    for (int round = 0; round < 400; round++) {
      int k = 1 + CounterRandom.below(150, round, 0, 0);
      int n = 16 * (1 + CounterRandom.below(20, round, 0, 1));
      float[] a = chosen(tiny, k, round, 1);
      float[] b = chosen(tiny, k * n, round, 2);
      float[] expected = chosen(tiny, n, round, 3);
      float[] actual = expected.clone();
      boolean add = round % 2 == 0;
      PackedMatrix scalarB = SCALAR.pack(k, n, b, 0, n);
      PackedMatrix simdB = simd.pack(k, n, b, 0, n);
      SCALAR.gemmPacked(1, a, 0, k, scalarB, expected, 0, n, add, new float[2][n]);
      simd.gemmPacked(1, a, 0, k, simdB, actual, 0, n, add, new float[2][n]);
      assertSameBits(expected, actual, simd.name() + " k=" + k + " n=" + n);
      for (float value : actual) {
        negativeZeros += Float.floatToRawIntBits(value) == Integer.MIN_VALUE ? 1 : 0;
      }
    }
    assertTrue(negativeZeros > 0);
  }

  /**
   * Returns values at random, almost half of them zeros; a quarter of the arrays hold tiny ones.
   */
  private static float[] chosen(float[] values, int n, long seed, long stream) {
    float[] out = new float[n];
    int kinds = CounterRandom.below(4, seed, stream, -1) == 0 ? 8 : values.length;
    for (int i = 0; i < n; i++) {
      out[i] = values[CounterRandom.below(kinds, seed, stream, i)];
    }
    return out;
  }

  /** One shape of product, with margins around every row. */
  private record Product(int m, int n, int k) {

    void compare(Kernels simd) {
      for (boolean accumulate : new boolean[] {false, true}) {
        String shape = simd.name() + " m=" + m + " n=" + n + " k=" + k + " add=" + accumulate;
        float[] expected = plain(SCALAR, accumulate);
        assertSameBits(expected, plain(simd, accumulate), "gemm " + shape);
        assertSameBits(expected, packed(SCALAR, accumulate), "gemmPacked scalar " + shape);
        assertSameBits(expected, packed(simd, accumulate), "gemmPacked " + shape);
        assertSameBits(expected, transposed(SCALAR, accumulate), "transposed scalar " + shape);
        assertSameBits(expected, transposed(simd, accumulate), "transposed " + shape);
        for (boolean byColumns : new boolean[] {false, true}) {
          String what = "repacked by columns=" + byColumns + " " + shape;
          assertSameBits(expected, repacked(SCALAR, byColumns, accumulate), "scalar " + what);
          assertSameBits(expected, repacked(simd, byColumns, accumulate), what);
        }
      }
    }

    private float[] a() {
      return TestArrays.ordinary(1 + m * (k + 1), 7);
    }

    private float[] b() {
      return TestArrays.ordinary(2 + k * (n + 3), 8);
    }

    private float[] c() {
      return TestArrays.ordinary(3 + m * (n + 2), 9);
    }

    private float[] plain(Kernels kernels, boolean accumulate) {
      float[] c = c();
      kernels.gemm(m, n, k, a(), 1, k + 1, b(), 2, n + 3, c, 3, n + 2, accumulate);
      return c;
    }

    private float[] packed(Kernels kernels, boolean accumulate) {
      float[] c = c();
      PackedMatrix b = kernels.pack(k, n, b(), 2, n + 3);
      assertEquals(k, b.rows());
      assertEquals(n, b.columns());
      kernels.gemmPacked(m, a(), 1, k + 1, b, c, 3, n + 2, accumulate, new float[2][n]);
      return c;
    }

    /** Replaces other values in two parts, by rows or by columns. */
    private float[] repacked(Kernels kernels, boolean byColumns, boolean accumulate) {
      PackedMatrix b = kernels.pack(k, n, TestArrays.ordinary(k * n, 10), 0, n);
      if (byColumns) {
        float[] bt = new float[4 + n * (k + 3)];
        SCALAR.transpose(k, n, b(), 2, n + 3, bt, 4, k + 3);
        int third = n / 3;
        kernels.repackTransposed(third, n - third, bt, 4 + third * (k + 3), k + 3, b);
        kernels.repackTransposed(0, third, bt, 4, k + 3, b);
      } else {
        int third = k / 3;
        kernels.repack(third, k - third, b(), 2 + third * (n + 3), n + 3, b);
        kernels.repack(0, third, b(), 2, n + 3, b);
      }
      float[] c = c();
      kernels.gemmPacked(m, a(), 1, k + 1, b, c, 3, n + 2, accumulate, new float[2][n]);
      return c;
    }

    private float[] transposed(Kernels kernels, boolean accumulate) {
      float[] at = new float[1 + k * (m + 1)];
      SCALAR.transpose(m, k, a(), 1, k + 1, at, 1, m + 1);
      float[] c = c();
      kernels.gemmTransposedA(k, n, m, at, 1, m + 1, b(), 2, n + 3, c, 3, n + 2, accumulate);
      return c;
    }
  }
}
