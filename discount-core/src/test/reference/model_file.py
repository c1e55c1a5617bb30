#!/usr/bin/env python3
"""Writes and reads a model file without the library: struct, json and hashlib of Python 3.11, and
numpy 1.24 for the tensors.

    model_file.py write FILE    writes the file that ModelFileReferenceTest expects byte for byte
    model_file.py check FILE    checks any model file and prints its entries
"""
import hashlib
import json
import struct
import sys

import numpy as np

DIGITS = 64
PREFIX = b'{"__metadata__":{"sha256":"'
TYPES = {"F64": "<f8", "I64": "<i8", "F32": "<f4", "I32": "<i4", "BF16": "<u2", "U8": "u1"}


def code_points(text):
    return text.encode("utf-8")


def encode(metadata, tensors):
    names = sorted(tensors, key=lambda n: (list(TYPES).index(tensors[n][0]), code_points(n)))
    entries = {"sha256": "0" * DIGITS, "format": "discount-model/1"}
    for key in sorted(metadata, key=code_points):
        entries[key] = metadata[key]
    header = {"__metadata__": entries}
    data = b""
    for name in names:
        dtype, array = tensors[name]
        raw = np.asarray(array).astype(TYPES[dtype]).tobytes()
        header[name] = {
            "dtype": dtype,
            "shape": list(np.shape(array)),
            "data_offsets": [len(data), len(data) + len(raw)],
        }
        data += raw
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    text += b" " * (-(len(text) + 8) % 64)
    zeroed = struct.pack("<Q", len(text)) + text + data
    digest = hashlib.sha256(zeroed).hexdigest().encode("ascii")
    at = 8 + len(PREFIX)
    return zeroed[:at] + digest + zeroed[at + DIGITS:]


def unique(pairs):
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("duplicate key")
    return dict(pairs)


def decode(raw):
    (length,) = struct.unpack("<Q", raw[:8])
    text, data = raw[8:8 + length], raw[8 + length:]
    assert text.startswith(PREFIX)
    header = json.loads(text.decode("utf-8"), object_pairs_hook=unique)
    at = 8 + len(PREFIX)
    zeroed = raw[:at] + b"0" * DIGITS + raw[at + DIGITS:]
    metadata = header.pop("__metadata__")
    assert hashlib.sha256(zeroed).hexdigest() == metadata["sha256"]
    tensors = {}
    end = 0
    for name, entry in sorted(header.items(), key=lambda e: e[1]["data_offsets"]):
        begin, stop = entry["data_offsets"]
        assert begin == end, name
        array = np.frombuffer(data[begin:stop], TYPES[entry["dtype"]])
        tensors[name] = (entry["dtype"], array.reshape(entry["shape"]))
        end = stop
    assert end == len(data)
    return metadata, tensors


def example():
    floats = np.array([1.5, -0.0, np.inf, 1e-45, 3.4028235e38, 0.1], "<f4")
    floats = floats.reshape(2, 3)
    odd = np.array([0x7FC12345, 0xFF800001], "<u4").view("<f4")
    metadata = {
        "schema": '{"fields":["a\\b","c\td"]}\n\u0001\u007f',
        "empty": "",
        "\uff21 key": "after the basic plane ends: \U0001f6d2",
        "\U0001f6d2": "code points, not UTF-16, give the order",
    }
    tensors = {
        "weights": ("F32", floats),
        "weights.nan": ("F32", odd),
        "scalar": ("F32", np.float32(0.25)),
        "none": ("F32", np.zeros((0, 4), "<f4")),
        "means": ("F64", np.array([0.1, -1e-320, 1e300])),
        "ids": ("I64", np.array([[-2**63], [2**63 - 1]])),
        "kinds": ("I32", np.array([-2**31, 0, 2**31 - 1])),
        "\U0001f6d2 text": ("U8", np.frombuffer("größe".encode("utf-8"), "u1")),
        "\uff21 text": ("U8", np.array([0, 127, 128, 255], "u1")),
    }
    return metadata, tensors


if __name__ == "__main__":
    command, file = sys.argv[1:]
    if command == "write":
        with open(file, "wb") as out:
            out.write(encode(*example()))
    else:
        with open(file, "rb") as source:
            for part in decode(source.read()):
                for entry in part.items():
                    print(*entry)
