package dev.discount.nn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Level;
import dev.discount.core.ResponseScorer;
import dev.discount.core.data.FeatureEncoder;
import dev.discount.core.data.Rows;
import dev.discount.core.internal.kernel.KernelsProvider;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.nn.layer.Dense;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** The monotone head's promise, for weights of any size and ladders of any levels. */
class ResponseNetPropertyTest {

  private static final int ROWS = 60;

  /** A network with random weights on purpose far from what training gives. */
  private static ResponseNet network(DiscountLadder trained, long seed, double size) {
    Rows log = TestLogs.rows(trained, 200, 5);
    int[] all = TestLogs.range(0, 200);
    FeatureEncoder encoder = FeatureEncoder.fit(log, all);
    TrainingConfig config = TrainingConfig.ofDefaults();
    Trainer trainer = new Trainer(config, KernelsProvider.fastest());
    LogSummary summary = MemoryLog.of(log, encoder, all, new int[0]).summary();
    Network network = trainer.startingNetwork(encoder, summary.totals(), seed);
    Dense last = network.weights().layers()[network.weights().layers().length - 1];
    for (int j = 0; j < last.outputs(); j++) {
      last.bias()[j] = (float) (size * CounterRandom.gaussian(seed, 99, j));
      for (int i = 0; i < last.inputs(); i++) {
        last.weights().values()[last.weights().offset(i) + j] *= (float) size;
      }
    }
    Provenance provenance = new Provenance("", seed, "test", true);
    return new ResponseNet(encoder, network, config, provenance, 1 << 20);
  }

  private static void assertNeverFalls(ResponseNet net, DiscountLadder ladder) {
    Rows rows = TestLogs.rows(net.schema().ladder(), ROWS, 6);
    float[] out = new float[ROWS * ladder.size()];
    ResponseScorer scorer = net.newScorer(ladder);
    scorer.scoreInto(rows, out);
    for (int row = 0; row < ROWS; row++) {
      for (int level = 0; level < ladder.size(); level++) {
        float p = out[row * ladder.size() + level];
        assertTrue(p >= 0 && p <= 1, "probability " + p);
        float before = level == 0 ? 0 : out[row * ladder.size() + level - 1];
        assertTrue(p >= before, "row " + row + ", level " + level + ": " + before + " > " + p);
      }
    }
  }

  @Property(tries = 60)
  void curve_anyWeightsAndPercentages_neverFalls(
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.01, max = 60) double size,
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 10_000) Integer> shares) {
    int[] rising = new TreeSet<>(shares).stream().mapToInt(Integer::intValue).toArray();
    assertNeverFalls(network(TestLogs.PERCENT, seed, size), DiscountLadder.ofBasisPoints(rising));
  }

  @Property(tries = 40)
  void curve_anyWeightsAndAmounts_neverFalls(
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.01, max = 60) double size,
      @ForAll @Size(min = 1, max = 40) List<@LongRange(min = 1, max = 4_000) Long> amounts) {
    long[] rising = new TreeSet<>(amounts).stream().mapToLong(Long::longValue).toArray();
    assertNeverFalls(network(TestLogs.AMOUNTS, seed, size), DiscountLadder.ofAmounts(rising));
  }

  @Property(tries = 40)
  void logit_adjacentDepths_neverFalls(
      @ForAll long seed, @ForAll @DoubleRange(min = 0, max = 1) double depth) {
    MonotoneHead head = new MonotoneHead(new float[] {0.02f, 0.05f, 0.1f, 0.3f, 0.31f});
    float[] slopes = new float[5];
    for (int k = 1; k < 5; k++) {
      slopes[k] = (float) Math.exp(3 * CounterRandom.gaussian(seed, 1, k));
    }
    float intercept = (float) (4 * CounterRandom.gaussian(seed, 1, 0));
    float[] ramps = new float[5];
    float at = (float) depth;
    float before = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < 200; i++) {
      head.rampsInto(at, ramps, 0);
      float logit = head.logit(intercept, slopes, 0, ramps, 0);
      assertTrue(logit >= before, before + " > " + logit + " at depth " + at);
      before = logit;
      at = Math.nextUp(at);
    }
  }

  @Property(tries = 20)
  void curve_beyondTheKnots_isFlat(@ForAll long seed) {
    ResponseNet net = network(TestLogs.PERCENT, seed, 2);
    float deepest = net.knots()[net.knots().length - 1];
    List<Level> levels = new ArrayList<>();
    levels.add(new Level.None());
    levels.add(new Level.PercentOff(Math.round(deepest * 10_000)));
    levels.add(new Level.PercentOff(9_000));
    float[] out = new float[ROWS * 3];
    net.newScorer(new DiscountLadder(levels))
        .scoreInto(TestLogs.rows(TestLogs.PERCENT, ROWS, 6), out);
    for (int row = 0; row < ROWS; row++) {
      assertTrue(out[row * 3 + 1] == out[row * 3 + 2]);
    }
  }
}
