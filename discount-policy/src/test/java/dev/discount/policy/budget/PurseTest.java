package dev.discount.policy.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PurseTest {

  private static final int STRIPES = 4;

  private final Cells cells = new Cells(Purse.cells(STRIPES));
  private final Purse purse = new Purse(cells, STRIPES);

  /** Returns how many stripes hold money of their own. */
  private int stripesWithMoney() {
    int with = 0;
    for (int stripe = 0; stripe < STRIPES; stripe++) {
      int at = Purse.cells(STRIPES) - (STRIPES - stripe) * Cells.APART;
      with += cells.get(at) > 0 ? 1 : 0;
    }
    return with;
  }

  private void takeFromEveryStripe() {
    for (int stripe = 0; stripe < STRIPES; stripe++) {
      assertTrue(purse.take(stripe, 1));
    }
  }

  @Test
  void raise_afterItWasShort_stripesAreOpenAgain() {
    purse.fill(10, 10, 0);
    assertFalse(purse.take(0, 11));
    takeFromEveryStripe();
    assertEquals(0, stripesWithMoney());
    purse.raise(100_000);
    takeFromEveryStripe();
    assertEquals(STRIPES, stripesWithMoney());
    assertEquals(100_002, purse.freeMinor());
    assertFalse(purse.take(2, 100_003));
    assertEquals(0, stripesWithMoney());
    assertTrue(purse.take(2, 100_002));
  }

  @Test
  void raise_belowZero_staysSingleUntilTheGapIsFilled() {
    purse.fill(10, 10, 0);
    assertTrue(purse.take(0, 10));
    purse.lower(8);
    purse.raise(5);
    purse.give(1, 2);
    assertEquals(0, stripesWithMoney());
    assertEquals(-1, purse.freeMinor());
    assertFalse(purse.take(1, 1));
    purse.raise(3);
    assertTrue(purse.take(1, 2));
    assertFalse(purse.take(1, 1));
  }
}
