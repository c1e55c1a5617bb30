package dev.discount.core.internal.kernel;

import dev.discount.core.internal.kernel.panama.PanamaKernels;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * The choice of kernels, made once for the process and logged in one line. Safe for concurrent use.
 *
 * <p>A component takes its kernels once and keeps them. {@link #current()} is for what answers
 * requests: the scalar twin until {@link #warmUp()} has succeeded, so that no request runs vector
 * code that is not compiled yet, unless {@code discount.simd} is {@code panama}. {@link #fastest()}
 * is for what runs long enough to be compiled on the way, such as training. The bits do not differ.
 *
 * <p>Every method throws {@link IllegalArgumentException} if a property has a value that is not
 * defined, and {@link IllegalStateException} if {@code discount.simd} is {@code panama} and the
 * SIMD kernels cannot be used.
 */
public final class KernelsProvider {

  private static final Kernels SCALAR = new ScalarKernels();

  private static volatile @Nullable Selection selection;
  private static volatile boolean warm;

  private KernelsProvider() {}

  /**
   * The outcome of the choice.
   *
   * @param kernels the kernels chosen
   * @param reason why, a clause without a full stop
   * @param strict whether they were demanded
   * @param alarming whether SIMD was possible and failed
   */
  record Selection(Kernels kernels, String reason, boolean strict, boolean alarming) {}

  /** A way to make the SIMD kernels. */
  interface Maker {
    Kernels make() throws ReflectiveOperationException;
  }

  /** Returns the kernels for a new scorer. */
  public static Kernels current() {
    Selection chosen = selection();
    return warm || chosen.strict ? chosen.kernels : SCALAR;
  }

  /** Returns the chosen kernels whether or not they are warm: for training and batch work. */
  public static Kernels fastest() {
    return selection().kernels;
  }

  /** Returns the kernels in plain Java. */
  public static Kernels scalar() {
    return SCALAR;
  }

  /**
   * Runs the kernels that scorers call until they are compiled, after which {@link #current()}
   * returns them. Blocks, for about a second of a free core and at most for thirty; once it has
   * succeeded it returns at once.
   *
   * @return whether {@link #current()} now equals {@link #fastest()}; false if the compiler did not
   *     keep up, in which case another call may succeed
   */
  public static boolean warmUp() {
    Kernels chosen = selection().kernels;
    synchronized (KernelsProvider.class) {
      warm = warm || chosen == SCALAR || new KernelWarmUp(chosen).untilCompiled();
    }
    return warm;
  }

  /** Returns why these kernels were chosen, a clause without a full stop. */
  public static String reason() {
    return selection().reason;
  }

  /** Returns the vector width in bits, 0 for the scalar kernels. */
  public static int vectorBits() {
    Kernels chosen = fastest();
    return chosen == SCALAR ? 0 : PanamaKernels.bits();
  }

  private static Selection selection() {
    Selection known = selection;
    if (known != null) {
      return known;
    }
    synchronized (KernelsProvider.class) {
      if (selection == null) {
        Selection made =
            select(
                SimdEnvironment.ofProcess(() -> PanamaKernels.machineBits()),
                KernelsProvider::makePanamaKernels);
        log(System.getLogger("dev.discount"), made);
        selection = made;
      }
      return selection;
    }
  }

  private static Kernels makePanamaKernels() {
    ModuleLayer.boot()
        .findModule(SimdEnvironment.MODULE)
        .ifPresent(KernelsProvider.class.getModule()::addReads);
    return PanamaKernels.create(SCALAR);
  }

  /** Makes the choice for an environment. */
  static Selection select(SimdEnvironment environment, Maker maker) {
    String obstacle;
    boolean alarming = false;
    try {
      obstacle = environment.obstacle();
      if (obstacle == null) {
        Kernels simd = maker.make();
        String kernel = KernelTour.firstDifference(simd, SCALAR);
        if (kernel == null) {
          String reason = "vectors are available and passed the self-test";
          return new Selection(simd, reason, environment.strict(), false);
        }
        alarming = true;
        obstacle = "the self-test failed: " + simd.name() + " gave other bits in " + kernel;
      }
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException | ReflectiveOperationException | LinkageError e) {
      alarming = true;
      obstacle = "the self-test failed: " + e;
    }
    if (environment.strict()) {
      throw new IllegalStateException("discount.simd is panama, but " + obstacle);
    }
    return new Selection(SCALAR, obstacle, false, alarming);
  }

  /** Writes the one line about the choice. */
  static void log(Logger logger, Selection made) {
    logger.log(
        made.alarming ? Level.WARNING : Level.INFO,
        "Computing with the " + made.kernels.name() + " kernels: " + made.reason);
  }
}
