package dev.discount.core.embedding;

import static dev.discount.core.internal.kernel.CacheLines.LEAD_FLOATS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.discount.core.internal.kernel.Numerics;
import dev.discount.core.io.ModelFile;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingTableTest {

  private static final int WIDTH = 3;

  /** Eleven rows of three floats on pages of ten floats: two rows a page, the last page half. */
  private static EmbeddingTable smallPages() {
    EmbeddingTable table = new EmbeddingTable(11, WIDTH, TablePrecision.FLOAT32, 10);
    for (int row = 0; row < 11; row++) {
      table.setRow(row, new float[] {-1, row, row + 0.25f, row + 0.5f}, 1);
    }
    return table;
  }

  @Test
  void pages_holdAPowerOfTwoOfRowsAndTheLastOneTheRest() {
    EmbeddingTable table = smallPages();

    assertEquals(11, table.rows());
    assertEquals(WIDTH, table.width());
    assertEquals(2, table.rowsPerPage());
    assertEquals(6, table.pages());
    assertEquals(LEAD_FLOATS + 2 * WIDTH, table.page(0).length);
    assertEquals(LEAD_FLOATS + WIDTH, table.page(10).length);
    assertSame(table.page(4), table.page(5));
    assertNotSame(table.page(5), table.page(6));
    assertEquals(LEAD_FLOATS, table.offset(4));
    assertEquals(LEAD_FLOATS + WIDTH, table.offset(5));
    float[] page = table.page(4);
    assertArrayEquals(
        new float[] {4, 4.25f, 4.5f, 5, 5.25f, 5.5f},
        Arrays.copyOfRange(page, LEAD_FLOATS, page.length));
  }

  @Test
  void smallTable_isOnePageOfItsExactSize() {
    EmbeddingTable table = new EmbeddingTable(1000, 64);

    assertEquals(1, table.pages());
    assertEquals(LEAD_FLOATS + 64_000, table.page(999).length);
  }

  @Test
  void rowInto_andSetRow_moveOneRowOnly() {
    EmbeddingTable table = smallPages();
    float[] out = {9, 9, 9, 9, 9};

    table.rowInto(7, 1, out);

    assertArrayEquals(new float[] {9, 7, 7.25f, 7.5f, 9}, out);
    table.setRow(7, new float[WIDTH], 0);
    table.rowInto(6, 1, out);
    assertArrayEquals(new float[] {9, 6, 6.25f, 6.5f, 9}, out);
    table.rowInto(8, 1, out);
    assertArrayEquals(new float[] {9, 8, 8.25f, 8.5f, 9}, out);
  }

  @Test
  void gatherInto_writesTheWidthAtEachStrideAndNothingElse() {
    EmbeddingTable table = smallPages();
    float[] out = new float[12];

    table.gatherInto(new int[] {1, 10, 0, 10}, 1, 2, 5, 1, out);

    assertArrayEquals(new float[] {0, 10, 10.25f, 10.5f, 0, 0, 0, 0.25f, 0.5f, 0, 0, 0}, out);
  }

  @Test
  void badRowsAndStrides_areRefused() {
    EmbeddingTable table = smallPages();
    float[] out = new float[12];

    assertThrows(IndexOutOfBoundsException.class, () -> table.page(11));
    assertThrows(IndexOutOfBoundsException.class, () -> table.page(-1));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> table.gatherInto(new int[] {11}, 0, 1, WIDTH, 0, out));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> table.gatherInto(new int[] {1}, 0, 2, WIDTH, 0, out));
    assertEquals(
        "stride must be >= width=3, got 2",
        assertThrows(
                IllegalArgumentException.class,
                () -> table.gatherInto(new int[] {1}, 0, 1, 2, 0, out))
            .getMessage());
    assertEquals(
        "rows must be >= 1, got 0",
        assertThrows(IllegalArgumentException.class, () -> new EmbeddingTable(0, 4)).getMessage());
    assertEquals(
        "width must be >= 1, got 0",
        assertThrows(IllegalArgumentException.class, () -> new EmbeddingTable(4, 0)).getMessage());
  }

  @Test
  void copy_sharesNothing_andCopyFromRestores() {
    EmbeddingTable table = smallPages();
    EmbeddingTable kept = table.copy();

    table.setRow(10, new float[WIDTH], 0);
    float[] out = new float[WIDTH];
    kept.rowInto(10, 0, out);
    assertArrayEquals(new float[] {10, 10.25f, 10.5f}, out);

    table.copyFrom(kept);
    table.rowInto(10, 0, out);
    assertArrayEquals(new float[] {10, 10.25f, 10.5f}, out);
    assertEquals(
        "other must be of shape EmbeddingTable[11, 3], got EmbeddingTable[10, 3]",
        assertThrows(
                IllegalArgumentException.class, () -> table.copyFrom(new EmbeddingTable(10, 3)))
            .getMessage());
  }

  @Test
  void floatsInto_andSetFloats_runAcrossPages() {
    EmbeddingTable table = smallPages();
    float[] all = new float[33];
    table.floatsInto(0, 33, all);
    for (int row = 0; row < 11; row++) {
      assertEquals(row, all[row * WIDTH]);
      assertEquals(row + 0.5f, all[row * WIDTH + 2]);
    }
    for (int from = 0; from <= 33; from++) {
      for (int count = 0; count <= 33 - from; count++) {
        float[] run = new float[count + 1];
        table.floatsInto(from, count, run);
        assertArrayEquals(Arrays.copyOfRange(all, from, from + count), Arrays.copyOf(run, count));
        assertEquals(0, run[count]);

        EmbeddingTable other = new EmbeddingTable(11, WIDTH, TablePrecision.FLOAT32, 10);
        other.setFloats(from, count, run);
        float[] written = new float[33];
        other.floatsInto(0, 33, written);
        float[] expected = new float[33];
        System.arraycopy(all, from, expected, from, count);
        assertArrayEquals(expected, written);
      }
    }
    assertThrows(IndexOutOfBoundsException.class, () -> table.floatsInto(30, 4, all));
    assertThrows(IndexOutOfBoundsException.class, () -> table.setFloats(-1, 1, all));
  }

  @Test
  void modelFile_holdsATableOfManyPages(@TempDir Path folder) {
    EmbeddingTable table = smallPages();
    Path path = folder.resolve("table.safetensors");
    ModelFile.builder().floats("t", new long[] {11, WIDTH}, table::floatsInto).write(path);
    EmbeddingTable read = new EmbeddingTable(11, WIDTH, TablePrecision.FLOAT32, 20);

    ModelFile.read(path).requireShape("t", 11, WIDTH).floatsInto("t", read::setFloats);

    float[] expected = new float[33];
    float[] actual = new float[33];
    table.floatsInto(0, 33, expected);
    read.floatsInto(0, 33, actual);
    assertArrayEquals(expected, actual);
  }

  @Test
  void paging_ofAHundredMillionRows_staysExactBeyondTwoToThe31Floats() {
    long rows = 100_000_007L;
    TablePaging paging = new TablePaging(rows, 64, 1 << 24);

    assertEquals(1 << 18, paging.rowsPerPage());
    assertEquals(382, paging.pages());
    long floats = 0;
    for (int page = 0; page < paging.pages(); page++) {
      floats += (long) paging.rowsOf(page) * 64;
    }
    assertEquals(rows * 64, floats);
    for (long row : new long[] {0, 262_143, 262_144, 33_554_431, 33_554_432, rows - 1}) {
      assertEquals((int) (row / 262_144), paging.page(row));
      assertEquals((int) (row % 262_144) * 64, paging.offset(row));
    }
  }

  @Test
  void paging_ofMoreRowsThanAnInt_addressesEach() {
    long rows = 5_000_000_000L;
    TablePaging paging = new TablePaging(rows, 7, 1 << 24);

    assertEquals(1 << 21, paging.rowsPerPage());
    assertEquals((int) ((rows - 1) >> 21), paging.page(rows - 1));
    assertEquals((int) ((rows - 1) % (1 << 21)) * 7, paging.offset(rows - 1));
    assertEquals(paging.pages() - 1, paging.page(rows - 1));
  }

  @Test
  void paging_rowLongerThanAPage_isAPageOfItsOwn() {
    TablePaging paging = new TablePaging(5, 1000, 10);

    assertEquals(1, paging.rowsPerPage());
    assertEquals(5, paging.pages());
    assertEquals(4, paging.page(4));
    assertEquals(0, paging.offset(4));
  }

  @Test
  void bfloat16_everyWayOfReadingAndWriting_rounds() {
    EmbeddingTable table = new EmbeddingTable(11, WIDTH, TablePrecision.BFLOAT16, 10);
    float[] all = new float[11 * WIDTH];
    float[] rounded = new float[all.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) Math.sin(i + 1);
      rounded[i] = Numerics.ofBfloat16(Numerics.bfloat16(all[i]));
    }
    table.setFloats(0, all.length, all);
    float[] read = new float[all.length];
    table.floatsInto(0, all.length, read);
    assertArrayEquals(rounded, read);

    EmbeddingTable copy = new EmbeddingTable(11, WIDTH, TablePrecision.FLOAT32, 10);
    copy.setFloats(0, all.length, all);
    copy = copy.copy(TablePrecision.BFLOAT16);
    assertEquals(TablePrecision.BFLOAT16, copy.precision());
    float[] row = new float[WIDTH];
    for (int i = 0; i < 11; i++) {
      copy.rowInto(i, 0, row);
      assertArrayEquals(Arrays.copyOfRange(rounded, i * WIDTH, (i + 1) * WIDTH), row);
      short[] page = copy.bfloatPage(i);
      assertEquals(Numerics.bfloat16(all[i * WIDTH]), page[copy.offset(i)]);
    }
    copy.setRow(7, all, 0);
    int[] rows = {7, 0, 10};
    float[] gathered = new float[3 * WIDTH];
    copy.gatherInto(rows, 0, 3, WIDTH, 0, gathered);
    assertArrayEquals(
        Arrays.copyOf(rounded, WIDTH), Arrays.copyOf(gathered, WIDTH), "row 7 is now row 0");
    assertArrayEquals(
        Arrays.copyOfRange(rounded, 10 * WIDTH, 11 * WIDTH),
        Arrays.copyOfRange(gathered, 2 * WIDTH, 3 * WIDTH));
    EmbeddingTable wide = new EmbeddingTable(11, WIDTH, TablePrecision.FLOAT32, 10);
    EmbeddingTable narrow = copy;
    assertThrows(IllegalArgumentException.class, () -> wide.copyFrom(narrow));
    assertEquals("EmbeddingTable[11, " + WIDTH + "] BFLOAT16", copy.toString());
  }
}
