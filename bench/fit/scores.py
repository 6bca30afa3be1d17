"""How well a latent space keeps types apart and batches together."""

import random

import igraph
import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score
from sklearn.neighbors import NearestNeighbors

NEIGHBOURS = 15
RESOLUTIONS = [0.05, 0.1, 0.2, 0.4, 0.8, 1.6]


def scores(z, obs, one):
    near = NearestNeighbors(n_neighbors=NEIGHBOURS + 1).fit(z).kneighbors(z, return_distance=False)[:, 1:]
    found = {}
    if one.type:
        types = pd.factorize(obs[one.type])[0]
        right = vote(types[near]) == types
        clusters = max(_leiden(near), key=lambda found: normalized_mutual_info_score(types, found))
        found |= dict(
            knn=right.mean(),
            knn_balanced=np.mean([right[types == t].mean() for t in np.unique(types)]),
            ari=adjusted_rand_score(types, clusters),
            nmi=normalized_mutual_info_score(types, clusters),
        )
    if one.batch:
        found["mixing"] = _mixing(near, pd.factorize(obs[one.batch])[0])
    return found


def vote(types):
    """The commonest type among the neighbours of each cell."""
    return np.array([np.bincount(row).argmax() for row in types])


def _leiden(near):
    """Clusters by modularity at each resolution; as in scib, that which agrees best with the types is judged."""
    edges = [(cell, int(other)) for cell, row in enumerate(near) for other in row]
    graph = igraph.Graph(n=len(near), edges=edges).simplify()
    for resolution in RESOLUTIONS:
        random.seed(0)
        yield graph.community_leiden("modularity", resolution=resolution, n_iterations=10).membership


def _mixing(near, batches):
    """Share of neighbours of another batch, over what chance would give; as the report's."""
    count = len(batches)
    expected = 1 - (np.bincount(batches)[batches] - 1) / (count - 1)
    return (batches[near] != batches[:, None]).mean() / expected.mean()
