package dev.discount.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Transform;
import org.junit.jupiter.api.Test;

/**
 * Standardised columns against numpy 1.24.2, printed by {@code src/test/reference/standardise.py}.
 */
class FeatureEncoderReferenceTest {

  private static final double NAN = Double.NaN;

  @Test
  void plain() {
    check(
        Field.of("x", Kind.NUMBER),
        new double[] {1.5, -2.25, 1e6, 0.0, 3.125, 7e-3, 12345.678, -9.75},
        126542.28875,
        330160.72016911575,
        -0.3832702711733333,
        -0.38328162927794995,
        2.6455530833667775,
        -0.38327481441517997,
        -0.3832653493279994,
        -0.3832747932133847,
        -0.345881880471747,
        -0.38330434548718334);
  }

  @Test
  void shiftedFarFromZero() {
    double[] cells = new double[8];
    double[] parts = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8};
    for (int i = 0; i < 8; i++) {
      cells[i] = 1e9 + parts[i];
    }
    check(
        Field.of("x", Kind.NUMBER),
        cells,
        1000000000.45,
        0.22912877759405928,
        -1.5275253833979014,
        -1.091089485245357,
        -0.6546541073648218,
        -0.21821820921227708,
        0.21821768894026758,
        0.6546535870928122,
        1.091089485245357,
        1.527524863125892);
  }

  @Test
  void logOfBothSigns() {
    check(
        Field.of("x", Kind.NUMBER).withTransform(Transform.LOG),
        new double[] {0.0, 1.0, -3.0, 1e4, 250.0, 17.5, -1e-3, 9e5},
        3.833708563839561,
        4.9581771836996165,
        -0.7732092706253356,
        -0.6334104786743905,
        -1.0528068545272256,
        1.0844170355213136,
        0.3412028882013254,
        -0.18473277533656865,
        -0.7734108568728721,
        1.9919503123137539);
  }

  @Test
  void gaps_leaveTheMeanAndSetTheIndicator() {
    EncodedRows out =
        check(
            Field.of("x", Kind.NUMBER),
            new double[] {4.0, NAN, 5.0, 7.0, NAN, 11.0, 13.0, 2.0},
            7.0,
            3.872983346207417,
            -0.7745966692414834,
            0.0,
            -0.5163977794943222,
            0.0,
            0.0,
            1.0327955589886444,
            1.5491933384829668,
            -1.2909944487358056);
    float[] indicator = {0, 1, 0, 0, 1, 0, 0, 0};
    for (int row = 0; row < 8; row++) {
      assertEquals(indicator[row], out.numbers()[row * 2 + 1]);
    }
  }

  @Test
  void constant_hasScaleOne() {
    check(
        Field.of("x", Kind.NUMBER),
        new double[] {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1},
        0.1,
        1.0,
        new double[8]);
  }

  @Test
  void flag_isOnlyCentred() {
    check(
        Field.of("x", Kind.FLAG),
        new double[] {0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0},
        0.25,
        1.0,
        -0.25,
        0.75,
        -0.25,
        -0.25,
        0.75,
        -0.25,
        -0.25,
        -0.25);
  }

  /*
   * The two means may differ by the rounding of their sums, which shifts every column by as much
   * over the scale; then the column is rounded to float32, to half an ulp of it.
   */
  private static EncodedRows check(
      Field field, double[] cells, double mean, double scale, double... expected) {
    Schema schema = Schema.builder().field(field).build();
    Rows rows = new Rows(schema, 1);
    for (double cell : cells) {
      rows.setDouble(rows.add(), 0, cell);
    }
    FeatureEncoder encoder = FeatureEncoder.fit(rows, SplitShares.rising(cells.length));
    double meanError = 4 * Math.ulp(mean);
    assertEquals(mean, encoder.scaling().means()[0], meanError);
    assertEquals(scale, encoder.scaling().scales()[0], scale * 1e-14 + meanError);

    EncodedRows out = encoder.newRows(1);
    encoder.encodeInto(rows, out);
    double error = 2 * meanError / scale;
    for (int row = 0; row < cells.length; row++) {
      float value = out.numbers()[row * encoder.numberWidth()];
      assertEquals(expected[row], value, error + Math.ulp((float) expected[row]) / 2, "row " + row);
    }
    return out;
  }
}
