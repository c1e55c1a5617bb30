package dev.discount.bench;

import dev.discount.bench.Workloads.Shape;
import dev.discount.core.DiscountLadder;
import dev.discount.core.ResponseScorer;
import dev.discount.core.data.Rows;
import dev.discount.core.internal.random.CounterRandom;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Scores from raw ids to probabilities through the public door: ids looked up, folded rows added,
 * the second layer, the head.
 */
final class Scores {

  private static final int CALLS = 1 << 14;
  private static final int BATCHES = 64;
  private static final int ROWS = 1024;
  static final int CATALOGUE_BLOCK = 1000;

  private static final DiscountLadder ONE_LEVEL = DiscountLadder.ofBasisPoints();

  private Scores() {}

  static List<Contender> contenders(Workloads workloads) {
    return List.of(
        new LatencyContender(Figures.SCORE_POINT8, () -> single(workloads, Shape.POINT)),
        new LatencyContender(Figures.SCORE_CURVE8, () -> single(workloads, Shape.MONOTONE)),
        new RateContender(Figures.SCORE_BATCH, ROWS, () -> batch(workloads, 0)),
        new PairContender(Figures.SCORE_BATCH_2, ROWS, thread -> batch(workloads, thread)),
        new RateContender(Figures.SCORE_CATALOGUE, CATALOGUE_BLOCK, () -> catalogue(workloads)));
  }

  /** One customer and one item at all levels. */
  private static IntConsumer single(Workloads workloads, Shape shape) {
    ResponseScorer scorer = workloads.model(shape).newScorer(Workloads.LADDER);
    Rows rows = new Rows(Workloads.schema(shape), 1);
    rows.add();
    float[] out = new float[Workloads.LADDER.size()];
    int[] customers = below(Workloads.CUSTOMERS, CALLS, 1);
    int[] items = below(shape.items(), CALLS, 2);
    return i -> {
      rows.setLong(0, 0, customers[i & CALLS - 1]);
      rows.setLong(0, 1, items[i & CALLS - 1]);
      scorer.scoreInto(rows, out);
    };
  }

  /** Batches of random customers and items without a discount. */
  private static Runnable batch(Workloads workloads, int thread) {
    ResponseScorer scorer = workloads.model(Shape.PLAIN).newScorer(ONE_LEVEL);
    Rows[] batches = new Rows[BATCHES];
    for (int b = 0; b < BATCHES; b++) {
      batches[b] = new Rows(Workloads.schema(Shape.PLAIN), ROWS);
      int[] customers = below(Workloads.CUSTOMERS, ROWS, 100L * thread + b);
      int[] items = below(Workloads.ITEMS, ROWS, 1000 + 100L * thread + b);
      for (int i = 0; i < ROWS; i++) {
        batches[b].add();
        batches[b].setLong(i, 0, customers[i]);
        batches[b].setLong(i, 1, items[i]);
      }
    }
    float[] out = new float[ROWS];
    int[] next = new int[1];
    return () -> scorer.scoreInto(batches[next[0]++ & BATCHES - 1], out);
  }

  /** One customer against all items, block by block. */
  private static Runnable catalogue(Workloads workloads) {
    ResponseScorer scorer = workloads.model(Shape.CATALOGUE).newScorer(Workloads.LADDER);
    Rows[] items = catalogueBlocks();
    float[] out = new float[CATALOGUE_BLOCK * Workloads.LADDER.size()];
    int[] next = new int[1];
    return () -> scorer.scoreInto(items[next[0]++ % items.length], out);
  }

  /** Returns all items beside one customer, in blocks of {@link #CATALOGUE_BLOCK}. */
  static Rows[] catalogueBlocks() {
    int blocks = Workloads.CATALOGUE_ITEMS / CATALOGUE_BLOCK;
    Rows[] items = new Rows[blocks];
    for (int b = 0; b < blocks; b++) {
      items[b] = new Rows(Workloads.schema(Shape.CATALOGUE), CATALOGUE_BLOCK);
      for (int i = 0; i < CATALOGUE_BLOCK; i++) {
        items[b].add();
        items[b].setLong(i, 0, 4_711);
        items[b].setLong(i, 1, (long) b * CATALOGUE_BLOCK + i);
      }
    }
    return items;
  }

  private static int[] below(int bound, int count, long stream) {
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = CounterRandom.below(bound, 7, stream, i);
    }
    return values;
  }
}
