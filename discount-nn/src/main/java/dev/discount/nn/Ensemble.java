package dev.discount.nn;

import dev.discount.core.DiscountLadder;
import dev.discount.core.ResponseModel;
import dev.discount.core.ResponseScorer;
import dev.discount.core.data.Schema;
import dev.discount.core.embedding.TablePrecision;
import dev.discount.core.internal.kernel.Kernels;
import dev.discount.core.internal.kernel.KernelsProvider;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several networks that were trained on the same rows from different seeds and answer with the mean
 * of their probabilities, added up in a fixed order. Immutable and thread-safe.
 *
 * <p>The mean of curves that never fall never falls.
 */
public final class Ensemble implements TrainedModel {

  private final List<ResponseNet> networks;
  private final @Nullable ValueNet values;
  private volatile @Nullable String version;

  /**
   * Makes an ensemble.
   *
   * @param networks the networks, at least two, that share one encoder
   * @param version its version, or null if it is to be computed when asked for
   */
  Ensemble(List<ResponseNet> networks, @Nullable String version) {
    this(networks, null, version);
  }

  /**
   * Makes an ensemble with a second part.
   *
   * @param networks the networks, at least two, that share one encoder
   * @param values the network of values, or null
   * @param version its version, or null if it is to be computed when asked for
   */
  Ensemble(List<ResponseNet> networks, @Nullable ValueNet values, @Nullable String version) {
    if (networks.size() < 2) {
      throw new IllegalArgumentException("networks must number at least 2, got " + networks.size());
    }
    this.networks = List.copyOf(networks);
    this.values = values;
    this.version = version;
  }

  @Override
  public Schema schema() {
    return networks.get(0).schema();
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
  public @Nullable ValueNet valueModel() {
    return values;
  }

  @Override
  public List<ResponseNet> networks() {
    return networks;
  }

  @Override
  public TrainingConfig config() {
    return networks.get(0).config();
  }

  @Override
  public Provenance provenance() {
    return networks.get(0).provenance();
  }

  @Override
  public String save(Path path) {
    return ModelCodec.write(this, path);
  }

  @Override
  public Ensemble withFoldingLimit(long limitBytes) {
    return new Ensemble(
        networks.stream().map(net -> net.withFoldingLimit(limitBytes)).toList(),
        values == null ? null : values.withFoldingLimit(limitBytes),
        version);
  }

  @Override
  public Ensemble withTables(TablePrecision precision) {
    return new Ensemble(
        networks.stream().map(net -> net.withTables(precision)).toList(),
        values == null ? null : values.withTables(precision),
        null);
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
    NetScorer[] scorers = new NetScorer[networks.size()];
    for (int i = 0; i < scorers.length; i++) {
      scorers[i] = networks.get(i).newNetScorer(ladder, kernels);
    }
    return new ModelScorer(networks.get(0).encoder(), ladder, scorers, kernels);
  }
}
