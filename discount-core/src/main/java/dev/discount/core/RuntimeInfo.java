package dev.discount.core;

import dev.discount.core.internal.kernel.KernelsProvider;
import dev.discount.core.internal.kernel.Numerics;

/**
 * What this process computes with. Of these only {@code fma} can change the bits of a result.
 * Immutable.
 *
 * @param kernels the chosen kernels: {@code scalar}, {@code panama-128}, {@code panama-256} or
 *     {@code panama-512}
 * @param reason why these were chosen, one sentence
 * @param fma whether products and sums are fused, rounded once
 * @param vectorBits the vector width in bits, 0 for {@code scalar}
 * @param javaVersion the version of the Java runtime
 */
public record RuntimeInfo(
    String kernels, String reason, boolean fma, int vectorBits, String javaVersion) {

  /**
   * Returns the description of this process; the first call makes the choice of kernels.
   *
   * @throws IllegalArgumentException if a system property of the library has a wrong value
   * @throws IllegalStateException if the property {@code discount.simd} demands what is not there
   */
  public static RuntimeInfo current() {
    return new RuntimeInfo(
        KernelsProvider.fastest().name(),
        KernelsProvider.reason(),
        Numerics.FMA,
        KernelsProvider.vectorBits(),
        Runtime.version().toString());
  }
}
