package dev.discount.bench.panama;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.CompilerControl;

/**
 * The greatest rate at which one core reads a matrix of 128 x 128 floats out of its caches: the
 * limit of a product with a single row, which reads every weight once.
 */
public final class CacheRead {

  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final int N = F.length();

  /** The floats that one {@link #run} reads. */
  public static final int FLOATS = 128 * 128;

  private CacheRead() {}

  /**
   * Reads the array once.
   *
   * @param values shape {@code [FLOATS]} from {@code from} on
   * @return a number that depends on every element
   */
  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  public static float run(float[] values, int from) {
    FloatVector s0 = FloatVector.zero(F);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    int to = from + FLOATS;
    for (int i = from; i < to; i += 8 * N) {
      s0 = s0.add(FloatVector.fromArray(F, values, i));
      s1 = s1.add(FloatVector.fromArray(F, values, i + N));
      s2 = s2.add(FloatVector.fromArray(F, values, i + 2 * N));
      s3 = s3.add(FloatVector.fromArray(F, values, i + 3 * N));
      s4 = s4.add(FloatVector.fromArray(F, values, i + 4 * N));
      s5 = s5.add(FloatVector.fromArray(F, values, i + 5 * N));
      s6 = s6.add(FloatVector.fromArray(F, values, i + 6 * N));
      s7 = s7.add(FloatVector.fromArray(F, values, i + 7 * N));
    }
    return s0.add(s1).add(s2).add(s3).add(s4).add(s5).add(s6).add(s7).lane(0);
  }
}
