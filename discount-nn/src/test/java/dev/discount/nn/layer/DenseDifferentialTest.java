package dev.discount.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.KernelsProvider;
import dev.discount.core.internal.random.CounterRandom;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A dense layer, forward and backward, against EJML's double-precision products. */
class DenseDifferentialTest {

  private static final Kernels KERNELS = KernelsProvider.fastest();

  @ParameterizedTest
  @CsvSource({"1,1,1", "3,5,2", "8,16,16", "9,17,15", "33,31,64", "20,130,33"})
  void dense_forwardAndBackward_withinBoundOfEjml(int rows, int inputs, int outputs) {
    Dense layer = new Dense(inputs, outputs);
    layer.initialise(Dense.Init.GLOROT, 4, 9);
    for (int j = 0; j < outputs; j++) {
      layer.bias()[j] = draw(1, j);
    }
    Matrix x = random(rows, inputs, 2);
    Matrix dy = random(rows, outputs, 3);
    SimpleMatrix w = of(layer.weights());

    Matrix y = new Matrix(rows, outputs);
    TrainableDense trainable = new TrainableDense(KERNELS, layer, 1, inputs, rows);
    Workbench bench = Workbench.of(KERNELS, Math.max(inputs, outputs));
    trainable.forwardInto(bench, x, y, new Range(0, rows));
    SimpleMatrix expected = of(x).mult(w);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < outputs; j++) {
        expected.set(i, j, expected.get(i, j) + layer.bias()[j]);
      }
    }
    assertClose(expected, y, inputs + 1);

    Matrix dx = new Matrix(rows, inputs);
    trainable.inputGradientInto(bench, dy, dx, new Range(0, rows));
    assertClose(of(dy).mult(w.transpose()), dx, outputs);

    trainable.keepOutputGradient(bench, dy, new Range(0, rows / 3));
    trainable.keepOutputGradient(bench, dy, new Range(rows / 3, rows));
    int half = inputs / 2;
    trainable.sumWeights(bench, x, rows, new Range(0, half));
    trainable.sumWeights(bench, x, rows, new Range(half, inputs));
    Dense.Gradient gradient = trainable.gradient();
    gradient.sumBias(KERNELS, dy, rows);
    assertClose(of(x).transpose().mult(of(dy)), gradient.weights(), rows);
    for (int j = 0; j < outputs; j++) {
      assertEquals(of(dy).extractVector(false, j).elementSum(), gradient.bias()[j], bound(rows));
    }
  }

  /** The error bound n u / (1 - n u) times the sum of n products of magnitude at most 3. */
  private static double bound(int n) {
    double nu = n * 0x1p-24;
    return nu / (1 - nu) * 3 * n;
  }

  private static void assertClose(SimpleMatrix expected, Matrix given, int terms) {
    for (int i = 0; i < given.rows(); i++) {
      for (int j = 0; j < given.stride(); j++) {
        float value = given.values()[given.offset(i) + j];
        if (j < given.columns()) {
          assertEquals(expected.get(i, j), value, bound(terms), i + ", " + j);
        } else {
          assertEquals(0f, value, "padding " + i + ", " + j);
        }
      }
    }
  }

  private static float draw(long stream, long index) {
    return 2 * CounterRandom.unitFloat(11, stream, index) - 1;
  }

  private static Matrix random(int rows, int columns, long stream) {
    Matrix matrix = new Matrix(rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        matrix.values()[matrix.offset(i) + j] = draw(stream, (long) i * columns + j);
      }
    }
    return matrix;
  }

  private static SimpleMatrix of(Matrix matrix) {
    SimpleMatrix out = new SimpleMatrix(matrix.rows(), matrix.columns());
    for (int i = 0; i < matrix.rows(); i++) {
      for (int j = 0; j < matrix.columns(); j++) {
        out.set(i, j, matrix.values()[matrix.offset(i) + j]);
      }
    }
    return out;
  }
}
