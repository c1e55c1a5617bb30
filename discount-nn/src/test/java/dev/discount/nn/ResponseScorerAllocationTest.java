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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A scorer that has seen its largest batch allocates nothing, with either kernels. */
class ResponseScorerAllocationTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long PATIENCE_NANOS = 30_000_000_000L; // the compiler may be busy

  static Stream<Arguments> models() {
    return Stream.of(
        Arguments.of(TestLogs.PERCENT, Head.MONOTONE, 1, 1L << 20),
        Arguments.of(TestLogs.PERCENT, Head.POINT, 1, 0L),
        Arguments.of(TestLogs.AMOUNTS, Head.MONOTONE, 3, 0L),
        Arguments.of(TestLogs.AMOUNTS, Head.POINT, 1, 1L << 20),
        Arguments.of(TestLogs.ARMS, Head.POINT, 2, 1L << 20));
  }

  @BeforeAll
  static void warmUp() {
    assertTrue(KernelsProvider.warmUp());
    assertTrue(THREADS.isThreadAllocatedMemoryEnabled());
  }

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
    Rows one = new Rows(log.schema(), 1);
    TestLogs.copyRow(log, 17, one);
    for (Kernels kernels : List.of(KernelsProvider.scalar(), KernelsProvider.fastest())) {
      ResponseScorer scorer = newScorer(model, ladder, kernels);
      assertEquals(0, leastBytes(scorer, log), kernels.name() + ", 300 rows");
      assertEquals(0, leastBytes(scorer, one), kernels.name() + ", 1 row");
    }
  }

  /**
   * Returns the bytes of the best of many calls: code that is not compiled yet allocates a vector
   * for each operation.
   */
  private static long leastBytes(ResponseScorer scorer, Rows rows) {
    float[] out = new float[rows.size() * scorer.ladder().size()];
    long thread = Thread.currentThread().getId();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    long least = Long.MAX_VALUE;
    while (least > 0 && System.nanoTime() - deadline < 0) {
      long before = THREADS.getThreadAllocatedBytes(thread);
      long overhead = THREADS.getThreadAllocatedBytes(thread) - before;
      scorer.scoreInto(rows, out);
      long after = THREADS.getThreadAllocatedBytes(thread);
      least = Math.min(least, Math.max(0, after - before - 2 * overhead));
    }
    return least;
  }

  private static ResponseScorer newScorer(
      TrainedModel model, DiscountLadder ladder, Kernels kernels) {
    return model instanceof ResponseNet net
        ? net.newScorer(ladder, kernels)
        : ((Ensemble) model).newScorer(ladder, kernels);
  }
}
