package dev.discount.policy.value;

import dev.discount.policy.Inputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * All that an {@link ExpectedValue} is made of. Immutable.
 *
 * @param objective what is made large
 * @param quantity the units of one purchase
 * @param basket the rest of the basket, or null
 * @param lifetime the customer's lifetime value, or null
 * @param returns what comes back, or null
 * @param stock the pressure of stock, or null
 * @param newProduct the boost of what is new, or null
 * @param incremental whether level 0's worth is taken off
 */
record ValueSettings(
    Objective objective,
    Stated quantity,
    @Nullable Basket basket,
    @Nullable Lifetime lifetime,
    @Nullable Returns returns,
    @Nullable Stock stock,
    @Nullable NewProduct newProduct,
    boolean incremental) {

  /** Which share of the rest of the basket is margin. */
  record Basket(double marginShare) {}

  /** Which share of a customer's lifetime value, in major units, a purchase is worth. */
  record Lifetime(Stated value, double weight) {}

  /** How often a purchase comes back, what that costs, and what share of the cost is recovered. */
  record Returns(Stated probability, long handlingMinor, double resaleShare) {}

  /** Stock's pressure in [-1, 1] and what it makes a unit worth. */
  record Stock(Stated pressure, double clearOutShare, double scarcityShare) {}

  /** How new an item is, in [0, 1], and what that makes a purchase worth. */
  record NewProduct(Stated newness, long boostMinor) {}

  /** Returns the names of the terms, in order. */
  List<String> terms() {
    List<String> names = new ArrayList<>();
    add(names, "profit", objective.profit() > 0);
    add(names, "revenue", objective.revenue() > 0);
    add(names, "conversions", objective.conversions() > 0);
    add(names, "units", objective.units() > 0);
    add(names, "basket", basket != null);
    add(names, "lifetime", lifetime != null);
    add(names, "returns", returns != null);
    add(names, "stock", stock != null);
    add(names, "new-product", newProduct != null);
    add(names, "anyway", incremental);
    return List.copyOf(names);
  }

  /** Returns what the terms look at: the curve and the fields they name. */
  Inputs inputs() {
    Inputs inputs = Inputs.ofCurve().and(quantity.inputs());
    if (lifetime != null) {
      inputs = inputs.and(lifetime.value.inputs());
    }
    if (returns != null) {
      inputs = inputs.and(returns.probability.inputs());
    }
    if (stock != null) {
      inputs = inputs.and(stock.pressure.inputs());
    }
    return newProduct == null ? inputs : inputs.and(newProduct.newness.inputs());
  }

  private static void add(List<String> names, String name, boolean asked) {
    if (asked) {
      names.add(name);
    }
  }

  /** Returns every setting as exact text, the same on every JDK. */
  String exact() {
    StringBuilder text = new StringBuilder(objective.exact()).append('|').append(quantity.exact());
    if (basket != null) {
      text.append("|basket ").append(hex(basket.marginShare));
    }
    if (lifetime != null) {
      text.append("|lifetime ").append(lifetime.value.exact()).append(hex(lifetime.weight));
    }
    if (returns != null) {
      text.append("|returns ").append(returns.probability.exact());
      text.append(' ').append(returns.handlingMinor).append(hex(returns.resaleShare));
    }
    if (stock != null) {
      text.append("|stock ").append(stock.pressure.exact());
      text.append(hex(stock.clearOutShare)).append(hex(stock.scarcityShare));
    }
    if (newProduct != null) {
      text.append("|new ").append(newProduct.newness.exact());
      text.append(' ').append(newProduct.boostMinor);
    }
    return text.append(incremental ? "|anyway" : "").toString();
  }

  private static String hex(double value) {
    return String.format(Locale.ROOT, " %a", value);
  }
}
