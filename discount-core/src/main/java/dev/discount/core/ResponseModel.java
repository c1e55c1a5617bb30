package dev.discount.core;

import dev.discount.core.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How a purchase responds to a discount: the probability of a purchase at each level of a ladder,
 * for a batch of customer–offer rows. The seam between learning and deciding. Immutable and
 * thread-safe.
 *
 * <p>Rows are raw: fields by slot of {@link #schema()}. Encoding belongs to the model, so that a
 * host's own model, table or stub needs none of ours.
 */
public interface ResponseModel {

  /** Returns the fields of a row and their slots. */
  Schema schema();

  /** Returns a short text that names this model's exact content, such as a checksum's start. */
  String version();

  /**
   * Returns a new scorer for the levels of a ladder. It is confined to one thread at a time and
   * keeps the kernels it was born with.
   *
   * @param ladder the levels, of a kind this model was trained for
   * @throws IllegalArgumentException if this model cannot score the ladder's levels
   */
  ResponseScorer newScorer(DiscountLadder ladder);

  /**
   * Returns this model for work that scores many batches, such as evaluations and replays: of the
   * same content, version and bits. Its scorers may be slow in a new process until they are
   * compiled, and faster afterwards than those of a model that has to answer its first request at
   * once.
   */
  default ResponseModel forBatches() {
    return this;
  }

  /**
   * Returns whether a field can change this model's probabilities or values. Decisions say by it
   * which kinds of fields could have moved them, so a model that is not sure says yes.
   *
   * @param slot the field's slot in {@link #schema()}
   */
  default boolean reads(int slot) {
    return true;
  }

  /**
   * Returns what a purchase is worth if it is made, the second part of this model, or null if it
   * predicts no values.
   */
  default @Nullable ValueModel valueModel() {
    return null;
  }
}
