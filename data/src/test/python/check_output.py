#!/usr/bin/env python3
"""Checks a copy with additions against its input: additions as told, all else as it was.

usage: check_output.py INPUT.h5ad OUTPUT.h5ad ADDITIONS.json [--no-anndata]
Exits with 1 and a message at the first difference. The two files are compared object by object through h5py (types,
shapes, values, attributes), then read by anndata.
"""
import json
import sys

import anndata as ad
import h5py
import numpy as np
import pandas as pd

before, after, told = h5py.File(sys.argv[1]), h5py.File(sys.argv[2]), json.load(open(sys.argv[3]))


def same_values(a, b):
    if isinstance(a, h5py.Empty) or isinstance(b, h5py.Empty):
        return type(a) is type(b)
    a, b = np.asarray(a), np.asarray(b)
    if a.dtype != b.dtype or a.shape != b.shape:
        return False
    if a.dtype.kind in "fc":
        return a.tobytes() == b.tobytes()
    if a.dtype.kind == "O" and a.size and isinstance(a.flat[0], h5py.Reference):
        return all(before[x].name == after[y].name for x, y in zip(a.flat, b.flat))
    return a.tolist() == b.tolist()


def require(ok, message):
    if not ok:
        sys.exit("DIFFERENCE: " + message)


names = []
before.visit(names.append)
added = set(told["paths"])


def replaced(name):
    return any(name == p or name.startswith(p + "/") for p in added)


kept = 0
for name in [""] + names:
    if replaced(name):
        continue
    x = before[name or "/"]
    require((name or "/") in after, f"{name} is gone")
    y = after[name or "/"]
    require(type(x) is type(y), f"{name} changed its kind")
    require(set(x.attrs) == set(y.attrs), f"{name} changed its attributes")
    for k in x.attrs:
        if (name, k) == ("obs", "column-order"):
            old = [s for s in x.attrs[k]]
            new = [s for s in y.attrs[k]]
            require(new == old + [c for c in told["columns"] if c not in old], f"column-order is {new}")
        else:
            require(same_values(x.attrs[k], y.attrs[k]), f"attribute {k} of {name} changed")
    if isinstance(x, h5py.Dataset):
        require(x.dtype == y.dtype and x.shape == y.shape and x.chunks == y.chunks and x.compression == y.compression,
                f"{name} changed its form")
        require(same_values(x[()], y[()]), f"{name} changed its values")
        kept += 1
new_names = []
after.visit(new_names.append)
groups = {p.split("/")[0] for p in added}
for name in new_names:
    require(name in names or replaced(name) or name in groups, f"{name} was not asked for")
before.close()
after.close()
if "--no-anndata" in sys.argv:
    print("kept", kept)
    sys.exit()

a = ad.read_h5ad(sys.argv[2])
original = ad.read_h5ad(sys.argv[1])
for c in original.obs.columns:
    if c not in told["columns"]:
        pd.testing.assert_series_equal(a.obs[c], original.obs[c])
for name, t in told["columns"].items():
    s = a.obs[name]
    if t["kind"] == "categorical":
        require(isinstance(s.dtype, pd.CategoricalDtype), f"{name} is {s.dtype}")
        require(s.cat.codes.tolist() == t["codes"] and list(s.cat.categories) == t["categories"]
                and bool(s.cat.ordered) == t["ordered"], f"{name} differs")
    else:
        found = [None if pd.isna(v) else v for v in s]
        require(found == t["values"], f"{name} is {found[:5]}, told {t['values'][:5]}")
        require(str(s.dtype) == t["dtype"], f"{name} is {s.dtype}, told {t['dtype']}")
for group in ("obsm", "varm"):
    for name, t in told[group].items():
        v = getattr(a, group)[name]
        require(v.dtype == np.float32 and np.array_equal(v, np.array(t, "f4")), f"{group}/{name} differs")


def plain(v):
    if isinstance(v, dict):
        return {k: plain(w) for k, w in v.items()}
    if isinstance(v, np.ndarray):
        return v.tolist()
    return v.item() if isinstance(v, np.generic) else v


for name, t in told["uns"].items():
    found = plain(a.uns[name])
    require(json.dumps(found, sort_keys=True) == json.dumps(t, sort_keys=True), f"uns/{name} is {found}, told {t}")
a.write_h5ad(sys.argv[2] + ".again")
print("kept", kept)
