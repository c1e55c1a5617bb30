package dev.discount.bench;

import dev.discount.bench.OnnxScorer.Tensors;
import dev.discount.bench.RivalContender.Opened;
import dev.discount.bench.Workloads.Shape;
import dev.discount.core.DiscountLadder;
import dev.discount.core.ResponseScorer;
import dev.discount.core.data.EncodedRows;
import dev.discount.core.data.FeatureEncoder;
import dev.discount.core.data.Rows;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.nn.ResponseNet;
import dev.discount.nn.onnx.OnnxExport.Form;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** ONNX Runtime on the figures of scoring, and two figures that only a rival asks for. */
final class RivalScores {

  /** A request of eight rows, one level each: what a service that ranks items asks. */
  private static final Figure ROWS_8 =
      new Figure("score.rows8", Figure.Unit.MICROS, 1, Figure.Limit.NONE, Figure.Must.NONE);

  private static final Figure ROWS_1 =
      new Figure("score.rows1", Figure.Unit.MICROS, 1, Figure.Limit.NONE, Figure.Must.NONE);

  private static final DiscountLadder ONE_LEVEL = DiscountLadder.ofBasisPoints();
  private static final int REQUESTS = 1 << 12;
  private static final int BATCHES = 64;
  private static final int BATCH = 1024;
  private static final int CHECKED_ROWS = 64;

  private final Workloads workloads;
  private final Map<Shape, FeatureEncoder> encoders = new EnumMap<>(Shape.class);

  RivalScores(Workloads workloads) {
    this.workloads = workloads;
  }

  List<Contender> contenders() {
    List<Contender> all = new ArrayList<>();
    all.add(new LatencyContender(ROWS_8, () -> ours(8)::score));
    all.add(new LatencyContender(ROWS_1, () -> ours(1)::score));
    addWay(Form.PLAIN, Tensors.PINNED, all);
    addWay(Form.PLAIN, Tensors.ORDINARY, all);
    addWay(Form.FOLDED, Tensors.PINNED, all);
    return all;
  }

  private void addWay(Form form, Tensors tensors, List<Contender> all) {
    DiscountLadder ladder = Workloads.LADDER;
    Work batch = new Work(Shape.PLAIN, ONE_LEVEL, BATCH, form, tensors);
    all.add(latency(ROWS_8, new Work(Shape.PLAIN, ONE_LEVEL, 8, form, tensors)));
    all.add(latency(ROWS_1, new Work(Shape.PLAIN, ONE_LEVEL, 1, form, tensors)));
    all.add(latency(Figures.SCORE_POINT8, new Work(Shape.POINT, ladder, 1, form, tensors)));
    all.add(latency(Figures.SCORE_CURVE8, new Work(Shape.MONOTONE, ladder, 1, form, tensors)));
    all.add(rate(Figures.SCORE_BATCH, batch));
    all.add(pair(Figures.SCORE_BATCH_2, batch));
    all.add(catalogue(new Work(Shape.CATALOGUE, ladder, Scores.CATALOGUE_BLOCK, form, tensors)));
  }

  /**
   * What a rival is to do.
   *
   * @param shape the model
   * @param ladder the levels
   * @param rows the rows of a call
   * @param form the exported form
   * @param tensors the way in and out
   */
  private record Work(Shape shape, DiscountLadder ladder, int rows, Form form, Tensors tensors) {}

  /** Requests in turn, raw and encoded. */
  private static final class Requests {
    private final Rows[] raw;
    private final EncodedRows[] encoded;

    Requests(Shape shape, FeatureEncoder encoder, int count, int rows, long stream) {
      raw = new Rows[count];
      encoded = new EncodedRows[count];
      for (int r = 0; r < count; r++) {
        raw[r] = new Rows(Workloads.schema(shape), rows);
        for (int i = 0; i < rows; i++) {
          long index = (long) r * rows + i;
          raw[r].add();
          raw[r].setLong(i, 0, CounterRandom.below(Workloads.CUSTOMERS, 7, stream, index));
          raw[r].setLong(i, 1, CounterRandom.below(shape.items(), 7, stream + 1, index));
        }
        encoded[r] = encoder.newRows(rows);
        encoder.encodeInto(raw[r], encoded[r]);
      }
    }
  }

  /** Ours on the requests that a rival gets. */
  private static final class Ours {
    private final ResponseScorer scorer;
    private final Requests requests;
    private final float[] out;

    Ours(ResponseNet model, Requests requests, int rows) {
      this.scorer = model.newScorer(ONE_LEVEL);
      this.requests = requests;
      this.out = new float[rows];
    }

    void score(int i) {
      scorer.scoreInto(requests.raw[i & requests.raw.length - 1], out);
    }
  }

  private Ours ours(int rows) {
    ResponseNet model = workloads.model(Shape.PLAIN);
    return new Ours(
        model, new Requests(Shape.PLAIN, encoder(Shape.PLAIN), REQUESTS, rows, 1), rows);
  }

  private Contender latency(Figure figure, Work work) {
    return contender(
        figure,
        work,
        network -> {
          RivalScorer scorer = new OnnxScorer(network, work.tensors, work.rows);
          Requests requests = requests(work, REQUESTS, 1);
          float[] out = new float[work.rows * work.ladder.size()];
          EncodedRows[] encoded = requests.encoded;
          Contender timed =
              new LatencyContender(
                  figure, () -> i -> score(scorer, encoded[i & encoded.length - 1], out));
          return new Opened(timed, scorer, network);
        });
  }

  private Contender rate(Figure figure, Work work) {
    return contender(
        figure,
        work,
        network -> {
          RivalScorer scorer = new OnnxScorer(network, work.tensors, work.rows);
          Runnable batches = batches(work, scorer, 1);
          return new Opened(new RateContender(figure, work.rows, () -> batches), scorer, network);
        });
  }

  private Contender pair(Figure figure, Work work) {
    return contender(
        figure,
        work,
        network -> {
          RivalScorer one = new OnnxScorer(network, work.tensors, work.rows);
          RivalScorer two = one.twin();
          Runnable[] batches = {batches(work, one, 1), batches(work, two, 3)};
          Contender timed = new PairContender(figure, work.rows, thread -> batches[thread]);
          return new Opened(timed, one, two, network);
        });
  }

  private Contender catalogue(Work work) {
    return contender(
        Figures.SCORE_CATALOGUE,
        work,
        network -> {
          RivalScorer scorer = new OnnxScorer(network, work.tensors, work.rows);
          Runnable blocks = inTurn(work, scorer, encoded(work.shape, Scores.catalogueBlocks()));
          return new Opened(
              new RateContender(Figures.SCORE_CATALOGUE, work.rows, () -> blocks), scorer, network);
        });
  }

  private EncodedRows[] encoded(Shape shape, Rows[] blocks) {
    EncodedRows[] encoded = new EncodedRows[blocks.length];
    for (int b = 0; b < blocks.length; b++) {
      encoded[b] = encoder(shape).newRows(blocks[b].size());
      encoder(shape).encodeInto(blocks[b], encoded[b]);
    }
    return encoded;
  }

  private interface OnNetwork {
    Opened open(OnnxNetwork network) throws Exception;
  }

  /** Names a rival, and loads and checks its network when it is opened. */
  private Contender contender(Figure figure, Work work, OnNetwork opening) {
    return new RivalContender(
        figure,
        OnnxScorer.party(work.form, work.tensors),
        OnnxScorer.note(work.form),
        () -> {
          ResponseNet model = workloads.model(work.shape);
          OnnxNetwork network = OnnxNetwork.load(model, work.ladder, work.form);
          check(model, network, work);
          return opening.open(network);
        });
  }

  private void check(ResponseNet model, OnnxNetwork network, Work work) throws Exception {
    Work checked = new Work(work.shape, work.ladder, CHECKED_ROWS, work.form, work.tensors);
    Requests requests = requests(checked, 1, 5);
    float[] out = new float[CHECKED_ROWS * work.ladder.size()];
    try (RivalScorer scorer = new OnnxScorer(network, work.tensors, CHECKED_ROWS)) {
      scorer.scoreInto(requests.encoded[0], out);
    }
    SameOutputs.check(model, requests.raw[0], requests.encoded[0], work.ladder, out);
  }

  private Requests requests(Work work, int count, long stream) {
    return new Requests(work.shape, encoder(work.shape), count, work.rows, stream);
  }

  private FeatureEncoder encoder(Shape shape) {
    return encoders.computeIfAbsent(shape, s -> OnnxNetwork.encoder(workloads.model(s)));
  }

  private Runnable batches(Work work, RivalScorer scorer, long stream) {
    return inTurn(work, scorer, requests(work, BATCHES, stream).encoded);
  }

  private static Runnable inTurn(Work work, RivalScorer scorer, EncodedRows[] encoded) {
    float[] out = new float[work.rows * work.ladder.size()];
    int[] next = new int[1];
    return () -> score(scorer, encoded[next[0]++ % encoded.length], out);
  }

  private static void score(RivalScorer scorer, EncodedRows rows, float[] out) {
    try {
      scorer.scoreInto(rows, out);
    } catch (Exception e) {
      throw new IllegalStateException("the rival must score", e);
    }
  }
}
