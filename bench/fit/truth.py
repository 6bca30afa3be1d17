"""truth.py CELLS.h5ad TRAINED.h5ad MODEL.safetensors: what a model recovered of the truth that simulate_truth.py stored.

The decoder is computed here once more, in double precision, at the posterior means of z and l.
"""

import json
import struct
import sys

import anndata
import numpy as np
from scipy.stats import pearsonr, spearmanr
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score


def tensors(path):
    data = open(path, "rb").read()
    (size,) = struct.unpack("<Q", data[:8])
    result = {}
    for name, entry in json.loads(data[8 : 8 + size]).items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            values = np.frombuffer(data[8 + size + begin : 8 + size + end], "<f4")
            result[name] = values.reshape(entry["shape"]).astype(float)
    return result


def softplus(a):
    return np.logaddexp(0, a)


def expression(model, z):
    layer = "decoder.px_decoder.fc_layers.Layer 0.0"
    h = z @ model[layer + ".weight"].T + model[layer + ".bias"]
    h = (h - h.mean(1, keepdims=True)) / np.sqrt(h.var(1, keepdims=True) + 1e-5)
    scale = "decoder.px_scale_decoder.0"
    return softplus(np.maximum(h, 0) @ model[scale + ".weight"].T + model[scale + ".bias"])


cells, trained = anndata.read_h5ad(sys.argv[1]), anndata.read_h5ad(sys.argv[2])
model = tensors(sys.argv[3])
batch = cells.obs["batch"].cat.codes.to_numpy()
z = np.asarray(trained.obsm["X_regularizedvi"], float)
size = np.asarray(trained.obs["regularizedvi_library_size"], float)
scaling = softplus(model["feature_scaling"]) / 0.7
background = np.exp(model["additive_background"])
native = size[:, None] * expression(model, z) * scaling
ambient = size[:, None] * background[:, batch].T * scaling

true_ambient, true_native = cells.varm["true_ambient"], cells.layers["true_native"].astype(float)
kept = true_ambient.mean(1) > 1e-4
log_found, log_true = np.log(background[kept]), np.log(true_ambient[kept])
centre = lambda a: (a - a.mean(1, keepdims=True)).ravel()
log_theta = model["px_r_mu"].mean(1)
ranks = [spearmanr(background[kept, b], true_ambient[kept, b])[0] for b in range(batch.max() + 1)]
clusters = KMeans(cells.obs["type"].nunique(), n_init=10, random_state=0).fit_predict(z)
for name, value in [
    ("rank correlation of the background, per batch", " ".join("%.2f" % r for r in ranks)),
    ("correlation of its deviation between batches", "%.2f" % pearsonr(centre(log_found), centre(log_true))[0]),
    ("mean ambient fraction", "%.3f" % (ambient.sum(1) / (ambient + native).sum(1)).mean()),
    ("native counts: absolute errors over sum", "%.3f" % (abs(native - true_native).sum() / true_native.sum())),
    ("correlation of log theta", "%.2f" % pearsonr(log_theta, np.log(cells.var["true_theta"]))[0]),
    ("correlation of log library size", "%.2f" % pearsonr(np.log(size), np.log(cells.obs["true_library"]))[0]),
    ("adjusted Rand index of clusters", "%.2f" % adjusted_rand_score(cells.obs["type"], clusters)),
]:
    print(f"{name:48s} {value}")
