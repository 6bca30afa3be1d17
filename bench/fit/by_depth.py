"""by_depth.py WORK FOLDER...: how much of each latent space that fit.py left in WORK is depth, a cell's total of counts.

Depth is technical to a model that learns library sizes, and yet may tell types apart. Told are, of each set with types, the share of
depth's variance (of its logarithm) that lies between types; and of each latent space the share of that variance which the mean of a cell's
neighbours explains, and kNN, plain and balanced, as it is and with depth as one dimension more, of 0.4 times the latent space's spread.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.neighbors import NearestNeighbors

from datasets import modalities, read, sets
from scores import NEIGHBOURS, vote

WEIGHT = 0.4


def near(z):
    return NearestNeighbors(n_neighbors=NEIGHBOURS + 1).fit(z).kneighbors(z, return_distance=False)[:, 1:]


def knn(near, types):
    right = pd.Series(vote(types[near]) == types)
    return right.mean(), right.groupby(types).mean().mean()


work = Path(sys.argv[1])
print("set", "method", "seed", "depth between types", "depth explained", "kNN", "balanced", "kNN with depth", "balanced", sep="\t")
for one in sets(sys.argv[2:]):
    cells = next(work.glob(f"{one.name}_all.*"), None)
    if not one.type or not cells:
        continue
    cells = read(cells)
    types = pd.factorize(cells.obs[one.type])[0]
    depth = np.log(np.asarray(modalities(cells)["rna"].X.sum(1)).ravel())
    between = np.var(pd.Series(depth).groupby(types).transform("mean")) / np.var(depth)
    for file in sorted(work.glob(f"{one.name}, *.npy")):
        z = np.load(file)
        plain = near(z)
        spread = np.sqrt(np.square(z - z.mean(0)).sum(1).mean())
        both = near(np.column_stack([z / spread, WEIGHT * (depth - depth.mean()) / depth.std()]))
        explained = 1 - np.var(depth - depth[plain].mean(1)) / np.var(depth)
        method, seed = file.stem.split(", ", 1)[1].rsplit(", ", 1)
        values = (between, explained, *knn(plain, types), *knn(both, types))
        print(one.name, method, seed, *(f"{value:.3f}" for value in values), sep="\t")
