package dev.discount.bench;

import dev.discount.core.ResponseModel;
import dev.discount.policy.DecisionRecorder;
import dev.discount.policy.DecisionSetup;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Records that one writer takes: encrypted, chained and written, from the first append until the
 * last is in its file. Each decision is appended eight times, as for a customer who sees a page of
 * eight offers; one thread appends.
 */
final class AppendContender implements Contender {

  private static final int VISITS = 40_000;
  private static final int VISIT = 8;
  private static final int MAX_BYTES = 200;

  private final Workloads workloads;
  private IntConsumer visit = i -> {};
  private @Nullable LogFolder folder;
  private long records;
  private int next;

  AppendContender(Workloads workloads) {
    this.workloads = workloads;
  }

  @Override
  public Figure figure() {
    return LoggedDecisions.LOG_APPEND;
  }

  @Override
  public String note() {
    return "eight records a customer, two personal fields; written, not forced";
  }

  @Override
  public void prepare() {
    ResponseModel model = workloads.model(Workloads.Shape.SHOP);
    folder = new LogFolder("log.append", new LoggedDecisions.Keys());
    DecisionRecorder pages = this::page;
    visit = LoggedDecisions.decisions(LoggedDecisions.engine(model, pages).newSession());
    for (int i = 0; i < 4; i++) {
      measure();
    }
    double bytes = (double) folder().log().bytesWritten() / records;
    if (!(bytes <= MAX_BYTES)) {
      throw new IllegalStateException(
          "a record must take at most " + MAX_BYTES + " bytes, got " + bytes);
    }
  }

  private DecisionRecorder.Appender page(DecisionSetup setup) {
    DecisionRecorder.Appender log = folder().log().newAppender(setup);
    return trace -> {
      for (int i = 0; i < VISIT; i++) {
        log.append(trace);
      }
    };
  }

  @Override
  public Sample measure() {
    long begin = System.nanoTime();
    for (int i = 0; i < VISITS; i++) {
      visit.accept(next++);
    }
    records += (long) VISITS * VISIT;
    folder().awaitRecords(records);
    double seconds = (System.nanoTime() - begin) / 1e9;
    folder().deleteOld();
    return Sample.of((double) VISITS * VISIT / seconds);
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
