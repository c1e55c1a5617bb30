package dev.discount.nn.layer;

import dev.discount.core.embedding.EmbeddingTable;
import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.nn.optim.ParameterSlice;
import dev.discount.nn.optim.StepRule;

/**
 * A table of vectors, one per id, that stands for a column of ids in a layer's input, with sparse
 * backward pass and optimiser steps. Row 0 stands for unknown ids.
 *
 * <p>Steps are <em>lazy</em>: a step moves exactly the rows that its batch reads. For all others
 * nothing happens: weights stay, penalties and weight decay do not act, moments and velocity do not
 * decay. The step count that Adam's bias correction uses is the global one, as in other sparse
 * implementations of Adam; a row first read late therefore moves by up to {@code (1 - beta1) /
 * sqrt(1 - beta2)} learning rates at first. The gradients of rows that one batch reads several
 * times are summed in row order before the one step.
 */
public final class Embedding {

  /** Groups whose state is fetched at a time: few enough to stay in the first cache. */
  private static final int AHEAD = 16;

  private final EmbeddingTable table;
  private final EmbeddingTable state;
  private final int column;
  private final int[] indexes;
  private final RowGroups groups;

  /**
   * Makes the trainable form of a table.
   *
   * @param table the vectors, changed by steps
   * @param statePerWeight the optimiser's floats of state per weight, at least 1
   * @param column where the vector begins in the layer's input
   * @param capacity the largest batch
   */
  public Embedding(EmbeddingTable table, int statePerWeight, int column, int capacity) {
    this.table = table;
    this.state =
        new EmbeddingTable(table.rows(), Math.multiplyExact(table.width(), statePerWeight));
    this.column = column;
    this.indexes = new int[capacity];
    this.groups = new RowGroups(capacity);
  }

  /**
   * Draws all rows but row 0, uniform in ±bound. Row 0 is set to 0, the mean, so that an unknown id
   * that training never met adds nothing.
   *
   * @param table the table to fill
   * @param bound the largest magnitude
   * @param seed the seed
   * @param stream the generator's stream, distinct for each table
   */
  public static void initialise(EmbeddingTable table, float bound, long seed, long stream) {
    int width = table.width();
    for (long row = 1; row < table.rows(); row++) {
      float[] page = table.page(row);
      int off = table.offset(row);
      for (int j = 0; j < width; j++) {
        float unit = CounterRandom.unitFloat(seed, stream, row * width + j);
        page[off + j] = (2 * unit - 1) * bound;
      }
    }
  }

  /** Returns the table. */
  public EmbeddingTable table() {
    return table;
  }

  /**
   * Returns the batch's table indexes, to be filled before the other methods; {@code [capacity]}.
   */
  public int[] indexes() {
    return indexes;
  }

  /** Returns the groups of equal indexes that {@link #group} found. */
  public RowGroups groups() {
    return groups;
  }

  /**
   * Copies the vectors of a range of rows into the layer's input.
   *
   * @param out the layer's input, shape {@code [rows, >= column + width]}
   * @param rows the rows of the batch
   */
  public void forwardInto(Kernels kernels, Matrix out, Range rows) {
    TableRows.gatherInto(
        kernels,
        table,
        indexes,
        rows.from(),
        rows.size(),
        out.values(),
        out.offset(rows.from()) + column,
        out.stride());
  }

  /**
   * Groups the batch's rows by table index.
   *
   * @param rows the rows of the batch
   */
  public void group(int rows) {
    groups.group(indexes, rows);
  }

  /**
   * Sums the gradient of each group of a range into the group's first row, in row order.
   *
   * @param dx the derivative by the layer's input, shape {@code [rows, >= column + width]}; changed
   * @param range the groups
   */
  public void sumInPlace(Kernels kernels, Matrix dx, Range range) {
    float[] values = dx.values();
    for (int group = range.from(); group < range.to(); group++) {
      int first = groups.firstRow(group);
      int sum = dx.offset(first) + column;
      for (int row = groups.nextRow(first); row >= 0; row = groups.nextRow(row)) {
        kernels.add(table.width(), values, dx.offset(row) + column, values, sum);
      }
    }
  }

  /**
   * Returns the sum of squares of the summed gradient of one group.
   *
   * @param dx the derivative after {@link #sumInPlace}
   * @param group the group
   */
  public float squaredNorm(Kernels kernels, Matrix dx, int group) {
    int off = dx.offset(groups.firstRow(group)) + column;
    return kernels.dot(table.width(), dx.values(), off, dx.values(), off);
  }

  /**
   * Makes one optimiser step on the table row of each group of a range.
   *
   * @param dx the derivative after {@link #sumInPlace}
   * @param rule the step
   * @param slice the caller's scratch
   * @param range the groups
   */
  public void stepInPlace(
      Kernels kernels, Matrix dx, StepRule rule, ParameterSlice slice, Range range) {
    int width = table.width();
    slice.gradient = dx.values();
    slice.size = width;
    for (int group = range.from(); group < range.to(); group++) {
      if ((group - range.from()) % AHEAD == 0) {
        slice.fetched = fetchState(group, Math.min(range.to(), group + AHEAD));
      }
      int first = groups.firstRow(group);
      int row = indexes[first];
      slice.gradientOffset = dx.offset(first) + column;
      slice.weights = table.page(row);
      slice.weightsOffset = table.offset(row);
      slice.state = state.page(row);
      slice.stateOffset = state.offset(row);
      slice.stateStride = width;
      slice.stepInPlace(kernels, rule);
    }
  }

  /**
   * Reads the beginning of the state of some groups. Nothing has read it since its last step, long
   * ago; these reads wait for memory at the same time, those of the steps one after the other.
   *
   * @return a number that depends on all that is read, so that it is read
   */
  private float fetchState(int from, int to) {
    float sum = 0;
    for (int group = from; group < to; group++) {
      int row = indexes[groups.firstRow(group)];
      sum += state.page(row)[state.offset(row)];
    }
    return sum;
  }
}
