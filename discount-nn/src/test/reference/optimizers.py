#!/usr/bin/env python3
"""Three steps of SGD with momentum, Adam and AdamW, dense and on lazy embedding rows, in float64.

Written from the papers' update rules, not from the library:
  Adam   D. P. Kingma, J. Ba, ICLR 2015, algorithm 1, with the L2 penalty in the gradient
  AdamW  I. Loshchilov, F. Hutter, ICLR 2019, algorithm 2
Values in OptimizerReferenceTest: Python 3.11, numpy 2.4.
"""
import numpy as np

np.set_printoptions(precision=12)
W = np.array([0.5, -1.25, 2.0, 0.03])
G = [
    np.array([0.1, -0.2, 0.3, 0.0]),
    np.array([-0.4, 0.05, 0.25, 1e-3]),
    np.array([0.2, 0.1, -0.6, -2e-3]),
]


def sgd(w, v, g, rate, momentum, l2):
    v = momentum * v + (g + l2 * w)
    return w - rate * v, v


def adam(w, m, v, g, t, rate, l2=0.0, decay=0.0, b1=0.9, b2=0.999, eps=1e-8):
    g = g + l2 * w
    m = b1 * m + (1 - b1) * g
    v = b2 * v + (1 - b2) * g * g
    mhat = m / (1 - b1**t)
    vhat = v / (1 - b2**t)
    return w - rate * decay * w - rate * mhat / (np.sqrt(vhat) + eps), m, v


def show(name, w):
    print(name, ", ".join(repr(float(x)) for x in np.ravel(w)))


w, v = W.copy(), np.zeros(4)
for i, g in enumerate(G):
    w, v = sgd(w, v, g, 0.1, 0.9, 0.01)
    show(f"sgd {i + 1}:", w)
for name, l2, decay in (("adam", 0.01, 0.0), ("adamw", 0.0, 0.05)):
    w, m, v = W.copy(), np.zeros(4), np.zeros(4)
    for i, g in enumerate(G):
        w, m, v = adam(w, m, v, g, i + 1, 0.01, l2, decay)
        show(f"{name} {i + 1}:", w)

# A table of four rows of width 2. Batches read rows [2, 1, 2], [1, 1], [3, 2]; the gradient of
# batch row i is the i-th pair. Only rows that are read move, t counts every step.
T = np.array([[0.0, 0.0], [0.4, -0.3], [-0.2, 0.1], [1.0, -1.0]])
BATCHES = [
    ([2, 1, 2], [[0.1, 0.2], [0.3, -0.1], [0.05, -0.25]]),
    ([1, 1], [[0.2, 0.1], [0.1, 0.3]]),
    ([3, 2], [[-0.5, 0.4], [0.3, 0.3]]),
]
for name, l2, decay in (("lazy adam", 0.01, 0.0), ("lazy adamw", 0.0, 0.05)):
    t_, m, v = T.copy(), np.zeros_like(T), np.zeros_like(T)
    for step, (rows, grads) in enumerate(BATCHES):
        for r in sorted(set(rows)):
            g = sum(np.array(g) for row, g in zip(rows, grads) if row == r)
            t_[r], m[r], v[r] = adam(t_[r], m[r], v[r], g, step + 1, 0.01, l2, decay)
        show(f"{name} {step + 1}:", t_)
t_, v = T.copy(), np.zeros_like(T)
for step, (rows, grads) in enumerate(BATCHES):
    for r in sorted(set(rows)):
        g = sum(np.array(g) for row, g in zip(rows, grads) if row == r)
        t_[r], v[r] = sgd(t_[r], v[r], g, 0.1, 0.9, 0.01)
    show(f"lazy sgd {step + 1}:", t_)
