package dev.discount.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.discount.core.DiscountLadder;
import dev.discount.core.ResponseScorer;
import dev.discount.core.data.Rows;
import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.KernelsProvider;
import dev.discount.nn.ResponseNetConfig.Head;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A scorer that has seen its largest batch allocates nothing. */
class ResponseScorerAllocationTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Stream<Arguments> models() {
    return Stream.of(
        Arguments.of(TestLogs.PERCENT, Head.MONOTONE, 1, 1L << 20),
        Arguments.of(TestLogs.PERCENT, Head.POINT, 1, 0L),
        Arguments.of(TestLogs.AMOUNTS, Head.MONOTONE, 3, 0L),
        Arguments.of(TestLogs.AMOUNTS, Head.POINT, 1, 1L << 20),
        Arguments.of(TestLogs.ARMS, Head.POINT, 2, 1L << 20));
  }

  /* The scalar kernels: vector kernels allocate until the JIT has compiled them. */
  @ParameterizedTest
  @MethodSource("models")
  void scoreInto_afterTheLargestBatch_allocatesNothing(
      DiscountLadder ladder, Head head, int members, long foldingBytes) {
    Rows log = TestLogs.rows(ladder, 300, 5);
    TrainingConfig config =
        TrainingConfig.ofDefaults().toBuilder()
            .network(ResponseNetConfig.ofDefaults().withHead(head))
            .epochs(1)
            .members(members)
            .build();
    TrainedModel model =
        new Trainer(config)
            .train(log, TestLogs.range(0, 300), new int[0], TrainingListener.SILENT)
            .withFoldingLimit(foldingBytes);
    ResponseScorer scorer = newScorer(model, ladder, KernelsProvider.scalar());
    float[] out = new float[300 * ladder.size()];
    Rows one = new Rows(log.schema(), 1);
    TestLogs.copyRow(log, 17, one);
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
      long overhead = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
      scorer.scoreInto(log, out);
      scorer.scoreInto(one, out);
      long after = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
      if (round > 0) {
        least = Math.min(least, after - before - 2 * overhead);
      }
    }
    assertTrue(THREADS.isThreadAllocatedMemoryEnabled());
    assertEquals(0, Math.max(0, least));
  }

  private static ResponseScorer newScorer(
      TrainedModel model, DiscountLadder ladder, Kernels kernels) {
    return model instanceof ResponseNet net
        ? net.newScorer(ladder, kernels)
        : ((Ensemble) model).newScorer(ladder, kernels);
  }
}
