package dev.discount.nn;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.FeatureEncoder;
import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.KernelsProvider;
import dev.discount.core.internal.kernel.Numerics;
import dev.discount.core.internal.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Learns a response model from a purchase log. Immutable and thread-safe; each call trains anew.
 *
 * <p>The model is a function of the rows, the selections, the schema and the settings: the number
 * of threads, the kernels and the listener change no bit of it. Rows whose level is missing or not
 * of the ladder, and rows whose level is an amount but whose price is not known, say nothing about
 * a response and are left out; {@link TrainingListener.Start#skippedRows} counts them.
 */
public final class Trainer {

  private final TrainingConfig config;
  private final Kernels kernels;

  /**
   * Makes a trainer.
   *
   * @param config the settings
   */
  public Trainer(TrainingConfig config) {
    this(config, KernelsProvider.fastest());
  }

  Trainer(TrainingConfig config, Kernels kernels) {
    this.config = config;
    this.kernels = kernels;
  }

  /**
   * Fits an encoder and trains the configured number of networks.
   *
   * @param rows the log; held in memory a second time, encoded
   * @param train the rows to fit and train on, at least one
   * @param validation the rows that decide when to stop, none of {@code train}; may be empty
   * @param listener hears of the progress
   * @return a {@link ResponseNet}, or an {@link Ensemble} if more than one network is configured
   * @throws IllegalArgumentException if a row number is out of range, an outcome is not 0 or 1, a
   *     weight is negative or not finite, no row has a level, the head does not fit the ladder, or
   *     nothing is there to learn from
   * @throws ArithmeticException if the loss becomes infinite or NaN
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; it stays so
   */
  public TrainedModel train(Rows rows, int[] train, int[] validation, TrainingListener listener) {
    checkRows("train", rows, train);
    checkRows("validation", rows, validation);
    FeatureEncoder encoder = FeatureEncoder.fit(rows, train);
    return train(encoder, MemoryLog.of(rows, encoder, train, validation), listener);
  }

  /**
   * Trains as {@link #train(Rows, int[], int[], TrainingListener)} and then, on the purchases
   * alone, one network of what a purchase is worth, so that {@link TrainedModel#valueModel()}
   * predicts it. The network has the configured layers and settings and comes after the others as
   * one more member; the others' bits are those of a training without it.
   *
   * @throws IllegalArgumentException also if the schema has no field of role value, no row to train
   *     on is a purchase with a value, or a value is negative or infinite
   */
  public TrainedModel trainWithValues(
      Rows rows, int[] train, int[] validation, TrainingListener listener) {
    checkRows("train", rows, train);
    checkRows("validation", rows, validation);
    FeatureEncoder encoder = FeatureEncoder.fit(rows, train);
    ValueTraining training = ValueTraining.of(rows, encoder, train, validation);
    TrainedModel model = train(encoder, MemoryLog.of(rows, encoder, train, validation), listener);
    ValueNet values = trainValues(encoder, training, model.provenance(), listener);
    List<ResponseNet> networks = model.networks();
    return networks.size() == 1
        ? networks.get(0).withValues(values)
        : new Ensemble(networks, values, null);
  }

  private ValueNet trainValues(
      FeatureEncoder encoder,
      ValueTraining training,
      Provenance provenance,
      TrainingListener listener) {
    MemoryLog log = training.log();
    long seed = seed(config.members());
    Network network = startingValues(encoder, log.summary().totals(), seed);
    try (WorkerTeam team = new WorkerTeam(config.threads())) {
      TrainingStep.Compute compute =
          new TrainingStep.Compute(kernels, team, idTables(encoder, network.layout()));
      TrainingStep step = new TrainingStep(network, log, config, seed, compute);
      new TrainingRun(network, log, config, step, listener).run(config.members(), seed);
    }
    ResponseNet net =
        new ResponseNet(encoder, network, config, provenance, ResponseNet.DEFAULT_FOLDING_BYTES);
    return new ValueNet(net, training.mean(), training.deviation());
  }

  private Network startingValues(FeatureEncoder encoder, TrainTotals totals, long seed) {
    ResponseNetConfig shape = config.network();
    LevelInput level = LevelInput.of(LevelInput.Kind.NONE);
    if (encoder.schema().slot(Field.Role.DISCOUNT) != Schema.NONE) {
      level =
          encoder.schema().ladder().ordered()
              ? totals.standardisedDepth()
              : LevelInput.of(LevelInput.Kind.ARM);
    }
    ValueHead head = new ValueHead();
    NetLayout layout = NetLayout.of(encoder, shape, level, head.outputs());
    NetWeights weights = NetWeights.initial(layout, shape.activation(), seed);
    return new Network(layout, weights, head, level, Network.activation(shape));
  }

  /**
   * Fits an encoder and trains the configured number of networks on a log that is not held in
   * memory: its rows are read twice, and once before where the split has to see them all; encoded,
   * they are kept in files that are read again in every epoch, one window of {@link
   * TrainingConfig#windowRows} at a time. Besides the networks and the vocabularies, memory is
   * taken for one window and for what {@link dev.discount.core.data.Split#parts} says.
   *
   * <p>The model is the same, bit for bit, as that of {@link #train(Rows, int[], int[],
   * TrainingListener)} on all rows and the parts of {@link dev.discount.core.data.Split#assign}.
   *
   * @param log the log, at most 2^31 - 9 rows
   * @param listener hears of the progress
   * @return a {@link ResponseNet}, or an {@link Ensemble} if more than one network is configured
   * @throws dev.discount.core.data.DataFormatException if a row breaks a rule
   * @throws IllegalArgumentException as for rows in memory, or if the split lacks what it goes by
   * @throws IllegalStateException if the source gave other rows when it was read again
   * @throws java.io.UncheckedIOException if reading fails, or writing to the folder
   * @throws ArithmeticException if the loss becomes infinite or NaN
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; it stays so
   */
  public TrainedModel train(StreamedLog log, TrainingListener listener) {
    try (SpooledLog spooled = SpooledLog.of(log, config)) {
      return train(spooled.encoder(), spooled, listener);
    }
  }

  private TrainedModel train(FeatureEncoder encoder, TrainingLog log, TrainingListener listener) {
    Provenance provenance =
        new Provenance(log.summary().sha256(), config.seed(), LibraryVersion.get(), Numerics.FMA);
    List<ResponseNet> networks = new ArrayList<>();
    try (WorkerTeam team = new WorkerTeam(config.threads())) {
      for (int member = 0; member < config.members(); member++) {
        Network network = startingNetwork(encoder, log.summary().totals(), seed(member));
        TrainingStep.Compute compute =
            new TrainingStep.Compute(kernels, team, idTables(encoder, network.layout()));
        TrainingStep step = new TrainingStep(network, log, config, seed(member), compute);
        new TrainingRun(network, log, config, step, listener).run(member, seed(member));
        networks.add(
            new ResponseNet(
                encoder, network, config, provenance, ResponseNet.DEFAULT_FOLDING_BYTES));
      }
    }
    return networks.size() == 1 ? networks.get(0) : new Ensemble(networks, null);
  }

  private long seed(int member) {
    return member == 0
        ? config.seed()
        : CounterRandom.bits(config.seed(), Streams.MEMBER.of(0), member);
  }

  Network startingNetwork(FeatureEncoder encoder, TrainTotals totals, long seed) {
    ResponseNetConfig shape = config.network();
    LevelInput level = levelInput(encoder.schema(), totals);
    ResponseHead head =
        level.kind() == LevelInput.Kind.RAMPS
            ? new MonotoneHead(totals.knots(shape.maxKnots()))
            : new PointHead();
    NetLayout layout = NetLayout.of(encoder, shape, level, head.outputs());
    NetWeights weights = NetWeights.initial(layout, shape.activation(), seed);
    setOutputBias(weights.layers()[layout.layers().length - 1].bias(), head, totals.baseRate());
    return new Network(layout, weights, head, level, Network.activation(shape));
  }

  /** Begins at the base rate, and at a curve that rises by one logit from the first knot on. */
  private static void setOutputBias(float[] bias, ResponseHead head, double baseRate) {
    int ramps = head.outputs() - 1;
    double logit = StrictMath.log(baseRate / (1 - baseRate));
    bias[0] = (float) (ramps == 0 ? logit : logit - 0.5);
    for (int k = 1; k <= ramps; k++) {
      bias[k] = (float) StrictMath.log(StrictMath.expm1(1.0 / ramps));
    }
  }

  private LevelInput levelInput(Schema schema, TrainTotals totals) {
    DiscountLadder ladder = schema.ladder();
    if (schema.slot(Field.Role.DISCOUNT) == Schema.NONE) {
      return LevelInput.of(LevelInput.Kind.NONE);
    }
    boolean point = config.network().head() == ResponseNetConfig.Head.POINT;
    if (!ladder.ordered()) {
      if (!point) {
        throw new IllegalArgumentException(
            "head must be POINT for a ladder of named arms, got " + config.network().head());
      }
      return LevelInput.of(LevelInput.Kind.ARM);
    }
    return point ? totals.standardisedDepth() : LevelInput.of(LevelInput.Kind.RAMPS);
  }

  private static boolean[] idTables(FeatureEncoder encoder, NetLayout layout) {
    boolean[] ids = new boolean[layout.tables()];
    for (int f = 0; f < layout.fields(); f++) {
      ids[f] = encoder.schema().field(encoder.embeddedSlot(f)).kind() == Field.Kind.ID;
    }
    return ids;
  }

  private static void checkRows(String name, Rows rows, int[] selection) {
    Objects.requireNonNull(selection, name);
    for (int i = 0; i < selection.length; i++) {
      if (selection[i] < 0 || selection[i] >= rows.size()) {
        throw new IllegalArgumentException(
            name + "[" + i + "] must be in [0, " + rows.size() + "), got " + selection[i]);
      }
    }
  }
}
