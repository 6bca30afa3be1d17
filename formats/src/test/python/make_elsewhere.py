#!/usr/bin/env python3
"""Writes what anndata 0.13, loompy and scanpy make, to be kept as resources: they are too large for the tests' own environment.

usage: make_elsewhere.py TENX_INPUTS OUTDIR
TENX_INPUTS is the folder that make_tenx.py has written. In OUTDIR come anndata-0.13.zarr.zip, cells.loom, and elsewhere.json:
what anndata.read_zarr, scanpy.read_loom, scanpy.read_10x_h5 and scanpy.read_10x_mtx find in each file. Made once with
python 3.13, anndata 0.13.4, zarr 3.4.2, scanpy 1.12.4 and loompy 3.0.8; a version that reads otherwise is a reason to make it again.
"""
import json
import os
import sys
import warnings

import anndata as ad
import h5py
import numpy as np
import pandas as pd
import scanpy as sc
import scipy.sparse as sp
import zarr

warnings.filterwarnings("ignore")
tenx, out = sys.argv[1:]
os.makedirs(out, exist_ok=True)
found = {}


def column(s):
    if isinstance(s.dtype, pd.CategoricalDtype):
        s = s.astype(object)
    return [None if pd.isna(v) else v.item() if isinstance(v, np.generic) else v for v in s]


def tell(name, a):
    x = a.X.toarray() if sp.issparse(a.X) else np.asarray(a.X)
    found[name] = {
        "cells": list(a.obs_names), "features": list(a.var_names), "x": x.tolist(),
        "obs": {c: column(a.obs[c]) for c in a.obs}, "var": {c: column(a.var[c]) for c in a.var},
    }


draw = np.random.default_rng(13)
x = draw.poisson(1, (30, 11)).astype("f4")
a = ad.AnnData(sp.csr_matrix(x), obs=pd.DataFrame(index=[f"Zelle {i}é" for i in range(30)]), var=pd.DataFrame(index=[f"g{i}" for i in range(11)]))
a.obs["sample"] = pd.Categorical([["a", "b", "ç"][i % 3] for i in range(30)])
a.obs["text"] = [f"t{i}" for i in range(30)]
a.obs["gaps"] = pd.array([None if i % 4 == 0 else i for i in range(30)], dtype="Int64")
a.var["chosen"] = draw.random(11) > 0.5
with zarr.storage.ZipStore(f"{out}/anndata-0.13.zarr.zip", mode="w") as store:
    a.write_zarr(store)
with zarr.storage.ZipStore(f"{out}/anndata-0.13.zarr.zip", mode="r") as store:
    group = zarr.open_group(store, mode="r")
    assert dict(group["obs/_index"].attrs)["encoding-type"] == "nullable-string-array", "not what 0.13 writes"
    tell("anndata-0.13.zarr.zip", ad.read_zarr(group))

import loompy

loompy.create(
    f"{out}/cells.loom", sp.coo_matrix(x.T),
    {"Gene": np.array(a.var_names, dtype=object), "Accession": np.array([f"ENSG{i}" for i in range(11)], dtype=object)},
    {"CellID": np.array([f"cell {i}" for i in range(30)], dtype=object), "sample": np.array(["a", "b", "c"] * 10, dtype=object), "age": np.arange(30)})
tell("cells.loom", sc.read_loom(f"{out}/cells.loom"))

for name in ("cite.h5", "cellbender.h5", "v2.h5"):
    with h5py.File(f"{tenx}/{name}") as f:
        genome = None if "matrix" in f else next(iter(f))
    b = sc.read_10x_h5(f"{tenx}/{name}", genome=genome)
    b.var_names_make_unique()
    tell(name, b)
for name in ("v3", "v2"):
    # By itself it makes names unique before it leaves out antibodies, which read_10x_h5 does not.
    b = sc.read_10x_mtx(f"{tenx}/{name}", make_unique=False)
    b.var_names_make_unique()
    tell(name, b)
with open(f"{out}/elsewhere.json", "w") as f:
    json.dump(found, f, ensure_ascii=False)
