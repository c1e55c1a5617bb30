package dev.discount.nn;

import dev.discount.core.internal.kernel.Kernels;
import dev.discount.nn.layer.Dense;
import dev.discount.nn.layer.Dropout;
import dev.discount.nn.layer.Matrix;
import dev.discount.nn.layer.Range;
import dev.discount.nn.layer.TrainableDense;
import dev.discount.nn.layer.Workbench;
import dev.discount.nn.loss.Loss;

/**
 * The forward and backward pass of a batch through a network, with every buffer between. Threads
 * that work at the same time work on different rows.
 */
final class NetPass {

  private final Network network;
  private final TrainableDense[] layers;
  private final TrainingBatch batch;
  private final Dropout[] dropouts;
  private final Loss loss;

  /** What layer l reads, after dropout: shape [capacity, inputs of l]. */
  private final Matrix[] inputs;

  /** What layer l gives, after its activation: shape [capacity, outputs of l]. */
  private final Matrix[] outputs;

  /** The derivative of the loss by what layer l gives, before its activation. */
  private final Matrix[] gradients;

  private final Matrix[] masks;
  private final Matrix inputGradient;
  private final HeadRows headRows;

  /**
   * Makes the buffers.
   *
   * @param network the network
   * @param layers its dense layers
   * @param batch the rows
   * @param dropouts the dropout of each layer's input, shape {@code [layers]}
   * @param capacity the largest batch
   */
  NetPass(
      Network network,
      TrainableDense[] layers,
      TrainingBatch batch,
      Dropout[] dropouts,
      int capacity) {
    this.network = network;
    this.layers = layers;
    this.batch = batch;
    this.dropouts = dropouts;
    this.loss = network.head().loss();
    int n = layers.length;
    this.inputs = new Matrix[n];
    this.outputs = new Matrix[n];
    this.gradients = new Matrix[n];
    this.masks = new Matrix[n];
    HeadRows head = HeadRows.of(capacity, network.head());
    for (int l = 0; l < n; l++) {
      Dense layer = layers[l].layer();
      boolean last = l == n - 1;
      outputs[l] = last ? head.outputs() : new Matrix(capacity, layer.outputs());
      gradients[l] = last ? head.gradients() : new Matrix(capacity, layer.outputs());
      boolean drops = dropouts[l].active();
      masks[l] = new Matrix(drops ? capacity : 0, layer.inputs());
      inputs[l] = l == 0 || drops ? new Matrix(capacity, layer.inputs()) : outputs[l - 1];
    }
    this.headRows =
        new HeadRows(head.outputs(), head.gradients(), head.slopes(), head.ramps(), batch.depths());
    this.inputGradient = new Matrix(capacity, Math.max(1, network.layout().embeddedColumns()));
  }

  /** Returns what a layer reads. */
  Matrix input(int layer) {
    return inputs[layer];
  }

  /** Returns what the units that a layer reads were multiplied by; no rows without dropout. */
  Matrix mask(int layer) {
    return masks[layer];
  }

  /** Returns the derivative of the loss by what a layer gives, before its activation. */
  Matrix gradient(int layer) {
    return gradients[layer];
  }

  /** Returns the derivative of the loss by the embedded columns of the first input. */
  Matrix inputGradient() {
    return inputGradient;
  }

  /**
   * Computes logits and losses of a range of rows without dropout.
   *
   * @param range the rows
   */
  void evaluate(Workbench bench, Range range) {
    batch.gatherInto(bench.kernels(), range, inputs[0]);
    for (int l = 0; l < layers.length; l++) {
      Matrix x = l == 0 ? inputs[0] : outputs[l - 1];
      forward(bench, l, x, range);
    }
    finish(bench.kernels(), range);
  }

  /**
   * Computes logits, losses and all derivatives but those of the weights for a range of rows.
   *
   * @param step the step's number, for dropout
   * @param range the rows
   */
  void train(Workbench bench, long step, Range range) {
    batch.gatherInto(bench.kernels(), range, inputs[0]);
    for (int l = 0; l < layers.length; l++) {
      if (dropouts[l].active()) {
        drop(bench.kernels(), l, step, range);
      }
      forward(bench, l, inputs[l], range);
    }
    finish(bench.kernels(), range);
    network.head().backward(bench.kernels(), headRows, batch.loss(), range);
    for (int l = layers.length - 1; l >= 0; l--) {
      layers[l].keepOutputGradient(bench, gradients[l], range);
      backward(bench, l, range);
    }
  }

  private void forward(Workbench bench, int l, Matrix x, Range range) {
    layers[l].forwardInto(bench, x, outputs[l], range);
    if (l < layers.length - 1) {
      network.activation().forwardInPlace(bench.kernels(), outputs[l], range.from(), range.to());
    }
  }

  private void drop(Kernels kernels, int l, long step, Range range) {
    if (l > 0) {
      int off = inputs[l].offset(range.from());
      int count = range.size() * inputs[l].stride();
      System.arraycopy(outputs[l - 1].values(), off, inputs[l].values(), off, count);
    }
    dropouts[l].drawInto(step, range, masks[l]);
    Dropout.applyInPlace(kernels, masks[l], inputs[l], range);
  }

  private void finish(Kernels kernels, Range range) {
    network.head().forward(kernels, headRows, batch.loss(), range);
    loss.evaluate(kernels, batch.loss(), range.from(), range.to());
  }

  private void backward(Workbench bench, int l, Range range) {
    if (l == 0 && network.layout().embeddedColumns() == 0) {
      return;
    }
    Matrix dx = l == 0 ? inputGradient : gradients[l - 1];
    layers[l].inputGradientInto(bench, gradients[l], dx, range);
    if (dropouts[l].active()) {
      Dropout.applyInPlace(bench.kernels(), masks[l], dx, range);
    }
    if (l > 0) {
      network.activation().backwardInPlace(bench.kernels(), outputs[l - 1], dx, range);
    }
  }
}
