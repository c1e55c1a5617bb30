package dev.discount.nn;

import dev.discount.core.DiscountLadder;
import dev.discount.core.ResponseScorer;
import dev.discount.core.data.EncodedRows;
import dev.discount.core.data.FeatureEncoder;
import dev.discount.core.data.Rows;
import dev.discount.core.internal.kernel.Kernels;

/**
 * Encodes raw rows and scores them with the networks of one model: the mean of their probabilities,
 * added up in the networks' order. Confined to one thread.
 */
final class ModelScorer implements ResponseScorer {

  private static final int BLOCK_SCORES = 2048;

  private final FeatureEncoder encoder;
  private final DiscountLadder ladder;
  private final NetScorer[] networks;
  private final Kernels kernels;
  private final boolean priced;
  private final int blockRows;
  private final EncodedRows encoded;
  private long[] pricesMinor = new long[1];
  private float[] member = new float[0];

  /**
   * Makes a scorer.
   *
   * @param encoder the encoder of all networks
   * @param ladder the levels
   * @param networks the scorers of the networks, at least one
   */
  ModelScorer(
      FeatureEncoder encoder, DiscountLadder ladder, NetScorer[] networks, Kernels kernels) {
    this.encoder = encoder;
    this.ladder = ladder;
    this.networks = networks;
    this.kernels = kernels;
    this.priced = LevelInput.needsPrice(ladder);
    this.blockRows = Math.max(1, BLOCK_SCORES / ladder.size());
    this.encoded = encoder.newRows(1);
  }

  /** Returns the kernels it was born with. */
  Kernels kernels() {
    return kernels;
  }

  @Override
  public DiscountLadder ladder() {
    return ladder;
  }

  @Override
  public void scoreInto(Rows rows, float[] out) {
    int levels = ladder.size();
    if ((long) rows.size() * levels > out.length) {
      throw new IllegalArgumentException(
          "out must hold rows * levels = "
              + (long) rows.size() * levels
              + " probabilities, got length "
              + out.length);
    }
    for (int from = 0; from < rows.size(); from += blockRows) {
      int to = Math.min(rows.size(), from + blockRows);
      encoder.encodeInto(rows, from, to, encoded);
      if (priced) {
        readPrices(rows, from, to);
      }
      scoreBlock(out, from * levels, (to - from) * levels);
    }
  }

  private void scoreBlock(float[] out, int from, int count) {
    networks[0].scoreInto(encoded, pricesMinor, out, from);
    if (networks.length == 1) {
      return;
    }
    if (member.length < count) {
      member = new float[count];
    }
    for (int i = 1; i < networks.length; i++) {
      networks[i].scoreInto(encoded, pricesMinor, member, 0);
      kernels.add(count, member, 0, out, from);
    }
    for (int i = from; i < from + count; i++) {
      out[i] /= networks.length;
    }
  }

  private void readPrices(Rows rows, int from, int to) {
    if (pricesMinor.length < to - from) {
      pricesMinor = new long[to - from];
    }
    for (int row = from; row < to; row++) {
      pricesMinor[row - from] = encoder.schema().priceMinor(rows, row);
    }
  }
}
