package dev.discount.bench;

import dev.discount.core.ResponseModel;
import dev.discount.policy.log.DecisionLogReader;
import dev.discount.policy.log.Replay;
import dev.discount.policy.log.ReplayReport;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Decisions a second that one thread makes again from a log and compares. Before it is measured, a
 * million are, and none may differ.
 */
final class ReplayContender implements Contender {

  private static final int PROVEN = 1_000_000;
  private static final int MEASURED = 100_000;

  private final Workloads workloads;
  private final LoggedDecisions.Keys keys = new LoggedDecisions.Keys();
  private @Nullable LogFolder all;
  private @Nullable LogFolder some;

  ReplayContender(Workloads workloads) {
    this.workloads = workloads;
  }

  @Override
  public Figure figure() {
    return LoggedDecisions.LOG_REPLAY;
  }

  @Override
  public void prepare() {
    LogFolder proven = write("log.replay.all", PROVEN);
    all = proven;
    replay(proven, PROVEN);
    some = write("log.replay", MEASURED);
    measure();
  }

  private LogFolder write(String name, int decisions) {
    LogFolder folder = new LogFolder(name, keys);
    ResponseModel model = workloads.model(Workloads.Shape.SHOP);
    IntConsumer decide =
        LoggedDecisions.decisions(LoggedDecisions.engine(model, folder.log()).newSession());
    for (int i = 0; i < decisions; i++) {
      decide.accept(i);
    }
    folder.log().close();
    return folder;
  }

  private void replay(LogFolder folder, int decisions) {
    ResponseModel model = workloads.model(Workloads.Shape.SHOP);
    try (DecisionLogReader reader = DecisionLogReader.open(folder.path(), keys)) {
      ReplayReport report = new Replay(LoggedDecisions.engine(model, null)).run(reader);
      if (report.different() != 0 || report.decisions() != decisions) {
        throw new IllegalStateException(
            decisions + " decisions must be repeated bit for bit, got " + report);
      }
    }
  }

  @Override
  public Sample measure() {
    long begin = System.nanoTime();
    replay(Objects.requireNonNull(some, "prepare must come before measure"), MEASURED);
    return Sample.of(MEASURED * 1e9 / (System.nanoTime() - begin));
  }

  @Override
  public void close() {
    if (all != null) {
      all.close();
    }
    if (some != null) {
      some.close();
    }
  }
}
