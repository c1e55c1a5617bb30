package dev.discount.bench;

import dev.discount.bench.Workloads.Shape;
import dev.discount.core.data.Field;
import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.core.internal.random.CounterRandom;
import dev.discount.nn.ResponseNetConfig.Head;
import java.util.Arrays;
import java.util.List;

/** Training on planted logs. */
final class Trainings {

  private static final int ROWS = 1 << 18;
  private static final int WIDE_ROWS = 1 << 17;
  private static final int WIDE_FIELDS = 20;
  private static final int WIDE_CATEGORIES = 1000;
  private static final int ZIPF_PLACES = 1 << 20;

  private Trainings() {}

  static List<Contender> contenders() {
    var ncf = Workloads.training(Head.POINT, 1, 128, 128);
    return List.of(
        new TrainContender(Figures.TRAIN_NCF64, () -> Workloads.log(Shape.PLAIN, ROWS), ncf),
        new TrainContender(
            Figures.TRAIN_NCF64_2,
            () -> Workloads.log(Shape.PLAIN, ROWS),
            Workloads.training(Head.POINT, 2, 128, 128)),
        new TrainContender(Figures.TRAIN_ZIPF, Trainings::zipf, ncf),
        new TrainContender(Figures.TRAIN_WIDE20, Trainings::wide, ncf),
        new TrainContender(
            Figures.TRAIN_HIDDEN512,
            () -> Workloads.log(Shape.PLAIN, WIDE_ROWS),
            Workloads.training(Head.POINT, 1, 512, 512)));
  }

  /** The log of NCF-64 whose customers and items follow Zipf's law with exponent 1. */
  private static Rows zipf() {
    Rows log = new Rows(Workloads.schema(Shape.PLAIN), ROWS);
    double[] customers = harmonic(Workloads.CUSTOMERS);
    double[] items = harmonic(Workloads.ITEMS);
    for (int i = 0; i < ROWS; i++) {
      long customer = i < Workloads.CUSTOMERS ? i : drawn(customers, 21, i);
      long item = i < Workloads.ITEMS ? i : drawn(items, 22, i);
      log.add();
      log.setLong(i, 0, customer);
      log.setLong(i, 1, item);
      log.setLong(i, 2, Workloads.bought(customer, item, 0, i) ? 1 : 0);
    }
    return log;
  }

  private static double[] harmonic(int ids) {
    double[] sums = new double[ids];
    double sum = 0;
    for (int i = 0; i < ids; i++) {
      sum += 1.0 / (i + 1);
      sums[i] = sum;
    }
    return sums;
  }

  private static int drawn(double[] sums, long stream, int row) {
    double wanted = CounterRandom.unit(1, stream, row % ZIPF_PLACES) * sums[sums.length - 1];
    int place = Arrays.binarySearch(sums, wanted);
    return Math.min(sums.length - 1, place < 0 ? -place - 1 : place);
  }

  /** Twenty categories of a thousand values each and twenty numbers. */
  private static Rows wide() {
    var builder = Schema.builder();
    for (int f = 0; f < WIDE_FIELDS; f++) {
      builder.field(Field.of("category" + f, Kind.CATEGORY).withWidth(8));
    }
    for (int f = 0; f < WIDE_FIELDS; f++) {
      builder.field(Field.of("number" + f, Kind.NUMBER));
    }
    Schema schema = builder.field(Field.of("bought", Kind.FLAG, Role.OUTCOME)).build();
    Rows log = new Rows(schema, WIDE_ROWS);
    for (int i = 0; i < WIDE_ROWS; i++) {
      log.add();
      for (int f = 0; f < WIDE_FIELDS; f++) {
        log.setLong(i, f, CounterRandom.below(WIDE_CATEGORIES, 1, 30 + f, i));
        log.setDouble(i, WIDE_FIELDS + f, CounterRandom.unit(1, 60 + f, i));
      }
      boolean bought = log.doubleAt(i, WIDE_FIELDS) > CounterRandom.unit(1, 90, i);
      log.setLong(i, 2 * WIDE_FIELDS, bought ? 1 : 0);
    }
    return log;
  }
}
