package dev.discount.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class ProcessorTimeTest {

  @Test
  void stolenUntil_twoCounts_isAShareOfAllProcessors() {
    ProcessorTime before = ProcessorTime.of("cpu  100 20 30 400 5 0 8 40 7 1");
    ProcessorTime after = ProcessorTime.of("cpu  150 20 40 420 5 0 8 60 57 1");
    assertEquals(603, before.all());
    assertEquals(0.2, before.stolenUntil(after));
  }

  @Test
  void stolenUntil_now_isAShareWhereTheSystemCounts() throws InterruptedException {
    ProcessorTime before = ProcessorTime.now();
    Thread.sleep(100);
    double share = before.stolenUntil(ProcessorTime.now());
    assertFalse(share < 0 || share > 1, "stolen " + share);
  }
}
