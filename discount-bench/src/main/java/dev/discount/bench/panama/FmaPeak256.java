package dev.discount.bench.panama;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link FmaPeak} with vectors of 256 bits, whatever the machine's widest are: a species has to be
 * a constant of its class.
 */
public final class FmaPeak256 {

  private static final VectorSpecies<Float> F = FloatVector.SPECIES_256;
  private static final int CHAINS = 12;
  private static final int STEPS = 1024;

  /** Floating-point operations of one {@link #run}, two a multiply-add. */
  public static final long FLOPS = 2L * CHAINS * STEPS * F.length();

  private FmaPeak256() {}

  /**
   * Runs the chains.
   *
   * @param x the factor and the term, below 1 in size so that the sums stay finite
   * @return a number that depends on every chain
   */
  public static float run(float x) {
    FloatVector v = FloatVector.broadcast(F, x);
    FloatVector s0 = v;
    FloatVector s1 = v;
    FloatVector s2 = v;
    FloatVector s3 = v;
    FloatVector s4 = v;
    FloatVector s5 = v;
    FloatVector s6 = v;
    FloatVector s7 = v;
    FloatVector s8 = v;
    FloatVector s9 = v;
    FloatVector s10 = v;
    FloatVector s11 = v;
    for (int i = 0; i < STEPS; i++) {
      s0 = s0.fma(v, v);
      s1 = s1.fma(v, v);
      s2 = s2.fma(v, v);
      s3 = s3.fma(v, v);
      s4 = s4.fma(v, v);
      s5 = s5.fma(v, v);
      s6 = s6.fma(v, v);
      s7 = s7.fma(v, v);
      s8 = s8.fma(v, v);
      s9 = s9.fma(v, v);
      s10 = s10.fma(v, v);
      s11 = s11.fma(v, v);
    }
    FloatVector a = s0.add(s1).add(s2).add(s3).add(s4).add(s5);
    return a.add(s6).add(s7).add(s8).add(s9).add(s10).add(s11).lane(0);
  }
}
