package dev.discount.nn;

import dev.discount.core.internal.kernel.Kernels;
import dev.discount.nn.layer.Dropout;
import dev.discount.nn.layer.Embedding;
import dev.discount.nn.layer.Matrix;
import dev.discount.nn.layer.Range;
import dev.discount.nn.layer.TrainableDense;
import dev.discount.nn.layer.Workbench;
import dev.discount.nn.optim.GradientClip;
import dev.discount.nn.optim.ParameterSlice;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One optimiser step after another on the weights of one network. Owns every buffer; steps reuse
 * them. Only the caller's thread uses the public face, the phases run on all workers.
 */
final class TrainingStep {

  /*
   * Phases with a barrier after each. Every output element is computed whole by one worker, in an
   * order that does not depend on the number of workers, nor on which worker it is:
   *   1. rows of the batch: indexes, targets, gather, forward, loss, backward to the first input
   *   2. tables: equal ids; weight rows: X^T dY; biases: column sums; equal ids, once all tables
   *      know theirs: sums of their rows' gradients
   *   3. weight rows and table rows: optimiser step; packed copies for the next step
   * Phase 3 reads of other workers' outputs nothing but the norm. So each piece of work of phase 2
   * goes on with its part of phase 3, without a barrier, unless the gradient is clipped: then the
   * caller adds the squared norms up in a fixed order between the two. Losses are added up in
   * double in row order.
   */

  /** Rows of a batch, or groups of equal indexes, in the smallest piece of work. */
  private static final int LEAST_ROWS = 8;

  private final Kernels kernels;
  private final WorkerTeam team;
  private final TrainingConfig config;
  private final long seed;
  private final StepRules rules;
  private final GradientClip clip;

  private final Embedding[] embeddings;
  private final TrainableDense[] layers;
  private final TrainingBatch batch;
  private final NetPass pass;
  private final ParameterSlice[] slices;
  private final Workbench[] benches;

  private final WorkShares rowShares;
  private final WorkShares tableShares;
  private final DenseTasks denseTasks;
  private final WorkShares denseShares;
  private final WorkShares[] groupShares;
  private final AtomicInteger ungrouped = new AtomicInteger();

  private final WorkerTeam.Phase evaluatePhase = this::evaluateRows;
  private final WorkerTeam.Phase rowPhase = this::trainRows;
  private final WorkerTeam.Phase sumPhase = this::sumGradients;
  private final WorkerTeam.Phase stepPhase = this::stepWeights;
  private final WorkerTeam.Phase sumAndStepPhase = this::sumAndStep;

  private long step;
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
    this.rules = new StepRules(config, log.summary().trainRows());
    this.clip = new GradientClip(config.clipNorm());
    int capacity = config.batchSize();
    NetLayout layout = network.layout();
    this.embeddings = new Embedding[layout.tables()];
    for (int f = 0; f < embeddings.length; f++) {
      embeddings[f] =
          new Embedding(
              network.weights().tables()[f],
              rules.statePerWeight(),
              layout.tableColumns()[f],
              capacity);
    }
    this.layers = new TrainableDense[layout.layers().length];
    Dropout[] dropouts = new Dropout[layers.length];
    for (int l = 0; l < layers.length; l++) {
      int wanted = l == 0 ? Math.max(1, layout.embeddedColumns()) : layout.inputsOf(l);
      layers[l] =
          new TrainableDense(
              kernels, network.weights().layers()[l], rules.statePerWeight(), wanted, capacity);
      double rate = l == 0 ? config.network().inputDropout() : config.network().dropout();
      dropouts[l] = new Dropout(rate, seed, Streams.DROPOUT.of(l));
    }
    this.batch = new TrainingBatch(log.data(), network, embeddings, compute.ids(), capacity);
    this.pass = new NetPass(network, layers, batch, dropouts, capacity);
    int workers = team.workers();
    this.rowShares = new WorkShares(workers, LEAST_ROWS);
    this.tableShares = new WorkShares(workers, 1);
    this.denseTasks = new DenseTasks(layout);
    this.denseShares = new WorkShares(workers, 1);
    this.groupShares = new WorkShares[embeddings.length];
    Arrays.setAll(groupShares, f -> new WorkShares(workers, LEAST_ROWS));
    this.slices = new ParameterSlice[workers];
    this.benches = new Workbench[workers];
    for (int w = 0; w < workers; w++) {
      slices[w] = new ParameterSlice();
      benches[w] = Workbench.of(kernels, widest(layout));
    }
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
    return rules.learningRate(step);
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
    rules.moveTo(step);
    if (clip.active()) {
      runSums(sumPhase);
      gradientScale = clip.scale(squaredNorm());
      denseShares.reset(denseTasks.size());
      for (int f = 0; f < embeddings.length; f++) {
        groupShares[f].reset(embeddings[f].groups().size());
      }
      team.run(stepPhase);
    } else {
      runSums(sumAndStepPhase);
    }
    return loss;
  }

  /** Begins a step: all of {@link #train} but the change of the weights. */
  double computeGradients(int[] order, int from, int count) {
    double loss = computeRows(order, from, count);
    runSums(sumPhase);
    return loss;
  }

  private double computeRows(int[] order, int from, int count) {
    step++;
    select(order, from, count);
    team.run(rowPhase);
    return requireFinite(batch.loss().sum(count));
  }

  private void select(int[] order, int from, int count) {
    batch.select(order, from, count);
    rowShares.reset(count);
  }

  private void runSums(WorkerTeam.Phase phase) {
    ungrouped.set(embeddings.length);
    tableShares.reset(embeddings.length);
    denseShares.reset(denseTasks.size());
    team.run(phase);
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
      select(rows, from, count);
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

  private void evaluateRows(int worker) {
    Range range = rowShares.take(worker);
    while (!range.isEmpty()) {
      batch.load(range);
      pass.evaluate(benches[worker], range);
      range = rowShares.take(worker);
    }
  }

  private void trainRows(int worker) {
    Range range = rowShares.take(worker);
    while (!range.isEmpty()) {
      batch.load(range);
      batch.hideIds(config.unknownShare(), seed, step, range);
      pass.train(benches[worker], step, range);
      range = rowShares.take(worker);
    }
  }

  private void sumGradients(int worker) {
    groupTables(worker);
    forDense(worker, (l, rows) -> sumDense(worker, l, rows));
    awaitGroups();
    forGroups(worker, (f, groups) -> sumGroups(f, groups));
  }

  private void stepWeights(int worker) {
    slices[worker].gradientScale = gradientScale;
    forDense(worker, (l, rows) -> stepDense(worker, l, rows));
    forGroups(worker, (f, groups) -> stepGroups(worker, f, groups));
  }

  private void sumAndStep(int worker) {
    slices[worker].gradientScale = gradientScale;
    groupTables(worker);
    forDense(
        worker,
        (l, rows) -> {
          sumDense(worker, l, rows);
          stepDense(worker, l, rows);
        });
    awaitGroups();
    forGroups(
        worker,
        (f, groups) -> {
          sumGroups(f, groups);
          stepGroups(worker, f, groups);
        });
  }

  /**
   * Finds the rows of equal index in tables that no other worker has taken. What is thrown fails
   * the step, so nobody need wait for the tables that are left.
   */
  private void groupTables(int worker) {
    try {
      groupTakenTables(worker);
    } catch (RuntimeException | Error thrown) {
      ungrouped.set(0);
      throw thrown;
    }
  }

  private void groupTakenTables(int worker) {
    Range tables = tableShares.take(worker);
    while (!tables.isEmpty()) {
      for (int f = tables.from(); f < tables.to(); f++) {
        embeddings[f].group(batch.size());
        groupShares[f].reset(embeddings[f].groups().size());
        ungrouped.decrementAndGet();
      }
      tables = tableShares.take(worker);
    }
  }

  /** Waits for the tables that other workers have taken; they took them long ago. */
  @SuppressWarnings("ThreadPriorityCheck") // lets a worker that was held up have the processor
  private void awaitGroups() {
    while (ungrouped.get() > 0) {
      Thread.yield();
    }
  }

  private void forDense(int worker, WorkShares.Work work) {
    Range tasks = denseShares.take(worker);
    while (!tasks.isEmpty()) {
      denseTasks.forEachLayer(tasks, work);
      tasks = denseShares.take(worker);
    }
  }

  /** Does some work on ranges of each table's groups of equal indexes. */
  private void forGroups(int worker, WorkShares.Work work) {
    for (int f = 0; f < embeddings.length; f++) {
      Range groups = groupShares[f].take(worker);
      while (!groups.isEmpty()) {
        work.run(f, groups);
        groups = groupShares[f].take(worker);
      }
    }
  }

  private void sumDense(int worker, int l, Range rows) {
    layers[l].sumWeights(benches[worker], pass.input(l), batch.size(), rows);
    if (rows.from() == 0) {
      layers[l].gradient().sumBias(kernels, pass.gradient(l), batch.size());
    }
    if (clip.active()) {
      layers[l].computeNorms(kernels, rows);
    }
  }

  private void stepDense(int worker, int l, Range rows) {
    layers[l].stepWeights(kernels, rules.weights(), slices[worker], rows);
    if (rows.from() == 0) {
      layers[l].stepBias(kernels, rules.biases(), slices[worker]);
    }
  }

  private void sumGroups(int f, Range groups) {
    embeddings[f].sumInPlace(kernels, pass.inputGradient(), groups);
  }

  private void stepGroups(int worker, int f, Range groups) {
    embeddings[f].stepInPlace(
        kernels, pass.inputGradient(), rules.weights(), slices[worker], groups);
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

  private static int widest(NetLayout layout) {
    int widest = Math.max(1, layout.embeddedColumns());
    for (int outputs : layout.layers()) {
      widest = Math.max(widest, outputs);
    }
    return widest;
  }
}
