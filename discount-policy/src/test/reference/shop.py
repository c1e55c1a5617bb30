#!/usr/bin/env python3
"""Recomputes some visits of a simulated shop from its description, independently of the Java code.

Python 3.11.2, standard library only. Prints the expected values of ShopReferenceTest:
the shop of ShopConfig(50, 20, 7, 40, 30) with seed 42, its log rows 0, 1, 17 and 39 and the first
known and new customers. The generator is Philox4x32-10 (Salmon et al., SC 2011) with key = seed and
counter = (index, stream); normal deviates are Box and Muller's, radius from words 0 and 1, angle
from words 2 and 3.
"""
import math

SEED = 42
CUSTOMERS, NEW, ITEMS, ROWS, DAYS = 50, 20, 7, 40, 30
MASK = 0xFFFFFFFF
(DIRECTION, CUSTOMER, ITEM, PRICE, MARGIN, V_CUSTOMER, V_ITEM, V_NOISE, V_TIME, OFFER, PURCHASE,
 BASKET) = range(1, 13)


def words(stream, index):
    k0, k1 = SEED & MASK, SEED >> 32 & MASK
    c = [index & MASK, index >> 32 & MASK, stream & MASK, stream >> 32 & MASK]
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [p1 >> 32 ^ c[1] ^ k0, p1 & MASK, p0 >> 32 ^ c[3] ^ k1, p0 & MASK]
        k0, k1 = k0 + 0x9E3779B9 & MASK, k1 + 0xBB67AE85 & MASK
    return c


def unit(stream, index):
    w = words(stream, index)
    return ((w[0] | w[1] << 32) >> 11) / 2 ** 53


def below(bound, stream, index):
    w = words(stream, index)
    return (w[0] | w[1] << 32) * bound >> 64


def gaussian(stream, index):
    w = words(stream, index)
    radius = (((w[0] | w[1] << 32) >> 11) + 1) / 2 ** 53
    angle = ((w[2] | w[3] << 32) >> 11) / 2 ** 53
    return math.sqrt(-2 * math.log(radius)) * math.cos(2 * math.pi * angle)


def unit_vector(v):
    length = math.sqrt(sum(a * a for a in v))
    return [a / length for a in v]


def dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def direction(which):
    return unit_vector([gaussian(DIRECTION, which * 12 + i) for i in range(12)])


alpha, beta, gamma, rho = (direction(k) for k in range(4))
along = dot(rho, beta)
rho = unit_vector([r - along * b for r, b in zip(rho, beta)])
delta = [-0.6 * b + 0.8 * r for b, r in zip(beta, rho)]


def standard_class(stream, index, classes):
    return (below(classes, stream, index) - (classes - 1) / 2) / math.sqrt((classes ** 2 - 1) / 12)


def customer_traits(c):
    at = [c * 9 + i for i in range(9)]
    return ([gaussian(CUSTOMER, i) for i in at[:5]]
            + [standard_class(CUSTOMER, at[5], 6), standard_class(CUSTOMER, at[6], 2),
               standard_class(CUSTOMER, at[7], 2), gaussian(CUSTOMER, at[8])])


def item_traits(k):
    return [gaussian(ITEM, k * 3), gaussian(ITEM, k * 3 + 1), standard_class(ITEM, k * 3 + 2, 8)]


def prices(k):
    price = math.floor(100 * math.exp(4.6 + 0.5 * gaussian(PRICE, k)) + 0.5)
    margin = 0.25 + 0.2 * unit(MARGIN, k)
    return price, math.floor(price * (1 - margin) + 0.5)


def truth(c, k):
    x = customer_traits(c) + item_traits(k)
    probabilities, baskets = [], []
    for level in range(8):
        dose = 0.02 * level / 0.14
        logit = -2.4 + 0.6 * dot(alpha, x) + (0.6 + 0.4 * dot(beta, x)) * dose
        probabilities.append(1 / (1 + math.exp(-logit)))
        log = 6.0 + 0.3 * dot(gamma, x) + (-0.05 + 0.25 * dot(delta, x)) * dose
        baskets.append(math.exp(log + 0.8 ** 2 / 2))
    return x, probabilities, baskets


def log_row(i):
    c, k = below(CUSTOMERS, V_CUSTOMER, i), below(ITEMS, V_ITEM, i)
    x, probabilities, baskets = truth(c, k)
    weights = [math.exp(1.5 * x[4] * (level / 7 - 0.5)) for level in range(8)]
    millionths = [math.floor(1e6 * (0.5 / 8 + 0.5 * w / sum(weights)) + 0.5) for w in weights]
    millionths[0] = 1_000_000 - sum(millionths[1:])
    place, level = below(1_000_000, OFFER, i), 0
    while place >= sum(millionths[:level + 1]):
        level += 1
    bought = unit(PURCHASE, i) < probabilities[level]
    log = math.log(baskets[level]) - 0.32 + 0.8 * gaussian(BASKET, i)
    basket = math.floor(100 * math.exp(log) + 0.5) if bought else 0
    return c, k, level, millionths[level], bought, basket, probabilities, baskets


def population(first, available, block):
    order = list(range(available))
    for i in range(available - 1, 0, -1):
        j = below(i + 1, V_CUSTOMER + (block << 8), i)
        order[i], order[j] = order[j], order[i]
    c = first + order[0]
    k = below(ITEMS, V_ITEM, block << 32)
    return c, k, truth(c, k)[1]


for i in (0, 1, 17, 39):
    c, k, level, millionths, bought, basket, p, b = log_row(i)
    print(f'row({i}, {c + 1}, "{k + 1}", {prices(k)[0]}, {prices(k)[1]}, {level}, '
          f'{millionths / 1e6}, {str(bought).lower()}, {basket}, {p[0]!r}, {p[7]!r}, {b[0]!r}, {b[7]!r});')
for first, available, block in ((0, CUSTOMERS, 1), (CUSTOMERS, NEW, 2)):
    c, k, p = population(first, available, block)
    print(f'visit({c + 1}, "{k + 1}", {p[0]!r}, {p[3]!r}, {p[7]!r});')
print('first purchase rows:', [i for i in range(ROWS) if log_row(i)[4]])
