package dev.discount.core.internal.kernel;

/**
 * The kernels in plain Java, for hosts without the Vector API, and the reference that its twin is
 * compared with. Stateless and safe for concurrent use.
 */
final class ScalarKernels implements Kernels {

  private static final int INFINITY_BITS = 0x7f800000;

  /** Columns transposed at a time: so many lines of dst stay in the first cache. */
  private static final int STRIP = 32;

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void gemm(
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
    if (m < FEW_ROWS) {
      ScalarProducts.multiplyFew(m, n, k, a, aOff, lda, b, bOff, ldb, c, cOff, ldc, accumulate);
      return;
    }
    PackedMatrix packed = pack(k, n, b, bOff, ldb);
    gemmPacked(m, a, aOff, lda, packed, c, cOff, ldc, accumulate, new float[2][n]);
  }

  @Override
  public PackedMatrix newPacked(int k, int n) {
    return new ScalarProducts.RowMatrix(k, n, new float[k][n]);
  }

  @Override
  public void repack(int from, int count, float[] b, int bOff, int ldb, PackedMatrix out) {
    float[][] rows = ((ScalarProducts.RowMatrix) out).values();
    for (int p = 0; p < count; p++) {
      System.arraycopy(b, bOff + p * ldb, rows[from + p], 0, out.columns());
    }
  }

  @Override
  public void repackTransposed(
      int from, int count, float[] b, int bOff, int ldb, PackedMatrix out) {
    float[][] rows = ((ScalarProducts.RowMatrix) out).values();
    for (int j = 0; j < out.rows(); j++) {
      for (int i = 0; i < count; i++) {
        rows[j][from + i] = b[bOff + i * ldb + j];
      }
    }
  }

  @Override
  public void gemmPacked(
      int m,
      float[] a,
      int aOff,
      int lda,
      PackedMatrix b,
      float[] c,
      int cOff,
      int ldc,
      boolean accumulate,
      float[][] scratch) {
    float[][] rows = ((ScalarProducts.RowMatrix) b).values();
    ScalarProducts.block(
        m, b.columns(), b.rows(), a, aOff, lda, 1, rows, c, cOff, ldc, accumulate, scratch);
  }

  @Override
  public void gemmTransposedAPacked(
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
      float[][] scratch) {
    float[][] rows = ((ScalarProducts.RowMatrix) b).values();
    ScalarProducts.block(
        k, b.columns(), m, a, aOff, 1, lda, rows, c, cOff, ldc, accumulate, scratch);
  }

  @Override
  public void transpose(
      int rows, int columns, float[] src, int srcOff, int lds, float[] dst, int dstOff, int ldd) {
    for (int j = 0; j < columns; j += STRIP) {
      int width = Math.min(STRIP, columns - j);
      int from = srcOff + j;
      int to = dstOff + j * ldd;
      int i = 0;
      for (; i <= rows - 8; i += 8) {
        transpose8(width, src, from + i * lds, lds, dst, to + i, ldd);
      }
      for (; i < rows; i++) {
        for (int q = 0; q < width; q++) {
          dst[to + q * ldd + i] = src[from + i * lds + q];
        }
      }
    }
  }

  /** Transposes eight rows: eight streams are read, whole runs are written. */
  private static void transpose8(
      int columns, float[] src, int srcOff, int lds, float[] dst, int dstOff, int ldd) {
    for (int j = 0; j < columns; j++) {
      int from = srcOff + j;
      int to = dstOff + j * ldd;
      dst[to] = src[from];
      dst[to + 1] = src[from + lds];
      dst[to + 2] = src[from + 2 * lds];
      dst[to + 3] = src[from + 3 * lds];
      dst[to + 4] = src[from + 4 * lds];
      dst[to + 5] = src[from + 5 * lds];
      dst[to + 6] = src[from + 6 * lds];
      dst[to + 7] = src[from + 7 * lds];
    }
  }

  @Override
  public void columnSums(int m, int n, float[] a, int aOff, int lda, float[] out, int outOff) {
    for (int i = 0; i < m; i++) {
      add(n, a, aOff + i * lda, out, outOff);
    }
  }

  @Override
  public float dot(int n, float[] a, int aOff, float[] b, int bOff) {
    float t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0, t5 = 0, t6 = 0, t7 = 0;
    float t8 = 0, t9 = 0, t10 = 0, t11 = 0, t12 = 0, t13 = 0, t14 = 0, t15 = 0;
    int whole = n & -LANES;
    for (int i = 0; i < whole; i += LANES) {
      int ai = aOff + i;
      int bi = bOff + i;
      t0 = Numerics.fma(a[ai], b[bi], t0);
      t1 = Numerics.fma(a[ai + 1], b[bi + 1], t1);
      t2 = Numerics.fma(a[ai + 2], b[bi + 2], t2);
      t3 = Numerics.fma(a[ai + 3], b[bi + 3], t3);
      t4 = Numerics.fma(a[ai + 4], b[bi + 4], t4);
      t5 = Numerics.fma(a[ai + 5], b[bi + 5], t5);
      t6 = Numerics.fma(a[ai + 6], b[bi + 6], t6);
      t7 = Numerics.fma(a[ai + 7], b[bi + 7], t7);
      t8 = Numerics.fma(a[ai + 8], b[bi + 8], t8);
      t9 = Numerics.fma(a[ai + 9], b[bi + 9], t9);
      t10 = Numerics.fma(a[ai + 10], b[bi + 10], t10);
      t11 = Numerics.fma(a[ai + 11], b[bi + 11], t11);
      t12 = Numerics.fma(a[ai + 12], b[bi + 12], t12);
      t13 = Numerics.fma(a[ai + 13], b[bi + 13], t13);
      t14 = Numerics.fma(a[ai + 14], b[bi + 14], t14);
      t15 = Numerics.fma(a[ai + 15], b[bi + 15], t15);
    }
    float tree =
        (((t0 + t8) + (t4 + t12)) + ((t2 + t10) + (t6 + t14)))
            + (((t1 + t9) + (t5 + t13)) + ((t3 + t11) + (t7 + t15)));
    for (int i = whole; i < n; i++) {
      tree = Numerics.fma(a[aOff + i], b[bOff + i], tree);
    }
    return tree;
  }

  @Override
  public void axpy(int n, float alpha, float[] x, int xOff, float[] y, int yOff) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] = Numerics.fma(alpha, x[xOff + i], y[yOff + i]);
    }
  }

  @Override
  public void add(int n, float[] x, int xOff, float[] y, int yOff) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] += x[xOff + i];
    }
  }

  @Override
  public void addPair(
      int n,
      float[] begin,
      int beginOff,
      float[] x,
      int xOff,
      float[] y,
      int yOff,
      float[] out,
      int outOff) {
    for (int i = 0; i < n; i++) {
      out[outOff + i] = (begin[beginOff + i] + x[xOff + i]) + y[yOff + i];
    }
  }

  @Override
  public void multiply(int n, float[] x, int xOff, float[] y, int yOff) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] *= x[xOff + i];
    }
  }

  @Override
  public void scale(int n, float alpha, float[] y, int yOff) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] *= alpha;
    }
  }

  @Override
  public void relu(int n, float[] y, int yOff) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] = Math.max(y[yOff + i], 0f);
    }
  }

  @Override
  public void reluBackward(int n, float[] y, int yOff, float[] dy, int dyOff) {
    for (int i = 0; i < n; i++) {
      int open = open(y[yOff + i]);
      dy[dyOff + i] = Float.intBitsToFloat(Float.floatToRawIntBits(dy[dyOff + i]) & open);
    }
  }

  @Override
  public void leakyRelu(int n, float slope, float[] y, int yOff) {
    for (int i = 0; i < n; i++) {
      float v = y[yOff + i];
      y[yOff + i] = select(open(v), v, slope * v);
    }
  }

  @Override
  public void leakyReluBackward(int n, float slope, float[] y, int yOff, float[] dy, int dyOff) {
    for (int i = 0; i < n; i++) {
      float v = dy[dyOff + i];
      dy[dyOff + i] = select(open(y[yOff + i]), v, slope * v);
    }
  }

  /** Returns all ones if v is above 0 and no NaN, else 0; a branch would often be mispredicted. */
  private static int open(float v) {
    int bits = Float.floatToRawIntBits(v);
    return (-bits & (bits - INFINITY_BITS - 1)) >> 31;
  }

  private static float select(int mask, float chosen, float other) {
    int a = Float.floatToRawIntBits(chosen) & mask;
    int b = Float.floatToRawIntBits(other) & ~mask;
    return Float.intBitsToFloat(a | b);
  }

  @Override
  public void exp(int n, float[] x, int xOff, float[] y, int yOff) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] = Numerics.exp(x[xOff + i]);
    }
  }

  @Override
  public void log(int n, float[] x, int xOff, float[] y, int yOff) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] = Numerics.log(x[xOff + i]);
    }
  }

  @Override
  public void sigmoid(int n, float[] x, int xOff, float[] y, int yOff) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] = Numerics.sigmoid(x[xOff + i]);
    }
  }

  @Override
  public void sigmoidBackward(int n, float[] y, int yOff, float[] dy, int dyOff) {
    for (int i = 0; i < n; i++) {
      float v = y[yOff + i];
      dy[dyOff + i] *= v * (1f - v);
    }
  }

  @Override
  public void tanh(int n, float[] x, int xOff, float[] y, int yOff) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] = Numerics.tanh(x[xOff + i]);
    }
  }

  @Override
  public void tanhBackward(int n, float[] y, int yOff, float[] dy, int dyOff) {
    for (int i = 0; i < n; i++) {
      float v = y[yOff + i];
      dy[dyOff + i] *= Numerics.fma(-v, v, 1f);
    }
  }

  @Override
  public void softplus(int n, float[] x, int xOff, float[] y, int yOff) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] = Numerics.softplus(x[xOff + i]);
    }
  }

  @Override
  public void sgdStep(
      int n,
      float[] w,
      int wOff,
      float[] g,
      int gOff,
      float[] v,
      int vOff,
      float rate,
      float momentum,
      float l2) {
    for (int i = 0; i < n; i++) {
      float slope = Numerics.fma(l2, w[wOff + i], g[gOff + i]);
      float step = Numerics.fma(momentum, v[vOff + i], slope);
      v[vOff + i] = (step + STATE_FLOOR) - STATE_FLOOR;
      w[wOff + i] = (Numerics.fma(-rate, step, w[wOff + i]) + WEIGHT_FLOOR) - WEIGHT_FLOOR;
    }
  }

  @Override
  public void adamStep(
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
      float decay) {
    float rest1 = 1f - beta1;
    float rest2 = 1f - beta2;
    for (int i = 0; i < n; i++) {
      float weight = w[wOff + i];
      float slope = Numerics.fma(l2, weight, g[gOff + i]);
      float first = Numerics.fma(beta1, m[mOff + i], rest1 * slope);
      float second = Numerics.fma(beta2, v[vOff + i], rest2 * slope * slope);
      m[mOff + i] = (first + STATE_FLOOR) - STATE_FLOOR;
      v[vOff + i] = (second + STATE_FLOOR) - STATE_FLOOR;
      float size = Numerics.fma((float) Math.sqrt(second), correction, epsilon);
      float moved = Numerics.fma(-stepSize, first / size, Numerics.fma(-decay, weight, weight));
      w[wOff + i] = (moved + WEIGHT_FLOOR) - WEIGHT_FLOOR;
    }
  }
}
