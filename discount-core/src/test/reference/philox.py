"""Independent values for CounterRandomReferenceTest: Philox4x32-10 after Salmon et al., SC 2011.

Python 3.11, no packages. Run: python3 philox.py
"""
import math

MASK = 0xFFFFFFFF


def block(seed, stream, index):
    counter = [index & MASK, index >> 32, stream & MASK, stream >> 32]
    key = [seed & MASK, seed >> 32]
    for _ in range(10):
        product0, product1 = 0xD2511F53 * counter[0], 0xCD9E8D57 * counter[2]
        counter = [
            (product1 >> 32) ^ counter[1] ^ key[0],
            product1 & MASK,
            (product0 >> 32) ^ counter[3] ^ key[1],
            product0 & MASK,
        ]
        key = [(key[0] + 0x9E3779B9) & MASK, (key[1] + 0xBB67AE85) & MASK]
    return counter


def bits(seed, stream, index):
    words = block(seed, stream, index)
    return words[1] << 32 | words[0], words[3] << 32 | words[2]


def below(bound, seed, stream, index):
    return bits(seed, stream, index)[0] * bound >> 64


low, high = bits(42, 7, 3)
order = list(range(8))
for i in range(7, 0, -1):
    j = below(i + 1, 42, 7, i)
    order[i], order[j] = order[j], order[i]
radius = math.sqrt(-2 * math.log(((low >> 11) + 1) * 2.0**-53))
print("unit", repr((low >> 11) * 2.0**-53))
print("unitFloat", repr((low >> 40) * 2.0**-24))
print("below(1000)", below(1000, 42, 7, 3))
print("gaussian", repr(radius * math.cos(2 * math.pi * (high >> 11) * 2.0**-53)))
print("permute", *order)
