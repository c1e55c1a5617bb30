package dev.discount.core.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.RuntimeInfo;
import java.lang.System.Logger;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KernelsProviderTest {

  /** An environment in which nothing speaks against vectors of 256 bits. */
  private static SimdEnvironment environment(@Nullable String mode, @Nullable String bits) {
    return new SimdEnvironment(mode, bits, true, true, false, 17, true, true, () -> 256);
  }

  private static final SimdEnvironment NO_MODULE =
      new SimdEnvironment(null, null, true, true, false, 17, false, true, KernelsProviderTest::no);

  private static int no() {
    throw new AssertionError("the width was asked although something else rules vectors out");
  }

  @Test
  void obstacle_everythingThere_none() {
    assertNull(environment(null, null).obstacle());
    assertNull(environment("auto", "128").obstacle());
    assertNull(environment("panama", "256").obstacle());
  }

  @Test
  void obstacle_eachCause_isNamed() {
    assertEquals("discount.simd is scalar", environment("scalar", null).obstacle());
    assertEquals(
        "the module jdk.incubator.vector is absent; start Java with"
            + " --add-modules=jdk.incubator.vector",
        NO_MODULE.obstacle());
    assertEquals(
        "the virtual machine is not HotSpot",
        new SimdEnvironment(null, null, false, true, false, 17, true, true, () -> 256).obstacle());
    assertEquals(
        "the optimising compiler of the virtual machine (C2) is off",
        new SimdEnvironment(null, null, true, false, false, 17, true, true, () -> 256).obstacle());
    assertEquals(
        "the virtual machine uses no fused multiply-add (VM option UseFMA)",
        new SimdEnvironment(null, null, true, true, false, 17, true, false, () -> 256).obstacle());
    assertEquals(
        "discount.simd.bits is 512 and this machine has vectors of 256 bits",
        environment(null, "512").obstacle());
    assertEquals(
        "vectors of this machine are narrower than 128 bits",
        new SimdEnvironment(null, null, true, true, false, 17, true, true, () -> 64).obstacle());
  }

  @Test
  void obstacle_jvmciCompiler_onlyBefore25() {
    assertEquals(
        "a JVMCI compiler is in use, which compiles vectors from Java 25 on",
        new SimdEnvironment(null, null, true, true, true, 24, true, true, () -> 256).obstacle());
    assertNull(
        new SimdEnvironment(null, null, true, true, true, 25, true, true, () -> 256).obstacle());
  }

  @Test
  void obstacle_undefinedProperty_throwsWithRuleAndValue() {
    IllegalArgumentException mode =
        assertThrows(IllegalArgumentException.class, () -> environment("Panama", null).obstacle());
    assertEquals("discount.simd must be auto, scalar or panama, got Panama", mode.getMessage());
    IllegalArgumentException bits =
        assertThrows(
            IllegalArgumentException.class, () -> environment("scalar", "1024").obstacle());
    assertEquals("discount.simd.bits must be 128, 256 or 512, got 1024", bits.getMessage());
  }

  @Test
  void select_equalBits_takesTheCandidate() {
    Kernels twin = new ScalarKernels();
    KernelsProvider.Selection made =
        KernelsProvider.select(environment("panama", null), () -> twin);
    assertSame(twin, made.kernels());
    assertTrue(made.strict());
    assertFalse(made.alarming());
  }

  @Test
  void select_wrongBitsInAnyKernel_namesItAndFallsBack() {
    for (String kernel : KernelTour.kernels()) {
      KernelsProvider.Selection made =
          KernelsProvider.select(environment(null, null), () -> spoilt(kernel));
      assertSame(KernelsProvider.scalar(), made.kernels());
      assertTrue(made.alarming());
      assertTrue(made.reason().startsWith("the self-test failed: spoilt gave other bits in "));
      assertTrue(made.reason().contains(kernel), made.reason());
    }
  }

  @Test
  void select_failureWhileMaking_fallsBackOrThrowsIfStrict() {
    KernelsProvider.Maker broken =
        () -> {
          throw new NoSuchMethodError("gone");
        };
    KernelsProvider.Selection made = KernelsProvider.select(environment("auto", null), broken);
    assertSame(KernelsProvider.scalar(), made.kernels());
    assertTrue(made.alarming());
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () -> KernelsProvider.select(environment("panama", null), broken));
    assertEquals(
        "discount.simd is panama, but the self-test failed: java.lang.NoSuchMethodError: gone",
        e.getMessage());
  }

  @Test
  void log_oneLine_informsOrWarns() {
    KernelsProvider.Selection quiet = KernelsProvider.select(NO_MODULE, () -> new ScalarKernels());
    KernelsProvider.Selection loud =
        KernelsProvider.select(environment(null, null), () -> spoilt("relu"));
    List<String> lines = new ArrayList<>();
    KernelsProvider.log(new Listener(lines), quiet);
    KernelsProvider.log(new Listener(lines), loud);
    assertEquals(
        List.of(
            "INFO Computing with the scalar kernels: the module jdk.incubator.vector is absent;"
                + " start Java with --add-modules=jdk.incubator.vector",
            "WARNING Computing with the scalar kernels: the self-test failed: spoilt gave other"
                + " bits in relu"),
        lines);
  }

  @Test
  void provider_vectorsRequired_areChosen() {
    if ("required".equals(System.getProperty("discount.test.simd"))) {
      assertNotEquals("scalar", KernelsProvider.fastest().name(), KernelsProvider.reason());
    }
    String bits = System.getProperty("discount.simd.bits");
    if (bits != null && KernelsProvider.vectorBits() != 0) {
      assertEquals("panama-" + bits, KernelsProvider.fastest().name());
    }
  }

  @Test
  void runtimeInfo_tellsTheChoice() {
    RuntimeInfo info = RuntimeInfo.current();
    assertEquals(KernelsProvider.fastest().name(), info.kernels());
    assertEquals(KernelsProvider.reason(), info.reason());
    assertEquals(Numerics.FMA, info.fma());
    assertEquals(info.kernels().equals("scalar"), info.vectorBits() == 0);
    assertTrue(info.javaVersion().startsWith(System.getProperty("java.specification.version")));
  }

  @Test
  void warmUp_succeeds_afterItNewScorersGetTheFastest() {
    assertSame(KernelsProvider.fastest(), KernelsProvider.fastest());
    if (KernelsProvider.warmUp()) {
      assertSame(KernelsProvider.fastest(), KernelsProvider.current());
    } else {
      assertSame(KernelsProvider.scalar(), KernelsProvider.current());
    }
  }

  /** Returns kernels of which one changes an element it should not. */
  private static Kernels spoilt(String kernel) {
    Kernels scalar = KernelsProvider.scalar();
    return (Kernels)
        Proxy.newProxyInstance(
            Kernels.class.getClassLoader(),
            new Class<?>[] {Kernels.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("name")) {
                return "spoilt";
              }
              Object result = method.invoke(scalar, arguments);
              if (!method.getName().equals(kernel)) {
                return result;
              }
              if (result instanceof Number number) {
                return result instanceof Float ? (Object) (number.floatValue() + 1) : (Object) 1.5;
              }
              for (Object argument : arguments) {
                if (argument instanceof float[] values) {
                  values[20]++;
                }
              }
              return null;
            });
  }

  /** A logger that keeps what it is told. */
  private record Listener(List<String> lines) implements Logger {

    @Override
    public String getName() {
      return "listener";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(
        Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
      lines.add(level + " " + message);
    }

    @Override
    public void log(
        Level level, @Nullable ResourceBundle bundle, String format, Object @Nullable ... values) {
      lines.add(level + " " + format);
    }
  }
}
