package dev.discount.nn;

import dev.discount.core.data.FeatureEncoder;
import dev.discount.core.io.ModelFile;
import dev.discount.core.io.ModelFileBuilder;
import dev.discount.core.io.ModelFormatException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trained models as files. Stateless.
 *
 * <p>Metadata: {@code model} is {@value #MODEL}; {@code networks} their number; {@code level} how
 * the level enters; {@code training.*} the settings; {@code provenance.*} where it comes from; the
 * encoder adds its own. Tensors of network {@code n}: {@code network.<n>.table.<f>} of shape {@code
 * [cardinality, width]}, {@code network.<n>.layer.<l>.weights} of shape {@code [inputs, outputs]},
 * {@code network.<n>.layer.<l>.bias} of shape {@code [outputs]}. Shared by all networks: {@code
 * head.knots} for a monotone head, {@code level.depth} (mean, scale) where the depth is an input.
 * {@link ValueCodec} adds a second part.
 *
 * <p>Nothing that differs between equal runs is written: no time, thread, Java version or kernels.
 */
final class ModelCodec {

  private static final String MODEL = "response-network/1";
  private static final String TRAINING = "training.";
  private static final int VERSION_DIGITS = 16;
  private static final int MAX_NETWORKS = 64;

  private ModelCodec() {}

  /** Returns the start of the checksum that a model's file would have. */
  static String version(TrainedModel model) {
    return builder(model).sha256().substring(0, VERSION_DIGITS);
  }

  /** Writes a model and returns its checksum. */
  static String write(TrainedModel model, Path path) {
    return builder(model).write(path);
  }

  private static ModelFileBuilder builder(TrainedModel model) {
    ModelFileBuilder out = ModelFile.builder();
    List<ResponseNet> networks = model.networks();
    Network first = networks.get(0).network();
    out.metadata("model", MODEL);
    out.metadata("networks", String.valueOf(networks.size()));
    out.metadata("level", first.level().kind().name());
    TrainingOptions.write(model.config())
        .forEach((key, value) -> out.metadata(TRAINING + key, value));
    Provenance provenance = model.provenance();
    out.metadata("provenance.dataSha256", provenance.dataSha256());
    out.metadata("provenance.seed", String.valueOf(provenance.seed()));
    out.metadata("provenance.libraryVersion", provenance.libraryVersion());
    out.metadata("provenance.fma", String.valueOf(provenance.fma()));
    networks.get(0).encoder().writeTo(out);
    if (first.head() instanceof MonotoneHead head) {
      out.floats("head.knots", head.knots(), head.outputs());
    }
    if (first.level().kind() == LevelInput.Kind.DEPTH) {
      float[] depth = {first.level().depthMean(), first.level().depthScale()};
      out.floats("level.depth", depth, depth.length);
    }
    for (int n = 0; n < networks.size(); n++) {
      WeightsFile.write(networks.get(n).network(), "network." + n, out);
    }
    if (model.valueModel() instanceof ValueNet values) {
      ValueCodec.write(values, out);
    }
    return out;
  }

  /** Reads a model. */
  static TrainedModel read(ModelFile file) {
    String model = file.metadata("model");
    if (!model.equals(MODEL)) {
      throw new ModelFormatException("model must be " + MODEL + ", got " + model);
    }
    int count = wholeNumber(file, "networks");
    if (count < 1 || count > MAX_NETWORKS) {
      throw new ModelFormatException("networks must be in [1, 64], got " + count);
    }
    FeatureEncoder encoder = FeatureEncoder.readFrom(file);
    TrainingConfig config = config(file).toBuilder().members(count).build();
    Provenance provenance = provenance(file, config);
    LevelInput level = level(file);
    ResponseHead head =
        level.kind() == LevelInput.Kind.RAMPS ? monotoneHead(file) : new PointHead();
    NetLayout layout = layout(encoder, config, level, head);
    String version = file.sha256().substring(0, VERSION_DIGITS);
    List<ResponseNet> networks = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      NetWeights weights = WeightsFile.read(layout, "network." + n, file);
      Network network =
          new Network(layout, weights, head, level, Network.activation(config.network()));
      ResponseNet net =
          new ResponseNet(encoder, network, config, provenance, ResponseNet.DEFAULT_FOLDING_BYTES);
      networks.add(count == 1 ? net.withVersion(version) : net);
    }
    ValueNet values = ValueCodec.read(file, encoder, config, provenance);
    if (count > 1) {
      return new Ensemble(networks, values, version);
    }
    ResponseNet only = networks.get(0);
    return values == null ? only : only.withValues(values).withVersion(version);
  }

  private static NetLayout layout(
      FeatureEncoder encoder, TrainingConfig config, LevelInput level, ResponseHead head) {
    boolean arms = level.kind() == LevelInput.Kind.ARM;
    if (arms == encoder.schema().ladder().ordered()) {
      throw new ModelFormatException("level must fit the schema's ladder, got " + level.kind());
    }
    try {
      return NetLayout.of(encoder, config.network(), level, head.outputs());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ModelFormatException("layout must be that of a network: " + e.getMessage(), e);
    }
  }

  private static TrainingConfig config(ModelFile file) {
    Map<String, String> options = new LinkedHashMap<>();
    file.metadata()
        .forEach(
            (key, value) -> {
              if (key.startsWith(TRAINING)) {
                options.put(key.substring(TRAINING.length()), value);
              }
            });
    try {
      return TrainingConfig.ofOptions(options);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException("training must be valid settings: " + e.getMessage(), e);
    }
  }

  private static Provenance provenance(ModelFile file, TrainingConfig config) {
    return new Provenance(
        file.metadata("provenance.dataSha256"),
        config.seed(),
        file.metadata("provenance.libraryVersion"),
        Boolean.parseBoolean(file.metadata("provenance.fma")));
  }

  private static LevelInput level(ModelFile file) {
    String name = file.metadata("level");
    LevelInput.Kind kind;
    try {
      kind = LevelInput.Kind.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException("level must be NONE, RAMPS, DEPTH or ARM, got " + name, e);
    }
    if (kind != LevelInput.Kind.DEPTH) {
      return LevelInput.of(kind);
    }
    float[] depth = file.requireShape("level.depth", 2).floats("level.depth");
    if (!Float.isFinite(depth[0]) || !Float.isFinite(depth[1])) {
      throw new ModelFormatException("level.depth must be finite");
    }
    return new LevelInput(kind, depth[0], depth[1]);
  }

  private static MonotoneHead monotoneHead(ModelFile file) {
    try {
      return new MonotoneHead(file.floats("head.knots"));
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException("head.knots must be valid: " + e.getMessage(), e);
    }
  }

  private static int wholeNumber(ModelFile file, String key) {
    try {
      return Integer.parseInt(file.metadata(key));
    } catch (NumberFormatException e) {
      throw new ModelFormatException(key + " must be a whole number, got " + file.metadata(key), e);
    }
  }
}
