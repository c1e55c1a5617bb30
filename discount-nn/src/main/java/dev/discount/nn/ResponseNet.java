package dev.discount.nn;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Level;
import dev.discount.core.ResponseModel;
import dev.discount.core.ResponseScorer;
import dev.discount.core.data.FeatureEncoder;
import dev.discount.core.data.Field;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.core.embedding.EmbeddingTable;
import dev.discount.core.embedding.TablePrecision;
import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.KernelsProvider;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A neural network that says how probable a purchase is at each level of a ladder: embeddings of
 * ids and categories and a block of numbers, dense layers, a response head. Immutable and
 * thread-safe.
 *
 * <p>A score is a function of the model and the row alone: neither the kernels, nor the batch it is
 * part of, nor folding changes a bit of it. A ladder of percentages and one of amounts are both
 * answered by depth, the share of the list price, so another ladder needs no new training; outside
 * of the depths that were trained on, a {@link ResponseNetConfig.Head#MONOTONE} curve is flat. An
 * amount on a row without a known price above 0 is answered as no discount.
 */
public final class ResponseNet implements TrainedModel {

  /** The memory that a network's folded tables may take where nothing else is said: 256 MiB. */
  public static final long DEFAULT_FOLDING_BYTES = 256L << 20;

  private final FeatureEncoder encoder;
  private final Network network;
  private final TrainingConfig config;
  private final Provenance provenance;
  private final long foldingBytes;
  private final @Nullable ValueNet values;
  private final Object lock = new Object();
  private volatile @Nullable FoldedTables folded;
  private final Map<Kernels, ServingWeights> serving = new ConcurrentHashMap<>();
  private volatile @Nullable String version;

  ResponseNet(
      FeatureEncoder encoder,
      Network network,
      TrainingConfig config,
      Provenance provenance,
      long foldingBytes) {
    this.encoder = encoder;
    this.network = network;
    this.config = config;
    this.provenance = provenance;
    this.foldingBytes = foldingBytes;
    this.values = null;
  }

  private ResponseNet(ResponseNet other, long foldingBytes, @Nullable ValueNet values) {
    this.encoder = other.encoder;
    this.network = other.network;
    this.config = other.config;
    this.provenance = other.provenance;
    this.foldingBytes = foldingBytes;
    this.values = values;
  }

  /** Returns this network with a second part. */
  ResponseNet withValues(ValueNet newValues) {
    return new ResponseNet(this, foldingBytes, newValues);
  }

  @Override
  public @Nullable ValueNet valueModel() {
    return values;
  }

  @Override
  public Schema schema() {
    return encoder.schema();
  }

  /** Returns the first 16 digits of the checksum of this model's file. */
  @Override
  public String version() {
    String known = version;
    if (known == null) {
      known = ModelCodec.version(this);
      version = known;
    }
    return known;
  }

  @Override
  public List<ResponseNet> networks() {
    return List.of(this);
  }

  @Override
  public TrainingConfig config() {
    return config;
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public String save(Path path) {
    return ModelCodec.write(this, path);
  }

  @Override
  public ResponseNet withFoldingLimit(long limitBytes) {
    if (limitBytes < 0) {
      throw new IllegalArgumentException("limitBytes must be >= 0, got " + limitBytes);
    }
    ValueNet limited = values == null ? null : values.withFoldingLimit(limitBytes);
    return new ResponseNet(this, limitBytes, limited).withVersion(version);
  }

  @Override
  public ResponseNet withTables(TablePrecision precision) {
    NetWeights weights = network.weights().withTables(network.layout().fields(), precision);
    Network converted =
        new Network(
            network.layout(), weights, network.head(), network.level(), network.activation());
    ResponseNet net = new ResponseNet(encoder, converted, config, provenance, foldingBytes);
    return values == null ? net : net.withValues(values.withTables(precision));
  }

  /** Sets the version of a new model whose file is known; returns this. */
  ResponseNet withVersion(@Nullable String known) {
    version = known;
    return this;
  }

  @Override
  public ResponseScorer newScorer(DiscountLadder ladder) {
    return newScorer(ladder, KernelsProvider.current());
  }

  @Override
  public ResponseModel forBatches() {
    return new BatchModel(this, values);
  }

  ResponseScorer newScorer(DiscountLadder ladder, Kernels kernels) {
    return new ModelScorer(
        encoder, ladder, new NetScorer[] {newNetScorer(ladder, kernels)}, kernels);
  }

  /**
   * Returns which tables are folded into the first layer, and why others are not. Folding itself
   * happens when the first scorer is made.
   */
  public Folding folding() {
    NetLayout layout = network.layout();
    Folding.Table[] tables = new Folding.Table[layout.fields()];
    int[] rising =
        IntStream.range(0, tables.length)
            .boxed()
            .sorted(Comparator.comparingInt(f -> layout.cardinalities()[f]))
            .mapToInt(Integer::intValue)
            .toArray();
    long rest = foldingBytes;
    for (int f : rising) {
      long bytes = FoldedTables.bytes(layout, f, network.weights().tables()[f].precision());
      boolean fits = bytes <= rest;
      String reason =
          (fits ? "fits the " : "would take " + bytes + " bytes, more than the ")
              + rest
              + " bytes that smaller tables left of the limit of "
              + foldingBytes;
      String field = schema().field(encoder.embeddedSlot(f)).name();
      tables[f] = new Folding.Table(field, fits, bytes, reason);
      rest -= fits ? bytes : 0;
    }
    return new Folding(foldingBytes, List.of(tables));
  }

  /**
   * Takes the network apart, for an export or a second implementation.
   *
   * @param ladder the levels that are to be answered
   * @throws IllegalArgumentException if the ladder is not one this model can answer
   */
  public NetworkView view(DiscountLadder ladder) {
    return NetworkView.of(this, arms(ladder));
  }

  /** Returns the number of weights and biases, embeddings included. */
  public long parameters() {
    return network.layout().parameters();
  }

  /**
   * Returns the knots of the response curve, in share of the list price; shape {@code [knots]},
   * empty without a {@link ResponseNetConfig.Head#MONOTONE} head.
   */
  public float[] knots() {
    return network.head() instanceof MonotoneHead head ? head.knots() : new float[0];
  }

  /**
   * Returns the width of a field's embedding.
   *
   * @param slot the field's slot in {@link #schema}
   * @throws IllegalArgumentException if the field has no embedding
   */
  public int vectorWidth(int slot) {
    return table(slot).width();
  }

  /**
   * Copies the embedding of a row's id or category; that of unknown ids where it is not known.
   *
   * @param slot the field's slot in {@link #schema}
   * @param rows the rows, of this model's fields
   * @param row the row's index
   * @param out receives the vector, shape {@code [>= vectorWidth(slot)]}
   * @throws IllegalArgumentException if the field has no embedding
   */
  public void vectorInto(int slot, Rows rows, int row, float[] out) {
    EmbeddingTable table = table(slot);
    var vocabulary = encoder.vocabulary(embedded(slot));
    int index = 0;
    if (rows.isText(row, slot)) {
      index = vocabulary.index(rows.textAt(row, slot));
    } else if (!rows.isMissing(row, slot)) {
      index = vocabulary.index(rows.longAt(row, slot));
    }
    table.rowInto(index, 0, out);
  }

  private EmbeddingTable table(int slot) {
    return network.weights().tables()[embedded(slot)];
  }

  private int embedded(int slot) {
    for (int f = 0; f < encoder.embeddedFields(); f++) {
      if (encoder.embeddedSlot(f) == slot) {
        return f;
      }
    }
    throw new IllegalArgumentException("slot must be that of an embedded field, got " + slot);
  }

  FeatureEncoder encoder() {
    return encoder;
  }

  Network network() {
    return network;
  }

  NetScorer newNetScorer(DiscountLadder ladder, Kernels kernels) {
    FoldedTables tables = folded();
    ServingWeights weights =
        serving.computeIfAbsent(kernels, key -> new ServingWeights(network, tables, key));
    return new NetScorer(network, weights, ladder, arms(ladder), kernels);
  }

  FoldedTables folded() {
    FoldedTables tables = folded;
    if (tables == null) {
      synchronized (lock) {
        tables = folded;
        if (tables == null) {
          tables = FoldedTables.of(network, folding(), KernelsProvider.fastest());
          folded = tables;
        }
      }
    }
    return tables;
  }

  /** Checks a ladder and returns the trained arm of each of its levels; zeros for ordered ones. */
  private int[] arms(DiscountLadder ladder) {
    int[] arms = new int[ladder.size()];
    LevelInput.Kind kind = network.level().kind();
    if (ladder.size() == 1) {
      return arms;
    }
    if (kind == LevelInput.Kind.NONE) {
      throw new IllegalArgumentException(
          "ladder must have level none alone for a model without a discount, got " + ladder);
    }
    if (ladder.ordered() == (kind == LevelInput.Kind.ARM)) {
      throw new IllegalArgumentException(
          "ladder must be of a kind this model was trained for, "
              + (ladder.ordered() ? "named arms" : "percentages or amounts")
              + ", got "
              + ladder);
    }
    if (kind == LevelInput.Kind.ARM) {
      trainedArms(ladder, arms);
    } else if (LevelInput.needsPrice(ladder)
        && schema().constantPriceMinor() < 0
        && schema().slot(Field.Role.PRICE) == Schema.NONE) {
      throw new IllegalArgumentException(
          "ladder must not be of amounts for a model whose schema states no price, got " + ladder);
    }
    return arms;
  }

  private void trainedArms(DiscountLadder ladder, int[] arms) {
    Map<Level, Integer> trained = new HashMap<>();
    for (Level level : schema().ladder().levels()) {
      trained.put(level, trained.size());
    }
    for (int i = 0; i < arms.length; i++) {
      Integer arm = trained.get(ladder.level(i));
      if (arm == null) {
        throw new IllegalArgumentException(
            "ladder must name arms this model was trained for, "
                + trained.keySet()
                + ", got "
                + ladder.level(i));
      }
      arms[i] = arm;
    }
  }
}
