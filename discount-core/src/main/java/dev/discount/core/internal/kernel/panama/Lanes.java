package dev.discount.core.internal.kernel.panama;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The vector shape of this process. */
final class Lanes {

  /** The widest vector the machine computes with, in bits. */
  static final int MACHINE_BITS = FloatVector.SPECIES_PREFERRED.vectorBitSize();

  /** The width in use; its value was checked by the provider. */
  static final int BITS = Integer.getInteger("discount.simd.bits", Math.min(MACHINE_BITS, 512));

  static final VectorSpecies<Float> F =
      BITS >= 512
          ? FloatVector.SPECIES_512
          : BITS >= 256 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;

  /** The integers as wide as those floats. */
  static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, F.vectorShape());

  /** Floats in a vector. */
  static final int N = F.length();

  /** Whether there are 32 vector registers and not 16: AVX-512, or ARM. */
  static final boolean MANY_REGISTERS =
      MACHINE_BITS >= 512 || "aarch64".equals(System.getProperty("os.arch"));

  private Lanes() {}
}
