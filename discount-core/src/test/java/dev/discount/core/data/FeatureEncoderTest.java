package dev.discount.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.management.ThreadMXBean;
import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import dev.discount.core.data.Field.Transform;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

class FeatureEncoderTest {

  private static final Schema SCHEMA =
      Schema.builder()
          .field(Field.of("customer", Kind.ID, Role.CUSTOMER).withMinCount(2))
          .field(Field.of("age", Kind.NUMBER))
          .field(Field.of("bought", Kind.FLAG, Role.OUTCOME))
          .field(Field.of("category", Kind.CATEGORY).withWidth(8))
          .field(Field.of("member", Kind.FLAG))
          .field(Field.of("note", Kind.CATEGORY).withFeature(false))
          .field(Field.of("price", Kind.NUMBER, Role.PRICE).withFeature(true))
          .build();

  private static final int CUSTOMER = 0;
  private static final int AGE = 1;
  private static final int CATEGORY = 3;
  private static final int MEMBER = 4;
  private static final int PRICE = 6;

  /** Four rows; the age of the third is missing. */
  private static Rows rows() {
    Rows rows = new Rows(SCHEMA, 2);
    add(rows, "7", 20, "shoes", 1, 1);
    add(rows, "x", 40, "hats", 0, 3);
    add(rows, "7", Double.NaN, "shoes", 0, 1);
    add(rows, "x", 60, "12", 1, 3);
    return rows;
  }

  private static int add(
      Rows rows, String customer, double age, String category, double member, double price) {
    int row = rows.add();
    rows.setText(row, CUSTOMER, customer);
    rows.setDouble(row, AGE, age);
    rows.setText(row, CATEGORY, category);
    rows.setDouble(row, MEMBER, member);
    rows.setDouble(row, PRICE, price);
    return row;
  }

  private static FeatureEncoder fitted() {
    Rows rows = rows();
    return FeatureEncoder.fit(rows, SplitShares.rising(rows.size()));
  }

  @Test
  void layout_followsTheSlots() {
    FeatureEncoder encoder = fitted();

    assertEquals(2, encoder.embeddedFields());
    assertEquals(CUSTOMER, encoder.embeddedSlot(0));
    assertEquals(CATEGORY, encoder.embeddedSlot(1));
    assertEquals(3, encoder.cardinality(0));
    assertEquals(4, encoder.cardinality(1));
    assertEquals(4, encoder.numberWidth(), "age, its indicator, member, price");
    assertEquals(SCHEMA, encoder.schema());
  }

  @Test
  void encodeInto_rowsItWasFittedOn() {
    FeatureEncoder encoder = fitted();
    EncodedRows out = encoder.newRows(1);

    encoder.encodeInto(rows(), out);

    assertEquals(4, out.size());
    assertArrayEquals(new int[] {1, 2, 1, 2}, Arrays.copyOf(out.indexes(0), 4));
    assertArrayEquals(new int[] {1, 2, 1, 3}, Arrays.copyOf(out.indexes(1), 4));
    float age = (float) (20 / Math.sqrt(800 / 3.0));
    assertArrayEquals(
        new float[] {
          -age, 0, 0.5f, -1, //
          0, 0, -0.5f, 1, //
          0, 1, -0.5f, -1, //
          age, 0, 0.5f, 1
        },
        Arrays.copyOf(out.numbers(), 16));
    assertEquals(0, out.unknownIds());
    assertEquals(1, out.missingCells());
    assertEquals(0, out.nonFiniteNumbers() + out.clippedNumbers());
  }

  @Test
  void encodeInto_whatItDoesNotKnow_hasADefinedEncodingAndIsCounted() {
    FeatureEncoder encoder = fitted();
    Rows odd = new Rows(SCHEMA, 1);
    add(odd, "unknown", Double.POSITIVE_INFINITY, "shoes", 1, 1e300);
    add(odd, "007", Double.NEGATIVE_INFINITY, "12.0", Double.NaN, -Double.MAX_VALUE);
    odd.add();
    EncodedRows out = encoder.newRows(8);

    encoder.encodeInto(odd, out);

    assertArrayEquals(new int[] {0, 0, 0}, Arrays.copyOf(out.indexes(0), 3));
    assertArrayEquals(new int[] {1, 0, 0}, Arrays.copyOf(out.indexes(1), 3));
    assertArrayEquals(
        new float[] {0, 1, 0.5f, 1000, 0, 1, 0, -1000, 0, 1, 0, 0},
        Arrays.copyOf(out.numbers(), 12));
    assertEquals(3, out.unknownIds());
    assertEquals(2, out.nonFiniteNumbers());
    assertEquals(2, out.clippedNumbers());
    assertEquals(1 + 5, out.missingCells());

    encoder.encodeInto(rows(), out);
    assertEquals(0, out.unknownIds(), "counts are those of the last call");
  }

  @Test
  void encodeInto_ranges_equalTheRowsOfTheWhole() {
    FeatureEncoder encoder = fitted();
    EncodedRows whole = encoder.newRows(4);
    encoder.encodeInto(rows(), whole);
    int[] selection = {3, 0, 2, 2, 1};
    EncodedRows part = encoder.newRows(1);

    encoder.encodeInto(rows(), selection, 1, 5, part);
    assertRows(whole, part, 0, 2, 2, 1);
    encoder.encodeInto(rows(), 1, 3, part);
    assertRows(whole, part, 1, 2);
    encoder.encodeInto(rows(), 2, 2, part);
    assertEquals(0, part.size());
    assertThrows(IndexOutOfBoundsException.class, () -> encoder.encodeInto(rows(), 3, 5, part));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> encoder.encodeInto(rows(), new int[] {4}, 0, 1, part));
  }

  private static void assertRows(EncodedRows whole, EncodedRows part, int... expected) {
    assertEquals(expected.length, part.size());
    int width = whole.numberWidth();
    for (int i = 0; i < expected.length; i++) {
      for (int f = 0; f < whole.embeddedFields(); f++) {
        assertEquals(whole.indexes(f)[expected[i]], part.indexes(f)[i]);
      }
      for (int c = 0; c < width; c++) {
        assertEquals(whole.numbers()[expected[i] * width + c], part.numbers()[i * width + c]);
      }
    }
  }

  @Test
  void encodeInto_rowsOfOtherFields_areRefused() {
    FeatureEncoder encoder = fitted();
    Schema other = Schema.builder().field(Field.of("customer", Kind.ID, Role.CUSTOMER)).build();
    EncodedRows out = encoder.newRows(1);

    assertThrows(IllegalArgumentException.class, () -> encoder.encodeInto(new Rows(other, 1), out));
    assertThrows(
        IllegalArgumentException.class, () -> encoder.encodeInto(rows(), new EncodedRows(1, 4, 1)));
    Schema equal = SchemaJson.parse(SchemaJson.write(SCHEMA));
    encoder.encodeInto(new Rows(equal, 1), out);
    assertEquals(0, out.size());
  }

  @Test
  void fit_minCount_sendsRareIdsToTheUnknownBucket() {
    Rows rows = rows();
    add(rows, "once", 30, "shoes", 0, 2);
    FeatureEncoder encoder = FeatureEncoder.fit(rows, SplitShares.rising(rows.size()));
    EncodedRows out = encoder.newRows(1);

    encoder.encodeInto(rows, 4, 5, out);

    assertEquals(3, encoder.cardinality(0));
    assertEquals(0, out.indexes(0)[0]);
  }

  @Test
  void fit_readsOnlyTheSelection() {
    Rows rows = rows();
    FeatureEncoder encoder = FeatureEncoder.fit(rows, new int[] {0, 1});

    assertEquals(1, encoder.cardinality(0), "no customer was seen twice");
    assertEquals(3, encoder.cardinality(1));
    assertEquals(3, encoder.numberWidth(), "no age was missing");
    assertEquals(30, encoder.scaling().means()[0]);
    assertEquals(10, encoder.scaling().scales()[0]);
  }

  @Test
  void fit_ofNothing_encodesEverythingAsUnknown() {
    FeatureEncoder encoder = FeatureEncoder.fitter(SCHEMA).fit();
    EncodedRows out = encoder.newRows(1);

    encoder.encodeInto(rows(), out);

    assertArrayEquals(new int[4], Arrays.copyOf(out.indexes(0), 4));
    assertEquals(20, out.numbers()[0]);
  }

  @Test
  void fit_numbersWhoseSpreadOverflows_areRefusedByName() {
    Schema schema = Schema.builder().field(Field.of("huge", Kind.NUMBER)).build();
    Rows rows = new Rows(schema, 2);
    rows.setDouble(rows.add(), 0, Double.MAX_VALUE);
    rows.setDouble(rows.add(), 0, -Double.MAX_VALUE);

    assertEquals(
        "field huge must have a finite mean and spread, got numbers too large",
        assertThrows(
                IllegalArgumentException.class, () -> FeatureEncoder.fit(rows, new int[] {0, 1}))
            .getMessage());
  }

  @Test
  void encodeInto_steadyState_allocatesNothing() {
    Schema schema =
        Schema.builder()
            .field(Field.of("id", Kind.ID))
            .field(Field.of("text", Kind.CATEGORY))
            .field(Field.of("spent", Kind.NUMBER).withTransform(Transform.LOG))
            .field(Field.of("x", Kind.NUMBER))
            .build();
    Rows rows = new Rows(schema, 64);
    IntConsumer fill =
        shift -> {
          rows.clear();
          for (int i = 0; i < 64; i++) {
            int row = rows.add();
            rows.setLong(row, 0, i + shift);
            rows.setText(row, 1, i % 3 == 0 ? "red" : "1234567890123456789");
            rows.setDouble(row, 2, i - 5.5);
            if (i % 7 != 0) {
              rows.setDouble(row, 3, i);
            }
          }
        };
    fill.accept(0);
    FeatureEncoder encoder = FeatureEncoder.fit(rows, SplitShares.rising(64));
    EncodedRows out = encoder.newRows(1);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < 50; i++) {
        fill.accept(i);
        encoder.encodeInto(rows, out);
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
    }
    assertEquals(0, least, "bytes allocated by 50 batches");
  }
}
