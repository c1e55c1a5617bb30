package dev.discount.nn;

import dev.discount.core.internal.random.CounterRandom;
import java.util.Arrays;

/**
 * In which order an epoch reads its rows. Immutable; a function of the number of rows, the size of
 * a batch and that of a window alone.
 */
final class ShufflePlan {

  /*
   * Rows are counted by their position among those to train on. A block is a run of positions, as
   * many as whole batches need for at least 4096 rows; a window is as many blocks as have at most
   * the configured rows, at least one. Each epoch draws an order of the whole blocks and cuts it
   * into windows; the rest of the log, less than a block, ends the last one. The rows of a window,
   * its blocks taken in the order of the log, are then shuffled among themselves. Where all rows fit
   * one window this is the plain shuffle of all rows.
   *
   * So what is in memory at a time is one window, what is read at a time is a block, and every
   * batch but the epoch's last is full.
   */
  private static final int LEAST_BLOCK_ROWS = 4096;

  private final int rows;
  private final int blockRows;
  private final int blocksPerWindow;
  private final int wholeBlocks;

  /**
   * Makes a plan.
   *
   * @param rows the rows of an epoch, at least 1
   * @param batchSize the rows of a batch
   * @param windowRows the rows that are shuffled together
   */
  ShufflePlan(int rows, int batchSize, int windowRows) {
    this.rows = rows;
    this.blockRows = batchSize * ((LEAST_BLOCK_ROWS + batchSize - 1) / batchSize);
    this.wholeBlocks = rows / blockRows;
    this.blocksPerWindow =
        rows <= windowRows ? wholeBlocks + 1 : Math.max(1, windowRows / blockRows);
  }

  /** Returns the rows of every block but the last of the log. */
  int blockRows() {
    return blockRows;
  }

  /** Returns the most rows of a window. */
  int windowRows() {
    return blocksPerWindow * blockRows;
  }

  /** Returns the number of windows. */
  int windows() {
    return (int) ((rows + windowRows() - 1L) / windowRows());
  }

  /**
   * Returns the blocks of a window, rising.
   *
   * @param seed the network's seed
   * @param epoch the epoch
   * @param window the window's number, from 0
   */
  int[] blocks(long seed, int epoch, int window) {
    int blocks = wholeBlocks + (rows % blockRows == 0 ? 0 : 1);
    int[] order = new int[blocks];
    Arrays.setAll(order, i -> i);
    if (windows() > 1) {
      int[] whole = Arrays.copyOf(order, wholeBlocks);
      CounterRandom.permuteInPlace(whole, seed, Streams.BLOCKS.of(epoch));
      System.arraycopy(whole, 0, order, 0, wholeBlocks);
    }
    int from = window * blocksPerWindow;
    int[] chosen = Arrays.copyOfRange(order, from, Math.min(blocks, from + blocksPerWindow));
    Arrays.sort(chosen);
    return chosen;
  }

  /**
   * Shuffles the rows of a window in place.
   *
   * @param order the rows, by position
   * @param seed the network's seed
   * @param epoch the epoch
   * @param window the window's number, from 0
   */
  void shuffleInPlace(int[] order, long seed, int epoch, int window) {
    CounterRandom.permuteInPlace(order, seed, Streams.SHUFFLE.of(epoch), (long) window << 32);
  }
}
