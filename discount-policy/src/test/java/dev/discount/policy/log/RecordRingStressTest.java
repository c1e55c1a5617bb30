package dev.discount.policy.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecordRingStressTest {

  private static final int THREADS = 4;
  private static final int RECORDS = 100_000;

  @Test
  void offer_fromManyThreads_everyRecordOnceWholeAndInItsThreadsOrder()
      throws InterruptedException {
    RecordRing ring = new RecordRing(1 << 13);
    AtomicLong taken = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int number = t;
      threads.add(new Thread(() -> offerAll(ring, number, taken)));
    }
    threads.forEach(Thread::start);
    long[] next = new long[THREADS];
    long[] read = {0};
    RecordRing.Reader reader =
        (bytes, offset, length) -> {
          int thread = ByteSink.intAt(bytes, offset);
          int index = ByteSink.intAt(bytes, offset + 4);
          assertEquals(next[thread]++, index);
          assertEquals(length(thread, index), length);
          for (int i = 8; i < length; i++) {
            assertEquals((byte) (index + i), bytes[offset + i]);
          }
          read[0]++;
        };
    while (read[0] < (long) THREADS * RECORDS / 2) {
      ring.drain(reader, 64);
    }
    ring.close();
    while (ring.drained() < ring.claimed()) {
      ring.drain(reader, 64);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(taken.get(), read[0]);
    assertTrue(read[0] >= (long) THREADS * RECORDS / 2);
  }

  private static int length(int thread, int index) {
    return 8 + (thread * 31 + index * 7) % 150;
  }

  private static void offerAll(RecordRing ring, int thread, AtomicLong taken) {
    byte[] record = new byte[200];
    for (int index = 0; index < RECORDS; index++) {
      int length = length(thread, index);
      ByteSink head = new ByteSink(8);
      head.putInt(thread);
      head.putInt(index);
      System.arraycopy(head.bytes(), 0, record, 0, 8);
      for (int i = 8; i < length; i++) {
        record[i] = (byte) (index + i);
      }
      RecordRing.Offer offer;
      while ((offer = ring.offer(record, length)) == RecordRing.Offer.FULL) {
        Thread.onSpinWait();
      }
      if (offer == RecordRing.Offer.CLOSED) {
        return;
      }
      taken.incrementAndGet();
    }
  }
}
