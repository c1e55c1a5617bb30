package dev.discount.nn;

import dev.discount.core.internal.kernel.Kernels;
import dev.discount.nn.layer.Dropout;
import dev.discount.nn.layer.Embedding;
import dev.discount.nn.layer.Matrix;
import dev.discount.nn.layer.Range;
import dev.discount.nn.layer.TrainableDense;
import dev.discount.nn.layer.Workbench;
import dev.discount.nn.optim.Adam;
import dev.discount.nn.optim.GradientClip;
import dev.discount.nn.optim.LearningRate;
import dev.discount.nn.optim.Optimizer;
import dev.discount.nn.optim.ParameterSlice;
import dev.discount.nn.optim.Sgd;
import dev.discount.nn.optim.StepRule;

/**
 * One optimiser step after another on the weights of one network. Owns every buffer; steps reuse
 * them. Only the caller's thread uses the public face, the phases run on all workers.
 */
final class TrainingStep {

  /*
   * Phases with a barrier after each. Every output element is computed whole by one worker, in an
   * order that does not depend on the number of workers:
   *   1. rows of the batch: indexes, targets
   *   2. tables: equal ids; rows: gather, forward, loss, backward to the first input
   *   3. weight rows: X^T dY; biases: column sums; equal ids: sums of their rows' gradients
   *   4. weight rows and table rows: optimiser step; packed copies for the next step
   * Phase 4 reads of other workers' outputs nothing but the norm. So it is the second half of phase
   * 3, without a barrier, unless the gradient is clipped: then the caller adds the squared norms up
   * in a fixed order between the two. Losses are added up in double in row order.
   */

  private final Kernels kernels;
  private final WorkerTeam team;
  private final TrainingConfig config;
  private final long seed;
  private final Optimizer optimizer;
  private final LearningRate learningRate;
  private final GradientClip clip;

  private final Embedding[] embeddings;
  private final TrainableDense[] layers;
  private final TrainingBatch batch;
  private final NetPass pass;
  private final ParameterSlice[] slices;
  private final Workbench[] benches;

  private final WorkerTeam.Phase loadPhase = this::loadRows;
  private final WorkerTeam.Phase evaluatePhase = this::evaluateRows;
  private final WorkerTeam.Phase rowPhase = this::trainRows;
  private final WorkerTeam.Phase sumPhase = this::sumGradients;
  private final WorkerTeam.Phase stepPhase = this::stepWeights;
  private final WorkerTeam.Phase sumAndStepPhase = this::sumAndStep;

  private long step;
  private StepRule weightRule;
  private StepRule biasRule;
  private float gradientScale = 1;

  /**
   * Makes the buffers.
   *
   * @param network the network, whose weights will change
   * @param log the log, whose loaded rows the steps read
   * @param config the settings
   * @param seed the network's seed
   * @param compute the kernels and the threads
   */
  TrainingStep(
      Network network, TrainingLog log, TrainingConfig config, long seed, Compute compute) {
    this.kernels = compute.kernels();
    this.team = compute.team();
    this.config = config;
    this.seed = seed;
    this.optimizer = optimizer(config);
    this.learningRate = learningRate(config, log.summary().trainRows());
    this.clip = new GradientClip(config.clipNorm());
    int capacity = config.batchSize();
    NetLayout layout = network.layout();
    this.embeddings = new Embedding[layout.tables()];
    for (int f = 0; f < embeddings.length; f++) {
      embeddings[f] =
          new Embedding(
              network.weights().tables()[f],
              optimizer.statePerWeight(),
              layout.tableColumns()[f],
              capacity);
    }
    this.layers = new TrainableDense[layout.layers().length];
    Dropout[] dropouts = new Dropout[layers.length];
    for (int l = 0; l < layers.length; l++) {
      int wanted = l == 0 ? Math.max(1, layout.embeddedColumns()) : layout.inputsOf(l);
      layers[l] =
          new TrainableDense(
              kernels, network.weights().layers()[l], optimizer.statePerWeight(), wanted, capacity);
      double rate = l == 0 ? config.network().inputDropout() : config.network().dropout();
      dropouts[l] = new Dropout(rate, seed, Streams.DROPOUT.of(l));
    }
    this.batch = new TrainingBatch(log.data(), network, embeddings, compute.ids(), capacity);
    this.pass = new NetPass(network, layers, batch, dropouts, capacity);
    this.slices = new ParameterSlice[team.workers()];
    this.benches = new Workbench[team.workers()];
    for (int w = 0; w < slices.length; w++) {
      slices[w] = new ParameterSlice();
      benches[w] = Workbench.of(kernels, widest(layout));
    }
    this.weightRule = optimizer.stepRule(1, config.learningRate(), true);
    this.biasRule = weightRule;
  }

  /**
   * Where a step computes.
   *
   * @param kernels the kernels
   * @param team the threads
   * @param ids which of the network's tables hold ids
   */
  record Compute(Kernels kernels, WorkerTeam team, boolean[] ids) {}

  /** Returns the learning rate of the last step. */
  double lastLearningRate() {
    return learningRate.at(step);
  }

  /** Returns the number of steps made. */
  long steps() {
    return step;
  }

  /**
   * Makes a step.
   *
   * @param order row numbers of the log
   * @param from the first of the batch
   * @param count the rows of the batch, at most the configured size
   * @return the mean loss of the batch before the step
   * @throws ArithmeticException if the loss is not finite; the weights are then as before
   */
  double train(int[] order, int from, int count) {
    double loss = computeRows(order, from, count);
    double rate = learningRate.at(step);
    weightRule = optimizer.stepRule(step, rate, true);
    biasRule = optimizer.stepRule(step, rate, false);
    if (clip.active()) {
      team.run(sumPhase);
      gradientScale = clip.scale(squaredNorm());
      team.run(stepPhase);
    } else {
      team.run(sumAndStepPhase);
    }
    return loss;
  }

  /** Begins a step: all of {@link #train} but the change of the weights. */
  double computeGradients(int[] order, int from, int count) {
    double loss = computeRows(order, from, count);
    team.run(sumPhase);
    return loss;
  }

  private double computeRows(int[] order, int from, int count) {
    step++;
    batch.select(order, from, count);
    team.run(loadPhase);
    team.run(rowPhase);
    return requireFinite(batch.loss().sum(count));
  }

  /** Returns the dense layers with the last step's gradients. */
  TrainableDense[] layers() {
    return layers;
  }

  /** Returns the tables with the last step's groups of equal indexes. */
  Embedding[] embeddings() {
    return embeddings;
  }

  /** Returns the last step's derivative by the first input, summed in each group's first row. */
  Matrix inputGradient() {
    return pass.inputGradient();
  }

  /** Returns the dropout mask of what a layer reads. */
  Matrix mask(int layer) {
    return pass.mask(layer);
  }

  /**
   * Adds the weighted losses of rows, without dropout, to a mean.
   *
   * @param rows row numbers of the log, whole batches but for the last of the log
   * @param out receives the losses
   */
  void evaluate(int[] rows, MeanLoss out) {
    for (int from = 0; from < rows.length; from += config.batchSize()) {
      int count = Math.min(config.batchSize(), rows.length - from);
      batch.select(rows, from, count);
      team.run(evaluatePhase);
      out.add(requireFinite(batch.loss().sum(count)) * count, 0);
      for (int i = 0; i < count; i++) {
        out.add(0, batch.loss().weights()[i] * (double) count);
      }
    }
  }

  private double requireFinite(double loss) {
    if (!(Math.abs(loss) < Double.POSITIVE_INFINITY)) {
      throw new ArithmeticException(
          "loss must be finite, got "
              + loss
              + " at step "
              + step
              + "; lower the learning rate or clip the gradient");
    }
    return loss;
  }

  private void loadRows(int worker, int workers) {
    Range range = Range.part(batch.size(), worker, workers);
    batch.load(range);
    batch.hideIds(config.unknownShare(), seed, step, range);
  }

  private void evaluateRows(int worker, int workers) {
    Range range = Range.part(batch.size(), worker, workers);
    batch.load(range);
    pass.evaluate(benches[worker], range);
  }

  private void trainRows(int worker, int workers) {
    for (int f = worker; f < embeddings.length; f += workers) {
      embeddings[f].group(batch.size());
    }
    pass.train(benches[worker], step, Range.part(batch.size(), worker, workers));
  }

  private void sumAndStep(int worker, int workers) {
    sumGradients(worker, workers);
    stepWeights(worker, workers);
  }

  private void sumGradients(int worker, int workers) {
    for (int l = 0; l < layers.length; l++) {
      Range range = Range.part(layers[l].layer().inputs(), worker, workers);
      if (!range.isEmpty()) {
        layers[l].sumWeights(benches[worker], pass.input(l), batch.size(), range);
      }
      if (l % workers == worker) {
        layers[l].gradient().sumBias(kernels, pass.gradient(l), batch.size());
      }
      if (clip.active()) {
        layers[l].computeNorms(kernels, range);
      }
    }
    for (Embedding embedding : embeddings) {
      embedding.sumInPlace(
          kernels, pass.inputGradient(), Range.part(embedding.groups().size(), worker, workers));
    }
  }

  private double squaredNorm() {
    double sum = 0;
    for (TrainableDense layer : layers) {
      sum += layer.squaredNorm(kernels);
    }
    for (Embedding embedding : embeddings) {
      for (int group = 0; group < embedding.groups().size(); group++) {
        sum += embedding.squaredNorm(kernels, pass.inputGradient(), group);
      }
    }
    return sum;
  }

  private void stepWeights(int worker, int workers) {
    ParameterSlice slice = slices[worker];
    slice.gradientScale = gradientScale;
    for (int l = 0; l < layers.length; l++) {
      Range range = Range.part(layers[l].layer().inputs(), worker, workers);
      if (!range.isEmpty()) {
        layers[l].stepWeights(kernels, weightRule, slice, range);
      }
      if (l % workers == worker) {
        layers[l].stepBias(kernels, biasRule, slice);
      }
    }
    for (Embedding embedding : embeddings) {
      Range range = Range.part(embedding.groups().size(), worker, workers);
      embedding.stepInPlace(kernels, pass.inputGradient(), weightRule, slice, range);
    }
  }

  private static int widest(NetLayout layout) {
    int widest = Math.max(1, layout.embeddedColumns());
    for (int outputs : layout.layers()) {
      widest = Math.max(widest, outputs);
    }
    return widest;
  }

  private static Optimizer optimizer(TrainingConfig config) {
    return switch (config.optimizer()) {
      case SGD -> new Sgd(config.momentum(), config.l2());
      case ADAM -> Adam.of(config.l2(), 0);
      case ADAMW -> Adam.of(0, config.weightDecay());
    };
  }

  private static LearningRate learningRate(TrainingConfig config, int rows) {
    return switch (config.schedule()) {
      case CONSTANT -> new LearningRate.Constant(config.learningRate());
      case COSINE -> {
        long perEpoch = (rows - 1L) / config.batchSize() + 1;
        yield new LearningRate.Cosine(
            config.learningRate(), config.warmUpSteps(), perEpoch * config.epochs());
      }
    };
  }
}
