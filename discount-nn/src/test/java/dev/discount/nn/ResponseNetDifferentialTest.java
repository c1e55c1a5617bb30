package dev.discount.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Level;
import dev.discount.core.data.EncodedRows;
import dev.discount.core.data.Rows;
import dev.discount.core.embedding.TablePrecision;
import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.KernelsProvider;
import dev.discount.nn.ResponseNetConfig.Head;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Scores against plain loops in double, and every way to compute them against the others. */
class ResponseNetDifferentialTest {

  /*
   * A probability is the sigmoid (slope at most 1/4) of a logit that passed at most three layers of
   * fewer than 128 inputs; with weights and activations of order 1 each layer errs by at most
   * 128 * 2^-24 of its absolute sum. 2e-6 is that bound for the sums these networks reach.
   */
  private static final double BOUND = 2e-6;
  private static final int ROWS = 700;

  static Stream<Arguments> models() {
    return Stream.of(
        Arguments.of(TestLogs.PERCENT, Head.MONOTONE, new Integer[] {20, 9}),
        Arguments.of(TestLogs.PERCENT, Head.POINT, new Integer[] {33}),
        Arguments.of(TestLogs.PERCENT, Head.MONOTONE, new Integer[] {}),
        Arguments.of(TestLogs.AMOUNTS, Head.MONOTONE, new Integer[] {20}),
        Arguments.of(TestLogs.AMOUNTS, Head.POINT, new Integer[] {20}),
        Arguments.of(TestLogs.ARMS, Head.POINT, new Integer[] {16}),
        Arguments.of(DiscountLadder.ofBasisPoints(), Head.MONOTONE, new Integer[] {16}));
  }

  private static ResponseNet train(DiscountLadder ladder, Head head, Integer[] hidden) {
    TrainingConfig config =
        TrainingConfig.ofDefaults().toBuilder()
            .network(ResponseNetConfig.ofDefaults().withHidden(hidden).withHead(head))
            .epochs(3)
            .batchSize(64)
            .learningRate(5e-3)
            .build();
    Rows log = TestLogs.rows(ladder, 900, 8);
    return (ResponseNet)
        new Trainer(config).train(log, TestLogs.range(0, 900), new int[0], TrainingListener.SILENT);
  }

  @ParameterizedTest
  @MethodSource("models")
  void scoreInto_everyLevel_withinBoundOfDouble(
      DiscountLadder ladder, Head head, Integer[] hidden) {
    ResponseNet net = train(ladder, head, hidden);
    Rows log = TestLogs.rows(ladder, ROWS, 77);
    float[] scores = new float[ROWS * ladder.size()];
    net.newScorer(ladder).scoreInto(log, scores);
    DoubleNetwork oracle = new DoubleNetwork(net.network());
    EncodedRows encoded = net.encoder().newRows(ROWS);
    net.encoder().encodeInto(log, encoded);
    boolean moves = false;
    for (int row = 0; row < ROWS; row++) {
      long price = log.schema().priceMinor(log, row);
      for (int level = 0; level < ladder.size(); level++) {
        double depth = ladder.ordered() ? depth(ladder.level(level), price) : 0;
        double expected =
            DoubleNetwork.sigmoid(
                oracle.logit(indexes(encoded, row), numbers(encoded, row), level, depth));
        float given = scores[row * ladder.size() + level];
        assertEquals(expected, given, BOUND, "row " + row + ", level " + level);
        moves |= Math.abs(given - scores[row * ladder.size()]) > 0.01;
      }
    }
    assertEquals(ladder.size() > 1, moves, "levels must matter");
  }

  private static double depth(Level level, long priceMinor) {
    return (float) level.depth(priceMinor);
  }

  private static int[] indexes(EncodedRows rows, int row) {
    int[] indexes = new int[rows.embeddedFields()];
    for (int f = 0; f < indexes.length; f++) {
      indexes[f] = rows.indexes(f)[row];
    }
    return indexes;
  }

  private static float[] numbers(EncodedRows rows, int row) {
    int width = rows.numberWidth();
    return Arrays.copyOfRange(rows.numbers(), row * width, (row + 1) * width);
  }

  @ParameterizedTest
  @MethodSource("models")
  void scoreInto_foldedOrNot_anyKernels_anyBatch_equalBits(
      DiscountLadder ladder, Head head, Integer[] hidden) {
    ResponseNet net = train(ladder, head, hidden);
    assertEqualScores(net, ladder);
    assertEqualScores(net.withTables(TablePrecision.BFLOAT16), ladder);
  }

  private static void assertEqualScores(ResponseNet net, DiscountLadder ladder) {
    Rows log = TestLogs.rows(ladder, ROWS, 78);
    float[] expected = new float[ROWS * ladder.size()];
    Kernels scalar = KernelsProvider.scalar();
    net.withFoldingLimit(0).newScorer(ladder, scalar).scoreInto(log, expected);
    assertEquals(0, folded(net.withFoldingLimit(0)));
    assertEquals(3, folded(net));

    float[] given = new float[expected.length];
    net.newScorer(ladder, scalar).scoreInto(log, given);
    assertArrayEquals(expected, given);

    Arrays.fill(given, 0);
    net.newScorer(ladder, KernelsProvider.fastest()).scoreInto(log, given);
    assertArrayEquals(expected, given);

    long partly =
        20L
            * net.network().layout().firstStride()
            * net.network().weights().tables()[0].precision().bytes();
    ResponseNet half = net.withFoldingLimit(partly);
    assertEquals(2, folded(half));
    Arrays.fill(given, 0);
    half.newScorer(ladder, KernelsProvider.fastest()).scoreInto(log, given);
    assertArrayEquals(expected, given);

    assertRowByRow(net, ladder, expected);
  }

  private static long folded(ResponseNet net) {
    FoldedTables tables = net.folded();
    return IntStream.range(0, 3).filter(f -> tables.table(f) != null).count();
  }

  private static void assertRowByRow(ResponseNet net, DiscountLadder ladder, float[] expected) {
    var scorer = net.newScorer(ladder);
    Rows all = TestLogs.rows(ladder, ROWS, 78);
    float[] one = new float[ladder.size()];
    Rows single = new Rows(net.schema(), 1);
    for (int row = 0; row < 40; row++) {
      TestLogs.copyRow(all, row, single);
      scorer.scoreInto(single, one);
      assertArrayEquals(
          Arrays.copyOfRange(expected, row * one.length, (row + 1) * one.length), one);
    }
  }
}
