package dev.discount.bench;

import dev.discount.bench.TensorFlowTrainer.Batch;
import dev.discount.bench.Workloads.Shape;
import dev.discount.core.DiscountLadder;
import dev.discount.core.data.EncodedRows;
import dev.discount.core.data.FeatureEncoder;
import dev.discount.core.data.Rows;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.nn.ResponseNet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.TensorFlow;

/** TensorFlow Java trained on the log that ours is trained on, from weights of ours. */
final class TensorFlowContender implements Contender {

  private static final int ROWS = 1 << 18;
  private static final int CHECKED_ROWS = 64;
  private static final int STEPS_PER_SLICE = 16;
  private static final int WARM_UP_SLICES = 8;
  private static final DiscountLadder ONE_LEVEL = DiscountLadder.ofBasisPoints();

  private final Figure figure;
  private final Workloads workloads;
  private final int batchRows;
  private @Nullable TensorFlowTrainer trainer;
  private int[] customers = new int[0];
  private int[] items = new int[0];
  private float[] outcomes = new float[0];
  private int[] order = new int[0];
  private int next;

  TensorFlowContender(Figure figure, Workloads workloads, int batchRows) {
    this.figure = figure;
    this.workloads = workloads;
    this.batchRows = batchRows;
  }

  @Override
  public Figure figure() {
    return figure;
  }

  @Override
  public String party() {
    return "TensorFlow Java 1.1.0 (" + TensorFlow.version() + ")";
  }

  @Override
  public String note() {
    return "for the rival: Adagrad on the tables keeps one sum where our Adam keeps two moments,"
        + " ids that repeat in a batch are not merged, and no loss is reported; for ours: every"
        + " step of the rival is a call through JNI with new input tensors";
  }

  @Override
  public void prepare() {
    ResponseNet model = workloads.model(Shape.PLAIN);
    Rows log = Workloads.log(Shape.PLAIN, ROWS);
    FeatureEncoder encoder = OnnxNetwork.encoder(model);
    EncodedRows encoded = encoder.newRows(ROWS);
    encoder.encodeInto(log, encoded);
    customers = encoded.indexes(0);
    items = encoded.indexes(1);
    outcomes = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      outcomes[i] = (float) log.schema().outcome(log, i);
    }
    order = IntStream.range(0, ROWS).toArray();
    CounterRandom.permuteInPlace(order, 7, 9);
    trainer = new TensorFlowTrainer(model.view(ONE_LEVEL), figure.threads());
    check(model, encoder, log);
    for (int slice = 0; slice < WARM_UP_SLICES; slice++) {
      samplesPerSecond();
    }
  }

  private void check(ResponseNet model, FeatureEncoder encoder, Rows log) {
    Rows few = new Rows(log.schema(), CHECKED_ROWS);
    for (int i = 0; i < CHECKED_ROWS; i++) {
      few.add();
      few.setLong(i, 0, log.longAt(order[i], 0));
      few.setLong(i, 1, log.longAt(order[i], 1));
    }
    EncodedRows encoded = encoder.newRows(CHECKED_ROWS);
    encoder.encodeInto(few, encoded);
    float[] given = trainer().probabilities(batch(0, CHECKED_ROWS));
    SameOutputs.check(model, few, encoded, ONE_LEVEL, given);
  }

  private TensorFlowTrainer trainer() {
    if (trainer == null) {
      throw new IllegalStateException("prepare must come before measure");
    }
    return trainer;
  }

  private Batch batch(int from, int rows) {
    Batch batch = new Batch(new int[rows], new int[rows], new float[rows]);
    for (int i = 0; i < rows; i++) {
      int row = order[from + i];
      batch.customers()[i] = customers[row];
      batch.items()[i] = items[row];
      batch.outcomes()[i] = outcomes[row];
    }
    return batch;
  }

  @Override
  public Sample measure() {
    double[] rates = new double[ROWS / batchRows / STEPS_PER_SLICE];
    for (int slice = 0; slice < rates.length; slice++) {
      rates[slice] = samplesPerSecond();
    }
    return Sample.of(Stopwatch.median(rates));
  }

  private double samplesPerSecond() {
    long begin = System.nanoTime();
    for (int step = 0; step < STEPS_PER_SLICE; step++) {
      trainer().step(batch(next, batchRows));
      next = (next + batchRows) % ROWS;
    }
    return STEPS_PER_SLICE * batchRows * 1e9 / (System.nanoTime() - begin);
  }

  @Override
  public void close() {
    if (trainer != null) {
      trainer.close();
      trainer = null;
    }
  }
}
