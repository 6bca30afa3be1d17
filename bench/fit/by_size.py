"""by_size.py CELLS.h5ad WORK: how well each latent space that fit.py left in WORK keeps rare and common types together.

A type counts as its own mean over cells of whether the commonest type among the 15 nearest other cells is theirs; and so do the
nodes above types, where the cells were simulated with some.
"""

import sys
from pathlib import Path

import anndata
import numpy as np
import pandas as pd
from sklearn.neighbors import NearestNeighbors

from scores import NEIGHBOURS, vote

RARE = 50  # cells

obs = anndata.read_h5ad(sys.argv[1], backed="r").obs
columns = [name for name in ("true_type", "true_parent", "true_parent_2") if name in obs]
print("method", "seed", "rare types", "common types", *(f"{name[5:]}s" for name in columns), sep="\t")
for file in sorted(Path(sys.argv[2]).glob(f"{Path(sys.argv[1]).stem}, *.npy")):
    z = np.load(file)
    near = NearestNeighbors(n_neighbors=NEIGHBOURS + 1).fit(z).kneighbors(z, return_distance=False)[:, 1:]
    found = {}
    for name in columns:
        groups = pd.factorize(obs[name])[0]
        right = pd.Series(vote(groups[near]) == groups).groupby(groups).mean()
        found[name] = right.mean()
        if name == "true_type":
            rare = np.bincount(groups) <= RARE
            sizes = right[rare].mean(), right[~rare].mean()
    method, seed = file.stem.split(", ", 1)[1].rsplit(", ", 1)
    print(method, seed, *(f"{value:.3f}" for value in (*sizes, *found.values())), sep="\t")
