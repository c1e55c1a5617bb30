package dev.discount.bench;

import dev.discount.core.RuntimeInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The machine and the Java runtime of a run, as far as they matter beside a figure.
 *
 * @param cpu the processor's model name, without trademark signs and clock rates
 * @param cores the processors that this process sees
 * @param jdk the feature number of the Java version
 * @param runtime the name and the version of the Java runtime
 * @param simd the kernels
 */
record Machine(String cpu, int cores, int jdk, String runtime, String simd) {

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** Returns the machine of this process. */
  static Machine current() {
    return new Machine(
        sanitised(modelName()),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version().feature(),
        System.getProperty("java.vm.vendor") + " " + Runtime.version(),
        RuntimeInfo.current().kernels());
  }

  /** Returns a model name in lower case, with single hyphens for all that is no letter or digit. */
  static String sanitised(String modelName) {
    return modelName
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\((r|tm)\\)|@.*|\\bprocessor\\b|\\bcpu\\b", " ")
        .replaceAll("[^a-z0-9]+", "-")
        .replaceAll("^-|-$", "");
  }

  private static String modelName() {
    try {
      return Files.readAllLines(CPU_INFO).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
