package dev.discount.core.internal.kernel;

/**
 * The float32 kernels of the library. Two implementations, {@link ScalarKernels} and the SIMD twin
 * in the {@code panama} package, give the same bits for the same input. Stateless and safe for
 * concurrent use. Callers have checked every argument; kernels only assert.
 *
 * <p>Matrices are row-major: element {@code (i, j)} of {@code a} stands at {@code aOff + i * lda +
 * j}. Where a column count is said to be padded it is a multiple of {@link #LANES}.
 */
public interface Kernels extends TableKernels {

  /*
   * Order of summation, the same in both twins, so that tiling, vector width and threads cannot
   * change a bit:
   *   products: y[j] = fma(x[i], w[i][j], y[j]), i rising, one chain per output element
   *   dot, sum of squares: LANES partial chains t[l] = fma(a[16 k + l], b[16 k + l], t[l]), folded
   *   by the tree 8-4-2-1; what is left of n is added to the sum by fma in order
   *   element by element: any order
   * Optimiser steps round what they store to (x + F) - F, a multiple of F / 2^24. A penalty or a
   * decaying moment shrinks what no gradient moves geometrically, towards the subnormal numbers, on
   * which products run many times slower, in training and in every later score: anything below half
   * of that multiple becomes an exact 0. The error, at most F / 2^25, is beyond notice: 2^-65 for a
   * weight; for the moments 2^-85, whose root is far below Adam's epsilon.
   * fma is one process-wide choice, Numerics.FMA.
   */

  /** Padding of column counts, in floats, and the number of partial chains of a dot product. */
  int LANES = 16;

  /** Products of fewer rows than this read B as it stands, instead of copying it first. */
  int FEW_ROWS = 4;

  /** Length of the blocks of {@link #sumOfSquares}. */
  int SQUARES_BLOCK = 4096;

  /** What optimiser steps round weights by. */
  float WEIGHT_FLOOR = 0x1p-40f;

  /** What optimiser steps round velocities and moments by. */
  float STATE_FLOOR = 0x1p-60f;

  /** Returns a short name: {@code scalar}, {@code panama-128}, {@code -256} or {@code -512}. */
  String name();

  /**
   * Dense product {@code C = A * B} or {@code C += A * B}, each element one fma chain over {@code p
   * = 0 .. k-1}, begun at +0 or at the element's old value. Packs a copy of B, and allocates
   * nothing below {@link #FEW_ROWS} rows; for what serves many products {@link #gemmPacked} is
   * faster.
   *
   * @param m rows of A and C
   * @param n columns of B and C, padded
   * @param k columns of A, rows of B
   * @param a shape {@code [m, k]}
   * @param b shape {@code [k, n]}
   * @param c shape {@code [m, n]}
   * @param accumulate whether to add to C
   */
  void gemm(
      int m,
      int n,
      int k,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      int ldb,
      float[] c,
      int cOff,
      int ldc,
      boolean accumulate);

  /**
   * Copies a matrix into the layout that {@link #gemmPacked} of these kernels reads.
   *
   * @param k rows of B
   * @param n columns of B, padded
   * @param b shape {@code [k, n]}
   */
  default PackedMatrix pack(int k, int n, float[] b, int bOff, int ldb) {
    PackedMatrix packed = newPacked(k, n);
    repack(0, k, b, bOff, ldb, packed);
    return packed;
  }

  /**
   * Makes a packed matrix of zeros, to be filled by {@link #repack} or {@link #repackTransposed}.
   *
   * @param k rows
   * @param n columns, padded
   */
  PackedMatrix newPacked(int k, int n);

  /**
   * Replaces rows of a packed matrix; threads that do so at the same time replace different ones.
   *
   * @param from the first row to replace
   * @param count the rows to replace
   * @param b shape {@code [count, out.columns()]}
   * @param out packed by kernels of the same name
   */
  void repack(int from, int count, float[] b, int bOff, int ldb, PackedMatrix out);

  /**
   * Replaces columns of a packed matrix by rows: {@code out[j, from + i] = b[i, j]}. Threads that
   * do so at the same time replace different columns.
   *
   * @param from the first column to replace
   * @param count the columns to replace
   * @param b shape {@code [count, out.rows()]}
   * @param out packed by kernels of the same name
   */
  void repackTransposed(int from, int count, float[] b, int bOff, int ldb, PackedMatrix out);

  /**
   * {@link #gemm} with a packed B, bit for bit; allocates nothing. B is finite: of a single row of
   * A, the rows of B whose factor is 0 may be left unread.
   *
   * @param m rows of A and C
   * @param a shape {@code [m, b.rows()]}
   * @param b packed by kernels of the same name
   * @param c shape {@code [m, b.columns()]}
   * @param accumulate whether to add to C
   * @param scratch shape {@code [2, >= b.columns()]}, undefined afterwards
   */
  void gemmPacked(
      int m,
      float[] a,
      int aOff,
      int lda,
      PackedMatrix b,
      float[] c,
      int cOff,
      int ldc,
      boolean accumulate,
      float[][] scratch);

  /**
   * Weight gradient {@code C = Aᵀ * B} or {@code C += Aᵀ * B}, each element one fma chain over the
   * rows {@code i = 0 .. m-1}.
   *
   * @param m rows of A and B, summed over
   * @param n columns of B and C, padded
   * @param k columns of A, rows of C
   * @param a shape {@code [m, k]}
   * @param b shape {@code [m, n]}
   * @param c shape {@code [k, n]}
   */
  default void gemmTransposedA(
      int m,
      int n,
      int k,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      int ldb,
      float[] c,
      int cOff,
      int ldc,
      boolean accumulate) {
    PackedMatrix packed = pack(m, n, b, bOff, ldb);
    gemmTransposedAPacked(m, k, a, aOff, lda, packed, c, cOff, ldc, accumulate, new float[2][n]);
  }

  /**
   * {@link #gemmTransposedA} with a packed B, bit for bit; allocates nothing.
   *
   * @param m rows of A, summed over, at most {@code b.rows()}
   * @param k columns of A, rows of C
   * @param a shape {@code [m, k]}
   * @param b packed by kernels of the same name; its first m rows are read
   * @param c shape {@code [k, b.columns()]}
   * @param scratch shape {@code [2, >= b.columns()]}, undefined afterwards
   */
  void gemmTransposedAPacked(
      int m,
      int k,
      float[] a,
      int aOff,
      int lda,
      PackedMatrix b,
      float[] c,
      int cOff,
      int ldc,
      boolean accumulate,
      float[][] scratch);

  /**
   * Transposes: {@code dst[j, i] = src[i, j]}.
   *
   * @param rows rows of src
   * @param columns columns of src
   */
  void transpose(
      int rows, int columns, float[] src, int srcOff, int lds, float[] dst, int dstOff, int ldd);

  /**
   * Column sums {@code out[j] += sum_i a[i, j]}, i rising, plain additions.
   *
   * @param m rows of a
   * @param n columns of a
   */
  void columnSums(int m, int n, float[] a, int aOff, int lda, float[] out, int outOff);

  /** Returns the dot product of two vectors of length n. */
  float dot(int n, float[] a, int aOff, float[] b, int bOff);

  /**
   * Returns the sum of squares, such as a squared gradient norm: {@link #dot} in float over blocks
   * of {@link #SQUARES_BLOCK} elements, the blocks added in double in rising order. Infinite where
   * a block's sum overflows a float.
   */
  default double sumOfSquares(int n, float[] a, int aOff) {
    double sum = 0;
    for (int i = 0; i < n; i += SQUARES_BLOCK) {
      sum += dot(Math.min(SQUARES_BLOCK, n - i), a, aOff + i, a, aOff + i);
    }
    return sum;
  }

  /** {@code y[i] = fma(alpha, x[i], y[i])}. */
  void axpy(int n, float alpha, float[] x, int xOff, float[] y, int yOff);

  /** {@code y[i] += x[i]}. */
  void add(int n, float[] x, int xOff, float[] y, int yOff);

  /** {@code out[i] = (begin[i] + x[i]) + y[i]}; begin and out may be the same range. */
  void addPair(
      int n,
      float[] begin,
      int beginOff,
      float[] x,
      int xOff,
      float[] y,
      int yOff,
      float[] out,
      int outOff);

  /** {@code y[i] *= x[i]}. */
  void multiply(int n, float[] x, int xOff, float[] y, int yOff);

  /** {@code y[i] *= alpha}. */
  void scale(int n, float alpha, float[] y, int yOff);

  /** {@code y[i] = max(y[i], 0)}, +0 for -0; NaN stays NaN. */
  void relu(int n, float[] y, int yOff);

  /** {@code dy[i] = y[i] > 0 ? dy[i] : 0}, y the output of {@link #relu}. */
  void reluBackward(int n, float[] y, int yOff, float[] dy, int dyOff);

  /** {@code y[i] = y[i] > 0 ? y[i] : slope * y[i]}. */
  void leakyRelu(int n, float slope, float[] y, int yOff);

  /** {@code dy[i] = y[i] > 0 ? dy[i] : slope * dy[i]}, slope above 0. */
  void leakyReluBackward(int n, float slope, float[] y, int yOff, float[] dy, int dyOff);

  /** {@code y[i] = exp(x[i])}; x and y may be the same range. */
  void exp(int n, float[] x, int xOff, float[] y, int yOff);

  /** {@code y[i] = ln(x[i])}; NaN below 0, -infinity at 0; x and y may be the same range. */
  void log(int n, float[] x, int xOff, float[] y, int yOff);

  /** {@code y[i] = 1 / (1 + exp(-x[i]))}; x and y may be the same range. */
  void sigmoid(int n, float[] x, int xOff, float[] y, int yOff);

  /** {@code dy[i] *= y[i] * (1 - y[i])}, y the output of {@link #sigmoid}. */
  void sigmoidBackward(int n, float[] y, int yOff, float[] dy, int dyOff);

  /** {@code y[i] = tanh(x[i])}; x and y may be the same range. */
  void tanh(int n, float[] x, int xOff, float[] y, int yOff);

  /** {@code dy[i] *= 1 - y[i]^2}, y the output of {@link #tanh}. */
  void tanhBackward(int n, float[] y, int yOff, float[] dy, int dyOff);

  /** {@code y[i] = ln(1 + exp(x[i]))}; x and y may be the same range. */
  void softplus(int n, float[] x, int xOff, float[] y, int yOff);

  /**
   * Stochastic gradient descent with momentum, in place: {@code v = momentum * v + (g + l2 * w)},
   * {@code w -= rate * v}, each rounded by {@link #WEIGHT_FLOOR} and {@link #STATE_FLOOR}.
   */
  void sgdStep(
      int n,
      float[] w,
      int wOff,
      float[] g,
      int gOff,
      float[] v,
      int vOff,
      float rate,
      float momentum,
      float l2);

  /**
   * One step of Adam [Kingma and Ba 2015, algorithm 1] or AdamW [Loshchilov and Hutter 2019,
   * algorithm 2], in place. With {@code g' = g + l2 * w}: {@code m = b1 m + (1-b1) g'}, {@code v =
   * b2 v + (1-b2) g'^2}, {@code w -= decay * w + stepSize * m / (sqrt(v) * correction + epsilon)},
   * each rounded by {@link #WEIGHT_FLOOR} and {@link #STATE_FLOOR}; w uses m and v before that.
   *
   * @param stepSize the learning rate over {@code 1 - b1^t}
   * @param correction {@code 1 / sqrt(1 - b2^t)}
   * @param l2 the coupled penalty (Adam), 0 for AdamW
   * @param decay the decoupled decay times the learning rate (AdamW), 0 for Adam
   */
  void adamStep(
      int n,
      float[] w,
      int wOff,
      float[] g,
      int gOff,
      float[] m,
      int mOff,
      float[] v,
      int vOff,
      float stepSize,
      float correction,
      float beta1,
      float beta2,
      float epsilon,
      float l2,
      float decay);
}
