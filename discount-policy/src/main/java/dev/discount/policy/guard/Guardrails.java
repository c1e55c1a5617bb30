package dev.discount.policy.guard;

import dev.discount.core.DiscountLadder;
import dev.discount.core.Money;
import dev.discount.core.data.Schema;
import dev.discount.policy.DecisionEngine;
import dev.discount.policy.Guardrail;
import java.util.ArrayList;
import java.util.Currency;
import java.util.Iterator;
import java.util.List;

/**
 * The guardrails of an engine in the order in which they are asked, all amounts in one currency,
 * checked not to contradict each other. Immutable but for what its guardrails keep.
 */
public final class Guardrails implements Iterable<Guardrail> {

  private final Currency currency;
  private final List<Guardrail> guardrails;

  private Guardrails(Currency currency, List<Guardrail> guardrails) {
    this.currency = currency;
    this.guardrails = guardrails;
  }

  /**
   * Returns a builder.
   *
   * @param ladder the levels of the engine
   * @param currency the currency of all amounts, one that has minor units
   */
  public static Builder builder(DiscountLadder ladder, Currency currency) {
    return new Builder(ladder, new Money(0, currency).currency());
  }

  /** Returns the guardrails in their order. */
  public List<Guardrail> list() {
    return guardrails;
  }

  @Override
  public Iterator<Guardrail> iterator() {
    return guardrails.iterator();
  }

  /** Returns the currency of all amounts. */
  public Currency currency() {
    return currency;
  }

  /** Returns what the guardrails keep. */
  public GuardrailStates states() {
    return GuardrailStates.of(guardrails);
  }

  /** Adds every guardrail to an engine, in order. */
  public void addTo(DecisionEngine.Builder engine) {
    guardrails.forEach(engine::guardrail);
  }

  /**
   * Checks that a model's rows have what the guardrails read, in the same minor units.
   *
   * @param schema the fields of the model's rows
   * @throws IllegalArgumentException if not
   */
  public void checkSchema(Schema schema) {
    if (schema.minorDigits() != currency.getDefaultFractionDigits()) {
      throw new IllegalArgumentException(
          "schema must have the minor digits of "
              + currency
              + "="
              + currency.getDefaultFractionDigits()
              + ", got "
              + schema.minorDigits());
    }
    guardrails.forEach(guardrail -> guardrail.checkSchema(schema));
  }

  /**
   * Returns a text that names these rules: equal for equal guardrails in equal order, whatever they
   * keep. 16 hexadecimal digits of the SHA-256 of their descriptions.
   */
  public String version() {
    return Versions.digest(
        currency + "\n" + String.join("\n", guardrails.stream().map(String::valueOf).toList()));
  }

  /** Builds {@link Guardrails}. Confined to one thread. */
  public static final class Builder {

    private static final long LEAST_LIST_PRICE_MINOR = 1;
    private static final long LARGEST_LIST_PRICE_MINOR = 1_000_000_000L;

    private final DiscountLadder ladder;
    private final Currency currency;
    private final List<Guardrail> guardrails = new ArrayList<>();
    private long leastMinor = LEAST_LIST_PRICE_MINOR;
    private long largestMinor = LARGEST_LIST_PRICE_MINOR;

    private Builder(DiscountLadder ladder, Currency currency) {
      this.ladder = ladder;
      this.currency = currency;
    }

    /** Adds a guardrail after those before. */
    public Builder add(Guardrail guardrail) {
      guardrails.add(guardrail);
      return this;
    }

    /**
     * Adds a floor for all prices.
     *
     * @throws IllegalArgumentException if it is negative or of another currency
     */
    public Builder floorPrice(Money floor) {
      return add(FloorPrice.ofMinor(minor("floor", floor)));
    }

    /**
     * Adds a smallest margin.
     *
     * @throws IllegalArgumentException if it is negative or of another currency
     */
    public Builder minimumMargin(Money margin) {
      return add(MinimumMargin.ofAmountMinor(minor("margin", margin)));
    }

    /**
     * States between which list prices some discount must be possible: 1 and 10^9 minor units if
     * not said.
     *
     * @throws IllegalArgumentException if one is negative or of another currency, or {@code
     *     largest} is below {@code least}
     */
    public Builder listPrices(Money least, Money largest) {
      long newLeastMinor = minor("least", least);
      Limits.require("largest", minor("largest", largest), newLeastMinor, Long.MAX_VALUE);
      this.leastMinor = newLeastMinor;
      this.largestMinor = largest.minorUnits();
      return this;
    }

    private long minor(String name, Money money) {
      if (!money.currency().equals(currency)) {
        throw new IllegalArgumentException(name + " must be in " + currency + ", got " + money);
      }
      return Limits.requireNotNegative(name, money.minorUnits());
    }

    /**
     * Returns the guardrails.
     *
     * @throws IllegalArgumentException if they contradict each other or the ladder, or together
     *     close every level but 0 at every list price
     */
    public Guardrails build() {
      List<Guardrail> all = List.copyOf(guardrails);
      all.forEach(guardrail -> guardrail.checkLadder(ladder));
      Conflicts.check(all, ladder, leastMinor, largestMinor);
      return new Guardrails(currency, all);
    }
  }
}
