#!/usr/bin/env python3
"""Has anndata or mudata open a file with corrected counts and compares them with the observed ones.

usage: check_corrected.py FILE.h5ad|FILE.h5mu COUNTS expected|whole
COUNTS is the layer with the observed counts, X for none. Any warning is an error. Prints each corrected modality.
"""
import sys
import warnings

import numpy as np
import scipy.sparse as sp

warnings.simplefilter("error")
path, layer, kind = sys.argv[1:]
if path.endswith(".h5ad"):
    import anndata

    parts = {"rna": anndata.read_h5ad(path)}
else:
    import mudata

    mudata.set_options(pull_on_update=False)
    parts = mudata.read(path).mod
for name, a in parts.items():
    if "regularizedvi_corrected" not in a.layers:
        continue
    x = sp.csr_matrix(a.X if layer == "X" else a.layers[layer])
    left = a.layers["regularizedvi_corrected"]
    assert left.format == "csr" and left.dtype == np.float32 and left.shape == x.shape
    dense, observed = left.toarray(), x.toarray()
    assert (dense >= 0).all() and (dense <= observed).all() and left.nnz <= x.nnz
    fraction = a.obs["regularizedvi_ambient_fraction"].to_numpy()
    total = observed.sum(1)
    assert ((fraction[total > 0] > 0) & (fraction[total > 0] < 1)).all()
    assert np.isnan(fraction[total == 0]).all()
    ambient = a.var["regularizedvi_ambient_counts"].to_numpy()
    np.testing.assert_allclose(ambient.sum(), np.nansum(fraction * total), rtol=1e-5)
    if kind == "whole":
        assert (dense == np.rint(dense)).all()
    else:
        np.testing.assert_allclose((observed - dense).sum(0), ambient, rtol=1e-3, atol=1e-3)
        np.testing.assert_allclose((observed - dense).sum(1), np.nan_to_num(fraction * total), rtol=1e-3)
    print(name, *left.shape)
