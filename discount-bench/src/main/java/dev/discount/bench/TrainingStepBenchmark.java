package dev.discount.bench;

import dev.discount.bench.Workloads.Shape;
import dev.discount.core.data.Rows;
import dev.discount.nn.ResponseNetConfig.Head;
import dev.discount.nn.TrainedModel;
import dev.discount.nn.Trainer;
import dev.discount.nn.TrainingConfig;
import dev.discount.nn.TrainingListener;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Training NCF-64 with lazy Adam and batches of 256: samples per second of whole training runs of
 * 200 000 samples, encoding of the log and the first draw of the tables included.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 3, time = 5)
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // set up before the first call
public class TrainingStepBenchmark {

  private static final int ROWS = 100_000;
  private static final int EPOCHS = 2;

  @Param({"1", "2"})
  private int threads;

  @Param({"0", "0.2"})
  private double dropout;

  private Rows log;
  private int[] all;

  /** Makes the log. */
  @Setup(Level.Trial)
  public void makeLog() {
    log = Workloads.log(Shape.PLAIN, ROWS);
    all = IntStream.range(0, ROWS).toArray();
  }

  /** Trains a model; one operation is one sample. */
  @Benchmark
  @OperationsPerInvocation(ROWS * EPOCHS)
  public TrainedModel train() {
    TrainingConfig preset =
        Workloads.training(Head.POINT, threads, Workloads.HIDDEN, Workloads.HIDDEN);
    TrainingConfig config =
        preset.toBuilder().network(preset.network().withDropout(dropout)).epochs(EPOCHS).build();
    return new Trainer(config).train(log, all, new int[0], TrainingListener.SILENT);
  }
}
