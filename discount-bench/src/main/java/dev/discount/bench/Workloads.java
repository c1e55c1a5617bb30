package dev.discount.bench;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.Field;
import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.nn.ResponseNet;
import dev.discount.nn.ResponseNetConfig;
import dev.discount.nn.ResponseNetConfig.Head;
import dev.discount.nn.Trainer;
import dev.discount.nn.TrainingConfig;
import dev.discount.nn.TrainingListener;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The models and logs that all contenders share: NCF-64, which is 100 000 customers and 50 000
 * items of 64 floats each, concatenated to 128, two dense layers of 128 with ReLU, one output.
 * Models are trained when first asked for and kept. Confined to one thread.
 */
public final class Workloads {

  /** The customers of every shape. */
  public static final int CUSTOMERS = 100_000;

  /** The items of most shapes. */
  public static final int ITEMS = 50_000;

  static final int CATALOGUE_ITEMS = 100_000;
  static final int WIDTH = 64;

  /** The width of the dense layers. */
  public static final int HIDDEN = 128;

  static final int BATCH = 256;

  /** Eight levels, from none to 35 percent. */
  public static final DiscountLadder LADDER =
      DiscountLadder.ofBasisPoints(500, 1000, 1500, 2000, 2500, 3000, 3500);

  private static final long SEED = 20_240_601;
  private static final int SEGMENTS = 20;
  private static final int LATENT = 8;
  private static final double SLOPE = 4;

  /** The kinds of NCF-64. */
  public enum Shape {
    /** No discount: one probability a row. */
    PLAIN(Head.POINT, ITEMS),
    /** The depth of the discount is one more input: a row of its own for each level. */
    POINT(Head.POINT, ITEMS),
    /** One forward pass gives the curve over all levels. */
    MONOTONE(Head.MONOTONE, ITEMS),
    /** {@link #MONOTONE} with 100 000 items. */
    CATALOGUE(Head.MONOTONE, CATALOGUE_ITEMS),
    /** {@link #MONOTONE} with items named by text, a segment and four numbers of the customer. */
    SHOP(Head.MONOTONE, ITEMS);

    private final Head head;
    private final int items;

    Shape(Head head, int items) {
      this.head = head;
      this.items = items;
    }

    int items() {
      return items;
    }

    boolean discounted() {
      return this != PLAIN;
    }
  }

  private final Map<Shape, ResponseNet> models = new EnumMap<>(Shape.class);
  private final Path folder;

  /** Makes workloads whose files go to the temporary folder. */
  Workloads() {
    this(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Makes workloads whose files go to an existing folder. */
  public Workloads(Path folder) {
    this.folder = folder;
  }

  /** Returns where contenders may put files. */
  public Path folder() {
    return folder;
  }

  /** Returns a trained model, all of whose ids are known. */
  public ResponseNet model(Shape shape) {
    return models.computeIfAbsent(shape, Workloads::train);
  }

  /** Returns the fields of a shape: slot 0 the customer, slot 1 the item. */
  public static Schema schema(Shape shape) {
    var builder =
        Schema.builder()
            .field(Field.of("customer", Kind.ID, Role.CUSTOMER).withWidth(WIDTH))
            .field(Field.of("item", Kind.ID, Role.ITEM).withWidth(WIDTH));
    if (shape.discounted()) {
      builder.field(Field.of("discount", Kind.NUMBER, Role.DISCOUNT)).ladder(LADDER);
    }
    if (shape == Shape.SHOP) {
      builder.field(Field.of("segment", Kind.CATEGORY));
      for (String number : List.of("age", "spend", "visits", "recency")) {
        builder.field(Field.of(number, Kind.NUMBER));
      }
    }
    return builder.field(Field.of("bought", Kind.FLAG, Role.OUTCOME)).build();
  }

  /**
   * Returns a log with planted labels: the chance of a purchase is the logistic function of the
   * product of a customer's and an item's latent vector and of the discount. The first rows name
   * every customer and every item once.
   *
   * @param shape the fields
   * @param rows the number of rows
   */
  public static Rows log(Shape shape, int rows) {
    Schema schema = schema(shape);
    Rows log = new Rows(schema, rows);
    int outcome = schema.slot("bought");
    for (int i = 0; i < rows; i++) {
      log.add();
      long customer = i < CUSTOMERS ? i : CounterRandom.below(CUSTOMERS, SEED, 1, i);
      long item = i < shape.items ? i : CounterRandom.below(shape.items, SEED, 2, i);
      int level = shape.discounted() ? CounterRandom.below(LADDER.size(), SEED, 3, i) : 0;
      log.setLong(i, 0, customer);
      log.setLong(i, 1, item);
      if (shape.discounted()) {
        log.setDouble(i, 2, 5.0 * level);
      }
      if (shape == Shape.SHOP) {
        addShopFields(log, i, item);
      }
      log.setLong(i, outcome, bought(customer, item, level, i) ? 1 : 0);
    }
    return log;
  }

  private static void addShopFields(Rows log, int row, long item) {
    Schema schema = log.schema();
    log.setText(row, 1, itemName(item));
    log.setText(row, schema.slot("segment"), "segment-" + row % SEGMENTS);
    log.setDouble(row, schema.slot("age"), 18 + row % 60);
    log.setDouble(row, schema.slot("spend"), row % 977);
    log.setDouble(row, schema.slot("visits"), row % 31);
    log.setDouble(row, schema.slot("recency"), row % 365);
  }

  /** Returns the text that names an item of {@link Shape#SHOP}. */
  static String itemName(long item) {
    return "sku-" + item;
  }

  /** Returns whether the planted customer buys in a row. */
  static boolean bought(long customer, long item, int level, long row) {
    double logit = -1 + 0.2 * level;
    for (int j = 0; j < LATENT; j++) {
      double taste = CounterRandom.unit(SEED, 10, customer * LATENT + j) - 0.5;
      double kind = CounterRandom.unit(SEED, 11, item * LATENT + j) - 0.5;
      logit += SLOPE * taste * kind;
    }
    return CounterRandom.unit(SEED, 12, row) < 1 / (1 + StrictMath.exp(-logit));
  }

  /** Returns the training settings of NCF-64: Adam, 1e-3, batch 256, nothing else. */
  public static TrainingConfig training(Head head, int threads, Integer... hidden) {
    return TrainingConfig.ofDefaults().toBuilder()
        .network(
            ResponseNetConfig.ofDefaults()
                .withHead(head)
                .withHidden(hidden)
                .withIdWidth(WIDTH)
                .withDropout(0))
        .epochs(1)
        .batchSize(BATCH)
        .optimizer(TrainingConfig.Optimizer.ADAM)
        .learningRate(1e-3)
        .l2(0)
        .weightDecay(0)
        .clipNorm(Double.POSITIVE_INFINITY)
        .schedule(TrainingConfig.Schedule.CONSTANT)
        .warmUpSteps(0)
        .patience(0)
        .unknownShare(0)
        .members(1)
        .seed(SEED)
        .threads(threads)
        .build();
  }

  /** Returns a model of the same fields as {@link Shape#SHOP}, from another seed and fewer rows. */
  static ResponseNet sibling() {
    Rows log = log(Shape.SHOP, BATCH * BATCH);
    int[] all = IntStream.range(0, log.size()).toArray();
    TrainingConfig config = training(Shape.SHOP.head, 1, HIDDEN).toBuilder().seed(1).build();
    return (ResponseNet) new Trainer(config).train(log, all, new int[0], TrainingListener.SILENT);
  }

  private static ResponseNet train(Shape shape) {
    Rows log = log(shape, Math.max(CUSTOMERS, shape.items));
    int[] all = IntStream.range(0, log.size()).toArray();
    Trainer trainer = new Trainer(training(shape.head, 1, HIDDEN, HIDDEN));
    return (ResponseNet) trainer.train(log, all, new int[0], TrainingListener.SILENT);
  }
}
