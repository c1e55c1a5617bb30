package dev.discount.bench;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.discount.core.data.CsvRows;
import dev.discount.core.data.EncodedRows;
import dev.discount.core.data.FeatureEncoder;
import dev.discount.core.data.Field;
import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import dev.discount.core.data.RowCursor;
import dev.discount.core.data.RowSource;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.core.internal.random.CounterRandom;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A purchase log of ten columns, read from a warm file: by us to encoded batches of 1024 rows, or
 * by the CSV library alone to text.
 */
final class CsvContender implements Contender {

  private static final int FILE_ROWS = 400_000;
  private static final int BATCH = 1024;

  private static final Schema SCHEMA =
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

  private final Path file;
  private final boolean splitOnly;
  private @Nullable FeatureEncoder encoder;
  private long read;

  private CsvContender(Path file, boolean splitOnly) {
    this.file = file;
    this.splitOnly = splitOnly;
  }

  static CsvContender ours(Path folder) {
    return new CsvContender(folder.resolve("log.csv"), false);
  }

  static CsvContender splitter(Path folder) {
    return new CsvContender(folder.resolve("log.csv"), true);
  }

  @Override
  public Figure figure() {
    return Figures.DATA_CSV;
  }

  @Override
  public String party() {
    return splitOnly ? "FastCSV" : OURS;
  }

  @Override
  public String note() {
    return splitOnly ? "only splits the lines: no numbers, no checks, no encoding" : "";
  }

  @Override
  public void prepare() throws IOException {
    if (Files.notExists(file)) {
      write();
    }
    if (!splitOnly) {
      Rows rows = CsvRows.read(file, SCHEMA);
      encoder = FeatureEncoder.fit(rows, IntStream.range(0, rows.size()).toArray());
    }
    measure();
    measure();
  }

  @Override
  public Sample measure() throws IOException {
    long bytes = Files.size(file);
    long begin = System.nanoTime();
    FeatureEncoder ours = encoder;
    if (ours == null) {
      split();
    } else {
      encode(ours);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    return Sample.of(bytes / 1e6 / seconds);
  }

  private void encode(FeatureEncoder ours) {
    RowSource source = CsvRows.source(file, SCHEMA);
    Rows rows = new Rows(SCHEMA, BATCH);
    EncodedRows encoded = ours.newRows(BATCH);
    try (RowCursor cursor = source.open()) {
      while (cursor.next(rows, BATCH) > 0) {
        ours.encodeInto(rows, encoded);
        read += encoded.size();
        rows.clear();
      }
    }
  }

  private void split() throws IOException {
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
      for (CsvRecord row : reader) {
        read += row.getFieldCount();
      }
    }
  }

  private void write() throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("customer,item,segment,channel,age,spend,price,loyal,discount,bought\n");
      for (int i = 0; i < FILE_ROWS; i++) {
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

  /** Returns what was read so far, so that no reading can be left out. */
  long read() {
    return read;
  }
}
