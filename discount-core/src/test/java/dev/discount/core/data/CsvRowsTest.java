package dev.discount.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRowsTest {

  private static final String HEADER =
      "customer,category,spent,coupon,price,cost,bought,propensity,weight,day,value\n";

  /** A log with a column of every role. */
  private static final Schema LOG =
      Schema.builder()
          .field(Field.of("customer", Kind.ID, Role.CUSTOMER))
          .field(Field.of("category", Kind.CATEGORY))
          .field(Field.of("spent", Kind.NUMBER))
          .field(Field.of("coupon", Kind.NUMBER, Role.DISCOUNT))
          .field(Field.of("price", Kind.NUMBER, Role.PRICE))
          .field(Field.of("cost", Kind.NUMBER, Role.COST))
          .field(Field.of("bought", Kind.FLAG, Role.OUTCOME))
          .field(Field.of("propensity", Kind.NUMBER, Role.PROPENSITY))
          .field(Field.of("weight", Kind.NUMBER, Role.WEIGHT))
          .field(Field.of("day", Kind.NUMBER, Role.TIME))
          .field(Field.of("value", Kind.NUMBER, Role.VALUE))
          .ladder(DiscountLadder.ofBasisPoints(500, 1250))
          .build();

  private static final String GOOD = "17,shoes,3.5,12.5,10.00,4,yes,0.25,2,3,10\n";

  @TempDir Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("log.csv"), bytes);
  }

  private Rows read(Schema schema, String text) throws IOException {
    return CsvRows.read(file(text.getBytes(StandardCharsets.UTF_8)), schema);
  }

  private String refusal(Schema schema, byte[] bytes) throws IOException {
    Path path = file(bytes);
    DataFormatException e =
        assertThrows(DataFormatException.class, () -> CsvRows.read(path, schema));
    assertEquals(path.toString(), e.source());
    assertTrue(e.getMessage().startsWith(path + ":"), e.getMessage());
    return e.getMessage().substring(path.getParent().toString().length() + 1);
  }

  private String refusal(Schema schema, String text) throws IOException {
    return refusal(schema, text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void read_goodRow_isWhatItSays() throws IOException {
    Rows rows = read(LOG, HEADER + GOOD + "a b,17,,0,0.005,0,FALSE,1,0,-1e3,\n");

    assertEquals(2, rows.size());
    assertEquals(17, rows.longAt(0, 0));
    assertEquals("shoes", rows.textAt(0, 1));
    assertEquals(3.5, rows.doubleAt(0, 2));
    assertEquals(2, LOG.level(rows, 0));
    assertEquals(1000, LOG.priceMinor(rows, 0));
    assertEquals(400, LOG.costMinor(rows, 0));
    assertEquals(1, LOG.outcome(rows, 0));
    assertEquals(0.25, LOG.propensity(rows, 0));
    assertEquals(2, LOG.weight(rows, 0));
    assertEquals(10, LOG.value(rows, 0));
    assertEquals("a b", rows.textAt(1, 0));
    assertFalse(rows.isText(1, 1));
    assertTrue(rows.isMissing(1, 2));
    assertEquals(0, LOG.level(rows, 1));
    assertEquals(1, LOG.priceMinor(rows, 1));
    assertEquals(0, LOG.outcome(rows, 1));
    assertEquals(-1000, rows.doubleAt(1, 9));
    assertEquals(0, LOG.value(rows, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spent|three|be a decimal number, got \"three\"",
        "spent|3f|be a decimal number, got \"3f\"",
        "spent|3d|be a decimal number, got \"3d\"",
        "spent|0x1p3|be a decimal number, got \"0x1p3\"",
        "spent|1e|be a decimal number, got \"1e\"",
        "spent|.|be a decimal number, got \".\"",
        "spent|1 000|be a decimal number, got \"1 000\"",
        "spent|NaN|be finite, got \"NaN\"",
        "spent|-Infinity|be finite, got \"-Infinity\"",
        "spent|1e999|be finite, got \"1e999\"",
        "coupon|7|be a level of the ladder (0, 5, 12.5), got \"7\"",
        "coupon||be a level of the ladder (0, 5, 12.5), got an empty cell",
        "price|-1|be an amount of 0 or more, got \"-1\"",
        "price|1e13|be an amount of 0 or more, got \"1e13\"",
        "price||be an amount of 0 or more, got an empty cell",
        "cost|-0.01|be an amount of 0 or more, got \"-0.01\"",
        "cost|10.01|not be above the price (1000 minor units), got \"10.01\"",
        "bought|2|be 0 or 1, true or false, yes or no, got \"2\"",
        "bought|maybe|be 0 or 1, true or false, yes or no, got \"maybe\"",
        "bought||be 0 or 1, got an empty cell",
        "propensity|0|be in (0, 1], got \"0\"",
        "propensity|1.01|be in (0, 1], got \"1.01\"",
        "propensity||be in (0, 1], got an empty cell",
        "weight|-1|be 0 or more, got \"-1\"",
        "weight||be 0 or more, got an empty cell",
        "day||be a number, got an empty cell",
        "value||be a number where it was bought, got an empty cell",
      })
  void read_badCell_namesFileLineColumnValueAndRule(String column, String cell, String rule)
      throws IOException {
    List<String> columns = List.of(HEADER.trim().split(",", -1));
    String[] cells = GOOD.trim().split(",", -1);
    cells[columns.indexOf(column)] = cell == null ? "" : cell;

    String text = HEADER + GOOD + "\n" + String.join(",", cells) + "\n" + GOOD;

    assertEquals("log.csv:4: column " + column + " must " + rule, refusal(LOG, text));
  }

  @Test
  void read_outcomeAsNumber_mustBeZeroOrOne() throws IOException {
    Schema schema = Schema.builder().field(Field.of("y", Kind.NUMBER, Role.OUTCOME)).build();

    assertEquals(1, schema.outcome(read(schema, "y\n1.0\n"), 0));
    assertEquals("log.csv:3: column y must be 0 or 1, got \"0.5\"", refusal(schema, "y\n1\n0.5\n"));
  }

  @Test
  void read_costAboveAConstantPrice_isRefused_andPriceBelowAConstantCost() throws IOException {
    Schema price =
        Schema.builder()
            .field(Field.of("cost", Kind.NUMBER, Role.COST))
            .constantPriceMinor(600)
            .build();
    Schema cost =
        Schema.builder()
            .field(Field.of("price", Kind.NUMBER, Role.PRICE))
            .constantCostMinor(600)
            .build();

    assertEquals(
        "log.csv:2: column cost must not be above the price (600 minor units), got \"6.01\"",
        refusal(price, "cost\n6.01\n"));
    assertEquals(
        "log.csv:2: column price must not be below the cost (600 minor units), got \"5.99\"",
        refusal(cost, "price\n5.99\n"));
  }

  @Test
  void read_header_mustHoldEachColumnOnce() throws IOException {
    Schema schema =
        Schema.builder().field(Field.of("x", Kind.NUMBER)).field(Field.of("y", Kind.ID)).build();

    assertEquals(
        "log.csv:1: column y must be in the header, got x, Y, z",
        refusal(schema, "x,Y,z\n1,2,3\n"));
    assertEquals(
        "log.csv:1: column x must be in the header once, got two",
        refusal(schema, "x,y,x\n1,2,3\n"));
    assertEquals(
        "log.csv:1: column x must be in the header, got x;y", refusal(schema, "x;y\n1;2\n"));
    Rows rows = read(schema, "z,y,,x,z\n1,2,3,4,5\n");
    assertEquals(2, rows.longAt(0, 1));
    assertEquals(4, rows.doubleAt(0, 0));
  }

  @Test
  void read_shapeOfTheFile_isChecked() throws IOException {
    Schema schema = Schema.builder().field(Field.of("x", Kind.NUMBER)).build();

    assertEquals(
        "log.csv:3: line must have as many cells as the header, 2, got 1",
        refusal(schema, "x,y\n1,2\n3\n"));
    assertEquals(
        "log.csv:3: line must have as many cells as the header, 2, got 3",
        refusal(schema, "x,y\n1,2\n3,4,5\n"));
    assertEquals("log.csv: data must have a header line, got an empty file", refusal(schema, ""));
    assertEquals("log.csv: data must have at least one row", refusal(schema, "x,y\n"));
    assertTrue(
        refusal(schema, "x,y\n1,\"2\n3,4\n").startsWith("log.csv:2: line must be valid CSV"));
    assertTrue(
        refusal(schema, "x,y\n1,2\n3,\"4\"5\n").startsWith("log.csv:3: line must be valid CSV"));
  }

  @Test
  void read_wrongEncoding_namesTheLineAndTheByte() throws IOException {
    Schema schema = Schema.builder().field(Field.of("x", Kind.CATEGORY)).build();
    String text = "x\r\nplain\r\ncafé\r\n";

    assertEquals("café", read(schema, text).textAt(1, 0));
    assertEquals("café", read(schema, "\uFEFF" + text).textAt(1, 0));
    assertEquals(
        "log.csv:3: line must be UTF-8, which byte 0xE9 is not",
        refusal(schema, text.getBytes(StandardCharsets.ISO_8859_1)));
    assertEquals(
        "log.csv:1: line must be UTF-8, which byte 0xFF is not",
        refusal(schema, ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE)));
    assertEquals(
        "log.csv:1: line must be UTF-8 text, which character code 0 is not",
        refusal(schema, text.getBytes(StandardCharsets.UTF_16LE)));
    byte[] cut = "x\nab\u20AC".getBytes(StandardCharsets.UTF_8);
    assertEquals(
        "log.csv:2: line must be UTF-8, which byte 0xE2 is not",
        refusal(schema, Arrays.copyOf(cut, cut.length - 1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void read_everyLineEnd_countsLinesAlike(String end) throws IOException {
    Schema schema = Schema.builder().field(Field.of("x", Kind.NUMBER)).build();
    String text = String.join(end, "x,y", "1,\"two" + end + "lines\"", "", "2,b", "oops,c");

    assertEquals(
        "log.csv:6: column x must be a decimal number, got \"oops\"", refusal(schema, text));
    String latin = String.join(end, "x,y", "1,a", "2,é");
    assertEquals(
        "log.csv:3: line must be UTF-8, which byte 0xE9 is not",
        refusal(schema, latin.getBytes(Charset.forName("windows-1252"))));
  }

  @Test
  void read_quotesAndDelimiters_areTheSchemas() throws IOException {
    Schema tabs =
        Schema.builder()
            .field(Field.of("x", Kind.CATEGORY))
            .field(Field.of("n", Kind.NUMBER))
            .csv(new CsvFormat('\t', '\'', List.of("NA", "-")))
            .build();

    Rows rows = read(tabs, "x\tn\n'a\t''b\n'\t1\nNA\tNA\n-\t-1\n");

    assertEquals("a\t'b\n", rows.textAt(0, 0));
    assertTrue(rows.isMissing(1, 0) && rows.isMissing(1, 1) && rows.isMissing(2, 0));
    assertEquals(-1, rows.doubleAt(2, 1));
  }

  @Test
  void read_gzip_isFoundByItsFirstBytes_andMustBeWhole() throws IOException {
    StringBuilder text = new StringBuilder("x,k\n");
    for (int i = 0; i < 5000; i++) {
      text.append(i).append(",id").append(i * 7919 % 1000).append('\n');
    }
    Schema schema =
        Schema.builder().field(Field.of("x", Kind.NUMBER)).field(Field.of("k", Kind.ID)).build();
    byte[] packed = gzip(text.toString());

    Rows rows = CsvRows.read(file(packed), schema);
    assertEquals(5000, rows.size());
    assertEquals(4999, rows.doubleAt(4999, 0));
    assertEquals("id81", rows.textAt(4999, 1));
    assertTrue(
        refusal(schema, Arrays.copyOf(packed, packed.length - 9))
            .contains("must be a whole gzip stream"));
    assertEquals(
        "log.csv: data must be a whole gzip stream (it ends early)",
        refusal(schema, Arrays.copyOf(packed, 5)));
    packed[packed.length - 7] ^= 1;
    assertTrue(
        refusal(schema, packed).contains("must be a whole gzip stream (Corrupt GZIP trailer)"));
  }

  @Test
  void read_repeatedTexts_shareOneString() throws IOException {
    Schema schema = Schema.builder().field(Field.of("x", Kind.CATEGORY)).build();

    Rows rows = read(schema, "x\nshoes\nhats\nshoes\n");

    assertSame(rows.textAt(0, 0), rows.textAt(2, 0));
  }

  @Test
  void read_missingFile_isAnIoProblem() {
    Path path = folder.resolve("none.csv");

    UncheckedIOException e =
        assertThrows(UncheckedIOException.class, () -> CsvRows.read(path, LOG));

    assertTrue(e.getCause() instanceof NoSuchFileException);
    assertEquals("cannot read " + path, e.getMessage());
  }

  @Test
  void cursor_readsPieceByPiece_andTakesBackThePieceThatFails() throws IOException {
    Schema schema = Schema.builder().field(Field.of("x", Kind.NUMBER)).build();
    Path path = file("x\n1\n2\n3\n4\nfive\n".getBytes(StandardCharsets.UTF_8));
    Rows rows = new Rows(schema, 1);

    try (RowCursor cursor = CsvRows.source(path, schema).open()) {
      assertEquals(3, cursor.next(rows, 3));
      assertEquals(3, rows.size());
      DataFormatException e = assertThrows(DataFormatException.class, () -> cursor.next(rows, 3));
      assertEquals(6, e.line());
      assertEquals("x", e.column());
      assertEquals("five", e.value());
      assertEquals("be a decimal number", e.rule());
      assertEquals(3, rows.size());
      assertThrows(IllegalStateException.class, () -> cursor.next(rows, 3));
    }
  }

  @Test
  void cursor_atTheEnd_returnsZeroAgainAndAgain() throws IOException {
    Schema schema = Schema.builder().field(Field.of("x", Kind.NUMBER)).build();
    Path path = file("x\n1\n".getBytes(StandardCharsets.UTF_8));

    try (RowCursor cursor = CsvRows.source(path, schema).open()) {
      Rows rows = new Rows(schema, 1);
      assertEquals(1, cursor.next(rows, 10));
      assertEquals(0, cursor.next(rows, 10));
      assertEquals(0, cursor.next(rows, 10));
      Rows others = new Rows(LOG, 1);
      assertThrows(IllegalArgumentException.class, () -> cursor.next(others, 1));
      assertThrows(IllegalArgumentException.class, () -> cursor.next(rows, 0));
    }
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
