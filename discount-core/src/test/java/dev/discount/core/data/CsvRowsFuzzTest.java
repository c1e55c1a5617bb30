package dev.discount.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.DiscountLadder;
import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import dev.discount.core.internal.random.CounterRandom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files: read as rows that keep every rule, or refused; never anything else. */
class CsvRowsFuzzTest {

  private static final Schema SCHEMA =
      Schema.builder()
          .field(Field.of("k", Kind.ID))
          .field(Field.of("x", Kind.NUMBER))
          .field(Field.of("d", Kind.NUMBER, Role.DISCOUNT))
          .field(Field.of("y", Kind.FLAG, Role.OUTCOME))
          .ladder(DiscountLadder.ofBasisPoints(500, 1000))
          .build();

  private static final byte[] GOOD =
      "k,x,d,y\n\"a \"\"1\"\"\",1.5,5,yes\nü,-2e3,0,0\r\n,,10,TRUE\n12,0.25,5,no\n"
          .getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  @Test
  void everyPrefix_isRowsOrRefused() throws IOException {
    int accepted = 0;
    for (int length = 0; length <= GOOD.length; length++) {
      accepted += readsOrRefuses(Arrays.copyOf(GOOD, length)) ? 1 : 0;
    }
    assertTrue(accepted > 4 && accepted < 40, "accepted " + accepted);
  }

  @Test
  void everyByteReplaced_isRowsOrRefused() throws IOException {
    byte[] others = {0, '\n', '\r', '"', ',', 'x', '9', (byte) 0xff, (byte) 0xc3};
    int accepted = 0;
    for (int i = 0; i < GOOD.length; i++) {
      for (byte other : others) {
        byte[] bytes = GOOD.clone();
        bytes[i] = other;
        accepted += readsOrRefuses(bytes) ? 1 : 0;
      }
    }
    assertTrue(accepted > 20, "accepted " + accepted);
  }

  @Test
  void randomBytes_areRowsOrRefused() throws IOException {
    byte[] alphabet = "k,x,d,y\n\r\"\"01.-e ünoyes".getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 1500; round++) {
      byte[] bytes = Arrays.copyOf(GOOD, 8 + CounterRandom.below(60, 5, 1, round));
      for (int i = 8; i < bytes.length; i++) {
        bytes[i] = alphabet[CounterRandom.below(alphabet.length, 6, round, i)];
      }
      readsOrRefuses(bytes);
    }
  }

  private boolean readsOrRefuses(byte[] bytes) throws IOException {
    Path path = Files.write(folder.resolve("log.csv"), bytes);
    Rows rows;
    try {
      rows = CsvRows.read(path, SCHEMA);
    } catch (DataFormatException e) {
      assertTrue(e.getMessage().contains(" must "), e.getMessage());
      return false;
    }
    assertTrue(rows.size() > 0);
    for (int row = 0; row < rows.size(); row++) {
      SCHEMA.check(rows, row);
    }
    Rows pieces = new Rows(SCHEMA, 1);
    try (RowCursor cursor = CsvRows.source(path, SCHEMA).open()) {
      while (cursor.next(pieces, 1) > 0) {
        assertEquals(rows.cellText(pieces.size() - 1, 0), pieces.cellText(pieces.size() - 1, 0));
      }
    }
    assertEquals(rows.size(), pieces.size());
    return true;
  }
}
