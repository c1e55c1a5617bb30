package dev.discount.bench;

import dev.discount.bench.Figure.Limit;
import dev.discount.bench.Figure.Must;
import dev.discount.bench.Figure.Unit;

/**
 * The figures of the scoreboard. {@code docs/bench} says what each of them measures; limits are
 * counted for one customer, item or row of NCF-64.
 */
final class Figures {

  /*
   * Arithmetic of NCF-64, two operations a multiply-add, with width 128 throughout:
   *   a hidden layer 2 * 128 * 128; the first is folded when scoring; the output layer 2 * 128
   *   training does each product three times: forward, by the weights, by the inputs
   * A folded row is 512 bytes: two rows of the calibrated gather.
   */
  private static final double LAYER = 2.0 * 128 * 128;
  private static final double FOLDED = LAYER + 2 * 128;
  private static final double MATRIX_GIGABYTES = 128 * 128 * 4 / 1e9;
  private static final double MICROS = 1e6;

  private static final Limit PEAK = MachineLimits::fmaPeak;
  private static final Limit ONE_ROW = m -> MICROS * MATRIX_GIGABYTES / m.cacheGigabytes();
  private static final Limit CURVE =
      m -> MICROS * (MATRIX_GIGABYTES / m.cacheGigabytes() + m.gatherSeconds(4));

  private static final Must NEAR_NCF64 = Must.pointsBelow(0.15, "train.ncf64");

  static final Figure FORWARD_1024 = product("gemm.forward.1024", Must.shareOfLimit(0.85));
  static final Figure FORWARD_256 = product("gemm.forward.256", Must.shareOfLimit(0.85));
  static final Figure FORWARD_8 = product("gemm.forward.8", Must.shareOfLimit(0.85));
  static final Figure WEIGHT_GRADIENT = product("gemm.weightGradient.256", Must.shareOfLimit(0.75));
  static final Figure INPUT_GRADIENT = product("gemm.inputGradient.256", Must.shareOfLimit(0.72));
  static final Figure FORWARD_1 = micros("gemm.forward.1", ONE_ROW, Must.of(0.75));
  static final Figure FORWARD_1_RELU = micros("gemm.forward.1.relu", ONE_ROW, Must.of(0.75));
  static final Figure FORWARD_AVX2 =
      new Figure(
          "gemm.forward.1024.avx2", Unit.GFLOPS, 1, MachineLimits::fma256, Must.shareOfLimit(0.45));
  static final Figure FORWARD_SCALAR = product("gemm.forward.1024.scalar", Must.of(20));

  static final Figure SCORE_POINT8 =
      micros(
          "score.point8",
          m -> MICROS * (m.arithmeticSeconds(8 * FOLDED) + m.gatherSeconds(4)),
          Must.of(4).p99(10).times(2.5, "pinned"));
  static final Figure SCORE_CURVE8 = micros("score.curve8", CURVE, Must.of(1.8).times(6, "pinned"));
  static final Figure DECIDE_SESSION =
      micros("decide.session", CURVE, Must.of(5).p99(15).p999(50).bytes(0));
  static final Figure DECIDE_SESSION_2 =
      new Figure(
          "decide.session.threads2",
          Unit.DECISIONS_PER_SECOND,
          2,
          Limit.NONE,
          Must.NONE.times(0.9, Decisions.TWICE));
  static final Figure DECIDE_ENGINE = micros("decide.engine", CURVE, Must.of(7).bytes(500));
  static final Figure DECIDE_GUARDED = micros("decide.guarded", Limit.NONE, Must.of(1).bytes(0));
  static final Figure SCORE_BATCH =
      new Figure(
          "score.batch1024",
          Unit.ROWS_PER_SECOND,
          1,
          m -> rows(m, FOLDED, 4),
          Must.of(1.6e6).times(1.4, ""));
  static final Figure SCORE_BATCH_2 =
      new Figure(
          "score.batch1024.threads2",
          Unit.ROWS_PER_SECOND,
          2,
          m -> 2 * rows(m, FOLDED, 4),
          Must.of(3.0e6));
  static final Figure SCORE_CATALOGUE =
      new Figure(
          "score.catalogue",
          Unit.CURVES_PER_SECOND,
          1,
          m -> rows(m, FOLDED + 8 * 2 * 128, 2),
          Must.of(1.6e6));

  static final Figure TRAIN_NCF64 =
      training("train.ncf64", 1, trained(128, 128), Must.of(3e5).times(1.3, ""));
  static final Figure TRAIN_NCF64_2 =
      training("train.ncf64.threads2", 2, trained(128, 128), Must.of(5e5).times(2.5, ""));
  static final Figure TRAIN_ZIPF = training("train.zipf", 1, trained(128, 128), NEAR_NCF64);
  static final Figure TRAIN_WIDE20 = training("train.wide20", 1, trained(180, 128), NEAR_NCF64);
  static final Figure TRAIN_HIDDEN512 =
      training("train.hidden512", 1, trained(128, 512), NEAR_NCF64);

  static final Figure DATA_CSV =
      new Figure(
          "data.csv", Unit.MEGABYTES_PER_SECOND, 1, m -> 1e3 * m.copyGigabytes(), Must.of(70));

  /** The limit is that of random rows of 256 bytes, which are rows of float32. */
  static final Figure TABLE_GATHER =
      new Figure(
          "table.bf16.gather",
          Unit.ROWS_PER_SECOND,
          1,
          MachineLimits::gatheredRows,
          Must.NONE.times(1.3, "float32 table"));

  static final Figure MODEL_LOAD =
      new Figure(
          "model.load",
          Unit.MEGABYTES_PER_SECOND,
          1,
          m -> 1e3 * m.copyGigabytes(),
          Must.of(1000).bytes(1.1));
  static final Figure MODEL_LOAD_2 =
      new Figure(
          "model.load.threads2",
          Unit.MEGABYTES_PER_SECOND,
          2,
          m -> 1e3 * m.copyGigabytes(),
          Must.of(1000).bytes(1.1));
  static final Figure WARM_UP =
      new Figure("warmUp", Unit.SECONDS, 1, Limit.NONE, Must.of(1).p999(5_000));
  static final Figure SWAP = new Figure("swap", Unit.FAILURES, 2, Limit.NONE, Must.of(0));

  private Figures() {}

  private static Figure product(String name, Must must) {
    return new Figure(name, Unit.GFLOPS, 1, PEAK, must);
  }

  private static Figure micros(String name, Limit limit, Must must) {
    return new Figure(name, Unit.MICROS, 1, limit, must);
  }

  /** A training figure, whose limit is the arithmetic alone. */
  private static Figure training(String name, int threads, double flops, Must must) {
    return new Figure(
        name, Unit.SAMPLES_PER_SECOND, threads, m -> threads / m.arithmeticSeconds(flops), must);
  }

  /** The operations of training on a sample with two hidden layers of equal width. */
  private static double trained(int inputs, int hidden) {
    return 3 * 2.0 * ((double) inputs * hidden + (double) hidden * hidden + hidden);
  }

  private static double rows(MachineLimits machine, double flops, double gathered) {
    return 1 / (machine.arithmeticSeconds(flops) + machine.gatherSeconds(gathered));
  }
}
