package dev.discount.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Transform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The encoder against one written cell by cell from its description. */
class FeatureEncoderPropertyTest {

  /** A row: a text id, empty where missing, and three numbers. */
  record Cells(String id, double plain, double log, double flag) {}

  private static final Schema SCHEMA =
      Schema.builder()
          .field(Field.of("plain", Kind.NUMBER))
          .field(Field.of("id", Kind.ID).withMinCount(2))
          .field(Field.of("flag", Kind.FLAG))
          .field(Field.of("log", Kind.NUMBER).withTransform(Transform.LOG))
          .build();

  @Property
  void encodeInto_equalsTheDescription(
      @ForAll("cells") List<Cells> fitted, @ForAll("cells") List<Cells> scored) {
    Rows rows = rows(fitted);
    FeatureEncoder encoder = FeatureEncoder.fit(rows, SplitShares.rising(fitted.size()));
    EncodedRows out = encoder.newRows(1);
    encoder.encodeInto(rows(scored), out);

    Map<String, Integer> vocabulary = vocabulary(fitted);
    List<float[]> columns = new ArrayList<>();
    addColumns(columns, fitted.stream().map(Cells::plain).toList(), scored, 0);
    addColumns(columns, fitted.stream().map(Cells::flag).toList(), scored, 1);
    addColumns(columns, fitted.stream().map(Cells::log).toList(), scored, 2);
    assertEquals(columns.size(), encoder.numberWidth());
    assertEquals(vocabulary.size() + 1, encoder.cardinality(0));
    for (int row = 0; row < scored.size(); row++) {
      assertEquals(vocabulary.getOrDefault(scored.get(row).id, 0), out.indexes(0)[row]);
      for (int column = 0; column < columns.size(); column++) {
        float expected = columns.get(column)[row];
        float actual = out.numbers()[row * columns.size() + column];
        assertTrue(Math.abs(actual) <= 1000);
        assertEquals(expected, actual, 1e-5 * (1 + Math.abs(expected)));
      }
    }
  }

  @Property(tries = 200)
  void encodeInto_rowByRow_givesTheBitsOfTheBatch(
      @ForAll("cells") List<Cells> fitted, @ForAll("cells") List<Cells> scored) {
    Rows rows = rows(fitted);
    FeatureEncoder encoder = FeatureEncoder.fit(rows, SplitShares.rising(fitted.size()));
    Rows queries = rows(scored);
    EncodedRows batch = encoder.newRows(1);
    EncodedRows single = encoder.newRows(1);
    encoder.encodeInto(queries, batch);
    int width = encoder.numberWidth();
    for (int row = 0; row < scored.size(); row++) {
      encoder.encodeInto(queries, row, row + 1, single);
      assertEquals(batch.indexes(0)[row], single.indexes(0)[0]);
      for (int column = 0; column < width; column++) {
        assertEquals(
            Float.floatToRawIntBits(batch.numbers()[row * width + column]),
            Float.floatToRawIntBits(single.numbers()[column]));
      }
    }
  }

  private static Rows rows(List<Cells> cells) {
    Rows rows = new Rows(SCHEMA, 1);
    for (Cells cell : cells) {
      int row = rows.add();
      rows.setDouble(row, 0, cell.plain);
      if (!cell.id.isEmpty()) {
        rows.setText(row, 1, cell.id);
      }
      rows.setDouble(row, 2, cell.flag);
      rows.setDouble(row, 3, cell.log);
    }
    return rows;
  }

  private static Map<String, Integer> vocabulary(List<Cells> fitted) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    fitted.forEach(cell -> counts.merge(cell.id, 1, Integer::sum));
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    counts.forEach(
        (id, count) -> {
          if (count >= 2 && !id.isEmpty()) {
            vocabulary.put(id, vocabulary.size() + 1);
          }
        });
    return vocabulary;
  }

  private static void addColumns(
      List<float[]> columns, List<Double> fitted, List<Cells> scored, int which) {
    double[] known =
        fitted.stream()
            .filter(x -> Double.isFinite(x))
            .mapToDouble(x -> transformed(x, which))
            .toArray();
    double sum = 0;
    for (double x : known) {
      sum += x;
    }
    double mean = known.length == 0 ? 0 : sum / known.length;
    double squares = 0;
    boolean constant = true;
    for (double x : known) {
      squares += (x - mean) * (x - mean);
      constant &= x == known[0];
    }
    double scale = constant || which == 1 ? 1 : Math.sqrt(squares / known.length);
    float[] values = new float[scored.size()];
    float[] indicator = new float[scored.size()];
    for (int row = 0; row < values.length; row++) {
      Cells cells = scored.get(row);
      double x = which == 0 ? cells.plain : which == 1 ? cells.flag : cells.log;
      if (Double.isFinite(x)) {
        double z = (transformed(x, which) - mean) / scale;
        values[row] = (float) Math.max(-1000, Math.min(1000, z));
      } else {
        indicator[row] = 1;
      }
    }
    columns.add(values);
    if (known.length < fitted.size()) {
      columns.add(indicator);
    }
  }

  private static double transformed(double x, int which) {
    return which == 2 ? Math.signum(x) * Math.log1p(Math.abs(x)) : x;
  }

  @Provide
  Arbitrary<List<Cells>> cells() {
    Arbitrary<Double> plain =
        Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.integers().between(-40, 40).map(i -> i / 4.0)),
            Tuple.of(1, Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, 12345.0)));
    Arbitrary<Double> flag = Arbitraries.of(0.0, 0.0, 1.0, Double.NaN);
    Arbitrary<String> ids = Arbitraries.of("", "a", "b", "1", "01", "c", "-9");
    return Combinators.combine(ids, plain, plain, flag).as(Cells::new).list().ofMaxSize(40);
  }
}
