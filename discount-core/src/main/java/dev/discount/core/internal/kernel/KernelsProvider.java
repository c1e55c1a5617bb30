package dev.discount.core.internal.kernel;

/**
 * The choice of kernels, made once for the process. Safe for concurrent use.
 *
 * <p>{@link #current()} is what a new scorer takes: the scalar twin until {@link #warmUp()} has
 * succeeded, so that no request runs vector code that is not compiled yet; {@link #fastest()} is
 * what training takes, which runs long enough to compile what it needs. The bits do not differ.
 */
public final class KernelsProvider {

  private static final Kernels SCALAR = new ScalarKernels();

  private KernelsProvider() {}

  /** Returns the kernels for a new scorer. */
  public static Kernels current() {
    return SCALAR;
  }

  /** Returns the chosen kernels whether or not they are warm: for training and batch work. */
  public static Kernels fastest() {
    return SCALAR;
  }

  /** Returns the kernels in plain Java. */
  public static Kernels scalar() {
    return SCALAR;
  }

  /**
   * Runs the chosen kernels until they are compiled, after which {@link #current()} returns them.
   * Blocks for about a second in a fresh process; later calls return at once.
   *
   * @return whether {@link #current()} now equals {@link #fastest()}
   */
  public static boolean warmUp() {
    return true;
  }

  /** Returns the reason for the choice, one sentence. */
  public static String reason() {
    return "the SIMD twin is not built yet";
  }

  /** Returns the vector width in bits, 0 for the scalar kernels. */
  public static int vectorBits() {
    return 0;
  }
}
