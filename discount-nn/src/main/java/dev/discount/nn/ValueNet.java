package dev.discount.nn;

import dev.discount.core.DiscountLadder;
import dev.discount.core.ResponseScorer;
import dev.discount.core.ValueModel;
import dev.discount.core.ValueScorer;
import dev.discount.core.data.Rows;
import dev.discount.core.embedding.TablePrecision;
import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.KernelsProvider;

/**
 * The second part of a two-part model: a network that says what a purchase is worth if it is made,
 * beside the networks that say how probable it is. Immutable and thread-safe.
 *
 * <p>It is trained on purchases alone, by squared error, so that what it predicts is a mean and not
 * a typical value: a mean times the probability is the expected value of the offer. The level
 * enters as its depth or arm, and the value may rise or fall with it. Predictions below 0 are 0.
 */
final class ValueNet implements ValueModel {

  private final ResponseNet net;
  private final float mean;
  private final float deviation;

  /**
   * Makes the second part.
   *
   * @param net the network, with a {@link ValueHead}
   * @param mean the mean value of the purchases trained on, in major units
   * @param deviation their standard deviation, above 0
   */
  ValueNet(ResponseNet net, float mean, float deviation) {
    this.net = net;
    this.mean = mean;
    this.deviation = deviation;
  }

  Network network() {
    return net.network();
  }

  float mean() {
    return mean;
  }

  float deviation() {
    return deviation;
  }

  ValueNet withFoldingLimit(long limitBytes) {
    return new ValueNet(net.withFoldingLimit(limitBytes), mean, deviation);
  }

  ValueNet withTables(TablePrecision precision) {
    return new ValueNet(net.withTables(precision), mean, deviation);
  }

  @Override
  public ValueScorer newValueScorer(DiscountLadder ladder) {
    return newValueScorer(ladder, KernelsProvider.current());
  }

  ValueScorer newValueScorer(DiscountLadder ladder, Kernels kernels) {
    return new Scorer(net.newScorer(ladder, kernels), mean, deviation);
  }

  private record Scorer(ResponseScorer outputs, float mean, float deviation)
      implements ValueScorer {

    @Override
    public void scoreInto(Rows rows, float[] out) {
      outputs.scoreInto(rows, out);
      int count = rows.size() * outputs.ladder().size();
      for (int i = 0; i < count; i++) {
        out[i] = (float) Math.max(0, mean + (double) deviation * out[i]);
      }
    }
  }
}
