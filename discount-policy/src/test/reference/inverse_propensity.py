#!/usr/bin/env python3
"""Expected values of InversePropensityReferenceTest.

Python 3.11.2, NumPy 1.24.2. With the path of dvd.csv.gz (the dvd instant coupon data) as argument
also the figures of InversePropensityDvdReferenceTest.
"""
import csv
import gzip
import sys

import numpy as np

N, LEVELS = 200, 4
i = np.arange(N)
levels = (7 * i * i + 3 * i + i // 5) % LEVELS
propensities = 0.1 + 0.05 * ((13 * i) % 7)
rewards = ((37 * i) % 11 - 3) * 1.25


def distribution(step):
    d = np.array([[(5 * row + step * level) % 6 + 1 for level in range(LEVELS)] for row in range(N)],
                 dtype=float)
    return d / d.sum(axis=1, keepdims=True)


def values(levels, propensities, rewards, pi):
    w = pi[np.arange(len(levels)), levels] / propensities
    x = w * rewards
    v = x.sum() / w.sum()
    return {
        'value': x.mean(), 'se': x.std(ddof=1) / np.sqrt(len(x)),
        'self-normalised': v, 'its se': np.sqrt(((w * (rewards - v)) ** 2).sum()) / w.sum(),
        'ess': w.sum() ** 2 / (w ** 2).sum(), 'largest': w.max(), 'matched': (w > 0).mean()}


def difference(levels, propensities, rewards, pi, other):
    rows = np.arange(len(levels))
    x = (pi[rows, levels] - other[rows, levels]) / propensities * rewards
    return x.mean(), x.std(ddof=1) / np.sqrt(len(x))


a, b = distribution(3), distribution(2)
print(np.bincount(levels))
for name, value in values(levels, propensities, rewards, a).items():
    print(name, repr(float(value)))
print('difference', [repr(float(x)) for x in difference(levels, propensities, rewards, a, b)])

if len(sys.argv) > 1:
    with gzip.open(sys.argv[1], 'rt') as f:
        rows = list(csv.DictReader(f))
    coupon = np.array([int(r['coupon']) for r in rows])
    buy = np.array([r['buy'] == 'yes' for r in rows], dtype=float)
    last = np.array([int(r['last']) for r in rows])
    training = np.array([r['training'] == '1' for r in rows])
    shares = np.bincount(coupon[training], minlength=6) / training.sum()
    t, y, z = coupon[~training], buy[~training] * (6 - coupon[~training]), last[~training]
    print('rows', len(t), 'shares', shares.tolist())

    def flat(level):
        pi = np.zeros((len(t), 6))
        pi[:, level] = 1
        return pi

    for level in range(1, 6):
        r = values(t, shares[t], y, flat(level))
        print(level, {k: repr(float(v)) for k, v in r.items()})
    # A rule by hand: $3 to whoever bought less than 15 days ago, $4 to the others.
    rule = np.where((z < 15)[:, None], flat(3), flat(4))
    print('rule', {k: repr(float(v)) for k, v in values(t, shares[t], y, rule).items()})
    print('rule - $4', [repr(float(x)) for x in difference(t, shares[t], y, rule, flat(4))])
