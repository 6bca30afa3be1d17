"""Compares AnnData in memory: with what was told of additions, and with each other."""
import json

import numpy as np
import pandas as pd
import scipy.sparse as sp
from compare_h5 import require


def plain(v):
    if isinstance(v, dict):
        return {k: plain(w) for k, w in v.items()}
    if isinstance(v, np.ndarray):
        return v.tolist()
    return v.item() if isinstance(v, np.generic) else v


def require_told(a, original, told):
    """Requires that the additions are as told, and other columns of obs as they were."""
    for c in original.obs.columns:
        if c not in told["columns"]:
            pd.testing.assert_series_equal(a.obs[c], original.obs[c], check_dtype=original.obs[c].dtype != "float16")
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
    for name, t in told["uns"].items():
        found = plain(a.uns[name])
        require(json.dumps(found, sort_keys=True) == json.dumps(t, sort_keys=True), f"uns/{name} is {found}, told {t}")


def require_same(a, b, told):
    """Requires that all of an AnnData is as it was in another, but for what was told. Returns the number of parts."""
    kept = 1
    require(list(a.obs_names) == list(b.obs_names) and list(a.var_names) == list(b.var_names), "other names")
    pd.testing.assert_frame_equal(a.var, b.var)
    same(a.X, b.X, "X")
    require((a.raw is None) == (b.raw is None), "raw")
    if b.raw is not None:
        same(a.raw.X, b.raw.X, "raw/X")
        pd.testing.assert_frame_equal(a.raw.var, b.raw.var)
    for group in ("layers", "obsm", "varm", "obsp", "varp", "uns"):
        new, old = getattr(a, group), getattr(b, group)
        given = set(told.get(group, {}))
        require(set(new) == set(old) | given, f"{group} has {sorted(new)}, before {sorted(old)}")
        for name in set(old) - given:
            same(new[name], old[name], f"{group}/{name}")
            kept += 1
    return kept


def same(a, b, path):
    require(type(a) is type(b), f"{path} is {type(a)}, before {type(b)}")
    if isinstance(b, dict):
        require(set(a) == set(b), f"{path} has {sorted(a)}, before {sorted(b)}")
        for k in b:
            same(a[k], b[k], f"{path}/{k}")
    elif isinstance(b, pd.DataFrame):
        pd.testing.assert_frame_equal(a, b)
    elif sp.issparse(b):
        require(a.shape == b.shape and a.format == b.format and a.dtype == b.dtype, f"{path} has another form")
        for part in ("data", "indices", "indptr"):
            x, y = getattr(a, part), getattr(b, part)
            require(x.dtype == y.dtype and x.tobytes() == y.tobytes(), f"{path}/{part} differs")
    elif isinstance(b, np.ndarray):
        # Text is read as objects from HDF5, and as one of NumPy's types from Zarr.
        text = {a.dtype.kind, b.dtype.kind} == {"O", "T"}
        form = a.shape == b.shape and (a.dtype == b.dtype or b.dtype == "float16" or text)
        require(form and (a.tolist() == b.tolist() or np.array_equal(a, b, equal_nan=True)), f"{path} differs")
    else:
        require(a == b, f"{path} is {a}, before {b}")
