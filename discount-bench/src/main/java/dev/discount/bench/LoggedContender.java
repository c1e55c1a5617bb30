package dev.discount.bench;

import dev.discount.core.ResponseModel;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How much longer a decision takes with the log on: the difference of the percentiles of a session
 * with it and one without, measured in short turns so that both meet the same machine.
 */
final class LoggedContender implements Contender {

  private static final int TURNS = 20;
  private static final int CALLS = 5_000;
  private static final int WARM_UP_MEASUREMENTS = 6;

  private final Workloads workloads;
  private IntConsumer plain = i -> {};
  private IntConsumer logged = i -> {};
  private @Nullable LogFolder folder;

  LoggedContender(Workloads workloads) {
    this.workloads = workloads;
  }

  @Override
  public Figure figure() {
    return LoggedDecisions.DECIDE_LOGGED;
  }

  @Override
  public String note() {
    return "more than without the log, at each percentile";
  }

  @Override
  public void prepare() {
    ResponseModel model = workloads.model(Workloads.Shape.SHOP);
    folder = new LogFolder("decide.logged", new LoggedDecisions.Keys());
    plain = LoggedDecisions.decisions(LoggedDecisions.engine(model, null).newSession());
    logged = LoggedDecisions.decisions(LoggedDecisions.engine(model, folder().log()).newSession());
    for (int i = 0; i < WARM_UP_MEASUREMENTS; i++) {
      measure();
    }
  }

  @Override
  public Sample measure() {
    Sample[] samples = Stopwatch.latencies(TURNS, CALLS, plain, logged);
    Sample without = samples[0];
    Sample with = samples[1];
    folder().deleteOld();
    return new Sample(
        with.value() - without.value(),
        with.p99() - without.p99(),
        with.p999() - without.p999(),
        with.bytes());
  }

  private LogFolder folder() {
    return Objects.requireNonNull(folder, "prepare must come before measure");
  }

  @Override
  public void close() {
    if (folder != null) {
      folder.close();
    }
  }
}
