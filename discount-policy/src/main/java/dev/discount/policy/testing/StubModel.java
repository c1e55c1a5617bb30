package dev.discount.policy.testing;

import dev.discount.core.DiscountLadder;
import dev.discount.core.ResponseModel;
import dev.discount.core.ResponseScorer;
import dev.discount.core.ValueModel;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A response model with probabilities written by hand, for a host's unit tests. Immutable; scoring
 * allocates nothing.
 */
public final class StubModel implements ResponseModel {

  private final Schema schema;
  private final Curve curve;
  private final String version;
  private final @Nullable Curve values;

  private StubModel(Schema schema, Curve curve, String version, @Nullable Curve values) {
    this.schema = schema;
    this.values = values;
    this.curve = curve;
    this.version = version;
  }

  /** A probability or value of a purchase as a function of the row and the level. */
  @FunctionalInterface
  public interface Curve {

    /**
     * Returns the probability of a purchase.
     *
     * @param rows the rows being scored
     * @param row the row's index
     * @param level the level's place in the ladder
     */
    double probability(Rows rows, int row, int level);
  }

  /**
   * Returns a model that gives every row the same probabilities.
   *
   * @param schema the fields of a row
   * @param probabilities one for each level of the ladders it is asked about, each in [0, 1];
   *     copied
   */
  public static StubModel of(Schema schema, double... probabilities) {
    double[] copy = probabilities.clone();
    for (int level = 0; level < copy.length; level++) {
      if (!(copy[level] >= 0 && copy[level] <= 1)) {
        throw new IllegalArgumentException(
            "probabilities[" + level + "] must be in [0, 1], got " + copy[level]);
      }
    }
    return new StubModel(
        schema,
        (rows, row, level) -> {
          if (level >= copy.length) {
            throw new IllegalArgumentException(
                "ladder must have " + copy.length + " levels, got more");
          }
          return copy[level];
        },
        "stub",
        null);
  }

  /**
   * Returns a model that computes its probabilities.
   *
   * @param schema the fields of a row
   * @param curve the probabilities; thread-safe
   */
  public static StubModel of(Schema schema, Curve curve) {
    return new StubModel(schema, curve, "stub", null);
  }

  /** Returns the same model under another version. */
  public StubModel withVersion(String newVersion) {
    return new StubModel(schema, curve, newVersion, values);
  }

  /**
   * Returns the same model with values of purchases.
   *
   * @param newValues the value of a purchase in major units, not negative; thread-safe
   */
  public StubModel withValues(Curve newValues) {
    return new StubModel(schema, curve, version, newValues);
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public ResponseScorer newScorer(DiscountLadder ladder) {
    return new Scorer(schema, curve, ladder);
  }

  @Override
  public @Nullable ValueModel valueModel() {
    Curve stated = values;
    if (stated == null) {
      return null;
    }
    return ladder -> new Scorer(schema, stated, ladder)::scoreInto;
  }

  private record Scorer(Schema schema, Curve curve, DiscountLadder ladder)
      implements ResponseScorer {

    @Override
    public void scoreInto(Rows rows, float[] out) {
      int levels = ladder.size();
      if (!rows.schema().equals(schema)) {
        throw new IllegalArgumentException("rows must be of the model's schema");
      }
      if (out.length < rows.size() * levels) {
        throw new IllegalArgumentException(
            "out must have length >= " + rows.size() * levels + ", got " + out.length);
      }
      for (int row = 0; row < rows.size(); row++) {
        for (int level = 0; level < levels; level++) {
          out[row * levels + level] = (float) curve.probability(rows, row, level);
        }
      }
    }
  }
}
