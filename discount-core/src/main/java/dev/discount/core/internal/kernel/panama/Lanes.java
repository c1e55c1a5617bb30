package dev.discount.core.internal.kernel.panama;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** The vector shape of this process. */
final class Lanes {

  /*
   * On JDK 17 the result of a vector operation has, for the compiler, no class narrower than
   * FloatVector, so a method called on it is found by the profile of receivers, which the whole
   * process shares: once the host, or a library beside this one, has computed with vectors of
   * another width, every such call has two targets and every result becomes an object. So the
   * receiver of each call is cast to its class, a constant: the compiler knows the one target, and
   * the check costs nothing.
   */

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

  /** The class of the vectors of floats, to which receivers are cast. */
  static final Class<? extends FloatVector> FLOATS = FloatVector.zero(F).getClass();

  /** The class of the vectors of integers, to which receivers are cast. */
  static final Class<? extends IntVector> INTS = IntVector.zero(I).getClass();

  /** Floats in a vector. */
  static final int N = F.length();

  /** Whether there are 32 vector registers and not 16: AVX-512, or ARM. */
  static final boolean MANY_REGISTERS =
      MACHINE_BITS >= 512 || "aarch64".equals(System.getProperty("os.arch"));

  private Lanes() {}
}
