package dev.discount.core.data;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** One pass over the rows of a CSV file. Confined to one thread. */
final class CsvCursor extends CheckedCursor {

  private static final byte[] GZIP_MAGIC = {0x1f, (byte) 0x8b};
  private static final int BUFFER_BYTES = 1 << 16;

  private final Schema schema;
  private final String source;
  private final CsvRecordCells record = new CsvRecordCells();
  private final CsvCells cells;
  private final CsvReader<CsvRecordCells> reader;
  private final CloseableIterator<CsvRecordCells> records;
  private final int columns;

  private CsvCursor(Schema schema, String source, InputStream in) {
    super(schema, source);
    this.schema = schema;
    this.source = source;
    this.cells = new CsvCells(schema, source);
    this.reader =
        CsvReader.builder()
            .fieldSeparator(schema.csv().delimiter())
            .quoteCharacter(schema.csv().quote())
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .build(record, new Utf8Reader(in, source));
    this.records = reader.iterator();
    if (!advanceRecord()) {
      throw new DataFormatException(source, 0, null, null, "have a header line, got an empty file");
    }
    List<String> header = record.texts();
    this.columns = header.size();
    record.map(slotsOf(header), schema.size());
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws DataFormatException if the header cannot hold the schema's rows
   * @throws UncheckedIOException if reading fails
   */
  static CsvCursor open(Schema schema, Path path) {
    try {
      InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES);
      try {
        return new CsvCursor(schema, path.toString(), decompressed(in, path.toString()));
      } catch (IOException | RuntimeException e) {
        try (in) {
          throw e;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  private static InputStream decompressed(InputStream in, String source) throws IOException {
    in.mark(GZIP_MAGIC.length);
    byte[] start = in.readNBytes(GZIP_MAGIC.length);
    in.reset();
    if (!Arrays.equals(start, GZIP_MAGIC)) {
      return in;
    }
    try {
      return new GZIPInputStream(in, BUFFER_BYTES);
    } catch (EOFException | ZipException e) {
      throw new DataFormatException(source, 0, null, null, Utf8Reader.gzipRule(e), e);
    }
  }

  private int[] slotsOf(List<String> header) {
    int[] slotOfColumn = new int[header.size()];
    boolean[] found = new boolean[schema.size()];
    for (int column = 0; column < slotOfColumn.length; column++) {
      int slot = schema.slot(header.get(column));
      slotOfColumn[column] = slot;
      if (slot != Schema.NONE) {
        if (found[slot]) {
          throw new DataFormatException(
              source, record.line(), header.get(column), null, "be in the header once, got two");
        }
        found[slot] = true;
      }
    }
    for (int slot = 0; slot < found.length; slot++) {
      if (!found[slot]) {
        throw new DataFormatException(
            source,
            record.line(),
            schema.field(slot).name(),
            null,
            "be in the header, got " + String.join(", ", header));
      }
    }
    return slotOfColumn;
  }

  @Override
  boolean advance() {
    if (!advanceRecord()) {
      return false;
    }
    if (record.columns() != columns) {
      throw new DataFormatException(
          source,
          record.line(),
          null,
          null,
          "have as many cells as the header, " + columns + ", got " + record.columns());
    }
    return true;
  }

  private boolean advanceRecord() {
    try {
      if (!records.hasNext()) {
        return false;
      }
      records.next();
      return true;
    } catch (CsvParseException e) {
      throw translated(e);
    }
  }

  /* The parser wraps what the reader beneath it throws. */
  private RuntimeException translated(CsvParseException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof DataFormatException known) {
        return known;
      }
      if (cause instanceof IOException io) {
        return new UncheckedIOException("cannot read " + source, io);
      }
    }
    return new DataFormatException(
        source, record.line(), null, null, "be valid CSV (" + e.getMessage() + ")", e);
  }

  @Override
  void write(Rows out, int row) {
    cells.write(record, out, row);
  }

  @Override
  long line() {
    return record.line();
  }

  @Override
  String found(Rows out, int row, int slot) {
    return record.text(slot);
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
