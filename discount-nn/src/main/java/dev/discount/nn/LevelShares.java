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
  private final float[] column;
  private final Matrix ramps;
  private final @Nullable PackedMatrix packedRamps;
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
    this.column = new float[network.head().outputs()];
    this.ramps = new Matrix(column.length, levels);
    Matrix first = network.weights().layers()[0].weights();
    this.scratch = new float[2][Math.max(first.stride(), ramps.stride())];
    this.depthWeights =
        kind == LevelInput.Kind.DEPTH ? pack(first, network.layout().depthColumn(), 1) : null;
    if (kind == LevelInput.Kind.ARM) {
      computeArms(arms);
    } else {
      computeDepths(0);
    }
    this.packedRamps =
        priced
            ? null
            : kernels.pack(column.length, ramps.stride(), ramps.values(), 0, ramps.stride());
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
   * @param from the first row's place in {@code pricesMinor}
   * @param pricesMinor list prices, read where levels are amounts
   * @param out the first layer's sums, shape {@code [>= rows * levels, layer]}
   */
  void addInto(Matrix common, int rows, int from, long[] pricesMinor, Matrix out) {
    int stride = out.stride();
    for (int i = 0; i < rows; i++) {
      if (priced) {
        computeDepths(pricesMinor[from + i]);
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
   * Computes the logits of rows on monotone curves.
   *
   * @param slopes the softplus of the head's outputs, the intercept in column 0; shape {@code [>=
   *     rows, head.outputs()]}
   * @param rows the number of rows
   * @param from the first row's place in {@code pricesMinor}
   * @param pricesMinor list prices, read where levels are amounts
   * @param out the logits, shape {@code [>= rows, levels]}
   */
  void curvesInto(Matrix slopes, int rows, int from, long[] pricesMinor, Matrix out) {
    if (packedRamps != null) {
      kernels.gemmPacked(
          rows,
          slopes.values(),
          0,
          slopes.stride(),
          packedRamps,
          out.values(),
          0,
          out.stride(),
          false,
          scratch);
      return;
    }
    for (int i = 0; i < rows; i++) {
      computeDepths(pricesMinor[from + i]);
      curveInto(slopes, i, out);
    }
  }

  private void curveInto(Matrix slopes, int row, Matrix out) {
    kernels.gemm(
        1,
        ramps.stride(),
        column.length,
        slopes.values(),
        slopes.offset(row),
        slopes.stride(),
        ramps.values(),
        0,
        ramps.stride(),
        out.values(),
        out.offset(row),
        out.stride(),
        false);
  }

  private void computeDepths(long priceMinor) {
    for (int level = 0; level < levels; level++) {
      float share = ladder.ordered() ? LevelInput.depth(ladder.level(level), priceMinor) : 0;
      if (network.head() instanceof MonotoneHead head) {
        head.rampsInto(share, column, 0);
        for (int k = 0; k < column.length; k++) {
          ramps.values()[ramps.offset(k) + level] = column[k];
        }
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
