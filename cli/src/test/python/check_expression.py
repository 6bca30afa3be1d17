#!/usr/bin/env python3
"""Has anndata or mudata open a file with expression and prints what it finds of each modality.

usage: check_expression.py FILE.h5ad|FILE.h5mu NAME. Any warning is an error.
"""
import sys
import warnings

import numpy as np
import scipy.sparse as sp

warnings.simplefilter("error")
path, name = sys.argv[1:]
if path.endswith(".h5ad"):
    import anndata

    parts = {"rna": anndata.read_h5ad(path)}
else:
    import mudata

    mudata.set_options(pull_on_update=False)
    parts = mudata.read(path).mod
for modality, a in sorted(parts.items()):
    if name in a.layers:
        values = a.layers[name]
        kind = "csr" if sp.issparse(values) else "dense"
    elif name in a.obsm:
        values, kind = a.obsm[name], "+".join(a.uns[name + "_features"])
    else:
        continue
    assert values.dtype == np.float32
    dense = values.toarray() if sp.issparse(values) else values
    assert (dense >= 0).all()
    print(modality, kind, *values.shape, sep=" ")
