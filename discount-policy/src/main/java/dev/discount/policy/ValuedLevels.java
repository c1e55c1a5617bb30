package dev.discount.policy;

import dev.discount.core.DiscountLadder;
import dev.discount.core.ResponseModel;
import dev.discount.core.data.Rows;
import java.util.HashSet;
import java.util.List;

/** Lets a valuation value the levels of a context and checks its answer. Confined to a thread. */
final class ValuedLevels {

  private final Valuation valuation;
  private final Valuer valuer;
  private final int terms;

  ValuedLevels(Valuation valuation, ResponseModel model, DiscountLadder ladder) {
    this.valuation = valuation;
    this.valuer = valuation.newValuer(model, ladder);
    this.terms = valuation.terms().size();
  }

  /**
   * Checks that a valuation has terms and can value a model's curve on a ladder.
   *
   * @throws IllegalArgumentException if not
   */
  static void check(Valuation valuation, ResponseModel model, DiscountLadder ladder) {
    List<String> terms = valuation.terms();
    if (terms.isEmpty() || new HashSet<>(terms).size() < terms.size()) {
      throw new IllegalArgumentException(
          "valuation must have terms of distinct names, got " + terms);
    }
    valuation.newValuer(model, ladder);
  }

  /** Prepares the rows of a batch. */
  void prepare(Rows rows) {
    valuer.prepare(rows);
  }

  /** Fills the terms and the value of every level. */
  void fill(DecisionContext context) {
    double[] out = context.termsFor(terms);
    valuer.termsInto(context, out);
    double[] values = context.values();
    for (int level = 0; level < values.length; level++) {
      int at = level * terms;
      double value = out[at];
      for (int t = 1; t < terms; t++) {
        value += out[at + t];
      }
      if (!(Math.abs(value) < Double.POSITIVE_INFINITY)) {
        throw notFinite(level, value);
      }
      values[level] = value;
    }
  }

  private IllegalStateException notFinite(int level, double value) {
    return new IllegalStateException(
        "valuation "
            + valuation.version()
            + " must give finite values, got "
            + value
            + " at level "
            + level);
  }
}
