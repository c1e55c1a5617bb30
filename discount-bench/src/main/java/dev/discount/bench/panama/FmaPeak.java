package dev.discount.bench.panama;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.CompilerControl;

/**
 * The greatest rate of fused multiply-adds of one core: independent chains in registers, enough of
 * them to hide the latency, and no memory. The limit that the kernels are measured against.
 *
 * <p>The sum is what each operation overwrites, as HotSpot's instruction does: with the sum as a
 * factor every step would copy a register, and the copies, not the multiply-adds, set the rate.
 */
public final class FmaPeak {

  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final int CHAINS = 12;
  private static final int STEPS = 1024;
  private static final int FEW_STEPS = 8;
  private static final int FEW_STEPS_CALLS = 1000;

  /** Floating-point operations of one {@link #run}, two a multiply-add. */
  public static final long FLOPS = 2L * CHAINS * STEPS * F.length();

  private FmaPeak() {}

  /**
   * Runs the chains.
   *
   * @param x both factors, and what the sums begin with
   * @return a number that depends on every chain
   */
  public static float run(float x) {
    return chains(x, STEPS);
  }

  /**
   * Runs short chains often, so that the method is compiled from its beginning. A long loop would
   * be compiled while it runs, in a form that keeps its vectors on the heap, and so slowly that
   * nothing better came for many seconds. For the same reason nothing may inline the method: within
   * its callers it was compiled to less than half the rate.
   *
   * @return a number that depends on every chain
   */
  public static float warmUp() {
    float sum = 0;
    for (int call = 0; call < FEW_STEPS_CALLS; call++) {
      sum += chains(0.5f, FEW_STEPS);
    }
    return sum;
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private static float chains(float x, int steps) {
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
    for (int i = 0; i < steps; i++) {
      s0 = v.fma(v, s0);
      s1 = v.fma(v, s1);
      s2 = v.fma(v, s2);
      s3 = v.fma(v, s3);
      s4 = v.fma(v, s4);
      s5 = v.fma(v, s5);
      s6 = v.fma(v, s6);
      s7 = v.fma(v, s7);
      s8 = v.fma(v, s8);
      s9 = v.fma(v, s9);
      s10 = v.fma(v, s10);
      s11 = v.fma(v, s11);
    }
    FloatVector a = s0.add(s1).add(s2).add(s3).add(s4).add(s5);
    return a.add(s6).add(s7).add(s8).add(s9).add(s10).add(s11).lane(0);
  }
}
