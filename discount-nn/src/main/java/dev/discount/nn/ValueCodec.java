package dev.discount.nn;

import dev.discount.core.data.FeatureEncoder;
import dev.discount.core.io.ModelFile;
import dev.discount.core.io.ModelFileBuilder;
import dev.discount.core.io.ModelFormatException;
import org.jspecify.annotations.Nullable;

/**
 * The second part of a trained model in its file. Stateless.
 *
 * <p>Metadata: {@code values}, how the level enters, absent without a second part. Tensors: {@code
 * values.target} (mean and standard deviation of the values, in major units), {@code values.depth}
 * (mean, scale) where the depth is an input, and the network as {@code values.network.table.<f>},
 * {@code values.network.layer.<l>.weights} and {@code values.network.layer.<l>.bias}.
 */
final class ValueCodec {

  private static final String KEY = "values";
  private static final String TARGET = "values.target";
  private static final String DEPTH = "values.depth";
  private static final String NETWORK = "values.network";

  private ValueCodec() {}

  /** Adds a second part to a file. */
  static void write(ValueNet values, ModelFileBuilder out) {
    LevelInput level = values.network().level();
    out.metadata(KEY, level.kind().name());
    float[] target = {values.mean(), values.deviation()};
    out.floats(TARGET, target, target.length);
    if (level.kind() == LevelInput.Kind.DEPTH) {
      float[] depth = {level.depthMean(), level.depthScale()};
      out.floats(DEPTH, depth, depth.length);
    }
    WeightsFile.write(values.network(), NETWORK, out);
  }

  /** Reads a second part, or null if the file has none. */
  static @Nullable ValueNet read(
      ModelFile file, FeatureEncoder encoder, TrainingConfig config, Provenance provenance) {
    String kind = file.metadata().get(KEY);
    if (kind == null) {
      return null;
    }
    LevelInput level = level(file, kind);
    boolean named = !encoder.schema().ladder().ordered();
    if (named != (level.kind() == LevelInput.Kind.ARM)) {
      throw new ModelFormatException("values must fit the schema's ladder, got " + kind);
    }
    float[] target = finite(file, TARGET);
    if (!(target[1] > 0)) {
      throw new ModelFormatException("values.target must have a deviation > 0, got " + target[1]);
    }
    ValueHead head = new ValueHead();
    NetLayout layout;
    try {
      layout = NetLayout.of(encoder, config.network(), level, head.outputs());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ModelFormatException("values must be those of a network: " + e.getMessage(), e);
    }
    NetWeights weights = WeightsFile.read(layout, NETWORK, file);
    Network network =
        new Network(layout, weights, head, level, Network.activation(config.network()));
    ResponseNet net =
        new ResponseNet(encoder, network, config, provenance, ResponseNet.DEFAULT_FOLDING_BYTES);
    return new ValueNet(net, target[0], target[1]);
  }

  private static LevelInput level(ModelFile file, String kind) {
    return switch (kind) {
      case "NONE" -> LevelInput.of(LevelInput.Kind.NONE);
      case "ARM" -> LevelInput.of(LevelInput.Kind.ARM);
      case "DEPTH" -> {
        float[] depth = finite(file, DEPTH);
        yield new LevelInput(LevelInput.Kind.DEPTH, depth[0], depth[1]);
      }
      default -> throw new ModelFormatException("values must be NONE, DEPTH or ARM, got " + kind);
    };
  }

  private static float[] finite(ModelFile file, String tensor) {
    float[] pair = file.requireShape(tensor, 2).floats(tensor);
    if (!Float.isFinite(pair[0]) || !Float.isFinite(pair[1])) {
      throw new ModelFormatException(tensor + " must be finite");
    }
    return pair;
  }
}
