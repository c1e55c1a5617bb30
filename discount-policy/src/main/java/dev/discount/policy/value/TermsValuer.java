package dev.discount.policy.value;

import dev.discount.core.DiscountLadder;
import dev.discount.core.ResponseModel;
import dev.discount.core.ValueModel;
import dev.discount.core.ValueScorer;
import dev.discount.core.data.Rows;
import dev.discount.core.data.Schema;
import dev.discount.policy.DecisionContext;
import dev.discount.policy.Valuer;
import org.jspecify.annotations.Nullable;

/** Computes the terms of an {@link ExpectedValue}. Confined to one thread at a time. */
final class TermsValuer implements Valuer {

  private final ValueSettings settings;
  private final Objective objective;
  private final int terms;
  private final int levels;
  private final int ownTerms;
  private final double minorPerMajor;
  private final Stated.Bound quantity;
  private final Stated.@Nullable Bound lifetime;
  private final Stated.@Nullable Bound returns;
  private final Stated.@Nullable Bound pressure;
  private final Stated.@Nullable Bound newness;
  private final @Nullable ValueScorer baskets;
  private float[] basketMajor = new float[0];

  TermsValuer(ValueSettings settings, ResponseModel model, DiscountLadder ladder) {
    this.settings = settings;
    this.objective = settings.objective();
    this.terms = settings.terms().size();
    this.levels = ladder.size();
    this.ownTerms =
        Math.toIntExact(
            settings.terms().stream()
                .filter(
                    term ->
                        switch (term) {
                          case "profit", "revenue", "conversions", "units" -> true;
                          default -> false;
                        })
                .count());
    Schema schema = model.schema();
    this.minorPerMajor = StrictMath.pow(10, schema.minorDigits());
    this.quantity = settings.quantity().bind("quantity", schema, 0, Double.MAX_VALUE);
    ValueSettings.Lifetime life = settings.lifetime();
    this.lifetime =
        life == null ? null : life.value().bind("lifetime", schema, 0, Double.MAX_VALUE);
    ValueSettings.Returns back = settings.returns();
    this.returns =
        back == null ? null : back.probability().bind("return probability", schema, 0, 1);
    ValueSettings.Stock stock = settings.stock();
    this.pressure = stock == null ? null : stock.pressure().bind("stock pressure", schema, -1, 1);
    ValueSettings.NewProduct fresh = settings.newProduct();
    this.newness = fresh == null ? null : fresh.newness().bind("newness", schema, 0, 1);
    this.baskets = settings.basket() == null ? null : scorer(model, ladder);
  }

  private static ValueScorer scorer(ResponseModel model, DiscountLadder ladder) {
    ValueModel values = model.valueModel();
    if (values == null) {
      throw new IllegalArgumentException(
          "basket must have a model that predicts values, got model "
              + model.version()
              + " without");
    }
    return values.newValueScorer(ladder);
  }

  @Override
  public void prepare(Rows rows) {
    if (baskets != null) {
      if (basketMajor.length < rows.size() * levels) {
        basketMajor = new float[rows.size() * levels];
      }
      baskets.scoreInto(rows, basketMajor);
    }
  }

  @Override
  public void termsInto(DecisionContext context, double[] out) {
    double units = quantity.at(context.rows(), context.row());
    objectiveInto(context, units, out);
    int t = ownTerms;
    if (settings.basket() != null) {
      basketInto(context, units, settings.basket(), t++, out);
    }
    if (lifetime != null && settings.lifetime() != null) {
      double worth = lifetime.at(context.rows(), context.row()) * minorPerMajor;
      perPurchaseInto(context, worth * settings.lifetime().weight(), t++, out);
    }
    if (returns != null && settings.returns() != null) {
      returnsInto(context, units, settings.returns(), t++, out);
    }
    if (pressure != null && settings.stock() != null) {
      double unit = stockMinor(context, pressure.at(context.rows(), context.row()));
      perPurchaseInto(context, units * unit, t++, out);
    }
    if (newness != null && settings.newProduct() != null) {
      double share = newness.at(context.rows(), context.row());
      perPurchaseInto(context, share * settings.newProduct().boostMinor(), t++, out);
    }
    if (settings.incremental()) {
      anywayInto(t, out);
    }
  }

  private void objectiveInto(DecisionContext context, double units, double[] out) {
    for (int level = 0; level < levels; level++) {
      double p = context.purchaseProbability(level);
      int at = level * terms;
      if (objective.profit() > 0) {
        long marginMinor = context.netPriceMinor(level) - context.unitCostMinor();
        out[at++] = objective.profit() * (p * marginMinor * units);
      }
      if (objective.revenue() > 0) {
        out[at++] = objective.revenue() * (p * context.netPriceMinor(level) * units);
      }
      if (objective.conversions() > 0) {
        out[at++] = objective.conversions() * p;
      }
      if (objective.units() > 0) {
        out[at] = objective.units() * (p * units);
      }
    }
  }

  private void basketInto(
      DecisionContext context, double units, ValueSettings.Basket basket, int t, double[] out) {
    double weight = objective.profit() * basket.marginShare() + objective.revenue();
    int row = context.row() * levels;
    for (int level = 0; level < levels; level++) {
      double major = basketMajor[row + level];
      if (!(major >= 0 && major < Double.POSITIVE_INFINITY)) {
        throw new IllegalStateException(
            "model must give values >= 0 and finite, got " + major + " at level " + level);
      }
      double restMinor = Math.max(0, major * minorPerMajor - units * context.netPriceMinor(level));
      out[level * terms + t] = weight * (context.purchaseProbability(level) * restMinor);
    }
  }

  private void perPurchaseInto(DecisionContext context, double minor, int t, double[] out) {
    for (int level = 0; level < levels; level++) {
      out[level * terms + t] = objective.money() * (context.purchaseProbability(level) * minor);
    }
  }

  private void returnsInto(
      DecisionContext context, double units, ValueSettings.Returns back, int t, double[] out) {
    double r = returns == null ? 0 : returns.at(context.rows(), context.row());
    double lostMinor =
        back.handlingMinor() + (1 - back.resaleShare()) * units * context.unitCostMinor();
    for (int level = 0; level < levels; level++) {
      double own = out[level * terms];
      for (int i = 1; i < ownTerms; i++) {
        own += out[level * terms + i];
      }
      double cost = objective.money() * (context.purchaseProbability(level) * lostMinor);
      out[level * terms + t] = -r * (own + cost);
    }
  }

  private double stockMinor(DecisionContext context, double s) {
    ValueSettings.Stock stock = settings.stock();
    if (stock == null) {
      return 0;
    }
    return s >= 0
        ? s * stock.clearOutShare() * context.unitCostMinor()
        : s * stock.scarcityShare() * (context.listPriceMinor() - context.unitCostMinor());
  }

  private void anywayInto(int t, double[] out) {
    double none = out[0];
    for (int i = 1; i < t; i++) {
      none += out[i];
    }
    for (int level = 0; level < levels; level++) {
      out[level * terms + t] = -none;
    }
  }
}
