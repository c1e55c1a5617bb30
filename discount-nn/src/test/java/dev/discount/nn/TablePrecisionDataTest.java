package dev.discount.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.data.CsvRows;
import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.core.data.SchemaJson;
import dev.discount.core.data.SplitRows;
import dev.discount.core.embedding.TablePrecision;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.core.metric.LogLoss;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What bfloat16 tables cost in log loss, on the quickstart's data and on a planted log. */
class TablePrecisionDataTest {

  private static final double MOST_LOST = 0.0005;

  @ParameterizedTest
  @CsvSource({
    "dvd, dvd-instant-coupon/dvd.csv.gz",
    "in-vehicle, in-vehicle-coupon/in-vehicle-coupon-recommendation.csv.gz",
    "online-shoppers, online-shoppers-intention/online_shoppers_intention.csv.gz"
  })
  void logLoss_publicData_losesLittle(String name, String file) {
    Path schemas = Path.of("..", "docs", "quickstart", "schemas");
    Schema schema = SchemaJson.read(schemas.resolve(name + ".json"));
    Rows log = CsvRows.read(publicData(file), schema);
    TrainingConfig config =
        TrainingConfig.of(schema).toBuilder().members(1).epochs(8).threads(2).build();
    SplitRows parts = schema.split().assign(log, 1);
    assertLosesLittle(name, log, parts, config);
  }

  @Test
  void logLoss_plantedCollaborativeLog_losesLittle() {
    Schema schema =
        Schema.builder()
            .field(Field.of("customer", Field.Kind.ID, Field.Role.CUSTOMER))
            .field(Field.of("item", Field.Kind.ID, Field.Role.ITEM))
            .field(Field.of("bought", Field.Kind.FLAG, Field.Role.OUTCOME))
            .build();
    int rows = 40_000;
    Rows log = new Rows(schema, rows);
    for (int i = 0; i < rows; i++) {
      int customer = CounterRandom.below(500, 2, 1, i);
      int item = CounterRandom.below(200, 2, 2, i);
      double logit = 2 * Math.sin(customer) + 2 * Math.cos(1.3 * item) - 0.5;
      log.add();
      log.setLong(i, 0, customer);
      log.setLong(i, 1, item);
      log.setLong(i, 2, CounterRandom.unit(2, 3, i) < 1 / (1 + Math.exp(-logit)) ? 1 : 0);
    }
    SplitRows parts =
        new SplitRows(
            TestLogs.range(0, 30_000),
            TestLogs.range(30_000, 32_000),
            TestLogs.range(32_000, rows));
    TrainingConfig config =
        TrainingConfig.collaborativeFiltering().toBuilder().epochs(3).threads(2).build();
    assertLosesLittle("planted", log, parts, config);
  }

  private static void assertLosesLittle(
      String name, Rows log, SplitRows parts, TrainingConfig config) {
    TrainedModel wide =
        new Trainer(config).train(log, parts.train(), parts.validation(), TrainingListener.SILENT);
    double before = logLoss(wide, log, parts.test());
    double after = logLoss(wide.withTables(TablePrecision.BFLOAT16), log, parts.test());
    assertTrue(before < 0.69, name + " has learnt something: " + before);
    assertTrue(after - before < MOST_LOST, name + " lost " + (after - before));
    boolean tables = wide.networks().get(0).encoder().embeddedFields() > 0;
    assertEquals(tables, after != before, name + " has tables that are rounded");
  }

  private static double logLoss(TrainedModel model, Rows log, int[] test) {
    int levels = model.schema().ladder().size();
    float[] scores = new float[log.size() * levels];
    model.newScorer(model.schema().ladder()).scoreInto(log, scores);
    float[] probabilities = new float[test.length];
    float[] outcomes = new float[test.length];
    for (int i = 0; i < test.length; i++) {
      int row = test[i];
      probabilities[i] = scores[row * levels + log.schema().level(log, row)];
      outcomes[i] = (float) log.schema().outcome(log, row);
    }
    return LogLoss.of(probabilities, outcomes);
  }

  private static Path publicData(String name) {
    Path path = Path.of(System.getProperty("discount.data", "none"), name);
    if (!Files.isRegularFile(path)) {
      String message = "public data " + path + " is missing";
      if ("true".equals(System.getenv("CI"))) {
        Assertions.fail(message);
      }
      Assumptions.abort(message);
    }
    return path;
  }
}
