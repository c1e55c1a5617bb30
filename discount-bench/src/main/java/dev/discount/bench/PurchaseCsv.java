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

/** A purchase log of ten columns as a CSV file. */
public final class PurchaseCsv {

  /** The columns. */
  public static final Schema SCHEMA =
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

  /**
   * Writes a file.
   *
   * @param file the file
   * @param rows the number of rows
   * @throws IOException if the file cannot be written
   */
  public static void write(Path file, int rows) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("customer,item,segment,channel,age,spend,price,loyal,discount,bought\n");
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < rows; i++) {
        line.setLength(0);
        line.append(1_000_000 + CounterRandom.below(Workloads.CUSTOMERS, 3, 1, i));
        line.append(",sku-").append(CounterRandom.below(Workloads.ITEMS, 3, 2, i));
        line.append(",segment-").append(i % 20).append(i % 3 == 0 ? ",web," : ",store,");
        line.append(18 + i % 60).append(',');
        cents(CounterRandom.below(100_000, 3, 3, i), line);
        cents(500 + CounterRandom.below(10_000, 3, 4, i), line);
        line.append(i & 1).append(',').append(5 * (i % Workloads.LADDER.size()));
        line.append(',').append(CounterRandom.below(2, 3, 5, i)).append('\n');
        out.append(line);
      }
    }
  }

  private static void cents(int cents, StringBuilder out) {
    out.append(cents / 100).append('.').append(cents / 10 % 10).append(cents % 10).append(',');
  }
}
