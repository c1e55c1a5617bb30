package dev.discount.core.internal.kernel;

import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the choice between the scalar and the SIMD kernels depends on. Immutable.
 *
 * @param mode the property {@code discount.simd}, null if unset
 * @param bits the property {@code discount.simd.bits}, null if unset
 * @param hotSpot whether the virtual machine is HotSpot
 * @param c2 whether its optimising compiler runs
 * @param jvmci whether a JVMCI compiler stands in for it
 * @param javaFeature the feature number of the Java version, such as 17
 * @param module whether the module {@code jdk.incubator.vector} is present
 * @param fma {@link Numerics#FMA}
 * @param machineBits the widest vector of the machine; asked only if nothing else rules SIMD out
 */
record SimdEnvironment(
    @Nullable String mode,
    @Nullable String bits,
    boolean hotSpot,
    boolean c2,
    boolean jvmci,
    int javaFeature,
    boolean module,
    boolean fma,
    IntSupplier machineBits) {

  static final String MODE_PROPERTY = "discount.simd";
  static final String BITS_PROPERTY = "discount.simd.bits";
  static final String MODULE = "jdk.incubator.vector";

  private static final int LEAST_BITS = 128;
  private static final int FIRST_JAVA_WITH_JVMCI_VECTORS = 25;

  /** Reads the environment of this process. */
  static SimdEnvironment ofProcess(IntSupplier machineBits) {
    String info = System.getProperty("java.vm.info", "");
    return new SimdEnvironment(
        System.getProperty(MODE_PROPERTY),
        System.getProperty(BITS_PROPERTY),
        VirtualMachine.option("UseFMA") != null,
        !info.contains("emulated-client") && !info.contains("interpreted mode"),
        VirtualMachine.isOn("UseJVMCICompiler"),
        Runtime.version().feature(),
        ModuleLayer.boot().findModule(MODULE).isPresent(),
        Numerics.FMA,
        machineBits);
  }

  /** Returns whether the SIMD kernels are demanded, not merely preferred. */
  boolean strict() {
    return "panama".equals(mode);
  }

  /**
   * Returns why the SIMD kernels cannot be used, or null if nothing speaks against trying them.
   *
   * @throws IllegalArgumentException if a property has a value that is not defined
   */
  @Nullable String obstacle() {
    if (mode != null && !mode.equals("auto") && !mode.equals("scalar") && !strict()) {
      throw new IllegalArgumentException(
          MODE_PROPERTY + " must be auto, scalar or panama, got " + mode);
    }
    if (bits != null && !bits.equals("128") && !bits.equals("256") && !bits.equals("512")) {
      throw new IllegalArgumentException(BITS_PROPERTY + " must be 128, 256 or 512, got " + bits);
    }
    if ("scalar".equals(mode)) {
      return MODE_PROPERTY + " is scalar";
    }
    if (!hotSpot) {
      return "the virtual machine is not HotSpot";
    }
    if (!c2) {
      return "the optimising compiler of the virtual machine (C2) is off";
    }
    if (jvmci && javaFeature < FIRST_JAVA_WITH_JVMCI_VECTORS) {
      return "a JVMCI compiler is in use, which compiles vectors from Java 25 on";
    }
    if (!module) {
      return "the module " + MODULE + " is absent; start Java with --add-modules=" + MODULE;
    }
    if (!fma) {
      return "the virtual machine uses no fused multiply-add (VM option UseFMA)";
    }
    return widthObstacle();
  }

  private @Nullable String widthObstacle() {
    int widest = machineBits.getAsInt();
    int wanted = bits == null ? LEAST_BITS : Integer.parseInt(bits);
    if (widest >= wanted) {
      return null;
    }
    return bits == null
        ? "vectors of this machine are narrower than " + LEAST_BITS + " bits"
        : BITS_PROPERTY + " is " + bits + " and this machine has vectors of " + widest + " bits";
  }
}
