package dev.discount.core.internal.kernel;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The SIMD kernels of every width in one process, each from a class loader of its own. */
final class SimdTwins {

  private static final String PACKAGE = "dev.discount.core.internal.kernel.panama.";

  private SimdTwins() {}

  /**
   * Returns the SIMD kernels of 128, 256 and 512 bits. Without the vector module the calling test
   * is skipped, unless the property {@code discount.test.simd} is {@code required}: then it fails.
   */
  static Stream<Kernels> all() {
    if (ModuleLayer.boot().findModule(SimdEnvironment.MODULE).isEmpty()) {
      if ("required".equals(System.getProperty("discount.test.simd"))) {
        fail("discount.test.simd is required, but the vector module is absent");
      }
      Assumptions.abort("the vector module is absent");
    }
    return Stream.of(128, 256, 512).map(SimdTwins::ofWidth);
  }

  /** Returns kernels of the same width in classes of their own, which are compiled anew. */
  static Kernels copyOf(Kernels twin) {
    return ofWidth(Integer.parseInt(twin.name().substring("panama-".length())));
  }

  private static Kernels ofWidth(int bits) {
    String before = System.setProperty(SimdEnvironment.BITS_PROPERTY, Integer.toString(bits));
    try {
      Kernels kernels =
          (Kernels)
              new TwinLoader()
                  .loadClass(PACKAGE + "PanamaKernels")
                  .getMethod("create", Kernels.class)
                  .invoke(null, KernelsProvider.scalar());
      if (!kernels.name().equals("panama-" + bits)) {
        fail("wanted " + bits + " bits, got " + kernels.name());
      }
      return kernels;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the panama kernels must load", e);
    } finally {
      if (before == null) {
        System.clearProperty(SimdEnvironment.BITS_PROPERTY);
      } else {
        System.setProperty(SimdEnvironment.BITS_PROPERTY, before);
      }
    }
  }

  /** Defines the classes of the panama package anew. */
  private static final class TwinLoader extends ClassLoader {

    TwinLoader() {
      super(SimdTwins.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(PACKAGE)) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name) : known;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
