#!/usr/bin/env python3
"""Has mudata open a .h5mu of ours and compares what it finds with what was told.

usage: check_mudata.py OUTPUT.h5mu TOLD.json [INPUT.h5mu]
With an input, everything but what was told must be as it is there: object by object through h5py, then as mudata sees it.
Any warning is an error. Ends with writing OUTPUT.h5mu.again through mudata.
"""
import json
import sys
import warnings

import h5py
import mudata as mu
import numpy as np
import pandas as pd
import scipy.sparse as sp
from compare_h5 import compare, require

warnings.simplefilter("error")
mu.set_options(pull_on_update=False)
output = sys.argv[1]
with open(sys.argv[2]) as f:
    told = json.load(f)


def read(path):
    if not path.endswith(".zarr"):
        return mu.read(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return mu.read_zarr(path)


m = read(output)


def part(mdata, path):
    """mod/rna/obs/sample -> the modality's table obs, sample"""
    steps = path.split("/")
    return (mdata, *steps) if steps[0] != "mod" else (mdata[steps[1]], *steps[2:])


def plain(v):
    if isinstance(v, dict):
        return {k: plain(w) for k, w in v.items()}
    if isinstance(v, np.ndarray):
        return v.tolist()
    return v.item() if isinstance(v, np.generic) else v


def matrix(v):
    return np.asarray(v.todense() if sp.issparse(v) else v)


for path, t in told.get("columns", {}).items():
    owner, table, name = part(m, path)
    s = getattr(owner, table)[name]
    found = [None if pd.isna(v) else v for v in s]
    require(found == t["values"], f"{path} is {found[:5]}, told {t['values'][:5]}")
    if "dtype" in t:
        require(str(s.dtype) == t["dtype"], f"{path} is {s.dtype}, told {t['dtype']}")
for path, t in told.get("matrices", {}).items():
    owner, group, *name = part(m, path)
    v = matrix(getattr(owner, group)[name[0]] if name else getattr(owner, group))
    want = np.array([[np.nan if w is None else w for w in row] for row in t], "f4")
    require(v.dtype == np.float32 and np.array_equal(v, want, equal_nan=True), f"{path} differs")
for path, t in told.get("uns", {}).items():
    owner, _, name = part(m, path)
    require(plain(owner.uns[name]) == t, f"{path} is {plain(owner.uns[name])}, told {t}")
for path, t in told.get("names", {}).items():
    owner, table = part(m, path)
    require(list(getattr(owner, table).index) == t, f"{path} has other names")
for path, t in told.get("maps", {}).items():
    owner, group, name = part(m, path)
    require(np.asarray(getattr(owner, group)[name]).ravel().tolist() == t, f"{path} differs")
if "modalities" in told:
    require(list(m.mod) == told["modalities"], f"the modalities are {list(m.mod)}")

kept = 0
if len(sys.argv) > 3:
    orders = {}
    for path in told["columns"]:
        table, name = path.rsplit("/", 1)
        orders.setdefault(table, []).append(name)
    paths = [p for kind in ("columns", "matrices", "uns") for p in told[kind]]
    if not output.endswith(".zarr") and not sys.argv[3].endswith(".zarr"):
        with h5py.File(sys.argv[3]) as before, h5py.File(output) as after:
            kept = compare(before, after, paths, orders)
        with open(sys.argv[3], "rb") as a, open(output, "rb") as b:
            require(a.read(512) == b.read(512), "the first 512 bytes changed")
    original = read(sys.argv[3])
    require(list(original.mod) == list(m.mod), "the modalities changed")
    for owner, was, at in [(m, original, "")] + [(m[k], original[k], f"mod/{k}/") for k in m.mod]:
        for table in ("obs", "var"):
            new, old = getattr(owner, table), getattr(was, table)
            keep = [c for c in old.columns if f"{at}{table}/{c}" not in told["columns"]]
            pd.testing.assert_frame_equal(new[keep], old[keep])
        for group in ("obsm", "varm", "obsp", "varp"):
            for k in getattr(was, group):
                if f"{at}{group}/{k}" not in told["matrices"]:
                    new, old = matrix(getattr(owner, group)[k]), matrix(getattr(was, group)[k])
                    require(np.array_equal(new, old, equal_nan=old.dtype.kind == "f"), f"{at}{group}/{k} changed")
        if at:
            require(np.array_equal(matrix(owner.X), matrix(was.X)), f"{at}X changed")
        else:
            for k in m.mod:
                require(np.array_equal(m.obsmap[k], original.obsmap[k]), f"obsmap/{k} changed")
if not output.endswith(".zarr"):
    m.write(output + ".again")
print("kept", kept)
