package dev.discount.policy.value;

import dev.discount.core.DiscountLadder;
import dev.discount.core.ResponseModel;
import dev.discount.policy.Inputs;
import dev.discount.policy.Valuation;
import dev.discount.policy.Valuer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Objective} and what else a purchase is worth, in expectation over whether it is made.
 * Immutable and thread-safe; from code with {@link #builder}, from JSON with {@link
 * ExpectedValueJson}.
 *
 * <p>With purchase probability p, quantity q, net price n and unit cost c in minor units, a level's
 * terms are, in this order, those that are asked for:
 *
 * <table>
 * <caption>Terms</caption>
 * <tr><td>{@code profit}</td><td>weight · p q (n - c)</td></tr>
 * <tr><td>{@code revenue}</td><td>weight · p q n</td></tr>
 * <tr><td>{@code conversions}</td><td>weight · p</td></tr>
 * <tr><td>{@code units}</td><td>weight · p q</td></tr>
 * <tr><td>{@code basket}</td><td>(profit's weight · margin share + revenue's weight) · p max(0, v -
 * q n), where v is the model's value of a purchase at this level</td></tr>
 * <tr><td>{@code lifetime}</td><td>money · p · weight · customer's lifetime value</td></tr>
 * <tr><td>{@code returns}</td><td>-r · (the sum of the objective's own terms) - money · p r
 * (handling + (1 - resale share) q c), where r is the probability of a return</td></tr>
 * <tr><td>{@code stock}</td><td>money · p q s · (clear-out share · c) where the pressure s is
 * positive, money · p q s · (scarcity share · (list price - c)) where it is negative</td></tr>
 * <tr><td>{@code new-product}</td><td>money · p · boost · newness</td></tr>
 * <tr><td>{@code anyway}</td><td>minus the sum of all terms before it at level 0: what would have
 * come without a discount</td></tr>
 * </table>
 *
 * <p><em>Money</em> is the weight of profit, or that of revenue where profit has none.
 */
public final class ExpectedValue implements Valuation {

  private final ValueSettings settings;
  private final List<String> terms;
  private final String version;

  ExpectedValue(ValueSettings settings) {
    this.settings = settings;
    this.terms = settings.terms();
    this.version = settings.objective().code() + "-" + digest(settings.exact());
  }

  /**
   * Returns a builder.
   *
   * @param objective what is made large
   */
  public static ExpectedValueBuilder builder(Objective objective) {
    return new ExpectedValueBuilder(objective);
  }

  /** Returns what is made large. */
  public Objective objective() {
    return settings.objective();
  }

  @Override
  public Inputs inputs() {
    return settings.inputs();
  }

  @Override
  public String code() {
    return settings.objective().code();
  }

  @Override
  public String unit() {
    return settings.objective().unit();
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public List<String> terms() {
    return terms;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the schema lacks a field that is named here, or the basket
   *     is asked for and the model predicts no values
   */
  @Override
  public Valuer newValuer(ResponseModel model, DiscountLadder ladder) {
    return new TermsValuer(settings, model, ladder);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ExpectedValue that && settings.equals(that.settings);
  }

  @Override
  public int hashCode() {
    return settings.hashCode();
  }

  @Override
  public String toString() {
    return "ExpectedValue" + terms + " " + version;
  }

  private static String digest(String exact) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(exact.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 must be there, as every Java has it", e);
    }
  }
}
