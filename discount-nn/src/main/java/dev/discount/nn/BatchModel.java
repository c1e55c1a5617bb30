package dev.discount.nn;

import dev.discount.core.DiscountLadder;
import dev.discount.core.ResponseModel;
import dev.discount.core.ResponseScorer;
import dev.discount.core.ValueModel;
import dev.discount.core.data.Schema;
import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.KernelsProvider;
import org.jspecify.annotations.Nullable;

/**
 * A model that scores with the fastest kernels from its first batch, warm or not. Immutable and
 * thread-safe.
 *
 * @param model the model
 * @param values its model of values, or null if it has none
 */
record BatchModel(TrainedModel model, @Nullable ValueNet values) implements ResponseModel {

  @Override
  public Schema schema() {
    return model.schema();
  }

  @Override
  public String version() {
    return model.version();
  }

  @Override
  public ResponseScorer newScorer(DiscountLadder ladder) {
    Kernels fastest = KernelsProvider.fastest();
    return model instanceof ResponseNet net
        ? net.newScorer(ladder, fastest)
        : ((Ensemble) model).newScorer(ladder, fastest);
  }

  @Override
  public boolean reads(int slot) {
    return model.reads(slot);
  }

  @Override
  public @Nullable ValueModel valueModel() {
    return values == null
        ? null
        : ladder -> values.newValueScorer(ladder, KernelsProvider.fastest());
  }

  @Override
  public String toString() {
    return model.toString();
  }
}
