package dev.discount.nn;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.EncodedRows;
import dev.discount.core.embedding.EmbeddingTable;
import dev.discount.core.embedding.TablePrecision;
import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.PackedMatrix;
import dev.discount.nn.layer.Dense;
import dev.discount.nn.layer.Matrix;
import dev.discount.nn.layer.TableRows;
import dev.discount.nn.layer.Workbench;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Scores encoded rows with one network at every level of a ladder. Confined to one thread;
 * allocates only where a batch is larger than all before.
 */
final class NetScorer {

  /*
   * The first layer is a sum of shares, one for each block of inputs, and each share is one fma
   * chain from +0 over the block's inputs in rising order:
   *
   *     h = bias;  h += E_f[id_f] * W_f, f in schema order;  h += numbers * W_n;  h += level share
   *
   * All but the level's share is common to the levels and computed once. The share of a bfloat16
   * table is rounded to bfloat16. Every later layer is one fma chain from its bias, or a dot product
   * added to it if it has one output. Rows pass all layers in blocks that stay in the first caches. A
   * monotone curve is a product as well, of the slopes and the ramps: the chain that the head
   * states, begun by the intercept times 1.
   */

  /** Rows of a layer that are computed at a time. */
  private static final int BLOCK_ROWS = 64;

  private final Network network;
  private final Kernels kernels;
  private final LevelShares shares;
  private final int levels;
  private final @Nullable EmbeddingTable[] folded;
  private final ServingWeights weights;
  private final Workbench bench;
  private final int blockRows;

  private int capacity;
  private Matrix gathered;
  private Matrix share;
  private Matrix common;
  private Matrix[] outputs;
  private Matrix slopes;
  private Matrix logits;

  /**
   * Makes a scorer.
   *
   * @param network the network
   * @param weights what its scorers share, for the same kernels
   * @param ladder the levels, checked against the network
   * @param arms the trained arm of each level of a ladder of named arms
   */
  NetScorer(
      Network network, ServingWeights weights, DiscountLadder ladder, int[] arms, Kernels kernels) {
    this.network = network;
    this.weights = weights;
    this.kernels = kernels;
    this.levels = ladder.size();
    this.shares = new LevelShares(network, ladder, arms, kernels);
    NetLayout layout = network.layout();
    Dense[] layers = network.weights().layers();
    this.folded = new EmbeddingTable[layout.fields()];
    for (int f = 0; f < folded.length; f++) {
      folded[f] = weights.folded(f);
    }
    int widest = 0;
    for (Dense layer : layers) {
      widest = Math.max(widest, layer.weights().stride());
    }
    this.bench = Workbench.of(kernels, widest);
    this.outputs = new Matrix[layers.length];
    this.gathered = new Matrix(0, 1);
    this.share = gathered;
    this.common = gathered;
    this.slopes = gathered;
    this.logits = gathered;
    this.blockRows = shares.active() ? Math.max(1, BLOCK_ROWS / levels) : BLOCK_ROWS;
    grow(1);
  }

  /**
   * Computes probabilities.
   *
   * @param rows the encoded rows
   * @param pricesMinor each row's list price where levels are amounts, negative if unknown
   * @param out the probabilities, shape {@code [rows.size(), levels]} from {@code outOffset}
   * @param outOffset where they begin
   */
  void scoreInto(EncodedRows rows, long[] pricesMinor, float[] out, int outOffset) {
    if (capacity < blockRows && capacity < rows.size()) {
      grow(Math.min(blockRows, rows.size()));
    }
    for (int from = 0; from < rows.size(); from += capacity) {
      int n = Math.min(capacity, rows.size() - from);
      scoreBlock(rows, from, n, pricesMinor);
      System.arraycopy(logits.values(), 0, out, outOffset + from * levels, n * levels);
    }
  }

  /** Computes the probabilities of n rows into the start of {@code logits}. */
  private void scoreBlock(EncodedRows rows, int from, int n, long[] pricesMinor) {
    commonShare(rows, from, n);
    int m = n;
    if (shares.active()) {
      shares.addInto(common, n, from, pricesMinor, outputs[0]);
      m = n * levels;
    }
    int last = outputs.length - 1;
    for (int l = 1; l <= last; l++) {
      network.activation().forwardInPlace(kernels, outputs[l - 1], 0, m);
      weights.layer(l).forwardInto(bench, outputs[l - 1], outputs[l], 0, m);
    }
    readHead(from, n, pricesMinor);
    if (network.head().logit()) {
      kernels.sigmoid(Matrix.pad(n * levels), logits.values(), 0, logits.values(), 0);
    }
  }

  private void commonShare(EncodedRows rows, int from, int n) {
    int stride = common.stride();
    boolean begun = false;
    for (int f = 0; f < folded.length; f++) {
      if (f + 1 < folded.length && isFoldedWide(f) && isFoldedWide(f + 1)) {
        addFoldedPair(f, rows, from, n, begun);
        f++;
      } else {
        if (!begun) {
          copyBias(n);
        }
        addField(f, rows, from, n);
      }
      begun = true;
    }
    if (!begun) {
      copyBias(n);
    }
    if (weights.numbers() != null) {
      multiply(weights.numbers(), rows.numbers(), from * rows.numberWidth(), n);
      kernels.add(n * stride, share.values(), 0, common.values(), 0);
    }
  }

  private boolean isFoldedWide(int field) {
    EmbeddingTable sums = folded[field];
    return sums != null && sums.precision() == TablePrecision.FLOAT32;
  }

  private void copyBias(int n) {
    float[] bias = network.weights().layers()[0].bias();
    for (int i = 0; i < n; i++) {
      System.arraycopy(bias, 0, common.values(), common.offset(i), common.stride());
    }
  }

  /** Adds two fields of folded tables of float32, to the bias where nothing was added yet. */
  private void addFoldedPair(int field, EncodedRows rows, int from, int n, boolean begun) {
    EmbeddingTable first = Objects.requireNonNull(folded[field]);
    EmbeddingTable second = Objects.requireNonNull(folded[field + 1]);
    int[] firstIndexes = rows.indexes(field);
    int[] secondIndexes = rows.indexes(field + 1);
    Matrix h = common;
    float[] begin = begun ? h.values() : network.weights().layers()[0].bias();
    for (int i = 0; i < n; i++) {
      int a = firstIndexes[from + i];
      int b = secondIndexes[from + i];
      kernels.addPair(
          h.stride(),
          begin,
          begun ? h.offset(i) : 0,
          first.page(a),
          first.offset(a),
          second.page(b),
          second.offset(b),
          h.values(),
          h.offset(i));
    }
  }

  private void addField(int field, EncodedRows rows, int from, int n) {
    int[] indexes = rows.indexes(field);
    EmbeddingTable sums = folded[field];
    if (sums != null) {
      addFolded(sums, indexes, from, n);
      return;
    }
    EmbeddingTable table = network.weights().tables()[field];
    TableRows.gatherInto(kernels, table, indexes, from, n, gathered.values(), 0, table.width());
    multiply(weights.field(field), gathered.values(), 0, n);
    int floats = n * share.stride();
    if (table.precision() == TablePrecision.BFLOAT16) {
      kernels.roundToBfloat16(floats, share.values(), 0);
    }
    kernels.add(floats, share.values(), 0, common.values(), 0);
  }

  private void addFolded(EmbeddingTable sums, int[] indexes, int from, int n) {
    Matrix h = common;
    int stride = h.stride();
    boolean wide = sums.precision() == TablePrecision.FLOAT32;
    for (int i = 0; i < n; i++) {
      int row = indexes[from + i];
      int at = sums.offset(row);
      if (wide) {
        kernels.add(stride, sums.page(row), at, h.values(), h.offset(i));
      } else {
        kernels.addWidened(stride, sums.bfloatPage(row), at, h.values(), h.offset(i));
      }
    }
  }

  /** Computes the share of a block of inputs. */
  private void multiply(@Nullable PackedMatrix w, float[] x, int xOff, int n) {
    if (w == null) {
      return;
    }
    int stride = share.stride();
    int width = w.rows();
    kernels.gemmPacked(n, x, xOff, width, w, share.values(), 0, stride, false, bench.scratch());
  }

  /** Computes the logits of n rows, one row after the other without padding. */
  private void readHead(int from, int n, long[] pricesMinor) {
    Matrix y = outputs[outputs.length - 1];
    float[] compact = logits.values();
    if (!(network.head() instanceof MonotoneHead)) {
      boolean each = shares.active();
      for (int i = 0; i < n; i++) {
        for (int level = 0; level < levels; level++) {
          int at = i * levels + level;
          compact[at] = y.values()[y.offset(each ? at : i)];
        }
      }
      return;
    }
    kernels.softplus(n * y.stride(), y.values(), 0, slopes.values(), 0);
    for (int i = 0; i < n; i++) {
      slopes.values()[slopes.offset(i)] = y.values()[y.offset(i)];
    }
    shares.curvesInto(slopes, n, from, pricesMinor, logits);
    for (int i = 1; i < n; i++) {
      System.arraycopy(compact, logits.offset(i), compact, i * levels, levels);
    }
  }

  private void grow(int rows) {
    capacity = rows;
    NetLayout layout = network.layout();
    int widest = 1;
    for (int f = 0; f < layout.fields(); f++) {
      widest = Math.max(widest, layout.tableWidths()[f]);
    }
    gathered = new Matrix(rows, widest);
    share = new Matrix(rows, layout.layers()[0]);
    int scored = shares.active() ? Math.multiplyExact(rows, levels) : rows;
    for (int l = 0; l < outputs.length; l++) {
      outputs[l] = new Matrix(scored, layout.layers()[l]);
    }
    common = shares.active() ? new Matrix(rows, layout.layers()[0]) : outputs[0];
    slopes = new Matrix(rows, network.head().outputs());
    logits = new Matrix(rows, levels);
  }
}
