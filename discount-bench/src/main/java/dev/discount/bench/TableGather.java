package dev.discount.bench;

import dev.discount.core.embedding.EmbeddingTable;
import dev.discount.core.embedding.TablePrecision;
import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.KernelsProvider;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.nn.layer.TableRows;
import java.util.List;

/**
 * Rows of 64 numbers gathered into a batch from random places of a large table, as scoring without
 * folding does, by a table of bfloat16 or one of float32.
 */
final class TableGather implements Contender {

  private static final long ROWS = 1_700_000; // 435 MB of float32
  private static final int BATCH = 1024;
  private static final int BATCHES = 512;

  private final TablePrecision precision;
  private final Kernels kernels = KernelsProvider.fastest();
  private final int[][] rows = new int[BATCHES][BATCH];
  private final float[] out = new float[BATCH * Workloads.WIDTH];
  private EmbeddingTable table = new EmbeddingTable(1, Workloads.WIDTH);
  private int next;

  private TableGather(TablePrecision precision) {
    this.precision = precision;
  }

  static List<Contender> contenders() {
    return List.of(
        new TableGather(TablePrecision.BFLOAT16), new TableGather(TablePrecision.FLOAT32));
  }

  @Override
  public Figure figure() {
    return Figures.TABLE_GATHER;
  }

  @Override
  public String party() {
    return precision == TablePrecision.BFLOAT16 ? OURS : "float32 table";
  }

  @Override
  public void prepare() {
    table = new EmbeddingTable(ROWS, Workloads.WIDTH, precision);
    float[] row = new float[Workloads.WIDTH];
    for (long i = 0; i < ROWS; i++) {
      row[0] = i;
      table.setRow(i, row, 0);
    }
    for (int b = 0; b < BATCHES; b++) {
      for (int i = 0; i < BATCH; i++) {
        rows[b][i] = CounterRandom.below((int) ROWS, 5, b, i);
      }
    }
    for (int i = 0; i < 4; i++) {
      measure();
    }
  }

  @Override
  public Sample measure() {
    return RateContender.sample(figure(), BATCH, Stopwatch.FINE.perSecond(this::gather));
  }

  private void gather() {
    TableRows.gatherInto(kernels, table, rows[next], 0, BATCH, out, 0, Workloads.WIDTH);
    next = (next + 1) % BATCHES;
  }
}
