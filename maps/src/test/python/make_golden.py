#!/usr/bin/env python3
"""Writes golden.json: cells as points and what scanpy, leidenalg, scikit-learn and scib-metrics make of them.

usage: make_golden.py GOLDEN.json
The file names the versions it was made with. No two cells lie in one place: scanpy would have the later one of them as
its own neighbour.
"""
import json
import sys
from importlib.metadata import version

import anndata as ad
import leidenalg
import numpy as np
import scanpy as sc
from scib_metrics import clisi_knn, ilisi_knn, silhouette_batch, silhouette_label
from scib_metrics.nearest_neighbors import NeighborsResults
from sklearn.manifold import trustworthiness
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score
from sklearn.neighbors import NearestNeighbors

rng = np.random.default_rng(7)
N, D, TYPES, SCORED = 400, 6, 5, 30
centres = rng.normal(size=(TYPES, D)) * 3
labels = rng.choice(TYPES, size=N, p=[0.35, 0.25, 0.2, 0.15, 0.05])
batches = rng.choice(3, size=N, p=[0.5, 0.3, 0.2])
x = centres[labels] + rng.normal(size=(N, D)) + 0.4 * (batches == 2)[:, None]
x = np.round(x, 3).astype(np.float32)

a = ad.AnnData(np.zeros((N, 1), np.float32), obsm={"X_z": x})
sc.pp.neighbors(a, use_rep="X_z", n_neighbors=15, method="umap")
sc.tl.leiden(a, resolution=1.0)
clusters = a.obs["leiden"].astype(int).to_numpy()
graph = sc._utils.get_igraph_from_adjacency(a.obsp["connectivities"], directed=True)
weights = np.array(graph.es["weight"], dtype=float)
quality = leidenalg.RBConfigurationVertexPartition(graph, clusters.tolist(), weights=weights).quality()
seeds = []
for seed in range(1, 6):
    sc.tl.leiden(a, resolution=1.0, random_state=seed, key_added="again")
    seeds.append(adjusted_rand_score(a.obs["again"], a.obs["leiden"]))
c, d = a.obsp["connectivities"].tocsr().copy(), a.obsp["distances"].tocsr()
sc.tl.umap(a, min_dist=0.5, spread=1.0)  # after the copy: it sets small connectivities to 0 in place
c.sort_indices()
dist, near = NearestNeighbors(n_neighbors=SCORED).fit(x).kneighbors(x)
knn = NeighborsResults(indices=near, distances=dist)


def numbers(v, digits=7):
    return [float(f"{n:.{digits}g}") for n in np.asarray(v).ravel()]


curves = {}
for spread, min_dist in ((1.0, 0.5), (1.0, 0.1), (2.0, 0.0)):
    from umap.umap_ import find_ab_params
    curves[f"{spread} {min_dist}"] = numbers(find_ab_params(spread, min_dist), 10)
json.dump(
    {
        "versions": {p: version(p) for p in ("scanpy", "umap-learn", "leidenalg", "scikit-learn", "scib-metrics")},
        "columns": D,
        "points": numbers(x),
        "labels": labels.tolist(),
        "batches": batches.tolist(),
        "distances": {"indptr": d.indptr.tolist(), "indices": d.indices.tolist(), "data": numbers(d.data)},
        "connectivities": {"indptr": c.indptr.tolist(), "indices": c.indices.tolist(), "data": numbers(c.data)},
        "umap": numbers(a.obsm["X_umap"]),
        "trustworthiness": float(trustworthiness(x, a.obsm["X_umap"], n_neighbors=15)),
        "curves": curves,
        "leiden": clusters.tolist(),
        "agreement_of_seeds": float(np.median(seeds)),
        "modularity": float(quality / weights.sum()),
        "scored_neighbours": SCORED,
        "scores": {
            "ilisi": float(ilisi_knn(knn, batches)),
            "clisi": float(clisi_knn(knn, labels)),
            "silhouette_batch": float(silhouette_batch(x, labels, batches)),
            "silhouette_label": float(silhouette_label(x, labels)),
            "ari": float(adjusted_rand_score(labels, clusters)),
            "nmi": float(normalized_mutual_info_score(labels, clusters)),
        },
    },
    open(sys.argv[1], "w"),
    separators=(",", ":"),
)
