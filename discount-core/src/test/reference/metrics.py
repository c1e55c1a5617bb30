#!/usr/bin/env python3
"""Writes the rows and the values that MetricReferenceTest compares with: scikit-learn 1.2.1 and
numpy 1.24.2 on Python 3.11, plain Python where scikit-learn has no such metric.

    metrics.py FOLDER    writes metric-rows.csv and metric-values.csv
"""
import csv
import os
import sys
from fractions import Fraction

import numpy as np
from sklearn import metrics

BINS = 15


def rows():
    random = np.random.default_rng(20260101)
    count = 997
    level = random.integers(0, 4, count)
    probability = random.beta(1.3, 2.5, count)
    # Ties within and across levels, and both ends of the range.
    probability[::3] = np.round(probability[::3], 1)
    probability[:4] = [0, 1, 0, 1]
    probability = probability.astype(np.float32)
    outcome = (random.random(count) < 0.15 + 0.7 * probability).astype(int)
    weight = random.gamma(2.0, 1.0, count).astype(np.float32)
    weight[5:9] = 0
    value = np.round(random.lognormal(3, 1, count), 2)
    return probability, outcome, weight, level, value


def calibration_error(probability, outcome, level):
    total = Fraction(0)
    for one in sorted(set(level)):
        pairs = [(Fraction(float(p)), int(y))
                 for p, y, l in zip(probability, outcome, level) if l == one]
        tied = {}
        for p, y in pairs:
            tied.setdefault(p, []).append(y)
        places = []
        for p in sorted(tied):
            mean = Fraction(sum(tied[p]), len(tied[p]))
            places += [(p, mean)] * len(tied[p])
        n = len(places)
        for b in range(BINS):
            inside = places[b * n // BINS:(b + 1) * n // BINS]
            if inside:
                predicted = sum(p for p, _ in inside) / len(inside)
                observed = sum(y for _, y in inside) / len(inside)
                total += len(inside) * abs(predicted - observed)
    return float(total / len(probability))


def values(p, y, w, level, value):
    p = p.astype(np.float64)
    w = w.astype(np.float64)
    cut = (p >= 0.5).astype(int)
    result = {}
    for name, function in {
        "Accuracy": metrics.accuracy_score,
        "Precision": metrics.precision_score,
        "Recall": metrics.recall_score,
        "F1": metrics.f1_score,
    }.items():
        result[name] = function(y, cut)
        result[name + ".weighted"] = function(y, cut, sample_weight=w)
    for name, function in {
        "AreaUnderRoc": metrics.roc_auc_score,
        "LogLoss": metrics.log_loss,
        "BrierScore": metrics.brier_score_loss,
    }.items():
        result[name] = function(y, p)
        result[name + ".weighted"] = function(y, p, sample_weight=w)
    result["ExpectedCalibrationError"] = calibration_error(p, y, np.zeros_like(level))
    result["ExpectedCalibrationError.levels"] = calibration_error(p, y, level)
    result["ConversionRate"] = np.mean(y)
    result["ConversionRate.weighted"] = np.average(y, weights=w)
    result["AverageOrderValue"] = np.mean(value[y == 1])
    items = np.rint(100 * value).astype(int) % 700
    result["CatalogueCoverage"] = len(set(items)) / 700
    return result


if __name__ == "__main__":
    columns = rows()
    with open(os.path.join(sys.argv[1], "metric-rows.csv"), "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["probability", "outcome", "weight", "level", "value"])
        writer.writerows(zip(*columns))
    with open(os.path.join(sys.argv[1], "metric-values.csv"), "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for name, number in sorted(values(*columns).items()):
            writer.writerow([name, repr(float(number))])
