package dev.discount.bench;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.discount.core.data.CsvRows;
import dev.discount.core.data.EncodedRows;
import dev.discount.core.data.FeatureEncoder;
import dev.discount.core.data.RowCursor;
import dev.discount.core.data.RowSource;
import dev.discount.core.data.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A purchase log of ten columns, read from a warm file: by us to encoded batches of 1024 rows, or
 * by the CSV library alone to text.
 */
final class CsvContender implements Contender {

  private static final int FILE_ROWS = 400_000;
  private static final int BATCH = 1024;

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
      PurchaseCsv.write(file, FILE_ROWS);
    }
    if (!splitOnly) {
      Rows rows = CsvRows.read(file, PurchaseCsv.SCHEMA);
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
    RowSource source = CsvRows.source(file, PurchaseCsv.SCHEMA);
    Rows rows = new Rows(PurchaseCsv.SCHEMA, BATCH);
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

  /** Returns what was read so far, so that no reading can be left out. */
  long read() {
    return read;
  }
}
