#!/usr/bin/env python3
"""Writes .h5ad files of the kinds that users have, by anndata's own writer, and what is in them as JSON.

usage: make_inputs.py OUTDIR
Each expectation is dumped from the object in memory, not from the file.
"""
import json
import os
import sys
import warnings

import anndata as ad
import h5py
import hdf5plugin
import numpy as np
import pandas as pd
import scipy.sparse as sp

warnings.filterwarnings("ignore")
ad.settings.allow_write_nullable_strings = True
OUT = sys.argv[1]
os.makedirs(OUT, exist_ok=True)
N, G = 60, 35
expected = {}


def counts(n=N, g=G, dtype=np.float32, largest=100):
    draw = np.random.default_rng(3)
    m = sp.random(n, g, 0.2, format="csr", random_state=3, data_rvs=lambda k: draw.integers(1, largest, k))
    return m.astype(dtype)


def bare(x, n=N, g=G):
    a = ad.AnnData(x)
    a.obs_names = [f"Zelle-{i:03d}é\u6f22" for i in range(n)]
    a.var_names = [f"ENSG{i:05d}.{i % 3}" for i in range(g)]
    return a


def dense(x):
    return np.asarray(x.todense() if sp.issparse(x) else x).astype(float).tolist()


def number(v):
    return None if pd.isna(v) else float(v) if np.isfinite(v) else str(v)


def column(s):
    if isinstance(s.dtype, pd.CategoricalDtype):
        return {"kind": "categorical", "codes": s.cat.codes.tolist(), "ordered": bool(s.cat.ordered),
                "categories": [str(c) for c in s.cat.categories]}
    if s.dtype == bool or isinstance(s.dtype, pd.BooleanDtype):
        return {"kind": "flags", "values": [None if pd.isna(v) else bool(v) for v in s]}
    if pd.api.types.is_numeric_dtype(s.dtype):
        return {"kind": "numbers", "values": [number(v) for v in s], "whole": pd.api.types.is_integer_dtype(s.dtype)}
    return {"kind": "text", "values": [None if pd.isna(v) else v for v in s]}


def expect(name, a, layers=("X",)):
    expected[name] = {
        "obs_names": list(a.obs_names), "var_names": list(a.var_names),
        "columns": {k: column(a.obs[k]) for k in a.obs.columns},
        "matrices": {k: dense(a.X if k == "X" else a.layers[k]) for k in layers},
        "obsm": {k: np.asarray(v).astype(np.float32).astype(float).tolist() for k, v in a.obsm.items()
                 if isinstance(v, np.ndarray)},
    }


def path(name):
    return os.path.join(OUT, name + ".h5ad")


def save(name, a, layers=("X",), **options):
    expect(name, a, layers)
    a.write_h5ad(path(name), convert_strings_to_categoricals=False, **options)


def rich():
    r = np.random.default_rng(7)
    a = bare(counts())
    n, g = a.shape
    a.obs_names.name = "cell_id"
    c = r.integers(0, 3, n)
    a.obs["cat"] = pd.Categorical.from_codes(c, ["T cell", "B cell", "Ärzte/β·\u6f22\u5b57"])
    a.obs["ordered"] = pd.Categorical.from_codes(np.where(np.arange(n) % 7 == 0, -1, c), ["low", "mid", "high"], ordered=True)
    a.obs["cat_int"] = pd.Categorical(r.integers(-2, 3, n))
    a.obs["cat_float"] = pd.Categorical(r.choice([1.5, 2.0, 1e-7, 1e16, 123456.789], n))
    a.obs["cat_bool"] = pd.Categorical(r.random(n) > 0.5)
    a.obs["cat_many"] = pd.Categorical([f"c{i}" for i in range(n)])
    a.obs["text"] = np.array([f"s{i % 7}ü" if i % 5 else "" for i in range(n)], dtype=object)
    a.obs["bool"] = r.random(n) > 0.5
    for t in ("i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"):
        a.obs[t] = r.integers(0, 127, n).astype(t)
    a.obs["f8"] = r.normal(size=n)
    a.obs.loc[a.obs.index[3], "f8"] = np.nan
    a.obs.loc[a.obs.index[4], "f8"] = np.inf
    a.obs["f4"] = r.normal(size=n).astype("f4")
    a.obs["f2"] = r.normal(size=n).astype("f2")
    a.obs["nint"] = pd.array([None if i % 11 == 0 else i for i in range(n)], dtype="Int32")
    a.obs["nbool"] = pd.array([None if i % 5 == 0 else i % 2 == 0 for i in range(n)], dtype="boolean")
    a.obs["nstr"] = pd.array([pd.NA if i % 6 == 0 else f"n{i}ü" for i in range(n)], dtype="string")
    a.obs["weird name (%) . 漢"] = np.arange(n, dtype=np.int32)
    a.var["hvg"] = r.random(g) > 0.7
    a.var["symbol"] = pd.Categorical([f"g{i % 9}" for i in range(g)])
    a.layers["counts"] = counts(dtype=np.int64)
    a.layers["csc"] = counts(dtype=np.float64).tocsc()
    a.layers["dense"] = counts(dtype=np.uint16).toarray()
    a.raw = a.copy()
    a.obsm["X_pca"] = r.normal(size=(n, 5)).astype(np.float32)
    a.obsm["X_umap"] = r.normal(size=(n, 2))
    a.obsm["X_F"] = np.asfortranarray(r.normal(size=(n, 3)))
    a.obsm["frame"] = pd.DataFrame({"a": np.arange(n, dtype=float), "b": pd.Categorical(["x", "y"] * (n // 2))}, index=a.obs_names)
    a.obsm["sparse"] = counts(n, 30)
    a.varm["PCs"] = r.normal(size=(g, 4))
    a.obsp["conn"] = sp.random(n, n, 0.02, format="csr", random_state=1)
    a.varp["vv"] = sp.random(g, g, 0.02, format="csc", random_state=1)
    a.uns["neighbors"] = {"params": {"n_neighbors": 15, "method": "umap", "use": True, "nothing": None, "frac": 0.25}}
    a.uns["colors"] = np.array(["#ff0000", "#00ff00", "#0000ffé"])
    a.uns["empty"] = {}
    a.uns["title"] = "Größe µm\nline2"
    a.uns["cube"] = r.normal(size=(3, 4, 5))
    a.uns["records"] = np.rec.fromarrays([np.array(["g1", "gé"], dtype=object), np.arange(2, dtype="f4")], names="name,score")
    kinds = {"gene": "O", "lfc": "f8", "flag": "?", "small": "i1", "large": "u8", "half": "u2"}
    every = np.array([(f"g{i}" + "ü\U0001d11e" * i, i / 3, i % 2, -i, 2**64 - 1 - i, i) for i in range(6)], list(kinds.items()))
    a.uns["rank_genes_groups"] = {"names": every[["gene", "flag"]].copy(), "scores": every[["lfc", "small", "large"]].copy().reshape(3, 2),
                                  "none": every[["lfc", "half"]][:0].copy(), "params": {"method": "t-test"}}
    a.uns["frame"] = pd.DataFrame({"q": [1, 2, 3], "w": ["x", "y", "z"]})
    return a


a = rich()
every = ("X", "counts", "csc", "dense")
save("rich", a, every)
save("rich_gzip", a, every, compression="gzip")
save("rich_lzf", a, every, compression="lzf")
b = a.copy()
b.uns = {}
expect("rich_shuffle", b, every)
with h5py.File(path("rich_shuffle"), "w") as f:
    ad.io.write_elem(f, "/", b, dataset_kwargs=dict(compression="gzip", shuffle=True))
expect("rich_v110", b, every)
with h5py.File(path("rich_v110"), "w", libver=("v110", "v110")) as f:
    ad.io.write_elem(f, "/", b)

for name, x in dict(
        csr_f32=counts(), csc_f32=counts().tocsc(), dense_f32=counts().toarray(),
        csr_f64=counts(dtype=np.float64), dense_f64=counts(dtype=np.float64).toarray(),
        csr_i64=counts(dtype=np.int64), dense_i64=counts(dtype=np.int64).toarray(),
        csr_i32=counts(dtype=np.int32), csr_u32=counts(dtype=np.uint32), csr_u64=counts(dtype=np.uint64),
        csc_u16=counts(dtype=np.uint16).tocsc(), dense_u16=counts(dtype=np.uint16).toarray(),
        csr_i8=counts(dtype=np.int8), dense_i8=counts(dtype=np.int8).toarray(), csr_u8=counts(dtype=np.uint8),
        dense_f16=counts().toarray().astype(np.float16),
        csr_bool=counts().astype(bool), dense_bool=counts().toarray().astype(bool),
        dense_fortran=np.asfortranarray(counts().toarray())).items():
    save("x_" + name, bare(x))
    save("x_" + name + "_gzip", bare(x), compression="gzip")
save("x_csr_zstd", bare(counts(largest=3)), compression=hdf5plugin.FILTERS["zstd"], compression_opts=hdf5plugin.Zstd(clevel=5).filter_options)
save("x_dense_lzf", bare(counts(largest=3).toarray()), compression="lzf")

m = counts()
m.indices, m.indptr = m.indices.astype(np.int64), m.indptr.astype(np.int64)
save("x_indices64", bare(m))
m = counts(g=8, n=10)
order = np.concatenate([np.arange(m.indptr[i], m.indptr[i + 1])[::-1] for i in range(10)])
u = bare(sp.csr_matrix((m.data[order], m.indices[order], m.indptr), shape=m.shape), 10, 8)
save("x_unsorted", u)
d = sp.csr_matrix((np.array([1, 2, 3, 0, 5], "f4"), np.array([1, 0, 1, 2, 2]), np.array([0, 3, 5])), shape=(2, 3))
save("x_duplicates_and_zeros", bare(d, 2, 3))
save("x_fractions", bare(counts() / 2))
save("no_obs_columns", ad.AnnData(counts()))
w = bare(counts())
w.obs = pd.DataFrame({f"column_{i}": np.arange(N) * i for i in range(300)}, index=w.obs_names)
save("wide_obs", w)

# other byte order and other chunks than anndata would choose
save("x_big_endian", bare(counts()))
with h5py.File(path("x_big_endian"), "a") as f:
    for part, kind in (("data", ">f4"), ("indices", ">i4"), ("indptr", ">i8")):
        v = f["X"][part][:]
        del f["X"][part]
        f["X"].create_dataset(part, data=v.astype(kind))
save("x_dense_chunks", bare(counts().toarray()))
with h5py.File(path("x_dense_chunks"), "a") as f:
    v = f["X"][:]
    del f["X"]
    x = f.create_dataset("X", data=v, chunks=(7, 11), compression="gzip", fletcher32=True)
    x.attrs["encoding-type"], x.attrs["encoding-version"] = "array", "0.2.0"
save("x_appended", bare(counts()))
with h5py.File(path("x_appended"), "a") as f:
    ad.io.sparse_dataset(f["X"]).append(counts())
    del f["obs"]
    ad.io.write_elem(f, "obs", pd.DataFrame(index=[str(i) for i in range(2 * N)]))
expected["x_appended"]["obs_names"] = [str(i) for i in range(2 * N)]
expected["x_appended"]["matrices"]["X"] *= 2

# not for reading whole: a filter that libhdf5 lacks, and no X
bare(counts()).write_h5ad(os.path.join(OUT, "bad_blosc.h5ad"))
with h5py.File(os.path.join(OUT, "bad_blosc.h5ad"), "a") as f:
    del f["X"]
    o = hdf5plugin.Blosc(cname="lz4")
    ad.io.write_elem(f, "X", counts(largest=3), dataset_kwargs=dict(compression=o.filter_id, compression_opts=o.filter_options))
ad.AnnData(obs=pd.DataFrame(index=list("abc")), var=pd.DataFrame(index=list("de"))).write_h5ad(os.path.join(OUT, "bad_no_x.h5ad"))

with open(os.path.join(OUT, "expected.json"), "w") as f:
    json.dump(expected, f)
print(len(expected), "files")
