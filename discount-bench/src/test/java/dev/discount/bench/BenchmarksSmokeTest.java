package dev.discount.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Every benchmark of the module runs, at one value of each parameter; how fast is not asked here.
 */
class BenchmarksSmokeTest {

  @Test
  void everyBenchmark_calledOnce_runs() throws RunnerException, IOException {
    var options =
        new OptionsBuilder()
            .include("dev\\.discount\\.bench\\..*")
            .param("rows", "8")
            .param("width", "64")
            .param("size", "128")
            .param("tableRows", "10000")
            .param("items", "10")
            .param("levels", "true")
            .param("folded", "true")
            .param("threads", "2")
            .param("dropout", "0.2")
            .mode(Mode.SingleShotTime)
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .threads(1)
            .shouldDoGC(false)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    Collection<RunResult> results = new Runner(options).run();
    Set<String> ran =
        results.stream()
            .map(result -> result.getParams().getBenchmark())
            .map(name -> name.substring(0, name.lastIndexOf('.')))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(benchmarkClasses(), ran);
  }

  /** Returns the classes that are benchmarks by their name, from the sources. */
  private static Set<String> benchmarkClasses() throws IOException {
    Path sources = Path.of("src/main/java").toAbsolutePath();
    try (Stream<Path> files = Files.walk(sources)) {
      Set<String> classes =
          files
              .filter(file -> file.getFileName().toString().endsWith("Benchmark.java"))
              .map(file -> sources.relativize(file).toString())
              .map(file -> file.substring(0, file.length() - 5).replace('/', '.'))
              .collect(Collectors.toCollection(TreeSet::new));
      assertFalse(classes.isEmpty());
      return classes;
    }
  }
}
