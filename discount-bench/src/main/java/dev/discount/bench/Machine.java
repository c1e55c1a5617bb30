package dev.discount.bench;

import dev.discount.core.RuntimeInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * The machine and the Java runtime of a run, as far as they matter beside a figure.
 *
 * @param cpu the processor's model name, without trademark signs and clock rates; where that names
 *     no model, as on some virtual machines, with the numbers of its family and model
 * @param cores the processors that this process sees
 * @param jdk the feature number of the Java version
 * @param runtime the name and the version of the Java runtime
 * @param simd the kernels
 */
public record Machine(String cpu, int cores, int jdk, String runtime, String simd) {

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** Returns the machine of this process. */
  public static Machine current() {
    return new Machine(
        cpu(cpuInfo(), System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version().feature(),
        System.getProperty("java.vm.vendor") + " " + Runtime.version(),
        RuntimeInfo.current().kernels());
  }

  /** Returns the name of the dated report of a run on this machine. */
  public String reportName(LocalDate date) {
    return date + "-" + cpu + "-jdk" + jdk + ".md";
  }

  /** Returns the machine in a line. */
  public String line() {
    return "%s, %d cores, %s, kernels %s".formatted(cpu, cores, runtime, simd);
  }

  /**
   * Names a processor.
   *
   * @param cpuInfo the lines of {@code /proc/cpuinfo}
   * @param orElse the name where they hold none
   */
  static String cpu(List<String> cpuInfo, String orElse) {
    String name = sanitised(value(cpuInfo, "model name", orElse));
    if (name.chars().anyMatch(Character::isDigit)) {
      return name;
    }
    return sanitised(
        name + "-" + value(cpuInfo, "cpu family", "") + "-" + value(cpuInfo, "model", ""));
  }

  /** Returns a model name in lower case, with single hyphens for all that is no letter or digit. */
  static String sanitised(String modelName) {
    return modelName
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\((r|tm)\\)|@.*|\\bprocessor\\b|\\bcpu\\b", " ")
        .replaceAll("[^a-z0-9]+", "-")
        .replaceAll("^-|-$", "");
  }

  private static String value(List<String> cpuInfo, String key, String orElse) {
    return cpuInfo.stream()
        .map(line -> line.split(":", 2))
        .filter(parts -> parts.length == 2 && parts[0].trim().equals(key))
        .map(parts -> parts[1].trim())
        .findFirst()
        .orElse(orElse);
  }

  private static List<String> cpuInfo() {
    try {
      return Files.readAllLines(CPU_INFO);
    } catch (IOException e) {
      return List.of();
    }
  }
}
