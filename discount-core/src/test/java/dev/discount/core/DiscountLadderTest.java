package dev.discount.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiscountLadderTest {

  private static final Level NONE = new Level.None();
  private static final Level FIVE = new Level.PercentOff(500);
  private static final Level TEN = new Level.PercentOff(1000);

  @Test
  void factories_putNoneFirst() {
    assertEquals(List.of(NONE, FIVE, TEN), DiscountLadder.ofBasisPoints(500, 1000).levels());
    assertEquals(List.of(NONE, new Level.AmountOff(100)), DiscountLadder.ofAmounts(100).levels());
    assertEquals(List.of(NONE, new Level.Named("gift")), DiscountLadder.ofNames("gift").levels());
    assertEquals(List.of(NONE), DiscountLadder.ofBasisPoints().levels());
  }

  @Test
  void ordered_namedArms_areNot() {
    assertTrue(DiscountLadder.ofBasisPoints(500).ordered());
    assertTrue(DiscountLadder.ofAmounts(500).ordered());
    assertTrue(DiscountLadder.ofNames().ordered());
    assertFalse(DiscountLadder.ofNames("gift").ordered());
  }

  @Test
  void allLevels_hasOneBitEach() {
    int[] sixtyThree = IntStream.rangeClosed(1, 63).toArray();

    assertEquals(0b1L, DiscountLadder.ofBasisPoints().allLevels());
    assertEquals(0b111L, DiscountLadder.ofBasisPoints(500, 1000).allLevels());
    assertEquals(-1L, DiscountLadder.ofBasisPoints(sixtyThree).allLevels());
    assertEquals(64, DiscountLadder.ofBasisPoints(sixtyThree).size());
  }

  @Test
  void constructor_copies() {
    List<Level> levels = new ArrayList<>(List.of(NONE, FIVE));
    DiscountLadder ladder = new DiscountLadder(levels);
    levels.set(1, TEN);

    assertEquals(FIVE, ladder.level(1));
    assertThrows(UnsupportedOperationException.class, () -> ladder.levels().clear());
  }

  @Test
  void constructor_wrongLevels_throwNamingThem() {
    assertMessage("levels must number 1 to 64, got 0", List.of());
    assertMessage("levels must number 1 to 64, got 65", Collections.nCopies(65, NONE));
    assertMessage("levels[0] must be None, got PercentOff[basisPoints=500]", List.of(FIVE));
    assertMessage("levels[1] must not be None, only levels[0] is", List.of(NONE, NONE));
    assertMessage(
        "levels[2] must be of the kind of levels[1], got AmountOff[minorUnits=700]",
        List.of(NONE, FIVE, new Level.AmountOff(700)));
    assertMessage(
        "levels[2] must be deeper than levels[1], got PercentOff[basisPoints=500]",
        List.of(NONE, TEN, FIVE));
    assertMessage(
        "levels[2] must be deeper than levels[1], got PercentOff[basisPoints=500]",
        List.of(NONE, FIVE, FIVE));
    assertMessage(
        "levels[2] must be deeper than levels[1], got AmountOff[minorUnits=5]",
        List.of(NONE, new Level.AmountOff(6), new Level.AmountOff(5)));
    assertMessage(
        "levels[3] must differ from the others, got Named[id=a]",
        List.of(NONE, new Level.Named("a"), new Level.Named("b"), new Level.Named("a")));
  }

  private static void assertMessage(String message, List<Level> levels) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> new DiscountLadder(levels))
            .getMessage());
  }
}
