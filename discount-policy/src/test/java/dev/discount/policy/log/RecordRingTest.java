package dev.discount.policy.log;

import static dev.discount.policy.log.RecordRing.Offer.CLOSED;
import static dev.discount.policy.log.RecordRing.Offer.FULL;
import static dev.discount.policy.log.RecordRing.Offer.TAKEN;
import static dev.discount.policy.log.RecordRing.Offer.TAKEN_BEHIND_HALF;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RecordRingTest {

  private static final int RECORDS = 64; // of two cells each
  private final RecordRing ring = new RecordRing(1 << 12);
  private final byte[] record = new byte[40];

  @Test
  void offer_saysWhenMoreThanHalfIsUsed_untilItIsRead() {
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < RECORDS; i++) {
        assertEquals(i < RECORDS / 2 ? TAKEN : TAKEN_BEHIND_HALF, offer());
      }
      assertEquals(FULL, offer());
      assertEquals(RECORDS, ring.drain((bytes, offset, length) -> {}, RECORDS));
    }
    ring.close();
    assertEquals(CLOSED, offer());
  }

  @Test
  void offer_behindHalf_readInBetween_isNotSaidAgain() {
    for (int i = 0; i <= RECORDS / 2; i++) {
      offer();
    }
    ring.drain((bytes, offset, length) -> {}, 2);
    assertEquals(TAKEN, offer());
    assertEquals(TAKEN_BEHIND_HALF, offer());
  }

  private RecordRing.Offer offer() {
    return ring.offer(record, record.length);
  }
}
