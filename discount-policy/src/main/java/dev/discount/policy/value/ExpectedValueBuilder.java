package dev.discount.policy.value;

import org.jspecify.annotations.Nullable;

/** Builds an {@link ExpectedValue}. Confined to one thread. */
public final class ExpectedValueBuilder {

  private final Objective objective;
  private Stated quantity = Stated.constant(1);
  private ValueSettings.@Nullable Basket basket;
  private ValueSettings.@Nullable Lifetime lifetime;
  private ValueSettings.@Nullable Returns returns;
  private ValueSettings.@Nullable Stock stock;
  private ValueSettings.@Nullable NewProduct newProduct;
  private boolean incremental;

  ExpectedValueBuilder(Objective objective) {
    this.objective = objective;
  }

  /**
   * States the units of one purchase; 1 if not said.
   *
   * @param units the number, not negative
   */
  public ExpectedValueBuilder quantity(Stated units) {
    this.quantity = units.within("quantity", 0, Double.MAX_VALUE);
    return this;
  }

  /**
   * Adds the rest of the basket: what a purchase is worth beyond the item, as the model predicts.
   *
   * @param marginShare the share of the rest that is profit, in [0, 1]
   */
  public ExpectedValueBuilder basket(double marginShare) {
    this.basket = new ValueSettings.Basket(share("marginShare", marginShare));
    return this;
  }

  /**
   * Adds a share of the customer's lifetime value to a purchase.
   *
   * @param value the lifetime value in major units, not negative
   * @param weight the share, not negative
   */
  public ExpectedValueBuilder lifetime(Stated value, double weight) {
    Stated checked = value.within("lifetime", 0, Double.MAX_VALUE);
    this.lifetime = new ValueSettings.Lifetime(checked, notNegative("lifetime weight", weight));
    return this;
  }

  /**
   * Takes off what is expected to come back.
   *
   * @param probability the probability of a return, in [0, 1]
   * @param handlingMinor what a return costs, in minor units, not negative
   * @param resaleShare the share of the unit cost that returned goods are still worth, in [0, 1]
   */
  public ExpectedValueBuilder returns(Stated probability, long handlingMinor, double resaleShare) {
    this.returns =
        new ValueSettings.Returns(
            probability.within("return probability", 0, 1),
            notNegative("handlingMinor", handlingMinor),
            share("resaleShare", resaleShare));
    return this;
  }

  /**
   * Adds the pressure of stock: clearing out makes a sold unit worth more, scarcity less.
   *
   * @param pressure from -1, the last units, by 0 to 1, to be cleared out
   * @param clearOutShare the share of the unit cost that a unit left over would lose, in [0, 1]
   * @param scarcityShare the share of the full margin that a unit sold now takes from a later sale,
   *     in [0, 1]
   */
  public ExpectedValueBuilder stock(Stated pressure, double clearOutShare, double scarcityShare) {
    this.stock =
        new ValueSettings.Stock(
            pressure.within("stock pressure", -1, 1),
            share("clearOutShare", clearOutShare),
            share("scarcityShare", scarcityShare));
    return this;
  }

  /**
   * Adds a boost to purchases of what is new.
   *
   * @param newness how new the item is, in [0, 1]
   * @param boostMinor what a purchase of a wholly new item is worth more, in minor units, not
   *     negative
   */
  public ExpectedValueBuilder newProduct(Stated newness, long boostMinor) {
    this.newProduct =
        new ValueSettings.NewProduct(
            newness.within("newness", 0, 1), notNegative("boostMinor", boostMinor));
    return this;
  }

  /** Takes off what level 0 is worth, so that a value says what the discount adds. */
  public ExpectedValueBuilder incremental() {
    this.incremental = true;
    return this;
  }

  /**
   * Returns the valuation.
   *
   * @throws IllegalArgumentException if a term of money is added to an objective without money
   */
  public ExpectedValue build() {
    if (objective.money() == 0) {
      requireMoney("basket", basket);
      requireMoney("lifetime", lifetime);
      requireMoney("stock", stock);
      requireMoney("new-product", newProduct);
    }
    return new ExpectedValue(
        new ValueSettings(
            objective, quantity, basket, lifetime, returns, stock, newProduct, incremental));
  }

  private void requireMoney(String term, @Nullable Object asked) {
    if (asked != null) {
      throw new IllegalArgumentException(
          "objective must have a weight of profit or revenue for the term "
              + term
              + ", got "
              + objective.code());
    }
  }

  private static double share(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be in [0, 1], got " + value);
    }
    return value;
  }

  private static double notNegative(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be >= 0 and finite, got " + value);
    }
    return value;
  }

  private static long notNegative(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " must be >= 0, got " + value);
    }
    return value;
  }
}
