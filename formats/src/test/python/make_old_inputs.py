#!/usr/bin/env python3
"""Writes an .h5ad by an old anndata, installed without its dependencies into a folder of its own.

usage: make_old_inputs.py FOLDER_OF_OLD_ANNDATA OUT.h5ad OUT.json
"""
import json
import sys
import types
import warnings

import numpy as np
import pandas as pd
import pandas.api.types as pt
import scipy.sparse as sp

warnings.filterwarnings("ignore")
# what old anndata expects of its time's numpy and pandas
np.float, np.int, np.bool, np.string_, np.unicode_ = float, int, bool, np.bytes_, np.str_
index = types.ModuleType("pandas.core.index")
index.RangeIndex = pd.RangeIndex
sys.modules["pandas.core.index"] = index
pt.is_categorical = lambda x: isinstance(getattr(x, "dtype", x), pd.CategoricalDtype)
sys.path.insert(0, sys.argv[1])
import anndata as ad  # noqa: E402

n, g = 60, 25
draw = np.random.default_rng(1)
X = sp.random(n, g, 0.2, format="csr", random_state=0, data_rvs=lambda k: draw.integers(1, 9, k)).astype(np.float32)
obs = pd.DataFrame({"louvain": pd.Categorical((["T", "B", "NKé"] * n)[:n]), "n_counts": np.arange(n, dtype=np.float32),
                    "flag": np.arange(n) % 2 == 0, "number": np.arange(n),
                    "donor": pd.Categorical((["d1", "d2"] * n)[:n])}, index=[f"c{i}é" for i in range(n)])
a = ad.AnnData(X, obs=obs, var=pd.DataFrame({"n_cells": np.arange(g)}, index=[f"g{i}" for i in range(g)]),
               uns={"louvain_colors": np.array(["#1", "#2", "#3"]), "s": "text"})
a.obsm["X_pca"] = np.random.RandomState(0).normal(size=(n, 4)).astype(np.float32)
a.raw = a
a.write(sys.argv[2])


def categorical(s):
    return {"kind": "categorical", "codes": s.cat.codes.tolist(), "ordered": False, "categories": list(s.cat.categories)}


json.dump({
    "obs_names": list(obs.index), "var_names": [f"g{i}" for i in range(g)],
    "columns": {"louvain": categorical(obs.louvain), "donor": categorical(obs.donor),
                "n_counts": {"kind": "numbers", "values": obs.n_counts.tolist(), "whole": False},
                "number": {"kind": "numbers", "values": obs.number.tolist(), "whole": True},
                "flag": {"kind": "flags", "values": obs.flag.tolist()}},
    "matrices": {"X": X.toarray().astype(float).tolist()},
    "obsm": {"X_pca": np.asarray(a.obsm["X_pca"]).astype(float).tolist()},
}, open(sys.argv[3], "w"))
print("anndata", ad.__version__)
