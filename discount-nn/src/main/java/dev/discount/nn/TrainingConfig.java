package dev.discount.nn;

import dev.discount.core.data.Schema;
import java.util.Map;

/**
 * How a network is trained. Immutable; every instance is valid. Equal configurations, rows and
 * library versions give the same model, bit for bit, whatever {@link #threads()} says.
 *
 * @param network the shape of the network
 * @param epochs the passes over the training rows, at least 1
 * @param batchSize the rows of a step, in [1, 65536]
 * @param optimizer the rule of a step
 * @param learningRate the (largest) learning rate, above 0
 * @param momentum the momentum of {@link Optimizer#SGD}, in [0, 1); not read by the others
 * @param l2 the L2 penalty {@code l2 / 2 * |w|^2} of SGD and Adam, on weights and embeddings but
 *     not biases, 0 or more; an embedding row feels it only in steps that read the row
 * @param weightDecay the decoupled decay of {@link Optimizer#ADAMW}, 0 or more, acting where L2
 *     does
 * @param clipNorm the largest Euclidean norm of the gradient of all weights together, above 0; a
 *     longer gradient is shortened to it; {@code POSITIVE_INFINITY} for no clipping
 * @param schedule the learning rate's course
 * @param warmUpSteps the steps of the linear rise of {@link Schedule#COSINE}, 0 or more
 * @param patience the epochs without a lower validation loss after which training stops and the
 *     best epoch's weights are restored, at least 1; 0 runs all epochs and keeps the last. Not used
 *     without validation rows
 * @param unknownShare the probability that an id is read as unknown while training, in [0, 1), so
 *     that unknown ids get a sensible vector
 * @param windowRows the rows that an epoch shuffles together, in [1, 2^30]; of a larger log, blocks
 *     of at least 4096 rows are shuffled first, and then the rows of as many blocks as fit. A
 *     {@link StreamedLog} holds so many rows in memory
 * @param members the networks of an ensemble, in [1, 64]; they differ by their seeds
 * @param seed the seed of every draw
 * @param threads the threads that train, in [1, 1024]; changes no bit
 */
public record TrainingConfig(
    ResponseNetConfig network,
    int epochs,
    int batchSize,
    Optimizer optimizer,
    double learningRate,
    double momentum,
    double l2,
    double weightDecay,
    double clipNorm,
    Schedule schedule,
    int warmUpSteps,
    int patience,
    double unknownShare,
    int windowRows,
    int members,
    long seed,
    int threads) {

  /** The rule of a step. */
  public enum Optimizer {
    /** Stochastic gradient descent with momentum. */
    SGD,
    /** Adam with a coupled L2 penalty. */
    ADAM,
    /** Adam with a decoupled weight decay. */
    ADAMW
  }

  /** The learning rate's course over the steps. */
  public enum Schedule {
    /** The same rate at every step. */
    CONSTANT,
    /** A linear rise over the first steps, then half a cosine down to 0. */
    COSINE
  }

  private static final int MAX_BATCH = 1 << 16;
  private static final int MAX_WINDOW = 1 << 30;
  private static final int MAX_MEMBERS = 64;
  private static final int MAX_THREADS = 1024;

  /** Checks the ranges. */
  public TrainingConfig {
    require(epochs >= 1, "epochs", ">= 1", epochs);
    require(batchSize >= 1 && batchSize <= MAX_BATCH, "batchSize", "in [1, 65536]", batchSize);
    require(positive(learningRate), "learningRate", "> 0 and finite", learningRate);
    require(momentum >= 0 && momentum < 1, "momentum", "in [0, 1)", momentum);
    require(l2 == 0 || positive(l2), "l2", ">= 0 and finite", l2);
    require(
        weightDecay == 0 || positive(weightDecay), "weightDecay", ">= 0 and finite", weightDecay);
    require(clipNorm > 0, "clipNorm", "> 0", clipNorm);
    require(warmUpSteps >= 0, "warmUpSteps", ">= 0", warmUpSteps);
    require(patience >= 0, "patience", ">= 0", patience);
    require(unknownShare >= 0 && unknownShare < 1, "unknownShare", "in [0, 1)", unknownShare);
    require(windowRows >= 1 && windowRows <= MAX_WINDOW, "windowRows", "in [1, 2^30]", windowRows);
    require(members >= 1 && members <= MAX_MEMBERS, "members", "in [1, 64]", members);
    require(threads >= 1 && threads <= MAX_THREADS, "threads", "in [1, 1024]", threads);
  }

  /** Returns the settings that are used where nothing else is said. */
  public static TrainingConfig ofDefaults() {
    return new Builder().build();
  }

  /**
   * Returns neural collaborative filtering: 64-wide embeddings of ids, two hidden layers of 128
   * with ReLU and dropout 0.2, L2 1e-4, Adam with rate 1e-3, batches of 256, ten epochs.
   */
  public static TrainingConfig collaborativeFiltering() {
    return ofDefaults().toBuilder()
        .network(
            ResponseNetConfig.ofDefaults().withHidden(128, 128).withDropout(0.2).withIdWidth(64))
        .epochs(10)
        .batchSize(256)
        .optimizer(Optimizer.ADAM)
        .learningRate(1e-3)
        .l2(1e-4)
        .build();
  }

  /**
   * Returns the defaults changed by named options, such as the {@code training} object of a schema.
   *
   * <p>The names are those of the components of this record and of {@link ResponseNetConfig}, but
   * for {@code members}, which a schema states as its ensemble; {@code hidden} is a list such as
   * {@code 64,32}, names of constants are written in any case, and {@code preset} is {@code
   * default} or {@code collaborativeFiltering}.
   *
   * @param options the options by name
   * @throws IllegalArgumentException if a name is unknown or a value out of its range
   */
  public static TrainingConfig ofOptions(Map<String, String> options) {
    return TrainingOptions.parse(options);
  }

  /**
   * Returns the settings that a schema asks for: its training options and its ensemble's size.
   *
   * @param schema the schema
   * @throws IllegalArgumentException if an option is unknown or a value out of its range
   */
  public static TrainingConfig of(Schema schema) {
    return ofOptions(schema.training()).toBuilder().members(schema.ensemble()).build();
  }

  /** Returns a builder that begins with these settings. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  private static boolean positive(double value) {
    return value > 0 && value < Double.POSITIVE_INFINITY;
  }

  private static void require(boolean holds, String name, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be " + rule + ", got " + value);
    }
  }

  /** Builds a {@link TrainingConfig}; what is not set keeps its default. Confined to one thread. */
  public static final class Builder {
    private ResponseNetConfig network = ResponseNetConfig.ofDefaults();
    private int epochs = 20;
    private int batchSize = 256;
    private Optimizer optimizer = Optimizer.ADAM;
    private double learningRate = 1e-3;
    private double momentum = 0.9;
    private double l2 = 1e-5;
    private double weightDecay = 0.01;
    private double clipNorm = Double.POSITIVE_INFINITY;
    private Schedule schedule = Schedule.CONSTANT;
    private int warmUpSteps;
    private int patience = 3;
    private double unknownShare = 0.02;
    private int windowRows = 1 << 20;
    private int members = 1;
    private long seed = 1;
    private int threads = 1;

    private Builder() {}

    private Builder(TrainingConfig config) {
      network = config.network;
      epochs = config.epochs;
      batchSize = config.batchSize;
      optimizer = config.optimizer;
      learningRate = config.learningRate;
      momentum = config.momentum;
      l2 = config.l2;
      weightDecay = config.weightDecay;
      clipNorm = config.clipNorm;
      schedule = config.schedule;
      warmUpSteps = config.warmUpSteps;
      patience = config.patience;
      unknownShare = config.unknownShare;
      windowRows = config.windowRows;
      members = config.members;
      seed = config.seed;
      threads = config.threads;
    }

    /** Sets the shape of the network. */
    public Builder network(ResponseNetConfig value) {
      network = value;
      return this;
    }

    /** Sets the passes over the training rows. */
    public Builder epochs(int value) {
      epochs = value;
      return this;
    }

    /** Sets the rows of a step. */
    public Builder batchSize(int value) {
      batchSize = value;
      return this;
    }

    /** Sets the rule of a step. */
    public Builder optimizer(Optimizer value) {
      optimizer = value;
      return this;
    }

    /** Sets the (largest) learning rate. */
    public Builder learningRate(double value) {
      learningRate = value;
      return this;
    }

    /** Sets the momentum of stochastic gradient descent. */
    public Builder momentum(double value) {
      momentum = value;
      return this;
    }

    /** Sets the L2 penalty. */
    public Builder l2(double value) {
      l2 = value;
      return this;
    }

    /** Sets the decoupled weight decay. */
    public Builder weightDecay(double value) {
      weightDecay = value;
      return this;
    }

    /** Sets the largest norm of the gradient. */
    public Builder clipNorm(double value) {
      clipNorm = value;
      return this;
    }

    /** Sets the learning rate's course. */
    public Builder schedule(Schedule value) {
      schedule = value;
      return this;
    }

    /** Sets the steps of the learning rate's rise. */
    public Builder warmUpSteps(int value) {
      warmUpSteps = value;
      return this;
    }

    /** Sets the epochs without progress after which training stops. */
    public Builder patience(int value) {
      patience = value;
      return this;
    }

    /** Sets the probability that an id is read as unknown while training. */
    public Builder unknownShare(double value) {
      unknownShare = value;
      return this;
    }

    /** Sets the rows that are shuffled together. */
    public Builder windowRows(int value) {
      windowRows = value;
      return this;
    }

    /** Sets the networks of an ensemble. */
    public Builder members(int value) {
      members = value;
      return this;
    }

    /** Sets the seed. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** Sets the threads that train. */
    public Builder threads(int value) {
      threads = value;
      return this;
    }

    /**
     * Returns the settings.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public TrainingConfig build() {
      return new TrainingConfig(
          network,
          epochs,
          batchSize,
          optimizer,
          learningRate,
          momentum,
          l2,
          weightDecay,
          clipNorm,
          schedule,
          warmUpSteps,
          patience,
          unknownShare,
          windowRows,
          members,
          seed,
          threads);
    }
  }
}
