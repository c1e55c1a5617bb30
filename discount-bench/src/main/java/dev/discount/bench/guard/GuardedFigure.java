package dev.discount.bench.guard;

import dev.discount.bench.EmbeddingBenchmark;
import dev.discount.bench.EncoderBenchmark;
import dev.discount.bench.EngineBenchmark;
import dev.discount.bench.KernelBenchmark;
import dev.discount.bench.ScorerBenchmark;
import dev.discount.bench.TrainingStepBenchmark;
import dev.discount.bench.VectorFunctionBenchmark;
import java.util.List;
import java.util.Map;

/**
 * One benchmark of the hot path at one setting of its parameters, and the probe that stands for
 * what bounds it. Immutable.
 *
 * @param name the name in records
 * @param type the JMH class
 * @param method the benchmark
 * @param parameters the values of parameters that have several
 * @param probe what its speed is read against
 */
record GuardedFigure(
    String name, Class<?> type, String method, Map<String, String> parameters, Probe probe) {

  /** Returns how long it is measured. */
  GuardRun run() {
    return type == TrainingStepBenchmark.class ? GuardRun.LONG_OPERATION : GuardRun.DEFAULT;
  }

  /** Everything the guard measures, in the order it does. */
  static final List<GuardedFigure> ALL =
      List.of(
          product("forward.1024", "forwardPacked", 1024),
          product("forward.256", "forwardPacked", 256),
          product("forward.8", "forwardPacked", 8),
          product("forward.1", "forwardPacked", 1),
          product("forward.1.relu", "forwardRectified", 1),
          product("weightGradient.256", "weightGradient", 256),
          product("inputGradient.256", "inputGradient", 256),
          function("sigmoid"),
          function("softplus"),
          function("adamStep"),
          table("gather"),
          table("step"),
          new GuardedFigure(
              "encoder.raw", EncoderBenchmark.class, "raw", Map.of("rows", "256"), Probe.CLOCK),
          score("curve8", "1", "true", Probe.CLOCK),
          score("batch1024", "1024", "false", Probe.FMA),
          decision("sessionDecide"),
          decision("engineDecide"),
          new GuardedFigure(
              "train.ncf64",
              TrainingStepBenchmark.class,
              "train",
              Map.of("threads", "1", "dropout", "0"),
              Probe.FMA));

  private static GuardedFigure product(String name, String method, int rows) {
    return new GuardedFigure(
        "kernel." + name,
        KernelBenchmark.class,
        method,
        Map.of("kernels", "fastest", "width", "128", "rows", String.valueOf(rows)),
        Probe.FMA);
  }

  private static GuardedFigure function(String method) {
    return new GuardedFigure(
        "kernel." + method,
        VectorFunctionBenchmark.class,
        method,
        Map.of("kernels", "fastest", "size", "16384"),
        Probe.FMA);
  }

  private static GuardedFigure table(String method) {
    return new GuardedFigure(
        "embedding." + method,
        EmbeddingBenchmark.class,
        method,
        Map.of("tableRows", "100000", "width", "64"),
        Probe.GATHER);
  }

  private static GuardedFigure score(String name, String rows, String levels, Probe probe) {
    return new GuardedFigure(
        "score." + name,
        ScorerBenchmark.class,
        "score",
        Map.of("rows", rows, "levels", levels, "folded", "true"),
        probe);
  }

  private static GuardedFigure decision(String method) {
    return new GuardedFigure(
        "decide." + method, EngineBenchmark.class, method, Map.of(), Probe.CLOCK);
  }
}
