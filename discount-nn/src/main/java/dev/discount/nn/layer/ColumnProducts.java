package dev.discount.nn.layer;

import dev.discount.core.internal.kernel.Kernels;
import java.util.Arrays;

/**
 * The products of a layer of one output. Padded to whole vectors they would be sixteen times the
 * work: here they are dot products, and weighted sums of rows.
 */
final class ColumnProducts implements DenseProducts {

  private final Dense layer;
  private final float[] weights;
  private final float[] derivatives;
  private final float[] sums;

  ColumnProducts(Dense layer, int capacity) {
    this.layer = layer;
    this.weights = new float[layer.inputs()];
    this.derivatives = new float[capacity];
    this.sums = new float[layer.inputs()];
    copyWeights(0, weights.length);
  }

  @Override
  public void copyWeights(Kernels kernels, Range range) {
    copyWeights(range.from(), range.to());
  }

  private void copyWeights(int from, int to) {
    Matrix w = layer.weights();
    for (int i = from; i < to; i++) {
      weights[i] = w.values()[w.offset(i)];
    }
  }

  @Override
  public void forwardInto(Workbench bench, Matrix x, Matrix out, int from, int to) {
    float bias = layer.bias()[0];
    for (int i = from; i < to; i++) {
      float dot = bench.kernels().dot(weights.length, x.values(), x.offset(i), weights, 0);
      out.values()[out.offset(i)] = bias + dot;
    }
  }

  @Override
  public void keepOutputGradient(Workbench bench, Matrix dy, Range rows) {
    for (int i = rows.from(); i < rows.to(); i++) {
      derivatives[i] = dy.values()[dy.offset(i)];
    }
  }

  @Override
  public void sumWeights(Workbench bench, Matrix x, int rows, Range range, Matrix out) {
    int from = range.from();
    Arrays.fill(sums, from, range.to(), 0f);
    for (int i = 0; i < rows; i++) {
      bench
          .kernels()
          .axpy(range.size(), derivatives[i], x.values(), x.offset(i) + from, sums, from);
    }
    for (int j = from; j < range.to(); j++) {
      out.values()[out.offset(j)] = sums[j];
    }
  }
}
