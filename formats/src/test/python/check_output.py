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

from compare_h5 import compare, require

before, after, told = h5py.File(sys.argv[1]), h5py.File(sys.argv[2]), json.load(open(sys.argv[3]))
kept = compare(before, after, told["paths"], {"obs": list(told["columns"])})
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
for name, t in told["obsp"].items():
    v = a.obsp[name]
    require(v.dtype == np.float32 and np.array_equal(v.toarray(), np.array(t, "f4")), f"obsp/{name} differs")


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
