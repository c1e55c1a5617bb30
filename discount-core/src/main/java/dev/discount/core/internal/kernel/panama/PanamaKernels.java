package dev.discount.core.internal.kernel.panama;

import static dev.discount.core.internal.kernel.panama.Lanes.F;
import static dev.discount.core.internal.kernel.panama.Lanes.FLOATS;
import static dev.discount.core.internal.kernel.panama.Lanes.N;

import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.Numerics;
import dev.discount.core.internal.kernel.PackedMatrix;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The kernels on the Vector API: whole vectors, then the scalar recipe for the rest. Stateless and
 * safe for concurrent use.
 */
public final class PanamaKernels implements Kernels {

  /*
   * Only operations that JDK 17 and later compile to instructions and that round alike everywhere:
   * no masked memory access, no reduction of floats, no lanewise transcendental function, no
   * conversion of floats to integers. Species are constants, never arguments; no vector is stored
   * in a field or an array. Receivers are cast, as Lanes says.
   */

  private final Kernels rest;

  private PanamaKernels(Kernels rest) {
    this.rest = rest;
  }

  /**
   * Returns the kernels, of the width that the property {@code discount.simd.bits} names.
   *
   * @param rest the kernels for elements that fill no vector, of the same bits
   */
  public static Kernels create(Kernels rest) {
    return new PanamaKernels(rest);
  }

  /** Returns the vector width in use, in bits. */
  public static int bits() {
    return F.vectorBitSize();
  }

  /** Returns the widest vector the machine computes with, in bits. */
  public static int machineBits() {
    return Lanes.MACHINE_BITS;
  }

  @Override
  public String name() {
    return "panama-" + bits();
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
      Panels.multiplyFew(m, n, k, a, aOff, lda, b, bOff, ldb, c, cOff, ldc, accumulate);
      return;
    }
    Panels packed = Panels.passing(k, n);
    packed.setRows(0, k, b, bOff, ldb);
    packed.multiply(m, a, aOff, lda, c, cOff, ldc, accumulate);
  }

  @Override
  public PackedMatrix newPacked(int k, int n) {
    return Panels.lasting(k, n);
  }

  @Override
  public void repack(int from, int count, float[] b, int bOff, int ldb, PackedMatrix out) {
    ((Panels) out).setRows(from, count, b, bOff, ldb);
  }

  @Override
  public void repackTransposed(
      int from, int count, float[] b, int bOff, int ldb, PackedMatrix out) {
    ((Panels) out).setColumns(from, count, b, bOff, ldb, rest);
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
    ((Panels) b).multiply(m, a, aOff, lda, c, cOff, ldc, accumulate);
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
    ((Panels) b).multiplyTransposed(m, k, a, aOff, lda, c, cOff, ldc, accumulate);
  }

  @Override
  public void transpose(
      int rows, int columns, float[] src, int srcOff, int lds, float[] dst, int dstOff, int ldd) {
    rest.transpose(rows, columns, src, srcOff, lds, dst, dstOff, ldd);
  }

  @Override
  public void columnSums(int m, int n, float[] a, int aOff, int lda, float[] out, int outOff) {
    int j = 0;
    for (; j < F.loopBound(n); j += N) {
      FloatVector sum = FloatVector.fromArray(F, out, outOff + j);
      for (int i = 0; i < m; i++) {
        sum = FLOATS.cast(sum).add(FloatVector.fromArray(F, a, aOff + i * lda + j));
      }
      FLOATS.cast(sum).intoArray(out, outOff + j);
    }
    rest.columnSums(m, n - j, a, aOff + j, lda, out, outOff + j);
  }

  @Override
  public float dot(int n, float[] a, int aOff, float[] b, int bOff) {
    int whole = n & -LANES;
    float sum = whole == 0 ? 0 : Dots.sum(whole, a, aOff, b, bOff);
    for (int i = whole; i < n; i++) {
      sum = Numerics.fma(a[aOff + i], b[bOff + i], sum);
    }
    return sum;
  }

  @Override
  public void axpy(int n, float alpha, float[] x, int xOff, float[] y, int yOff) {
    int i = 0;
    FloatVector factor = FLOATS.cast(FloatVector.broadcast(F, alpha));
    for (; i < F.loopBound(n); i += N) {
      FloatVector old = FloatVector.fromArray(F, y, yOff + i);
      FloatVector sum = factor.fma(FloatVector.fromArray(F, x, xOff + i), old);
      FLOATS.cast(sum).intoArray(y, yOff + i);
    }
    rest.axpy(n - i, alpha, x, xOff + i, y, yOff + i);
  }

  @Override
  public void add(int n, float[] x, int xOff, float[] y, int yOff) {
    if (n < N) {
      rest.add(n, x, xOff, y, yOff);
      return;
    }
    int i = 0;
    for (; i < F.loopBound(n); i += N) {
      FloatVector old = FLOATS.cast(FloatVector.fromArray(F, y, yOff + i));
      FLOATS.cast(old.add(FloatVector.fromArray(F, x, xOff + i))).intoArray(y, yOff + i);
    }
    rest.add(n - i, x, xOff + i, y, yOff + i);
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
    if (n < N) {
      rest.addPair(n, begin, beginOff, x, xOff, y, yOff, out, outOff);
      return;
    }
    int i = 0;
    for (; i < F.loopBound(n); i += N) {
      FloatVector old = FLOATS.cast(FloatVector.fromArray(F, begin, beginOff + i));
      FloatVector sum = FLOATS.cast(old.add(FloatVector.fromArray(F, x, xOff + i)));
      FLOATS.cast(sum.add(FloatVector.fromArray(F, y, yOff + i))).intoArray(out, outOff + i);
    }
    rest.addPair(n - i, begin, beginOff + i, x, xOff + i, y, yOff + i, out, outOff + i);
  }

  @Override
  public void gather(
      int count,
      int[] rows,
      int from,
      int width,
      float[][] pages,
      int rowsPerPage,
      float[] out,
      int outOff,
      int stride) {
    TableVectors.gather(count, rows, from, width, pages, rowsPerPage, out, outOff, stride);
  }

  @Override
  public void gatherWidened(
      int count,
      int[] rows,
      int from,
      int width,
      short[][] pages,
      int rowsPerPage,
      float[] out,
      int outOff,
      int stride) {
    TableVectors.gatherWidened(count, rows, from, width, pages, rowsPerPage, out, outOff, stride);
  }

  @Override
  public void addWidened(int n, short[] x, int xOff, float[] y, int yOff) {
    int i = TableVectors.addWidened(n, x, xOff, y, yOff);
    rest.addWidened(n - i, x, xOff + i, y, yOff + i);
  }

  @Override
  public void roundToBfloat16(int n, float[] y, int yOff) {
    int i = TableVectors.round(n, y, yOff);
    rest.roundToBfloat16(n - i, y, yOff + i);
  }

  @Override
  public void multiply(int n, float[] x, int xOff, float[] y, int yOff) {
    int i = 0;
    for (; i < F.loopBound(n); i += N) {
      FloatVector old = FLOATS.cast(FloatVector.fromArray(F, y, yOff + i));
      FLOATS.cast(old.mul(FloatVector.fromArray(F, x, xOff + i))).intoArray(y, yOff + i);
    }
    rest.multiply(n - i, x, xOff + i, y, yOff + i);
  }

  @Override
  public void scale(int n, float alpha, float[] y, int yOff) {
    int i = 0;
    FloatVector factor = FloatVector.broadcast(F, alpha);
    for (; i < F.loopBound(n); i += N) {
      FloatVector old = FLOATS.cast(FloatVector.fromArray(F, y, yOff + i));
      FLOATS.cast(old.mul(factor)).intoArray(y, yOff + i);
    }
    rest.scale(n - i, alpha, y, yOff + i);
  }

  @Override
  public void relu(int n, float[] y, int yOff) {
    if (n < N) {
      rest.relu(n, y, yOff);
      return;
    }
    int i = 0;
    for (; i < F.loopBound(n); i += N) {
      FloatVector old = FLOATS.cast(FloatVector.fromArray(F, y, yOff + i));
      FLOATS.cast(old.max(FloatVector.zero(F))).intoArray(y, yOff + i);
    }
    rest.relu(n - i, y, yOff + i);
  }

  @Override
  public void reluBackward(int n, float[] y, int yOff, float[] dy, int dyOff) {
    int i = TrainingVectors.reluBackward(n, y, yOff, dy, dyOff);
    rest.reluBackward(n - i, y, yOff + i, dy, dyOff + i);
  }

  @Override
  public void leakyRelu(int n, float slope, float[] y, int yOff) {
    if (n < N) {
      rest.leakyRelu(n, slope, y, yOff);
      return;
    }
    int i = 0;
    for (; i < F.loopBound(n); i += N) {
      FloatVector v = FLOATS.cast(FloatVector.fromArray(F, y, yOff + i));
      FloatVector flat = FLOATS.cast(v.mul(FloatVector.broadcast(F, slope)));
      FloatVector bent = flat.blend(v, v.compare(VectorOperators.GT, FloatVector.zero(F)));
      FLOATS.cast(bent).intoArray(y, yOff + i);
    }
    rest.leakyRelu(n - i, slope, y, yOff + i);
  }

  @Override
  public void leakyReluBackward(int n, float slope, float[] y, int yOff, float[] dy, int dyOff) {
    int i = TrainingVectors.leakyReluBackward(n, slope, y, yOff, dy, dyOff);
    rest.leakyReluBackward(n - i, slope, y, yOff + i, dy, dyOff + i);
  }

  @Override
  public void exp(int n, float[] x, int xOff, float[] y, int yOff) {
    int i = VectorFunctions.exp(n, x, xOff, y, yOff);
    rest.exp(n - i, x, xOff + i, y, yOff + i);
  }

  @Override
  public void log(int n, float[] x, int xOff, float[] y, int yOff) {
    int i = VectorFunctions.log(n, x, xOff, y, yOff);
    rest.log(n - i, x, xOff + i, y, yOff + i);
  }

  @Override
  public void sigmoid(int n, float[] x, int xOff, float[] y, int yOff) {
    int i = VectorFunctions.sigmoid(n, x, xOff, y, yOff);
    rest.sigmoid(n - i, x, xOff + i, y, yOff + i);
  }

  @Override
  public void sigmoidBackward(int n, float[] y, int yOff, float[] dy, int dyOff) {
    int i = TrainingVectors.sigmoidBackward(n, y, yOff, dy, dyOff);
    rest.sigmoidBackward(n - i, y, yOff + i, dy, dyOff + i);
  }

  @Override
  public void tanh(int n, float[] x, int xOff, float[] y, int yOff) {
    int i = VectorFunctions.tanh(n, x, xOff, y, yOff);
    rest.tanh(n - i, x, xOff + i, y, yOff + i);
  }

  @Override
  public void tanhBackward(int n, float[] y, int yOff, float[] dy, int dyOff) {
    int i = TrainingVectors.tanhBackward(n, y, yOff, dy, dyOff);
    rest.tanhBackward(n - i, y, yOff + i, dy, dyOff + i);
  }

  @Override
  public void softplus(int n, float[] x, int xOff, float[] y, int yOff) {
    int i = VectorFunctions.softplus(n, x, xOff, y, yOff);
    rest.softplus(n - i, x, xOff + i, y, yOff + i);
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
    int i = TrainingVectors.sgdStep(n, w, wOff, g, gOff, v, vOff, rate, momentum, l2);
    rest.sgdStep(n - i, w, wOff + i, g, gOff + i, v, vOff + i, rate, momentum, l2);
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
    int i =
        TrainingVectors.adamStep(
            n,
            w,
            wOff,
            g,
            gOff,
            m,
            mOff,
            v,
            vOff,
            stepSize,
            correction,
            beta1,
            beta2,
            epsilon,
            l2,
            decay);
    rest.adamStep(
        n - i,
        w,
        wOff + i,
        g,
        gOff + i,
        m,
        mOff + i,
        v,
        vOff + i,
        stepSize,
        correction,
        beta1,
        beta2,
        epsilon,
        l2,
        decay);
  }
}
