package dev.discount.policy.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A population small enough that every assignment of levels can be listed. */
final class SmallCase {

  final int customers;
  final int levels;
  final float[] numbers;
  final double budget;

  /**
   * Draws a case: small whole numbers, so that ties, collinear levels and exact fits are common.
   */
  SmallCase(SplittableRandom random) {
    customers = random.nextInt(1, 5);
    levels = random.nextInt(1, 5);
    numbers = new float[customers * levels * 2];
    int range = random.nextInt(1, 9);
    boolean signed = random.nextBoolean();
    for (int i = 0; i < customers * levels; i++) {
      numbers[2 * i] = random.nextInt(signed ? -range : 0, range + 1);
      numbers[2 * i + 1] = random.nextInt(signed ? -range : 0, range + 1);
      boolean first = i % levels == 0;
      if (!first && random.nextInt(10) == 0) {
        numbers[2 * i] = Float.NEGATIVE_INFINITY;
      }
    }
    budget = random.nextInt(signed ? -4 * range : 0, 6 * range + 1) / 2.0;
  }

  Population population() {
    return Population.of(levels, numbers);
  }

  /** Returns cost and value of every assignment of open levels. */
  List<double[]> assignments() {
    List<double[]> all = new ArrayList<>();
    all.add(new double[2]);
    for (int i = 0; i < customers; i++) {
      List<double[]> longer = new ArrayList<>();
      for (double[] sum : all) {
        for (int at = i * levels; at < (i + 1) * levels; at++) {
          if (numbers[2 * at] != Float.NEGATIVE_INFINITY) {
            longer.add(new double[] {sum[0] + numbers[2 * at + 1], sum[1] + numbers[2 * at]});
          }
        }
      }
      all = longer;
    }
    return all;
  }

  /** Returns the largest value of an assignment within the budget, NaN if there is none. */
  static double best(List<double[]> assignments, double budget) {
    double best = Double.NaN;
    for (double[] a : assignments) {
      if (a[0] <= budget && !(a[1] <= best)) {
        best = a[1];
      }
    }
    return best;
  }

  /**
   * Returns the largest value of a mixture of two assignments within the budget, which is that of
   * the relaxed problem: the hull of a sum of sets is the sum of their hulls.
   */
  static double relaxedBest(List<double[]> assignments, double budget) {
    double best = best(assignments, budget);
    for (double[] cheap : assignments) {
      for (double[] dear : assignments) {
        if (cheap[0] <= budget && dear[0] > budget) {
          double share = (budget - cheap[0]) / (dear[0] - cheap[0]);
          best = Math.max(best, cheap[1] + share * (dear[1] - cheap[1]));
        }
      }
    }
    return best;
  }
}
