package shop.quickstart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class BandsTest {

  @Test
  void ofEqualCount_distinctValues_cutsAtTheirQuantiles() {
    Bands bands = Bands.ofEqualCount(new double[] {6, 1, 5, 2, 4, 3}, new int[] {3, 1, 0});
    assertArrayEquals(new double[] {3, 5}, bands.bounds());
    assertArrayEquals(new int[] {3, 1, 0}, bands.levels());
  }

  @Test
  void ofEqualCount_manyEqualValues_leavesEmptyBandsOut() {
    Bands bands = Bands.ofEqualCount(new double[] {1, 1, 1, 1, 1, 2}, new int[] {2, 1, 0});
    assertArrayEquals(new double[0], bands.bounds());
    assertArrayEquals(new int[] {2}, bands.levels());
    Bands some = Bands.ofEqualCount(new double[] {1, 1, 1, 2, 2, 2}, new int[] {2, 1, 0});
    assertArrayEquals(new double[] {2}, some.bounds());
    assertArrayEquals(new int[] {2, 0}, some.levels());
  }
}
