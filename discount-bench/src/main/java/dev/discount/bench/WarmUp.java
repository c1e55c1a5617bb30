package dev.discount.bench;

import dev.discount.core.Offer;
import dev.discount.nn.ResponseModels;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The time {@link DecisionEngine#warmUp} takes in a fresh process, model load and folding before it
 * not counted. The 99.9th percentile stands for the slowest of the requests after it.
 */
final class WarmUp implements Contender {

  private static final int REQUESTS_AFTER = 20_000;

  private final Workloads workloads;
  private final Path folder;
  private @Nullable Path model;

  WarmUp(Workloads workloads, Path folder) {
    this.workloads = workloads;
    this.folder = folder;
  }

  @Override
  public Figure figure() {
    return Figures.WARM_UP;
  }

  @Override
  public void prepare() {
    model = folder.resolve("shop.safetensors");
    workloads.model(Workloads.Shape.SHOP).save(model);
  }

  @Override
  public Sample measure() throws IOException {
    Process child = ChildJvm.start(List.of(), List.of("warmUp", String.valueOf(model)));
    try (BufferedReader output = child.inputReader(StandardCharsets.UTF_8)) {
      double seconds = ChildJvm.answer(output);
      double slowestMicros = ChildJvm.answer(output);
      return new Sample(seconds, Double.NaN, slowestMicros, Double.NaN);
    } finally {
      child.destroy();
    }
  }

  /** Runs in the child: returns the seconds of the warm-up and the slowest request after it, µs. */
  static double[] run(Path model) {
    DecisionEngine engine = Decisions.engine(ResponseModels.load(model));
    long begin = System.nanoTime();
    engine.warmUp();
    double seconds = (System.nanoTime() - begin) / 1e9;
    DecisionSession session = engine.newSession();
    long slowest = 0;
    for (int i = 0; i < REQUESTS_AFTER; i++) {
      long from = System.nanoTime();
      session.customer(i);
      session.offer(new Offer(Workloads.itemName(i), 10_000, 6_000));
      session.decide(i);
      slowest = Math.max(slowest, System.nanoTime() - from);
    }
    return new double[] {seconds, slowest / 1e3};
  }
}
