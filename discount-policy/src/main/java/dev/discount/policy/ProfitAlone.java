package dev.discount.policy;

import dev.discount.core.DiscountLadder;
import dev.discount.core.ResponseModel;
import java.util.List;

/** The valuation of an engine that states none: expected profit. Stateless. */
final class ProfitAlone implements Valuation, Valuer {

  static final ProfitAlone INSTANCE = new ProfitAlone();

  private static final String PROFIT = "profit";

  private ProfitAlone() {}

  @Override
  public Inputs inputs() {
    return Inputs.ofCurve();
  }

  @Override
  public String code() {
    return PROFIT;
  }

  @Override
  public String unit() {
    return "minor-units";
  }

  @Override
  public String version() {
    return PROFIT;
  }

  @Override
  public List<String> terms() {
    return List.of(PROFIT);
  }

  @Override
  public Valuer newValuer(ResponseModel model, DiscountLadder ladder) {
    return this;
  }

  @Override
  public void termsInto(DecisionContext context, double[] out) {
    for (int level = 0; level < out.length; level++) {
      out[level] = context.expectedProfitMinor(level);
    }
  }
}
