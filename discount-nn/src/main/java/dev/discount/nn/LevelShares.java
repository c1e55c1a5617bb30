package dev.discount.nn;

import dev.discount.core.DiscountLadder;
import dev.discount.core.embedding.EmbeddingTable;
import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.PackedMatrix;
import dev.discount.nn.layer.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * What each level of a ladder adds to a score: its share of the first layer, or its place on a
 * monotone curve. Computed once where it does not depend on a row's price. Confined to one thread.
 */
final class LevelShares {

  private final Network network;
  private final DiscountLadder ladder;
  private final Kernels kernels;
  private final int levels;
  private final boolean priced;
  private final boolean active;
  private final Matrix shares;
  private final float[] ramps;
  private final int rampStride;
  private final float[] depth = new float[1];
  private final @Nullable PackedMatrix depthWeights;
  private final float[][] scratch;

  /**
   * Makes the levels' shares.
   *
   * @param network the network
   * @param ladder the levels, checked against the network
   * @param arms the trained arm of each level, read for named arms only
   */
  LevelShares(Network network, DiscountLadder ladder, int[] arms, Kernels kernels) {
    this.network = network;
    this.ladder = ladder;
    this.kernels = kernels;
    this.levels = ladder.size();
    this.priced = LevelInput.needsPrice(ladder);
    LevelInput.Kind kind = network.level().kind();
    this.active = kind == LevelInput.Kind.DEPTH || kind == LevelInput.Kind.ARM;
    this.shares = new Matrix(active ? levels : 0, network.layout().layers()[0]);
    this.rampStride = network.head().outputs();
    this.ramps = new float[levels * rampStride];
    Matrix first = network.weights().layers()[0].weights();
    this.scratch = new float[2][first.stride()];
    this.depthWeights =
        kind == LevelInput.Kind.DEPTH ? pack(first, network.layout().depthColumn(), 1) : null;
    if (kind == LevelInput.Kind.ARM) {
      computeArms(arms);
    } else {
      computeDepths(0);
    }
  }

  /** Returns whether levels enter by the first layer, so that each is a row of its own. */
  boolean active() {
    return active;
  }

  /**
   * Computes the first layer of every row at every level.
   *
   * @param common the share common to a row's levels, shape {@code [>= rows, layer]}
   * @param rows the number of rows
   * @param pricesMinor each row's list price, read where levels are amounts
   * @param out the first layer's sums, shape {@code [>= rows * levels, layer]}
   */
  void addInto(Matrix common, int rows, long[] pricesMinor, Matrix out) {
    int stride = out.stride();
    for (int i = 0; i < rows; i++) {
      if (priced) {
        computeDepths(pricesMinor[i]);
      }
      int at = out.offset(i * levels);
      for (int level = 0; level < levels; level++) {
        System.arraycopy(
            common.values(), common.offset(i), out.values(), at + level * stride, stride);
      }
      kernels.add(levels * stride, shares.values(), 0, out.values(), at);
    }
  }

  /**
   * Computes the logits of one row's levels on a monotone curve.
   *
   * @param head the curve
   * @param outputs the last layer's outputs, shape {@code [>= rows, head.outputs()]}
   * @param slopes their softplus, of the same shape
   * @param row the row
   * @param pricesMinor each row's list price, read where levels are amounts
   * @param out the logits, shape {@code [levels]} from {@code outOffset}
   * @param outOffset where they begin
   */
  void curveInto(
      MonotoneHead head,
      Matrix outputs,
      Matrix slopes,
      int row,
      long[] pricesMinor,
      float[] out,
      int outOffset) {
    if (priced) {
      computeDepths(pricesMinor[row]);
    }
    int off = outputs.offset(row);
    float intercept = outputs.values()[off];
    for (int level = 0; level < levels; level++) {
      out[outOffset + level] =
          head.logit(intercept, slopes.values(), off, ramps, level * rampStride);
    }
  }

  private void computeDepths(long priceMinor) {
    for (int level = 0; level < levels; level++) {
      float share = ladder.ordered() ? LevelInput.depth(ladder.level(level), priceMinor) : 0;
      if (network.head() instanceof MonotoneHead head) {
        head.rampsInto(share, ramps, level * rampStride);
      } else if (depthWeights != null) {
        depth[0] = network.level().standardised(share);
        computeShare(level, depth, 0, depthWeights);
      }
    }
  }

  private void computeArms(int[] arms) {
    int table = network.layout().fields();
    EmbeddingTable vectors = network.weights().tables()[table];
    Matrix first = network.weights().layers()[0].weights();
    PackedMatrix weights = pack(first, network.layout().tableColumns()[table], vectors.width());
    for (int level = 0; level < levels; level++) {
      int arm = arms[level];
      computeShare(level, vectors.page(arm), vectors.offset(arm), weights);
    }
  }

  private PackedMatrix pack(Matrix weights, int fromInput, int inputs) {
    int stride = weights.stride();
    return kernels.pack(inputs, stride, weights.values(), weights.offset(fromInput), stride);
  }

  private void computeShare(int level, float[] x, int xOff, PackedMatrix weights) {
    kernels.gemmPacked(
        1,
        x,
        xOff,
        weights.rows(),
        weights,
        shares.values(),
        shares.offset(level),
        shares.stride(),
        false,
        scratch);
  }
}
