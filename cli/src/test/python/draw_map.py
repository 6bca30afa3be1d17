#!/usr/bin/env python3
"""Has scanpy go on from what neighbors wrote: draws the UMAP by cluster, finds markers, PAGA and its own clusters.

usage: draw_map.py FILE.h5ad FIGURE.png
"""
import sys
import warnings

warnings.filterwarnings("ignore")
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import scanpy as sc
from sklearn.metrics import adjusted_rand_score

a = sc.read_h5ad(sys.argv[1])
sc.pl.umap(a, color="leiden", show=False)
plt.savefig(sys.argv[2])
ours, plane = a.obs["leiden"].copy(), a.obsm["X_umap"].copy()
connected = a.obsp["connectivities"].copy()
sc.tl.leiden(a, key_added="theirs")  # on our connectivities
sc.tl.paga(a, groups="leiden")
sc.tl.umap(a)
print("agreement", round(adjusted_rand_score(ours, a.obs["theirs"]), 4))
sc.pp.neighbors(a, use_rep=a.uns["neighbors"]["params"]["use_rep"], n_neighbors=15, method="umap")
difference = abs(connected - a.obsp["connectivities"]).max()
print("connectivities differ by", difference)
assert difference < 1e-5, difference
