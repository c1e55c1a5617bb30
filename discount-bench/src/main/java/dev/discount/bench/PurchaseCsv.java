package dev.discount.bench;

import dev.discount.core.data.Field;
import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import dev.discount.core.data.Schema;
import dev.discount.core.internal.random.CounterRandom;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A purchase log of ten columns as a CSV file. */
final class PurchaseCsv {

  static final Schema SCHEMA =
      Schema.builder()
          .field(Field.of("customer", Kind.ID, Role.CUSTOMER))
          .field(Field.of("item", Kind.ID, Role.ITEM))
          .field(Field.of("segment", Kind.CATEGORY))
          .field(Field.of("channel", Kind.CATEGORY))
          .field(Field.of("age", Kind.NUMBER))
          .field(Field.of("spend", Kind.NUMBER))
          .field(Field.of("price", Kind.NUMBER, Role.PRICE))
          .field(Field.of("loyal", Kind.FLAG))
          .field(Field.of("discount", Kind.NUMBER, Role.DISCOUNT))
          .field(Field.of("bought", Kind.FLAG, Role.OUTCOME))
          .ladder(Workloads.LADDER)
          .build();

  private PurchaseCsv() {}

  /** Writes a file of some rows. */
  static void write(Path file, int rows) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("customer,item,segment,channel,age,spend,price,loyal,discount,bought\n");
      for (int i = 0; i < rows; i++) {
        out.write(
            String.format(
                Locale.ROOT,
                "%d,sku-%d,segment-%d,%s,%d,%.2f,%.2f,%d,%d,%d%n",
                1_000_000 + CounterRandom.below(Workloads.CUSTOMERS, 3, 1, i),
                CounterRandom.below(Workloads.ITEMS, 3, 2, i),
                i % 20,
                i % 3 == 0 ? "web" : "store",
                18 + i % 60,
                CounterRandom.unit(3, 3, i) * 1000,
                5 + CounterRandom.unit(3, 4, i) * 100,
                i & 1,
                5 * (i % Workloads.LADDER.size()),
                CounterRandom.below(2, 3, 5, i)));
      }
    }
  }
}
