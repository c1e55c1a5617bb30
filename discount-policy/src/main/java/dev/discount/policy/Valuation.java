package dev.discount.policy;

import dev.discount.core.DiscountLadder;
import dev.discount.core.ResponseModel;
import java.util.List;

/**
 * What a level is worth: a sum of named terms, which policies make large and decisions report.
 * Immutable and safe for concurrent use.
 *
 * <p>The value of a level is its terms added up from the first to the last, in {@code double} and
 * in this order, so that the terms of a record give its value to the last bit. Where an engine
 * states none, the value is the expected profit: purchase probability times (net price - cost).
 */
public interface Valuation {

  /** Returns a short stable text for what is made large, such as {@code profit}. */
  String code();

  /** Returns the unit of a value: {@code minor-units}, {@code purchases}, {@code units}. */
  String unit();

  /** Returns a short text that names this valuation's exact settings, for logs. */
  String version();

  /** Returns the terms' names, in the order in which they are added; at least one, distinct. */
  List<String> terms();

  /**
   * Returns what computes the terms, confined to one thread at a time.
   *
   * @param model the model whose probabilities are valued
   * @param ladder the levels
   * @throws IllegalArgumentException if a term needs what the model or the ladder does not have
   */
  Valuer newValuer(ResponseModel model, DiscountLadder ladder);

  /** Returns the valuation by expected profit alone, in minor units. */
  static Valuation expectedProfit() {
    return ProfitAlone.INSTANCE;
  }

  /**
   * Returns what this looks at, so that decisions can say which kinds of fields could have moved
   * them; everything, if it does not say.
   */
  default Inputs inputs() {
    return Inputs.anything();
  }
}
