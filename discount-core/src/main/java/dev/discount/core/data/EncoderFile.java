package dev.discount.core.data;

import dev.discount.core.embedding.IdIndex;
import dev.discount.core.embedding.IdKeys;
import dev.discount.core.io.ModelFile;
import dev.discount.core.io.ModelFileBuilder;
import dev.discount.core.io.ModelFormatException;

/**
 * A {@link FeatureEncoder} in a model file: the schema as metadata, everything fitted as tensors.
 * Stateless.
 *
 * <p>{@code encoder.vocabulary.<f>.kinds}, {@code .numbers}, {@code .offsets} and {@code .utf8} are
 * the {@link IdKeys} of embedded field {@code f}; {@code encoder.numbers.means}, {@code .scales}
 * and {@code .indicators} have one element for each numeric field.
 */
final class EncoderFile {

  static final String SCHEMA = "schema";

  private static final String VOCABULARY = "encoder.vocabulary.";
  private static final String MEANS = "encoder.numbers.means";
  private static final String SCALES = "encoder.numbers.scales";
  private static final String INDICATORS = "encoder.numbers.indicators";

  private EncoderFile() {}

  static void write(FeatureEncoder encoder, ModelFileBuilder out) {
    out.metadata(SCHEMA, SchemaJson.write(encoder.schema()));
    for (int f = 0; f < encoder.embeddedFields(); f++) {
      IdKeys keys = encoder.vocabulary(f).keys();
      String name = VOCABULARY + f;
      out.bytes(name + ".kinds", keys.kinds(), keys.kinds().length);
      out.longs(name + ".numbers", keys.numbers(), keys.numbers().length);
      out.longs(name + ".offsets", keys.offsets(), keys.offsets().length);
      out.bytes(name + ".utf8", keys.utf8(), keys.utf8().length);
    }
    NumberScaling scaling = encoder.scaling();
    int fields = scaling.means().length;
    byte[] indicators = new byte[fields];
    for (int f = 0; f < fields; f++) {
      indicators[f] = (byte) (scaling.indicators()[f] ? 1 : 0);
    }
    out.doubles(MEANS, scaling.means(), fields);
    out.doubles(SCALES, scaling.scales(), fields);
    out.bytes(INDICATORS, indicators, fields);
  }

  static FeatureEncoder read(ModelFile file) {
    Schema schema = readSchema(file);
    int[] embedded = FeatureEncoder.slots(schema, Field::embedded);
    IdIndex[] vocabularies = new IdIndex[embedded.length];
    for (int f = 0; f < vocabularies.length; f++) {
      vocabularies[f] = readVocabulary(file, VOCABULARY + f);
    }
    int[] numeric = FeatureEncoder.slots(schema, Field::numeric);
    return new FeatureEncoder(schema, vocabularies, readScaling(file, schema, numeric));
  }

  private static Schema readSchema(ModelFile file) {
    try {
      return SchemaJson.parse(file.metadata(SCHEMA));
    } catch (DataFormatException e) {
      throw new ModelFormatException("metadata entry schema is no schema: " + e.getMessage(), e);
    }
  }

  private static IdIndex readVocabulary(ModelFile file, String name) {
    try {
      return IdIndex.of(
          new IdKeys(
              file.bytes(name + ".kinds"),
              file.longs(name + ".numbers"),
              file.longs(name + ".offsets"),
              file.bytes(name + ".utf8")));
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(name + " is no vocabulary: " + e.getMessage(), e);
    }
  }

  private static NumberScaling readScaling(ModelFile file, Schema schema, int[] slots) {
    file.requireShape(MEANS, slots.length);
    file.requireShape(SCALES, slots.length);
    file.requireShape(INDICATORS, slots.length);
    double[] means = file.doubles(MEANS);
    double[] scales = file.doubles(SCALES);
    byte[] bits = file.bytes(INDICATORS);
    boolean[] indicators = new boolean[slots.length];
    for (int f = 0; f < slots.length; f++) {
      require(Double.isFinite(means[f]), MEANS, f, "finite", means[f]);
      boolean scale = scales[f] > 0 && Double.isFinite(scales[f]);
      require(scale, SCALES, f, "finite and above 0", scales[f]);
      require(bits[f] == 0 || bits[f] == 1, INDICATORS, f, "0 or 1", bits[f]);
      indicators[f] = bits[f] == 1;
    }
    return new NumberScaling(NumberScaling.logs(schema, slots), means, scales, indicators);
  }

  private static void require(boolean holds, String name, int f, String rule, double value) {
    if (!holds) {
      throw new ModelFormatException(name + "[" + f + "] must be " + rule + ", got " + value);
    }
  }
}
