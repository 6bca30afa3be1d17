#!/usr/bin/env python3
"""Writes copies of an HDF5 file, in each of which one part is replaced by one that does not belong there.

usage: wrong_parts.py types|links BASE OUTDIR COUNT SEED
Prints a line for each: file, what was replaced, by what.
"""
import os
import random
import shutil
import sys

import h5py
import numpy as np

KIND, BASE, OUT, COUNT, SEED = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
ABSENT = "/nowhere/else.h5ad"
TEXT = h5py.string_dtype()
RECORD = np.dtype([("a", "i4"), ("b", "f8")])

# what a dataset of some shape becomes
TYPES = {
    "float64": lambda g, n, s: g.create_dataset(n, data=np.zeros(s)),
    "float16": lambda g, n, s: g.create_dataset(n, data=np.ones(s, "f2")),
    "int8": lambda g, n, s: g.create_dataset(n, data=np.full(s, -1, "i1")),
    "uint64": lambda g, n, s: g.create_dataset(n, data=np.full(s, 2**63, "u8")),
    "big-endian": lambda g, n, s: g.create_dataset(n, data=np.ones(s, ">i2")),
    "bool": lambda g, n, s: g.create_dataset(n, data=np.ones(s, bool)),
    "text": lambda g, n, s: g.create_dataset(n, data=np.full(s, "x", object), dtype=TEXT),
    "fixed text": lambda g, n, s: g.create_dataset(n, data=np.full(s, b"xyz")),
    "record": lambda g, n, s: g.create_dataset(n, data=np.zeros(s, RECORD)),
    "enum": lambda g, n, s: g.create_dataset(n, s, h5py.enum_dtype({"A": 0, "B": 1}, "i1")),
    "complex": lambda g, n, s: g.create_dataset(n, data=np.zeros(s, "c8")),
    "opaque": lambda g, n, s: g.create_dataset(n, data=np.zeros(s, "V7")),
    "array": lambda g, n, s: g.create_dataset(n, s, np.dtype(("i4", (2, 3)))),
    "lists": lambda g, n, s: g.create_dataset(n, s, h5py.vlen_dtype(np.dtype("i4"))),
    "reference": lambda g, n, s: g.create_dataset(n, s, h5py.ref_dtype),
    "time": lambda g, n, s: g.create_dataset(n, data=np.zeros(s, "i8").astype(h5py.opaque_dtype("M8[s]"))),
    "null": lambda g, n, s: g.create_dataset(n, data=h5py.Empty("f4")),
    "scalar": lambda g, n, s: g.create_dataset(n, data=1.0),
    "one axis more": lambda g, n, s: g.create_dataset(n, data=np.zeros((*s, 1), "f4")),
    "six axes": lambda g, n, s: g.create_dataset(n, data=np.zeros((2,) * 6, "i4")),
    "one longer": lambda g, n, s: g.create_dataset(n, data=np.zeros([*(e + 1 for e in s)], "i4")),
    "empty": lambda g, n, s: g.create_dataset(n, data=np.zeros((0,) * max(1, len(s)), "f4")),
    "endless": lambda g, n, s: g.create_dataset(n, (2**60,) * max(1, min(len(s), 1)), "i1", chunks=(1024,)),
    "group": lambda g, n, s: g.create_group(n),
    "named type": lambda g, n, s: g.__setitem__(n, np.dtype("f8")),
}
ATTRIBUTES = {
    "nothing": None, "empty text": "", "other text": "unheard-of", "list of text": np.array(["a", "b"], object),
    "number": 7, "negative": np.array([-1, -1]), "absurd": np.array([2**62, 2**62]), "nan": np.array([np.nan, np.inf]),
    "null": h5py.Empty("f4"), "record": np.zeros(2, RECORD), "none": np.zeros(0, "f4"), "bytes": np.bytes_(b"\xff\xfe"),
    "opaque": np.void(b"\0\1"), "square": np.zeros((2, 2)), "bool": True,
}


def soft(path):
    return lambda f, g, n: g.__setitem__(n, h5py.SoftLink(path(f, g, n)))


def other(f, g, n):
    return random.choice(everything(f) or ["/"])


LINKS = {
    "soft link to itself": soft(lambda f, g, n: f"{g.name}/{n}"),
    "soft link to its group": soft(lambda f, g, n: g.name),
    "soft link through itself": soft(lambda f, g, n: f"{g.name}/{n}/{n}/{n}"),
    "soft link to nothing": soft(lambda f, g, n: "/none/at/all"),
    "soft link to an empty path": soft(lambda f, g, n: "."),
    "soft link elsewhere": soft(other),
    "hard link to its group": lambda f, g, n: g.__setitem__(n, g),
    "hard link to the root": lambda f, g, n: g.__setitem__(n, f["/"]),
    "hard link elsewhere": lambda f, g, n: g.__setitem__(n, f[other(f, g, n)]),
    "external link": lambda f, g, n: g.__setitem__(n, h5py.ExternalLink(BASE, f"{g.name}/{n}")),
    "external link to nothing": lambda f, g, n: g.__setitem__(n, h5py.ExternalLink(ABSENT, "/")),
    "external link to itself": lambda f, g, n: g.__setitem__(n, h5py.ExternalLink(f.filename, f"{g.name}/{n}")),
    "two soft links in a circle": lambda f, g, n: circle(g, n, 2),
    "forty soft links in a row": lambda f, g, n: circle(g, n, 40),
    "user-defined link": lambda f, g, n: g.__setitem__(n, h5py.ExternalLink("user-defined", "/")),
}


def circle(group, name, length):
    names = [name] + [f"{name}{i}" for i in range(1, length)]
    for a, b in zip(names, names[1:] + names[:1]):
        group[a] = h5py.SoftLink(f"{group.name}/{b}")


def everything(f):
    found = []
    f.visit(found.append)
    return found


def user_defined(path):
    """Makes the external link to 'user-defined' one of a class that nobody has registered, 187.

    In a link message: version 1, flags, type 64. The checksum of a new group is then wrong, which is as well.
    """
    with open(path, "rb") as f:
        raw = bytearray(f.read())
    at = raw.find(b"user-defined\0")
    kind = raw.rfind(b"\x40", 0, at)
    while kind > 0 and not (raw[kind - 2] == 1 and raw[kind - 1] & 8):
        kind = raw.rfind(b"\x40", 0, kind)
    assert kind > 0 and at - kind < 200, path
    raw[kind] = 187
    with open(path, "wb") as f:
        f.write(raw)


def replace(path):
    with h5py.File(path, "r+") as f:
        paths = everything(f)
        if KIND == "links":
            p, what = random.choice(paths), random.choice(list(LINKS))
            group, name = f[os.path.dirname(p) or "/"], os.path.basename(p)
            del group[name]
            LINKS[what](f, group, name)
            return p, what
        described = [q for q in paths if len(f[q].attrs)]
        if random.random() < 0.3 and described:
            p = random.choice(described)
            name, what = random.choice(list(f[p].attrs)), random.choice(list(ATTRIBUTES))
            del f[p].attrs[name]
            if ATTRIBUTES[what] is not None:
                f[p].attrs[name] = ATTRIBUTES[what]
            return f"{p}@{name}", what
        p = random.choice([q for q in paths if isinstance(f[q], h5py.Dataset)])
        group, name, shape = f[os.path.dirname(p) or "/"], os.path.basename(p), f[p].shape or ()
        what, attributes = random.choice(list(TYPES)), dict(f[p].attrs)
        del group[name]
        TYPES[what](group, name, shape)
        for key, value in attributes.items():
            group[name].attrs[key] = value
        return p, what


random.seed(SEED)
for i in range(COUNT):
    copy = os.path.join(OUT, f"{KIND}{i}{os.path.splitext(BASE)[1]}")
    shutil.copyfile(BASE, copy)
    part, by = replace(copy)
    if by == "user-defined link":
        user_defined(copy)
    print(copy, part, by, sep="\t")
