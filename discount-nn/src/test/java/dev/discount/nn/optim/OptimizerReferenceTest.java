package dev.discount.nn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.embedding.EmbeddingTable;
import dev.discount.core.internal.kernel.KernelsProvider;
import dev.discount.nn.layer.Embedding;
import dev.discount.nn.layer.Matrix;
import dev.discount.nn.layer.Range;
import org.junit.jupiter.api.Test;

/** The first three steps against src/test/reference/optimizers.py (Python 3.11, numpy 2.4). */
class OptimizerReferenceTest {

  /* Each of three float steps on values up to 2 rounds a handful of times: 8 * 2^-24 * 2. */
  private static final double BOUND = 1e-6;

  private static final float[][] GRADIENTS = {
    {0.1f, -0.2f, 0.3f, 0.0f}, {-0.4f, 0.05f, 0.25f, 1e-3f}, {0.2f, 0.1f, -0.6f, -2e-3f}
  };
  private static final int[][] BATCHES = {{2, 1, 2}, {1, 1}, {3, 2}};
  private static final float[][] BATCH_GRADIENTS = {
    {0.1f, 0.2f, 0.3f, -0.1f, 0.05f, -0.25f}, {0.2f, 0.1f, 0.1f, 0.3f}, {-0.5f, 0.4f, 0.3f, 0.3f}
  };

  @Test
  void sgd_threeSteps_equalReference() {
    assertDense(
        new Sgd(0.9, 0.01),
        0.1,
        new double[][] {
          {0.4895, -1.22875, 1.968, 0.02997},
          {0.5195605, -1.21339625, 1.912232, 0.02981303},
          {0.5260953895, -1.20836447875, 1.920128568, 0.02984194397}
        });
  }

  @Test
  void adam_threeSteps_equalReference() {
    assertDense(
        Adam.of(0.01, 0),
        0.01,
        new double[][] {
          {0.4900000009523809, -1.2400000004705882, 1.9900000003125, 0.02000033332222259},
          {0.4954718002841842, -1.2346991833168408, 1.9800799929530515, 0.011156672573894688},
          {0.49638834097184503, -1.2333093770111931, 1.980777421994422, 0.012756953337884616}
        });
  }

  @Test
  void adamW_threeSteps_equalReference() {
    assertDense(
        Adam.of(0, 0.05),
        0.01,
        new double[][] {
          {0.48975000099999993, -1.2393750005, 1.9890000003333335, 0.029984999999999998},
          {0.49510016074801283, -1.2340606316097946, 1.9780937719462612, 0.022528744473368986},
          {0.4959543472655527, -1.2329692667826273, 1.9782828839723499, 0.025660317461495805}
        });
  }

  @Test
  void lazyAdam_threeSteps_movesReadRowsOnly() {
    assertLazy(
        Adam.of(0.01, 0),
        0.01,
        new double[][] {
          {
            0,
            0,
            0.3900000003289474,
            -0.2900000009708737,
            -0.2099999993243244,
            0.1099999979591841,
            1,
            -1
          },
          {
            0,
            0,
            0.38000008654967343,
            -0.2955216958156379,
            -0.2099999993243244,
            0.1099999979591841,
            1,
            -1
          },
          {
            0,
            0,
            0.38000008654967343,
            -0.2955216958156379,
            -0.2182798509689104,
            0.10461821507301532,
            1.0063881357682904,
            -1.0063881357104199
          }
        });
  }

  @Test
  void lazyAdamW_threeSteps_decaysReadRowsOnly() {
    assertLazy(
        Adam.of(0, 0.05),
        0.01,
        new double[][] {
          {
            0,
            0,
            0.38980000033333334,
            -0.2898500009999999,
            -0.2098999993333334,
            0.10994999800000041,
            1,
            -1
          },
          {
            0,
            0,
            0.3796051006665001,
            -0.2953001107480128,
            -0.2098999993333334,
            0.10994999800000041,
            1,
            -1
          },
          {
            0,
            0,
            0.3796051006665001,
            -0.2953001107480128,
            -0.21808077519262337,
            0.10453891517583261,
            1.0058881357728042,
            -1.0058881357175091
          }
        });
  }

  @Test
  void lazySgd_threeSteps_movesReadRowsOnly() {
    assertLazy(
        new Sgd(0.9, 0.01),
        0.1,
        new double[][] {
          {0, 0, 0.3696, -0.2897, -0.2148, 0.1049, 1, -1},
          {0, 0, 0.3118704, -0.3201403, -0.2148, 0.1049, 1, -1},
          {0, 0, 0.3118704, -0.3201403, -0.2579052, 0.0792051, 1.049, -1.039}
        });
  }

  @Test
  void stepRule_bias_hasNeitherPenaltyNorDecay() {
    for (Optimizer optimizer :
        new Optimizer[] {new Sgd(0, 0.5), Adam.of(0.5, 0), Adam.of(0, 0.5)}) {
      ParameterSlice slice = slice(new float[] {3}, new float[] {0}, optimizer);
      optimizer.stepRule(1, 0.1, false).applyInPlace(KernelsProvider.fastest(), slice);
      assertEquals(3f, slice.weights[0], optimizer.toString());
    }
  }

  @Test
  void stepInPlace_weightsThatOnlyDecay_endAtZeroAndNeverSubnormal() {
    for (Optimizer optimizer : new Optimizer[] {new Sgd(0.9, 0.5), Adam.of(0.5, 0)}) {
      ParameterSlice slice = slice(new float[] {1, -1e-20f, 0}, new float[3], optimizer);
      for (int step = 1; step <= 3_000; step++) {
        slice.stepInPlace(KernelsProvider.scalar(), optimizer.stepRule(step, 0.1, true));
        for (float value : slice.weights) {
          assertTrue(value == 0 || Math.abs(value) >= Float.MIN_NORMAL, "weight " + value);
        }
        for (float value : slice.state) {
          assertTrue(value == 0 || Math.abs(value) >= Float.MIN_NORMAL, "state " + value);
        }
      }
      assertEquals(0f, slice.weights[0], optimizer.toString());
    }
  }

  private static void assertDense(Optimizer optimizer, double rate, double[][] expected) {
    ParameterSlice slice = slice(new float[] {0.5f, -1.25f, 2f, 0.03f}, new float[4], optimizer);
    for (int step = 0; step < 3; step++) {
      slice.gradient = GRADIENTS[step];
      optimizer.stepRule(step + 1, rate, true).applyInPlace(KernelsProvider.fastest(), slice);
      for (int i = 0; i < 4; i++) {
        assertEquals(expected[step][i], slice.weights[i], BOUND, "step " + step + ", weight " + i);
      }
    }
  }

  private static ParameterSlice slice(float[] weights, float[] gradient, Optimizer optimizer) {
    ParameterSlice slice = new ParameterSlice();
    slice.size = weights.length;
    slice.weights = weights;
    slice.gradient = gradient;
    slice.state = new float[weights.length * optimizer.statePerWeight()];
    slice.stateStride = weights.length;
    return slice;
  }

  private static void assertLazy(Optimizer optimizer, double rate, double[][] expected) {
    EmbeddingTable table = new EmbeddingTable(4, 2);
    table.setFloats(0, 8, new float[] {0, 0, 0.4f, -0.3f, -0.2f, 0.1f, 1, -1});
    int column = 3;
    Embedding embedding = new Embedding(table, optimizer.statePerWeight(), column, 5);
    for (int step = 0; step < 3; step++) {
      int rows = BATCHES[step].length;
      System.arraycopy(BATCHES[step], 0, embedding.indexes(), 0, rows);
      Matrix dx = new Matrix(5, 7);
      for (int i = 0; i < rows; i++) {
        System.arraycopy(BATCH_GRADIENTS[step], 2 * i, dx.values(), dx.offset(i) + column, 2);
      }
      embedding.group(rows);
      Range groups = new Range(0, embedding.groups().size());
      embedding.sumInPlace(KernelsProvider.fastest(), dx, groups);
      embedding.stepInPlace(
          KernelsProvider.fastest(),
          dx,
          optimizer.stepRule(step + 1, rate, true),
          new ParameterSlice(),
          groups);
      float[] given = new float[8];
      table.floatsInto(0, 8, given);
      for (int i = 0; i < 8; i++) {
        assertEquals(expected[step][i], given[i], BOUND, "step " + step + ", element " + i);
      }
    }
  }
}
