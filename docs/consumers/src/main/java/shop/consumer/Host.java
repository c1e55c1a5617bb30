package shop.consumer;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Offer;
import dev.discount.core.RuntimeInfo;
import dev.discount.core.data.CsvRows;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.core.data.SchemaJson;
import dev.discount.nn.ResponseModels;
import dev.discount.nn.Trainer;
import dev.discount.nn.TrainingConfig;
import dev.discount.nn.TrainingListener;
import dev.discount.policy.Decision;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.DecisionRequest;
import dev.discount.policy.guard.MinimumMargin;
import dev.discount.policy.rule.ExpectedProfit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Writes a small purchase log, learns from it, saves and loads the model and decides, all from the
 * published jars. Run on the class path and on the module path, with and without the Vector API; it
 * ends with an error if the kernels are not the expected ones.
 */
public final class Host {

  private static final int ROWS = 3_000;

  private static final String SCHEMA =
      """
      {
        "fields": [
          {"name": "customer", "kind": "id", "role": "customer"},
          {"name": "item", "kind": "id", "role": "item"},
          {"name": "channel", "kind": "category"},
          {"name": "age", "kind": "number"},
          {"name": "discount", "kind": "number", "role": "discount"},
          {"name": "price", "kind": "number", "role": "price"},
          {"name": "bought", "kind": "flag", "role": "outcome"}
        ],
        "discount": {"unit": "percent", "levels": [10, 20]},
        "training": {"epochs": 2, "hidden": "24,12", "dropout": 0.1, "batchSize": 128}
      }
      """;

  private Host() {}

  /**
   * Runs the host.
   *
   * @param arguments the start of the name of the expected kernels, the folder for the log and the
   *     model, and the number of training threads
   */
  public static void main(String[] arguments) throws IOException {
    String kernels = RuntimeInfo.current().kernels();
    if (!kernels.startsWith(arguments[0])) {
      throw new IllegalStateException(
          "kernels must be " + arguments[0] + "..., got " + RuntimeInfo.current());
    }
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    int threads = Integer.parseInt(arguments[2]);
    Path model = folder.resolve("model.safetensors");
    String checksum = learn(writeLog(folder.resolve("purchases.csv")), model, threads);
    Decision decision = decide(model);
    System.out.println(
        String.join(
            " ",
            Host.class.getModule().isNamed() ? "module-path" : "class-path",
            kernels,
            "model=" + checksum,
            "level=" + decision.level().label(),
            "priceMinor=" + decision.priceMinor(),
            "profit=" + Double.toHexString(decision.expectedProfitMinor())));
  }

  private static String learn(Path log, Path model, int threads) {
    Schema schema = SchemaJson.parse(SCHEMA);
    Rows rows = CsvRows.read(log, schema);
    int[] train = IntStream.range(0, ROWS * 4 / 5).toArray();
    int[] validation = IntStream.range(ROWS * 4 / 5, ROWS).toArray();
    TrainingConfig config = TrainingConfig.of(schema).toBuilder().seed(7).threads(threads).build();
    return new Trainer(config).train(rows, train, validation, TrainingListener.SILENT).save(model);
  }

  private static Decision decide(Path model) {
    DecisionEngine engine =
        DecisionEngine.builder(
                ResponseModels.load(model), DiscountLadder.ofBasisPoints(1_000, 2_000))
            .policy(new ExpectedProfit())
            .guardrail(MinimumMargin.ofRateBps(500))
            .seed(1)
            .build();
    return engine.decide(
        DecisionRequest.builder(42)
            .customer(17)
            .offer(new Offer("3", 2_495, 1_200))
            .category("channel", "web")
            .number("age", 41)
            .build());
  }

  /** Writes customers who like a discount the more the younger they are. */
  private static Path writeLog(Path path) throws IOException {
    SplittableRandom random = new SplittableRandom(20260101);
    StringBuilder csv = new StringBuilder("customer,item,channel,age,discount,price,bought\n");
    for (int row = 0; row < ROWS; row++) {
      int customer = random.nextInt(200);
      int item = random.nextInt(20);
      int age = 20 + customer % 50;
      int discount = 10 * random.nextInt(3);
      int percent = 10 + item + discount * (70 - age) / 25;
      csv.append(customer).append(',').append(item).append(',');
      csv.append(random.nextBoolean() ? "web" : "app").append(',').append(age).append(',');
      csv.append(discount).append(',').append(String.format(Locale.ROOT, "%d.95", 10 + item));
      csv.append(',').append(random.nextInt(100) < percent ? 1 : 0).append('\n');
    }
    return Files.writeString(path, csv);
  }
}
