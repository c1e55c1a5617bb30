package dev.discount.bench;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.OPENBLAS_VERSION;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;
import static org.bytedeco.openblas.presets.openblas_nolapack.blas_set_num_threads;

import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/** OpenBLAS on the dense products, on one thread, with matrices outside of the heap made once. */
final class OpenBlasProducts {

  private OpenBlasProducts() {}

  static List<Contender> contenders() {
    return List.of(
        contender(Figures.FORWARD_1024, Shape.forward(1024)),
        contender(Figures.FORWARD_256, Shape.forward(256)),
        contender(Figures.FORWARD_8, Shape.forward(8)),
        contender(Figures.FORWARD_1, Shape.forward(1)),
        contender(Figures.WEIGHT_GRADIENT, Shape.WEIGHT_GRADIENT),
        contender(Figures.INPUT_GRADIENT, Shape.INPUT_GRADIENT));
  }

  /**
   * A product {@code C = op(A) * op(B)} of matrices without gaps, row by row.
   *
   * @param transposedA whether A is stored with rows and columns exchanged
   * @param transposedB whether B is
   * @param m the rows of C
   * @param n the columns of C
   * @param k the summands of an element of C
   */
  private record Shape(boolean transposedA, boolean transposedB, int m, int n, int k) {

    static final Shape WEIGHT_GRADIENT =
        new Shape(true, false, Products.WIDTH, Products.WIDTH, Workloads.BATCH);
    static final Shape INPUT_GRADIENT =
        new Shape(false, true, Workloads.BATCH, Products.WIDTH, Products.WIDTH);

    static Shape forward(int rows) {
      return new Shape(false, false, rows, Products.WIDTH, Products.WIDTH);
    }

    double flops() {
      return 2.0 * m * n * k;
    }

    int indexA(int row, int column) {
      return transposedA ? column * m + row : row * k + column;
    }

    int indexB(int row, int column) {
      return transposedB ? column * k + row : row * n + column;
    }
  }

  private static Contender contender(Figure figure, Shape shape) {
    double amount = figure.unit() == Figure.Unit.GFLOPS ? shape.flops() : 1;
    return new RivalContender(
        figure,
        OPENBLAS_VERSION.trim(),
        "for the rival: neither operand is packed between calls, and each call goes through JNI",
        () -> {
          Product product = new Product(shape);
          product.check();
          return new RivalContender.Opened(
              new RateContender(figure, amount, () -> product::run), product);
        });
  }

  /** A product with its matrices. */
  private static final class Product implements AutoCloseable {

    /** The relative error of a float sum of k products is below k of these (Higham, 3.5). */
    private static final double UNIT = 0x1p-23;

    private final Shape shape;
    private final float[] a;
    private final float[] b;
    private final FloatPointer aPointer;
    private final FloatPointer bPointer;
    private final FloatPointer cPointer;

    Product(Shape shape) {
      this.shape = shape;
      this.a = Products.random(shape.m * shape.k, 1);
      this.b = Products.random(shape.k * shape.n, 2);
      this.aPointer = new FloatPointer(a);
      this.bPointer = new FloatPointer(b);
      this.cPointer = new FloatPointer((long) shape.m * shape.n);
      Loader.load(openblas_nolapack.class);
      blas_set_num_threads(1);
    }

    void run() {
      cblas_sgemm(
          CblasRowMajor,
          shape.transposedA ? CblasTrans : CblasNoTrans,
          shape.transposedB ? CblasTrans : CblasNoTrans,
          shape.m,
          shape.n,
          shape.k,
          1,
          aPointer,
          shape.transposedA ? shape.m : shape.k,
          bPointer,
          shape.transposedB ? shape.k : shape.n,
          0,
          cPointer,
          shape.n);
    }

    /** Compares with sums in double, within the bound of sums in float. */
    void check() {
      run();
      for (int row = 0; row < shape.m; row++) {
        for (int column = 0; column < shape.n; column++) {
          double sum = 0;
          double magnitude = 0;
          for (int i = 0; i < shape.k; i++) {
            double term = (double) a[shape.indexA(row, i)] * b[shape.indexB(i, column)];
            sum += term;
            magnitude += Math.abs(term);
          }
          float given = cPointer.get((long) row * shape.n + column);
          if (!(Math.abs(given - sum) <= shape.k * UNIT * magnitude)) {
            throw new IllegalStateException(
                "element " + row + ", " + column + " must be near " + sum + ", got " + given);
          }
        }
      }
    }

    @Override
    public void close() {
      aPointer.close();
      bPointer.close();
      cPointer.close();
    }
  }
}
