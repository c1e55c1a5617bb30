package dev.discount.nn.optim;

import dev.discount.core.internal.kernel.Kernels;

/**
 * One optimiser step: an {@link Optimizer} with its step count and learning rate filled in.
 * Immutable and thread-safe.
 */
public interface StepRule {

  /**
   * Moves a run of weights along their gradient and updates their state.
   *
   * @param slice the weights, their gradient (not changed) and state
   */
  void applyInPlace(Kernels kernels, ParameterSlice slice);
}
