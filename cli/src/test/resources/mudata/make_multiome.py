#!/usr/bin/env python3
"""Writes multiome.h5mu by mudata's own writer: usage: make_multiome.py OUT.h5mu

Two kinds of cells in two batches. rna, 70 cells x 24 genes, its counts in layer "counts"; atac,
the first 60 of them in reverse order and 5 of its own, x 40 peaks, its counts in X. Made with
mudata 0.3.10 and anndata 0.12.19.
"""
import sys

import anndata as ad
import mudata as mu
import numpy as np
import scipy.sparse as sp

mu.set_options(pull_on_update=False)
draw = np.random.default_rng(7)
names = [f"cell{i}" for i in range(75)]
kind = {name: i % 2 for i, name in enumerate(names)}
batch = {name: "ab"[i // 2 % 2] for i, name in enumerate(names)}


def modality(cells, prefix, features, rate):
    marker = np.arange(features) % 2
    mean = rate * np.where(marker[None] == np.array([kind[c] for c in cells])[:, None], 4.0, 1.0)
    counts = draw.poisson(mean * draw.gamma(5, 0.2, (len(cells), 1)))
    a = ad.AnnData(sp.csr_matrix(counts.astype("f4")))
    a.obs_names = cells
    a.var_names = [f"{prefix}{i}" for i in range(features)]
    a.obs["batch"] = [batch[c] for c in cells]
    return a


rna = modality(names[:70], "gene", 24, 1.0)
rna.layers["counts"] = rna.X.copy()
rna.X = sp.csr_matrix(np.log1p(rna.X.toarray()))
atac = modality(names[:60][::-1] + names[70:], "peak", 40, 0.4)
mu.MuData({"rna": rna, "atac": atac}).write(sys.argv[1])
