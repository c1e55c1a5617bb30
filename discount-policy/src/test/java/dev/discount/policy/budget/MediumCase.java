package dev.discount.policy.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/** A population with several limits, and the same as a linear program for an exact solver. */
final class MediumCase {

  static final int GROUPS = 3;

  final int customers;
  final int levels;
  final float[] numbers;
  final byte[] groups;
  final List<BudgetLimit> limits = new ArrayList<>();

  /** Draws a case; every second has small whole numbers, so that ties are the rule. */
  MediumCase(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    customers = random.nextInt(GROUPS, 25);
    levels = random.nextInt(2, 5);
    numbers = new float[customers * levels * 2];
    groups = new byte[customers];
    boolean whole = seed % 2 == 0;
    double most = 0;
    for (int i = 0; i < customers; i++) {
      groups[i] = (byte) (i < GROUPS ? i : random.nextInt(GROUPS));
      for (int j = 1; j < levels; j++) {
        int at = 2 * (i * levels + j);
        numbers[at] = whole ? random.nextInt(-1, 6) : (float) (random.nextDouble() * 6 - 1);
        numbers[at + 1] = whole ? random.nextInt(1, 4) : (float) (random.nextDouble() * 3);
        most += numbers[at + 1] / (levels - 1);
      }
    }
    addLimits(random, most, random.nextInt(1, 7));
  }

  private void addLimits(SplittableRandom random, double most, int kinds) {
    limits.add(BudgetLimit.cost("cost", random.nextDouble() * most));
    if (kinds > 1) {
      limits.add(BudgetLimit.costOfGroup("group", 1, random.nextDouble() * most / 3));
    }
    if (kinds > 2) {
      limits.add(BudgetLimit.countAtMost("deepest", levels - 1, levels - 1, customers / 4.0));
    }
    if (kinds > 3) {
      limits.add(BudgetLimit.returnOnCost("return", random.nextDouble() * 3));
    }
    if (kinds > 4) {
      limits.add(BudgetLimit.countAtLeast("some", 1, levels - 1, random.nextInt(customers)));
    }
    if (kinds > 5) {
      limits.addAll(BudgetLimit.costParity("parity", 0, 2, 0.05 + random.nextDouble()));
    }
  }

  Population population() {
    return Population.of(levels, numbers).withGroups(GROUPS, groups);
  }

  /** Solves the relaxed problem by a general solver; NaN if it finds it infeasible. */
  double exact() {
    ExpressionsBasedModel model = new ExpressionsBasedModel();
    Variable[] shares = new Variable[customers * levels];
    long[] sizes = new long[GROUPS];
    for (int i = 0; i < customers; i++) {
      sizes[groups[i]]++;
      Expression one = model.newExpression("customer" + i).level(1);
      for (int j = 0; j < levels; j++) {
        int x = i * levels + j;
        shares[x] = model.newVariable("x" + x).lower(0).weight((double) numbers[2 * x]);
        one.set(shares[x], 1);
      }
    }
    LimitMatrix matrix = new LimitMatrix(population(), limits, sizes);
    for (int k = 0; k < limits.size(); k++) {
      Expression limit = model.newExpression(limits.get(k).name()).upper(limits.get(k).atMost());
      for (int x = 0; x < shares.length; x++) {
        double use = matrix.use(k, groups[x / levels], x % levels, numbers, 2 * x);
        limit.set(shares[x], use);
      }
    }
    Optimisation.Result result = model.maximise();
    return result.getState().isOptimal() ? result.getValue() : Double.NaN;
  }
}
