package dev.discount.bench;

import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.KernelsProvider;
import dev.discount.core.internal.kernel.PackedMatrix;
import dev.discount.core.internal.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;

/** The dense products of a layer of 128 inputs and 128 outputs. */
final class Products {

  static final int WIDTH = Workloads.HIDDEN;

  private static final double FLOPS_PER_ROW = 2.0 * WIDTH * WIDTH;

  private Products() {}

  static List<Contender> contenders() {
    List<Contender> all = new ArrayList<>();
    Kernels fastest = KernelsProvider.fastest();
    Kernels scalar = KernelsProvider.scalar();
    all.add(product(Figures.FORWARD_1024, 1024, () -> forward(fastest, 1024, false)));
    all.add(product(Figures.FORWARD_256, 256, () -> forward(fastest, 256, false)));
    all.add(product(Figures.FORWARD_8, 8, () -> forward(fastest, 8, false)));
    all.add(new RateContender(Figures.FORWARD_1, 1, () -> forward(fastest, 1, false)));
    all.add(new RateContender(Figures.FORWARD_1_RELU, 1, () -> forward(fastest, 1, true)));
    all.add(product(Figures.WEIGHT_GRADIENT, 256, () -> weightGradient(fastest)));
    all.add(product(Figures.INPUT_GRADIENT, 256, () -> inputGradient(fastest)));
    all.add(new ChildContender(Figures.FORWARD_AVX2, List.of("-XX:UseAVX=2")));
    all.add(product(Figures.FORWARD_SCALAR, 1024, () -> forward(scalar, 1024, false)));
    return all;
  }

  private static Contender product(
      Figure figure, int rows, java.util.function.Supplier<Runnable> work) {
    return new RateContender(figure, FLOPS_PER_ROW * rows, work);
  }

  /** Returns the operations a second of the product of 1024 rows, in GFLOP/s. */
  static double forward1024() {
    Runnable work = forward(KernelsProvider.fastest(), 1024, false);
    return Stopwatch.FINE.perSecond(work) * FLOPS_PER_ROW * 1024 / 1e9;
  }

  private static Runnable forward(Kernels kernels, int rows, boolean rectified) {
    float[] x = random(rows * WIDTH, 1);
    if (rectified) {
      kernels.relu(x.length, x, 0);
    }
    float[] y = new float[rows * WIDTH];
    float[][] scratch = new float[2][WIDTH];
    PackedMatrix w = kernels.pack(WIDTH, WIDTH, random(WIDTH * WIDTH, 2), 0, WIDTH);
    return () -> kernels.gemmPacked(rows, x, 0, WIDTH, w, y, 0, WIDTH, false, scratch);
  }

  /** As training does it: the derivative is packed for this one product. */
  private static Runnable weightGradient(Kernels kernels) {
    int rows = Workloads.BATCH;
    float[] x = random(rows * WIDTH, 1);
    float[] dy = random(rows * WIDTH, 2);
    float[] dw = new float[WIDTH * WIDTH];
    PackedMatrix packed = kernels.newPacked(rows, WIDTH);
    float[][] scratch = new float[2][WIDTH];
    return () -> {
      kernels.repack(0, rows, dy, 0, WIDTH, packed);
      kernels.gemmTransposedAPacked(rows, WIDTH, x, 0, WIDTH, packed, dw, 0, WIDTH, false, scratch);
    };
  }

  /** As training does it: the weights are transposed for this one product. */
  private static Runnable inputGradient(Kernels kernels) {
    int rows = Workloads.BATCH;
    float[] dy = random(rows * WIDTH, 1);
    float[] dx = new float[dy.length];
    float[] w = random(WIDTH * WIDTH, 2);
    PackedMatrix transposed = kernels.newPacked(WIDTH, WIDTH);
    float[][] scratch = new float[2][WIDTH];
    return () -> {
      kernels.repackTransposed(0, WIDTH, w, 0, WIDTH, transposed);
      kernels.gemmPacked(rows, dy, 0, WIDTH, transposed, dx, 0, WIDTH, false, scratch);
    };
  }

  /** Returns numbers of [-0.5, 0.5), the same for the same stream. */
  static float[] random(int n, long stream) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = CounterRandom.unitFloat(1, stream, i) - 0.5f;
    }
    return values;
  }
}
