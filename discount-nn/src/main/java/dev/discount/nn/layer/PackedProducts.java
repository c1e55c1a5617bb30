package dev.discount.nn.layer;

import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.PackedMatrix;

/** The products of a layer of many outputs, from packed copies. */
final class PackedProducts implements DenseProducts {

  private final Dense layer;
  private final PackedMatrix weights;
  private final PackedMatrix outputGradient;

  PackedProducts(Kernels kernels, Dense layer, int capacity) {
    this.layer = layer;
    int stride = layer.weights().stride();
    this.weights = kernels.newPacked(layer.inputs(), stride);
    this.outputGradient = kernels.newPacked(capacity, stride);
    copyWeights(kernels, new Range(0, layer.inputs()));
  }

  @Override
  public void copyWeights(Kernels kernels, Range range) {
    Matrix w = layer.weights();
    kernels.repack(
        range.from(), range.size(), w.values(), w.offset(range.from()), w.stride(), weights);
  }

  @Override
  public void forwardInto(Workbench bench, Matrix x, Matrix out, int from, int to) {
    for (int i = from; i < to; i++) {
      System.arraycopy(layer.bias(), 0, out.values(), out.offset(i), out.stride());
    }
    bench.multiply(x, weights, out, from, to, true);
  }

  @Override
  public void keepOutputGradient(Workbench bench, Matrix dy, Range rows) {
    int off = dy.offset(rows.from());
    bench.kernels().repack(rows.from(), rows.size(), dy.values(), off, dy.stride(), outputGradient);
  }

  @Override
  public void sumWeights(Workbench bench, Matrix x, int rows, Range range, Matrix out) {
    bench
        .kernels()
        .gemmTransposedAPacked(
            rows,
            range.size(),
            x.values(),
            range.from(),
            x.stride(),
            outputGradient,
            out.values(),
            out.offset(range.from()),
            out.stride(),
            false,
            bench.scratch());
  }
}
