package dev.discount.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.core.data.Field.Kind;
import dev.discount.core.data.Field.Role;
import dev.discount.core.data.Field.Transform;
import dev.discount.core.io.ModelFile;
import dev.discount.core.io.ModelFileBuilder;
import dev.discount.core.io.ModelFormatException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncoderFileTest {

  private static final Schema SCHEMA =
      Schema.builder()
          .field(Field.of("who", Kind.ID, Role.CUSTOMER))
          .field(Field.of("spent", Kind.NUMBER).withTransform(Transform.LOG))
          .field(Field.of("flag", Kind.FLAG))
          .build();

  @TempDir Path folder;

  private static Rows rows() {
    Rows rows = new Rows(SCHEMA, 4);
    String[] ids = {"süß", "12", "b", "-7", "süß"};
    for (int i = 0; i < ids.length; i++) {
      int row = rows.add();
      rows.setText(row, 0, ids[i]);
      rows.setDouble(row, 1, i == 2 ? Double.NaN : i * 1.7);
      rows.setLong(row, 2, i % 2);
    }
    return rows;
  }

  private static FeatureEncoder fitted() {
    return FeatureEncoder.fit(rows(), new int[] {0, 1, 2, 3, 4});
  }

  private ModelFile written(Consumer<ModelFileBuilder> content) {
    ModelFileBuilder builder = ModelFile.builder();
    content.accept(builder);
    Path path = folder.resolve("encoder.safetensors");
    builder.write(path);
    return ModelFile.read(path);
  }

  @Test
  void readFrom_whatWasWritten_encodesToTheSameBits() {
    FeatureEncoder encoder = fitted();
    FeatureEncoder again = FeatureEncoder.readFrom(written(encoder::writeTo));
    Rows rows = rows();
    rows.setText(rows.add(), 0, "new");
    EncodedRows expected = encoder.newRows(1);
    EncodedRows actual = again.newRows(1);

    encoder.encodeInto(rows, expected);
    again.encodeInto(rows, actual);

    assertEquals(encoder.schema(), again.schema());
    assertArrayEquals(Arrays.copyOf(expected.indexes(0), 6), Arrays.copyOf(actual.indexes(0), 6));
    assertArrayEquals(
        Arrays.copyOf(expected.numbers(), 6 * encoder.numberWidth()),
        Arrays.copyOf(actual.numbers(), 6 * again.numberWidth()));
  }

  @Test
  void writeTo_equalEncoders_giveEqualFiles() {
    String checksum = written(fitted()::writeTo).sha256();

    FeatureEncoder again = FeatureEncoder.readFrom(written(fitted()::writeTo));

    assertEquals(checksum, written(again::writeTo).sha256());
  }

  @Test
  void writeTo_encoderOfNothing_isRead() {
    Schema schema = Schema.builder().field(Field.of("y", Kind.FLAG, Role.OUTCOME)).build();
    FeatureEncoder encoder = FeatureEncoder.fitter(schema).fit();

    FeatureEncoder again = FeatureEncoder.readFrom(written(encoder::writeTo));

    assertEquals(0, again.embeddedFields());
    assertEquals(0, again.numberWidth());
  }

  @Test
  void readFrom_contentThatContradictsItself_isRefused() {
    assertRefused("encoder.numbers.means[0] must be finite, got NaN", "means", Double.NaN);
    assertRefused("encoder.numbers.scales[0] must be finite and above 0, got 0.0", "scales", 0.0);
    assertRefused(
        "encoder.numbers.scales[0] must be finite and above 0, got Infinity",
        "scales",
        Double.POSITIVE_INFINITY);
    assertRefused("encoder.numbers.indicators[0] must be 0 or 1, got 2.0", "indicators", (byte) 2);
    assertRefused(
        "encoder.vocabulary.0 is no vocabulary: keys[3] must differ from those before it",
        "numbers",
        new long[] {12, 12});
    assertRefused(
        "encoder.vocabulary.0 is no vocabulary: numbers must number 2, got 1",
        "numbers",
        new long[] {12});
    assertRefused(
        "encoder.vocabulary.0 is no vocabulary: offsets[1] must start at 0 and never fall, got -1",
        "offsets",
        new long[] {0, -1, 6});
    assertRefused(
        "encoder.vocabulary.0 is no vocabulary: kinds[0] must be 0 or 1, got 7",
        "kinds",
        new byte[] {7, 0, 1, 0});
    assertRefused(
        "metadata entry schema is no schema: schema: fields must be there", "schema", "{}");
    assertRefused("encoder.numbers.means.shape must be [2], got [3]", "means", new double[3]);
  }

  private void assertRefused(String message, String part, Object content) {
    ModelFile file = written(builder -> writeAltered(builder, Map.of(part, content)));
    ModelFormatException e =
        assertThrows(ModelFormatException.class, () -> FeatureEncoder.readFrom(file));
    assertEquals(message, e.getMessage());
  }

  /** Writes the encoder of {@link #fitted} by hand, with some parts replaced. */
  private static void writeAltered(ModelFileBuilder out, Map<String, Object> parts) {
    FeatureEncoder encoder = fitted();
    out.metadata("schema", (String) parts.getOrDefault("schema", SchemaJson.write(SCHEMA)));
    byte[] kinds = (byte[]) parts.getOrDefault("kinds", new byte[] {1, 0, 1, 0});
    long[] numbers = (long[]) parts.getOrDefault("numbers", new long[] {12, -7});
    long[] offsets = (long[]) parts.getOrDefault("offsets", new long[] {0, 5, 6});
    byte[] utf8 = "süßb".getBytes(StandardCharsets.UTF_8);
    out.bytes("encoder.vocabulary.0.kinds", kinds, kinds.length);
    out.longs("encoder.vocabulary.0.numbers", numbers, numbers.length);
    out.longs("encoder.vocabulary.0.offsets", offsets, offsets.length);
    out.bytes("encoder.vocabulary.0.utf8", utf8, utf8.length);
    double[] means = doubles(parts.get("means"), encoder.scaling().means());
    double[] scales = doubles(parts.get("scales"), encoder.scaling().scales());
    byte[] indicators = {(byte) parts.getOrDefault("indicators", (byte) 1), 0};
    out.doubles("encoder.numbers.means", means, means.length);
    out.doubles("encoder.numbers.scales", scales, scales.length);
    out.bytes("encoder.numbers.indicators", indicators, indicators.length);
  }

  private static double[] doubles(@Nullable Object altered, double[] fitted) {
    if (altered instanceof double[] all) {
      return all;
    }
    double[] values = fitted.clone();
    if (altered != null) {
      values[0] = (double) altered;
    }
    return values;
  }

  @Test
  void writeAltered_withoutAlteration_isTheEncodersOwnFile() {
    String byHand = written(builder -> writeAltered(builder, Map.of())).sha256();

    assertEquals(written(fitted()::writeTo).sha256(), byHand);
    assertTrue(fitted().scaling().indicators()[0]);
  }
}
