package dev.discount.core.internal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class IdleWriterTest {

  @Test
  void await_nothingToWrite_waitsEverLongerUpToALimitAndShortlyAfterWriting() {
    IdleWriter idle = new IdleWriter(3, 20);
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      waits.add(idle.nextNanos());
      idle.await();
    }
    assertEquals(List.of(3L, 6L, 12L, 20L, 20L), waits);
    idle.hasWritten();
    assertEquals(3, idle.nextNanos());
  }

  @Test
  @Timeout(60)
  void wake_repeated_endsWaitsOfAnHour() throws InterruptedException {
    IdleWriter idle = new IdleWriter(TimeUnit.HOURS.toNanos(1), TimeUnit.HOURS.toNanos(1));
    AtomicInteger left = new AtomicInteger(5_000);
    Thread writer =
        new Thread(
            () -> {
              while (left.getAndDecrement() > 0) {
                idle.await();
              }
            });
    writer.start();
    while (writer.isAlive()) {
      idle.wake();
      LockSupport.parkNanos(1_000);
    }
    assertTrue(left.get() < 0);
  }
}
