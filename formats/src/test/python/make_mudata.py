#!/usr/bin/env python3
"""Writes .h5mu files by mudata's own writer, and what is in them as JSON.

usage: make_mudata.py OUTDIR
Each expectation is dumped from the objects in memory, cells matched by pandas.
"""
import hashlib
import json
import os
import struct
import sys
import warnings

import anndata as ad
import h5py
import mudata as mu
import numpy as np
import pandas as pd
import scipy.sparse as sp

warnings.filterwarnings("ignore")
ad.settings.allow_write_nullable_strings = True
mu.set_options(pull_on_update=False)
OUT = sys.argv[1]
os.makedirs(OUT, exist_ok=True)
expected = {}
NAMES = np.array([f"Zelle-{i:02d}é\u6f22" for i in range(40)])


def counts(n, g, seed):
    draw = np.random.default_rng(seed)
    return sp.random(n, g, 0.3, format="csr", random_state=seed, data_rvs=lambda k: draw.integers(1, 50, k)).astype("f4")


def modality(cells, prefix, g, seed, kind=sp.csr_matrix):
    a = ad.AnnData(kind(counts(len(cells), g, seed)) if kind is not np.asarray else counts(len(cells), g, seed).toarray())
    a.obs_names = cells
    a.var_names = [f"{prefix}{i}" for i in range(g)]
    a.var["length"] = np.arange(g) * 10
    return a


def sample(cells):
    return [f"s{int(c[6:8]) % 3}" for c in cells]


def number(v):
    return None if pd.isna(v) else float(v)


def column(s):
    if isinstance(s.dtype, pd.CategoricalDtype):
        return {"kind": "text", "values": [None if pd.isna(v) else str(v) for v in s]}
    if s.dtype == bool or isinstance(s.dtype, pd.BooleanDtype):
        return {"kind": "flags", "values": [None if pd.isna(v) else bool(v) for v in s]}
    if pd.api.types.is_numeric_dtype(s.dtype):
        return {"kind": "numbers", "values": [number(v) for v in s]}
    return {"kind": "text", "values": [None if pd.isna(v) else str(v) for v in s]}


def dense(x):
    return np.asarray(x.todense() if sp.issparse(x) else x).astype(float)


def cells_of(mdata, cells, keys):
    """What a reader should find for these cells; keys: name -> a series indexed by cells."""
    return {
        "names": list(cells),
        "rows": {m: [int(i) for i in a.obs_names.get_indexer(cells)] for m, a in mdata.mod.items()},
        "matrices": {
            m: {k: pd.DataFrame(dense(a.X if k == "X" else a.layers[k]), index=a.obs_names).reindex(cells).fillna(0).values.tolist()
                for k in ["X", *a.layers]}
            for m, a in mdata.mod.items()},
        "columns": {k: column(s.reindex(cells)) for k, s in keys.items()},
    }


def save(name, mdata, keys, order=None, **options):
    """order: the cells as a reader should find them, where that is not mudata's order"""
    path = os.path.join(OUT, name + ".h5mu")
    if options:
        mu.write_h5mu(path, mdata, **options)
    else:
        mdata.write(path)
    union = list(mdata.obs_names) if order is None else list(order)
    common = [c for c in union if all(c in a.obs_names for a in mdata.mod.values())]
    expected[name] = {"modalities": list(mdata.mod), "union": cells_of(mdata, union, keys),
                      "intersection": cells_of(mdata, common, keys),
                      "var_names": {m: list(a.var_names) for m, a in mdata.mod.items()},
                      "in": {m: a.n_obs for m, a in mdata.mod.items()}}
    return path


def rich(rna_cells, atac_cells, **kinds):
    rna = modality(rna_cells, "ENSG", 12, 1, kinds.get("rna", sp.csr_matrix))
    rna.layers["counts"] = rna.X.copy()
    rna.layers["normalised"] = rna.X / 2
    rna.obs["sample"] = pd.Categorical(sample(rna_cells))
    rna.obs["dead"] = pd.array([None if i % 5 == 0 else i % 2 == 0 for i in range(rna.n_obs)], dtype="boolean")
    rna.obs["n"] = np.arange(rna.n_obs)
    rna.obsm["X_pca"] = np.random.default_rng(3).normal(size=(rna.n_obs, 3)).astype("f4")
    rna.raw = rna.copy()
    atac = modality(atac_cells, "chr", 9, 2, kinds.get("atac", sp.csr_matrix))
    atac.obs["sample"] = sample(atac_cells)
    atac.obs["frag"] = np.arange(atac.n_obs) / 4
    atac.uns["peaks"] = {"caller": "macs", "q": 0.01}
    mdata = mu.MuData({"rna": rna, "atac": atac})
    mdata.obs["donor"] = pd.Categorical([f"d{i % 4}" for i in range(mdata.n_obs)])
    mdata.obs["maybe"] = pd.array([None if i % 7 == 0 else i for i in range(mdata.n_obs)], dtype="Int64")
    mdata.obs["label"] = pd.array([pd.NA if i % 6 == 0 else f"n{i}ü" for i in range(mdata.n_obs)], dtype="string")
    mdata.obsm["X_joint"] = np.random.default_rng(4).normal(size=(mdata.n_obs, 4)).astype("f4")
    mdata.obsp["conn"] = sp.random(mdata.n_obs, mdata.n_obs, 0.05, format="csr", random_state=1)
    mdata.varm["PCs"] = np.random.default_rng(5).normal(size=(mdata.n_vars, 2))
    mdata.uns["note"] = {"title": "Größe", "n": 3}
    return mdata


def keys(mdata):
    rna, atac = mdata["rna"].obs, mdata["atac"].obs
    return {
        "donor": mdata.obs["donor"], "maybe": mdata.obs["maybe"], "label": mdata.obs["label"],
        "sample": rna["sample"].astype(object).combine_first(atac["sample"].astype(object)),
        "rna:sample": rna["sample"], "atac:sample": atac["sample"].astype(object), "dead": rna["dead"], "rna:dead": rna["dead"],
        "n": rna["n"].astype(float), "frag": atac["frag"], "atac:frag": atac["frag"],
    }


m = rich(NAMES, NAMES)
save("same", m, keys(m))
shuffled = np.random.default_rng(0).permutation(NAMES)
m = rich(NAMES, shuffled, atac=sp.csc_matrix)
save("order", m, keys(m), compression="gzip")
m = rich(NAMES[:26], np.random.default_rng(1).permutation(NAMES[15:]))
prot = modality(NAMES[[30, 2, 17, 20, 39]], "CD", 4, 3, np.asarray)
m.mod["prot"] = prot
m.update()
save("differing", m, keys(m))

# columns as older versions of mudata left them in the shared table, one of them edited since
m = rich(NAMES[:26], NAMES[15:])
m.pull_obs()
m.obs["rna:sample"] = m.obs["rna:sample"].astype(object).where(m.obs_names != NAMES[0], "edited")
k = keys(m)
k["rna:sample"] = m.obs["rna:sample"]
assert {"rna:sample", "atac:sample", "rna:n", "atac:frag"} <= set(m.obs.columns), m.obs.columns
del k["n"], k["frag"]
save("pulled", m, k)

# a shared table that lacks cells, and no order of modalities
m = rich(NAMES[5:20], NAMES[:10])
path = save("stale", m, {}, order=dict.fromkeys([*NAMES[:10], *NAMES[5:20]]))
with h5py.File(path, "a") as f:
    del f["obs"], f["mod"].attrs["mod-order"]
    ad.io.write_elem(f, "obs", m.obs.iloc[:7])
    index = list(m.obs_names[:7])
expected["stale"]["modalities"] = ["atac", "rna"]
expected["stale"]["union"]["columns"] = {"donor": column(m.obs["donor"].iloc[:7].reindex(expected["stale"]["union"]["names"]))}
common = expected["stale"]["intersection"]["names"]
expected["stale"]["intersection"]["columns"] = {"donor": column(m.obs["donor"].iloc[:7].reindex(common))}

# enough for several blocks, the same counts stored in three ways and orders
n, g = 12_000, 400
x = sp.random(n, g, 0.02, format="csr", random_state=7, data_rvs=lambda k: np.random.default_rng(7).integers(1, 9, k)).astype("f4")
x.sort_indices()
names = np.array([f"c{i}" for i in range(n)])
mods = {}
for name, kind in (("csr", sp.csr_matrix), ("csc", sp.csc_matrix), ("dense", lambda v: v.toarray())):
    order = np.random.default_rng(len(mods)).permutation(n)[: n - 1000 * len(mods)]
    if name == "csr":
        order = np.sort(order)[::-1]
    mods[name] = ad.AnnData(kind(x[order]))
    mods[name].obs_names = names[order]
    mods[name].var_names = [f"{name}{i}" for i in range(g)]
m = mu.MuData(mods)
mu.write_h5mu(os.path.join(OUT, "large.h5mu"), m, compression="gzip", compression_opts=1)


def digest(v):
    h = hashlib.sha256(struct.pack("<qq", *v.shape))
    for r in range(v.shape[0]):
        a, b = v.indptr[r], v.indptr[r + 1]
        h.update(struct.pack("<i", b - a) + v.indices[a:b].astype("<i4").tobytes() + v.data[a:b].astype("<f4").tobytes())
    return h.hexdigest()


number_of = {c: i for i, c in enumerate(names)}
whole = {}
for name, a in m.mod.items():
    place = np.array([number_of[c] for c in m.obs_names])
    there = m.obs_names.isin(a.obs_names)
    v = (sp.diags(there.astype("f4")) @ x[place]).tocsr()
    v.eliminate_zeros()
    v.sort_indices()
    whole[name] = digest(v)
with open(os.path.join(OUT, "digests.json"), "w") as f:
    json.dump(whole, f)

# not for reading
m = rich(NAMES, NAMES)
m["atac"].obs.loc[NAMES[3], "sample"] = "other"
m.write(os.path.join(OUT, "bad_differ.h5mu"))
m["rna"].obs["kind"], m["atac"].obs["kind"] = 1, "one"
m.write(os.path.join(OUT, "bad_kinds.h5mu"))
m = mu.MuData({"rna": modality(NAMES[:9], "g", 3, 1), "atac": modality(NAMES[9:], "p", 3, 1),
               "bare": ad.AnnData(obs=pd.DataFrame(index=NAMES[:4]), var=pd.DataFrame(index=["a", "b"]))})
m.write(os.path.join(OUT, "bad_disjoint.h5mu"))
twice = modality([*NAMES[:8], NAMES[3]], "g", 3, 1)
mu.MuData({"rna": twice, "atac": modality(NAMES[20:], "p", 3, 1)}).write(os.path.join(OUT, "bad_twice.h5mu"))
mu.MuData({"a": modality(NAMES[:5], "g", 3, 1), "b": modality(NAMES[5:9], "g", 3, 2)}, axis=1).write(os.path.join(OUT, "bad_axis.h5mu"))
nested = mu.MuData({"inner": modality(NAMES[:5], "g", 3, 1)})
mu.MuData({"rna": modality(NAMES[:5], "g", 3, 1)}).write(os.path.join(OUT, "bad_nested.h5mu"))
nested.write(os.path.join(OUT, "inner.h5mu"))
with h5py.File(os.path.join(OUT, "bad_nested.h5mu"), "a") as f, h5py.File(os.path.join(OUT, "inner.h5mu")) as g:
    g.copy("/", f["mod"], "outer")
    f["mod"].attrs["mod-order"] = ["rna", "outer"]
modality(NAMES[:5], "g", 3, 1).write_h5ad(os.path.join(OUT, "bad_anndata.h5ad"))

with open(os.path.join(OUT, "expected.json"), "w") as f:
    json.dump(expected, f)
print(len(expected), "files")
