package dev.discount.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DropoutTest {

  private static final int ROWS = 512;
  private static final int UNITS = 128;

  private static Matrix mask(double rate, long seed, long stream, long step) {
    Matrix mask = new Matrix(ROWS, UNITS);
    new Dropout(rate, seed, stream).drawInto(step, new Range(0, ROWS), mask);
    return mask;
  }

  @Test
  void drawInto_manyUnits_dropsTheRateAndKeepsTheMean() {
    for (double rate : new double[] {0.1, 0.2, 0.5, 0.9}) {
      float[] mask = mask(rate, 3, 1, 17).values();
      int n = mask.length;
      int dropped = 0;
      double sum = 0;
      float kept = (float) (1 / (1 - rate));
      for (float unit : mask) {
        dropped += unit == 0 ? 1 : 0;
        sum += unit;
        assertTrue(unit == 0 || Math.abs(unit - kept) < 1e-3 * kept, "got " + unit);
      }
      double deviation = Math.sqrt(n * rate * (1 - rate));
      assertTrue(Math.abs(dropped - n * rate) < 4 * deviation, "rate " + rate + ": " + dropped);
      assertEquals(1, sum / n, 4 * deviation / n * kept);
    }
  }

  @Test
  void drawInto_everyUnitAndRow_isDroppedAtTheRate() {
    int[] units = new int[UNITS];
    int[] rows = new int[ROWS];
    int steps = 40;
    for (int step = 0; step < steps; step++) {
      Matrix mask = mask(0.3, 5, 2, step);
      for (int i = 0; i < ROWS; i++) {
        for (int j = 0; j < UNITS; j++) {
          int drop = mask.values()[mask.offset(i) + j] == 0 ? 1 : 0;
          units[j] += drop;
          rows[i] += drop;
        }
      }
    }
    assertChiSquare(units, 0.3, (double) ROWS * steps);
    assertChiSquare(rows, 0.3, (double) UNITS * steps);
  }

  /** The sum of squared standard scores of n counts lies within five deviations of n. */
  private static void assertChiSquare(int[] counts, double rate, double trials) {
    double sum = 0;
    for (int count : counts) {
      double score = (count - trials * rate) / Math.sqrt(trials * rate * (1 - rate));
      sum += score * score;
    }
    double limit = 5 * Math.sqrt(2.0 * counts.length);
    assertEquals(counts.length, sum, limit);
  }

  @Test
  void drawInto_partsOfTheBatch_equalTheWhole() {
    Matrix whole = mask(0.2, 8, 3, 4);
    Matrix parts = new Matrix(ROWS, UNITS);
    Dropout dropout = new Dropout(0.2, 8, 3);
    dropout.drawInto(4, new Range(100, ROWS), parts);
    dropout.drawInto(4, new Range(0, 100), parts);
    assertArrayEquals(whole.values(), parts.values());
  }

  @Test
  void drawInto_otherSeedStepOrLayer_givesAnotherMask() {
    float[] mask = mask(0.5, 1, 1, 1).values();
    for (Matrix other : new Matrix[] {mask(0.5, 2, 1, 1), mask(0.5, 1, 2, 1), mask(0.5, 1, 1, 2)}) {
      int equal = 0;
      for (int i = 0; i < mask.length; i++) {
        equal += mask[i] == other.values()[i] ? 1 : 0;
      }
      assertEquals(0.5, equal / (double) mask.length, 0.01);
    }
  }

  @Test
  void dropout_rateZero_isNotActive() {
    assertFalse(new Dropout(0, 1, 1).active());
    Matrix mask = mask(0, 1, 1, 1);
    float[] ones = new float[mask.values().length];
    Arrays.fill(ones, 1);
    assertArrayEquals(ones, mask.values());
  }

  @Test
  void dropout_badRate_namesTheRule() {
    for (double rate : new double[] {-0.1, 1, Double.NaN}) {
      var thrown = assertThrows(IllegalArgumentException.class, () -> new Dropout(rate, 1, 1));
      assertEquals("rate must be in [0, 1), got " + rate, thrown.getMessage());
    }
  }
}
