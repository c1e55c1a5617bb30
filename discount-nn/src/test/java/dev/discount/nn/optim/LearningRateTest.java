package dev.discount.nn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LearningRateTest {

  @Test
  void constant_anyStep_isTheRate() {
    LearningRate rate = new LearningRate.Constant(0.25);
    assertEquals(0.25, rate.at(1));
    assertEquals(0.25, rate.at(1_000_000));
  }

  @Test
  void cosine_withWarmUp_risesThenFalls() {
    LearningRate rate = new LearningRate.Cosine(0.8, 4, 12);
    assertEquals(0.2, rate.at(1), 1e-15);
    assertEquals(0.6, rate.at(3), 1e-15);
    assertEquals(0.8, rate.at(4), 1e-15);
    assertEquals(0.8, rate.at(5), 1e-15); // cos(0) = 1
    assertEquals(0.4, rate.at(9), 1e-15); // cos(pi / 2) = 0
    assertEquals(0.4 * (1 - Math.sqrt(0.5)), rate.at(11), 1e-15); // cos(3 pi / 4)
    assertEquals(0, rate.at(13));
  }

  @Test
  void cosine_withoutWarmUp_beginsAtThePeakAndNeverRises() {
    LearningRate rate = new LearningRate.Cosine(1, 0, 50);
    assertEquals(1, rate.at(1));
    for (long step = 2; step <= 50; step++) {
      assertTrue(rate.at(step) < rate.at(step - 1));
      assertTrue(rate.at(step) > 0);
    }
  }

  @Test
  void clip_longGradient_isShortenedToTheNorm() {
    GradientClip clip = new GradientClip(2);
    assertEquals(1f, clip.scale(4));
    assertEquals(0.5f, clip.scale(16));
    assertEquals(1f, new GradientClip(Double.POSITIVE_INFINITY).scale(1e300));
  }
}
