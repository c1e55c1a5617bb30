package dev.discount.nn;

import dev.discount.core.data.EncodedRows;
import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.nn.layer.Embedding;
import dev.discount.nn.layer.Matrix;
import dev.discount.nn.layer.Range;
import dev.discount.nn.loss.LossRows;

/**
 * The rows of one step out of {@link TrainingData}. A reusable container: the caller's thread
 * selects the rows, the workers then load their parts and gather the network's input.
 */
final class TrainingBatch {

  /** A step's number and a row of its batch make one index of the generator: 44 and 20 bits. */
  private static final int ROW_BITS = 20;

  private final TrainingData data;
  private final Network network;
  private final Embedding[] embeddings;
  private final boolean[] ids;
  private final int[] rows;
  private final float[] depths;
  private final LossRows loss;
  private int size;

  /**
   * Makes room for batches.
   *
   * @param data the log
   * @param network the network
   * @param embeddings the network's tables, whose indexes are filled
   * @param ids which tables hold ids, shape {@code [tables]}
   * @param capacity the largest batch
   */
  TrainingBatch(
      TrainingData data, Network network, Embedding[] embeddings, boolean[] ids, int capacity) {
    this.data = data;
    this.network = network;
    this.embeddings = embeddings;
    this.ids = ids;
    this.rows = new int[capacity];
    this.depths = new float[capacity];
    this.loss = new LossRows(capacity);
  }

  /** Returns the number of rows. */
  int size() {
    return size;
  }

  /** Returns the targets and weights, weights divided by the number of rows. */
  LossRows loss() {
    return loss;
  }

  /** Returns each row's depth. */
  float[] depths() {
    return depths;
  }

  /**
   * Begins a batch: names its rows.
   *
   * @param order row numbers of the log
   * @param from the first of them
   * @param count the rows of the batch, at most the capacity
   */
  void select(int[] order, int from, int count) {
    size = count;
    System.arraycopy(order, from, rows, 0, count);
  }

  /**
   * Loads a range of the batch's rows.
   *
   * @param range the rows
   */
  void load(Range range) {
    EncodedRows encoded = data.rows();
    for (int f = 0; f < embeddings.length; f++) {
      boolean arm = f == network.layout().fields();
      int[] source = arm ? data.levels() : encoded.indexes(f);
      int[] indexes = embeddings[f].indexes();
      for (int i = range.from(); i < range.to(); i++) {
        indexes[i] = source[rows[i]];
      }
    }
    for (int i = range.from(); i < range.to(); i++) {
      depths[i] = data.depths()[rows[i]];
      loss.targets()[i] = data.outcomes()[rows[i]];
      loss.weights()[i] = data.weights()[rows[i]] / size;
    }
  }

  /**
   * Lets some ids of a range of rows be read as unknown.
   *
   * @param share the probability
   * @param seed the seed
   * @param step the step's number
   * @param range the rows
   */
  void hideIds(double share, long seed, long step, Range range) {
    for (int f = 0; f < embeddings.length; f++) {
      if (!ids[f] || share == 0) {
        continue;
      }
      int[] indexes = embeddings[f].indexes();
      long stream = Streams.UNKNOWN.of(f);
      for (int i = range.from(); i < range.to(); i++) {
        if (CounterRandom.unit(seed, stream, (step << ROW_BITS) + i) < share) {
          indexes[i] = 0;
        }
      }
    }
  }

  /**
   * Gathers a range of rows into the network's first input.
   *
   * @param range the rows
   * @param out the input, shape {@code [capacity, layout.inputs()]}
   */
  void gatherInto(Kernels kernels, Range range, Matrix out) {
    for (Embedding embedding : embeddings) {
      embedding.forwardInto(kernels, out, range);
    }
    NetLayout layout = network.layout();
    int width = layout.numberWidth();
    float[] values = out.values();
    for (int i = range.from(); i < range.to(); i++) {
      System.arraycopy(
          data.rows().numbers(),
          rows[i] * width,
          values,
          out.offset(i) + layout.numberColumn(),
          width);
    }
    if (layout.depthColumn() >= 0) {
      for (int i = range.from(); i < range.to(); i++) {
        values[out.offset(i) + layout.depthColumn()] = network.level().standardised(depths[i]);
      }
    }
  }
}
