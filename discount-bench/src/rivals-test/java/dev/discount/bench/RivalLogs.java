package dev.discount.bench;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Level;
import dev.discount.core.data.DiscountUnit;
import dev.discount.core.data.Field;
import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.nn.ResponseNetConfig;
import dev.discount.nn.ResponseNetConfig.Activation;
import dev.discount.nn.ResponseNetConfig.Head;
import dev.discount.nn.TrainedModel;
import dev.discount.nn.Trainer;
import dev.discount.nn.TrainingConfig;
import dev.discount.nn.TrainingListener;
import java.util.stream.IntStream;

/** Small logs of every kind of ladder, and models trained on them. */
final class RivalLogs {

  static final DiscountLadder PERCENT = DiscountLadder.ofBasisPoints(500, 1000, 2000, 3000);
  static final DiscountLadder AMOUNTS = DiscountLadder.ofAmounts(100, 300, 900);
  static final DiscountLadder ARMS = DiscountLadder.ofNames("mail", "gift");
  static final DiscountLadder NONE = DiscountLadder.ofBasisPoints();

  private static final int TRAINED_ROWS = 1200;

  private RivalLogs() {}

  static boolean priced(DiscountLadder ladder) {
    return ladder.size() > 1 && ladder.level(1) instanceof Level.AmountOff;
  }

  static TrainedModel train(
      DiscountLadder ladder, Head head, Activation activation, int members, Integer... hidden) {
    ResponseNetConfig shape =
        ResponseNetConfig.ofDefaults()
            .withHidden(hidden)
            .withHead(head)
            .withActivation(activation)
            .withIdWidth(7);
    TrainingConfig config =
        TrainingConfig.ofDefaults().toBuilder()
            .network(shape)
            .epochs(3)
            .batchSize(64)
            .learningRate(5e-3)
            .members(members)
            .build();
    int[] all = IntStream.range(0, TRAINED_ROWS).toArray();
    return new Trainer(config)
        .train(rows(ladder, TRAINED_ROWS, 8), all, new int[0], TrainingListener.SILENT);
  }

  static Rows rows(DiscountLadder ladder, int count, long seed) {
    Rows rows = new Rows(schema(ladder), count);
    for (int i = 0; i < count; i++) {
      int row = rows.add();
      int customer = CounterRandom.below(40, seed, 1, i);
      int level = CounterRandom.below(ladder.size(), seed, 2, i);
      int price = 5 + CounterRandom.below(20, seed, 3, i);
      double age = CounterRandom.gaussian(seed, 4, i);
      rows.setText(row, 0, "c" + customer);
      rows.setText(row, 1, "land " + CounterRandom.below(4, seed, 5, i));
      rows.setDouble(row, 2, 40 + 10 * age);
      rows.setDouble(row, 3, price);
      if (ladder.size() > 1) {
        setLevel(rows, row, ladder.level(level));
      }
      double pull = ladder.ordered() ? 4 * ladder.level(level).depth(100L * price) : level;
      double logit = -1 + Math.sin(customer * 1.7) + 0.5 * age + pull;
      boolean bought = CounterRandom.unit(seed, 6, i) < 1 / (1 + Math.exp(-logit));
      rows.setLong(row, 4, bought ? 1 : 0);
    }
    return rows;
  }

  private static Schema schema(DiscountLadder ladder) {
    var builder =
        Schema.builder()
            .field(Field.of("customer", Kind.ID, Role.CUSTOMER))
            .field(Field.of("country", Kind.CATEGORY))
            .field(Field.of("age", Kind.NUMBER))
            .field(Field.of("price", Kind.NUMBER, Role.PRICE))
            .field(Field.of("bought", Kind.FLAG, Role.OUTCOME));
    if (ladder.size() > 1) {
      DiscountUnit ordered = priced(ladder) ? DiscountUnit.AMOUNT : DiscountUnit.PERCENT;
      Kind kind = ladder.ordered() ? Kind.NUMBER : Kind.CATEGORY;
      builder
          .field(Field.of("offer", kind, Role.DISCOUNT))
          .ladder(ladder)
          .discountUnit(ladder.ordered() ? ordered : DiscountUnit.NAME);
    }
    return builder.build();
  }

  private static void setLevel(Rows rows, int row, Level level) {
    int slot = rows.schema().slot(Role.DISCOUNT);
    if (level instanceof Level.PercentOff percent) {
      rows.setDouble(row, slot, percent.basisPoints() / 100.0);
    } else if (level instanceof Level.AmountOff amount) {
      rows.setDouble(row, slot, amount.minorUnits() / 100.0);
    } else if (rows.schema().ladder().ordered()) {
      rows.setDouble(row, slot, 0);
    } else {
      rows.setText(row, slot, level.label());
    }
  }
}
