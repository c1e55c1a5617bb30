package dev.discount.core.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KernelWarmUpTest {

  private static final Set<String> SERVING =
      Set.of(
          "gemmPacked",
          "gemm",
          "add",
          "addPair",
          "dot",
          "addWidened",
          "relu",
          "leakyRelu",
          "sigmoid",
          "tanh",
          "softplus");

  private final Map<String, Integer> whole = new TreeMap<>();
  private final Map<String, Integer> empty = new TreeMap<>();
  private final Map<String, Integer> products = new TreeMap<>();

  @Test
  void callOften_everyServingKernel_isCalledWholeAndOftenEmpty() {
    new KernelWarmUp(counted()).callOften();
    assertEquals(SERVING, whole.keySet());
    assertEquals(SERVING, empty.keySet());
    whole.forEach((kernel, calls) -> assertTrue(calls >= 12, kernel + " " + calls));
    empty.forEach((kernel, calls) -> assertTrue(calls > 5_000, kernel + " " + calls));
  }

  @Test
  void callOften_products_addAndOverwriteForOneRowAndMany() {
    new KernelWarmUp(counted()).callOften();
    for (String accumulate : new String[] {" true", " false"}) {
      for (String rows : new String[] {"gemmPacked 1", "gemmPacked 5", "gemmPacked 37", "gemm 2"}) {
        String product = rows + accumulate;
        assertTrue(products.getOrDefault(product, 0) > 0, product);
      }
    }
  }

  /** Returns kernels that count their calls. */
  private Kernels counted() {
    Kernels scalar = KernelsProvider.scalar();
    return (Kernels)
        Proxy.newProxyInstance(
            Kernels.class.getClassLoader(),
            new Class<?>[] {Kernels.class},
            (proxy, method, arguments) -> {
              count(method.getName(), arguments);
              return method.invoke(scalar, arguments);
            });
  }

  private void count(String kernel, Object[] arguments) {
    if (kernel.contains("ack") && !kernel.equals("gemmPacked")) {
      return;
    }
    int size = size(kernel, arguments);
    if (size >= 128) {
      whole.merge(kernel, 1, Integer::sum);
      if (kernel.startsWith("gemm")) {
        Object add = Arrays.stream(arguments).filter(Boolean.class::isInstance).findAny().get();
        products.merge(kernel + " " + arguments[0] + " " + add, 1, Integer::sum);
      }
    } else if (size == 0) {
      empty.merge(kernel, 1, Integer::sum);
    }
  }

  private static int size(String kernel, Object[] arguments) {
    return switch (kernel) {
      case "gemmPacked" -> ((PackedMatrix) arguments[4]).rows();
      case "gemm" -> (Integer) arguments[2];
      default -> (Integer) arguments[0];
    };
  }
}
