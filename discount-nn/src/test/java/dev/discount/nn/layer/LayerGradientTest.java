package dev.discount.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.discount.core.embedding.EmbeddingTable;
import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.KernelsProvider;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Single layers against central differences of their definition in double. */
class LayerGradientTest {

  private static final Kernels KERNELS = KernelsProvider.fastest();
  private static final double STEP = 1e-6;

  /* A few roundings of numbers up to 3, and the difference quotient's 1e-9. */
  private static final double BOUND = 2e-6;

  private static double difference(DoubleUnaryOperator f, double x) {
    return (f.applyAsDouble(x + STEP) - f.applyAsDouble(x - STEP)) / (2 * STEP);
  }

  @Test
  void activations_backward_equalCentralDifferences() {
    assertActivation(Activation.RELU, x -> Math.max(0, x));
    assertActivation(Activation.LEAKY_RELU, x -> x > 0 ? x : Activation.LEAKY_SLOPE * x);
    assertActivation(Activation.SIGMOID, x -> 1 / (1 + Math.exp(-x)));
    assertActivation(Activation.TANH, Math::tanh);
  }

  private static void assertActivation(Activation activation, DoubleUnaryOperator f) {
    int columns = 37;
    Matrix y = new Matrix(3, columns);
    Matrix dy = new Matrix(3, columns);
    for (int i = 0; i < y.values().length; i++) {
      y.values()[i] = (i % 23 - 11) * 0.2f + 0.05f;
      dy.values()[i] = 0.3f + (i % 5) * 0.5f;
    }
    float[] x = y.values().clone();
    float[] before = dy.values().clone();
    Range rows = new Range(1, 3);
    activation.forwardInPlace(KERNELS, y, rows.from(), rows.to());
    activation.backwardInPlace(KERNELS, y, dy, rows);
    for (int i = 0; i < x.length; i++) {
      boolean inside = i >= y.offset(1);
      assertEquals(
          inside ? f.applyAsDouble(x[i]) : x[i], y.values()[i], BOUND, activation + " " + i);
      double expected = inside ? before[i] * difference(f, x[i]) : before[i];
      assertEquals(expected, dy.values()[i], BOUND, activation + " " + i);
    }
  }

  @Test
  void dropout_backward_equalsCentralDifferencesForItsMask() {
    Dropout dropout = new Dropout(0.4, 7, 1);
    Matrix mask = new Matrix(2, 20);
    dropout.drawInto(5, new Range(0, 2), mask);
    Matrix dy = new Matrix(2, 20);
    for (int i = 0; i < dy.values().length; i++) {
      dy.values()[i] = i * 0.01f - 0.2f;
    }
    float[] before = dy.values().clone();
    Dropout.applyInPlace(KERNELS, mask, dy, new Range(0, 2));
    for (int i = 0; i < before.length; i++) {
      boolean padding = i % dy.stride() >= dy.columns();
      float unit = padding ? 1 : mask.values()[i];
      double slope = before[i];
      assertEquals(difference(x -> slope * x * unit, 0.7), dy.values()[i], BOUND);
    }
  }

  @Test
  void embedding_repeatedIds_equalCentralDifferences() {
    EmbeddingTable table = new EmbeddingTable(5, 3);
    Embedding.initialise(table, 1, 3, 4);
    int[] ids = {2, 4, 2, 1, 4, 2};
    float[] c = new float[ids.length * 3];
    for (int i = 0; i < c.length; i++) {
      c[i] = (i * 7 % 11) * 0.1f - 0.4f;
    }
    Embedding embedding = new Embedding(table, 1, 2, 6);
    System.arraycopy(ids, 0, embedding.indexes(), 0, ids.length);
    embedding.group(ids.length);
    Matrix dx = new Matrix(6, 5);
    for (int i = 0; i < c.length; i++) {
      dx.values()[dx.offset(i / 3) + 2 + i % 3] = c[i];
    }
    embedding.sumInPlace(KERNELS, dx, new Range(0, embedding.groups().size()));
    assertEquals(3, embedding.groups().size());
    for (int group = 0; group < 3; group++) {
      int first = embedding.groups().firstRow(group);
      for (int j = 0; j < 3; j++) {
        int id = ids[first];
        int column = j;
        double expected = difference(x -> linear(ids, c, id, column, x), 0.3);
        assertEquals(expected, dx.values()[dx.offset(first) + 2 + j], BOUND);
      }
    }
  }

  /** The loss sum_i c_i . E[id_i] as a function of one element of E. */
  private static double linear(int[] ids, float[] c, int id, int column, double element) {
    double sum = 0;
    for (int i = 0; i < ids.length; i++) {
      sum += ids[i] == id ? c[i * 3 + column] * element : 0;
    }
    return sum;
  }
}
