package dev.discount.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class OfferTest {

  @Test
  void constructor_freeItemAndItemAtCost_areAllowed() {
    assertEquals(0, new Offer("sample", 0, 0).listPriceMinor());
    assertEquals(999, new Offer("book", 999, 999).unitCostMinor());
  }

  @Test
  void constructor_wrongValues_throwNamingThem() {
    assertMessage("itemId must not be blank, got \"\"", () -> new Offer("", 1, 0));
    assertMessage("listPriceMinor must be >= 0, got -1", () -> new Offer("a", -1, 0));
    assertMessage(
        "unitCostMinor must be in [0, listPriceMinor=10], got -1", () -> new Offer("a", 10, -1));
    assertMessage(
        "unitCostMinor must be in [0, listPriceMinor=10], got 11", () -> new Offer("a", 10, 11));
  }

  private static void assertMessage(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
