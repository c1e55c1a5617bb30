package dev.discount.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.discount.core.data.Field.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CsvRowsPropertyTest {

  /** A row as it was written. */
  private record Line(String text, double number, boolean flag, long id) {}

  @Property(tries = 200)
  void read_whatWasWritten_comesBack(@ForAll("lines") List<Line> lines) throws IOException {
    Schema schema =
        Schema.builder()
            .field(Field.of("flag", Kind.FLAG))
            .field(Field.of("a \"text\"", Kind.CATEGORY))
            .field(Field.of("id", Kind.ID))
            .field(Field.of("number", Kind.NUMBER))
            .csv(CsvFormat.ofDefaults().withDelimiter(';'))
            .build();
    StringBuilder csv = new StringBuilder("id;number;dropped;\"a \"\"text\"\"\";flag\n");
    for (Line line : lines) {
      csv.append(line.id).append(';').append(line.number).append(";;");
      csv.append('"').append(line.text.replace("\"", "\"\"")).append("\";");
      csv.append(line.flag ? "Yes" : "false").append('\n');
    }
    Path path = Files.createTempFile("rows", ".csv");
    try {
      Files.writeString(path, csv);
      Rows rows = CsvRows.read(path, schema);

      assertEquals(lines.size(), rows.size());
      for (int row = 0; row < lines.size(); row++) {
        Line line = lines.get(row);
        assertEquals(line.flag ? 1 : 0, rows.doubleAt(row, 0));
        assertEquals(line.text, rows.cellText(row, 1));
        assertEquals(line.id, rows.longAt(row, 2));
        assertEquals(line.number, rows.doubleAt(row, 3));
      }
    } finally {
      Files.delete(path);
    }
  }

  @Provide
  Arbitrary<List<Line>> lines() {
    Arbitrary<String> texts =
        Arbitraries.strings()
            .withChars("ab;,\"\n é\uD55C01")
            .ofMaxLength(8)
            .map(text -> text.replace("\r", ""));
    return Combinators.combine(
            texts, Arbitraries.doubles(), Arbitraries.of(true, false), Arbitraries.longs())
        .as(Line::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(30);
  }
}
