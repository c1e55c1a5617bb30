#!/usr/bin/env python3
"""Standardised columns by numpy 1.24.2 (Python 3.11), for FeatureEncoderReferenceTest.

The mean and the population deviation of the present cells; numbers through sign(x)*log1p(|x|) where
stated; a flag has only its mean taken off; a missing cell is 0 and sets the indicator. Prints the
means, the deviations and the columns as Java literals.
"""
import numpy as np

assert np.__version__.startswith("1.24"), np.__version__

NAN = float("nan")
COLUMNS = {
    "plain": ([1.5, -2.25, 1e6, 0.0, 3.125, 7e-3, 12345.678, -9.75], False, False),
    "shifted": ([1e9 + v for v in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)], False, False),
    "log": ([0.0, 1.0, -3.0, 1e4, 250.0, 17.5, -1e-3, 9e5], True, False),
    "gaps": ([4.0, NAN, 5.0, 7.0, NAN, 11.0, 13.0, 2.0], False, False),
    "constant": ([0.1] * 8, False, False),
    "flag": ([0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0], False, True),
}

for name, (cells, log, flag) in COLUMNS.items():
    x = np.array(cells)
    if log:
        x = np.sign(x) * np.log1p(np.abs(x))
    present = x[~np.isnan(x)]
    mean = present.mean()
    deviation = present.std()
    scale = 1.0 if flag or np.ptp(present) == 0 else deviation
    encoded = np.where(np.isnan(x), 0, (x - mean) / scale)
    print(name, repr(float(mean)), repr(float(scale)))
    print("  {" + ", ".join(repr(float(v)) for v in encoded) + "}")
