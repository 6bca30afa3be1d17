#!/usr/bin/env python3
"""Reads with anndata what neighbors wrote, and checks that it fits together.

usage: check_map.py FILE.h5ad
"""
import sys

import anndata as ad
import numpy as np
import pandas as pd
from scipy.sparse import issparse

a = ad.read_h5ad(sys.argv[1])
n = a.uns["neighbors"]
assert n["connectivities_key"] == "connectivities" and n["distances_key"] == "distances", n
k = int(n["params"]["n_neighbors"])
assert n["params"]["method"] == "umap" and n["params"]["metric"] == "euclidean", n
x = np.asarray(a.obsm[n["params"]["use_rep"]])
there = ~np.isnan(x).all(axis=1)
c, d = a.obsp["connectivities"], a.obsp["distances"]
assert issparse(c) and c.dtype == np.float32 and abs(c - c.T).max() == 0 and c.diagonal().sum() == 0
assert d.shape == (a.n_obs, a.n_obs) and (np.diff(d.indptr) == np.where(there, k - 1, 0)).all()
for i in np.flatnonzero(there)[:50]:
    apart = np.sqrt(((x[there].astype(float) - x[i]) ** 2).sum(axis=1))
    assert np.allclose(np.sort(apart)[1:k], d[i].data, atol=1e-4), (i, np.sort(apart)[1:k], d[i].data)
    assert np.allclose(np.sqrt(((x[d[i].indices].astype(float) - x[i]) ** 2).sum(axis=1)), d[i].data, atol=1e-4)
if "X_umap" in a.obsm:
    u = a.obsm["X_umap"]
    assert u.shape == (a.n_obs, 2) and np.isfinite(u[there]).all() and np.isnan(u[~there]).all()
    assert {"a", "b"} <= set(a.uns["umap"]["params"])
if "leiden" in a.obs:
    s = a.obs["leiden"]
    assert isinstance(s.dtype, pd.CategoricalDtype) and list(s.cat.categories) == [str(i) for i in range(s.cat.categories.size)]
    sizes = s.value_counts().reindex(s.cat.categories).to_numpy()
    assert (np.diff(sizes) <= 0).all() and (s.isna() == ~there).all(), sizes
    assert "resolution" in a.uns["leiden"]["params"]
print("fits", a.n_obs, k, sorted(a.uns.get("regularizedvi_scores", {})))
