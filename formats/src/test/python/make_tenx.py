#!/usr/bin/env python3
"""Writes counts in the layouts of 10x Genomics with h5py and by hand, and what is in them as JSON.

usage: make_tenx.py OUTDIR
Each expectation is dumped from the matrix in memory; names are made unique by anndata.
"""
import gzip
import io
import json
import os
import sys
import warnings

import anndata as ad
import h5py
import numpy as np
import pandas as pd
import scipy.io
import scipy.sparse as sp

warnings.filterwarnings("ignore")
OUT = sys.argv[1]
os.makedirs(OUT, exist_ok=True)
expected = {}


def counts(features, cells, seed):
    draw = np.random.default_rng(seed)
    return (draw.poisson(2, (features, cells)) * (draw.random((features, cells)) < 0.4)).astype("i4")


def barcodes(n, first=0):
    return [f"{''.join('ACGT'[(i + first) // 4**k % 4] for k in range(8))}-1" for i in range(n)]


def features(types, genome="GRCh38"):
    """Names of which every fourth repeats an earlier one, and one that looks as if it had been changed."""
    n = len(types)
    names = [f"gene{i // 2}" if i % 4 == 1 else f"gene{i}" for i in range(n)]
    names[-1] = "gene0-1"
    return pd.DataFrame({
        "gene_ids": [f"ENSG{i:05d}" for i in range(n)],
        "names": names,
        "feature_types": types,
        "genome": [genome] * n,
        "interval": [f"chr1:{100 * i}-{100 * i + 50}" for i in range(n)],
    })


def unique(names):
    a = ad.AnnData(sp.csr_matrix((1, len(names))), var=pd.DataFrame(index=names))
    a.var_names_make_unique()
    return list(a.var_names)


def expect(file, x, cells, table, columns):
    """x is features x cells."""
    types = np.array(table["feature_types"]) if "feature_types" in columns else np.array(["Gene Expression"] * len(table))
    found = {m: types == t for m, t in {"rna": "Gene Expression", "atac": "Peaks"}.items() if (types == t).any()}
    if len(found) == 1:
        found = {"": next(iter(found.values()))}
    expected[file] = {
        "cells": cells,
        "left_out": sorted(set(types) - {"Gene Expression", "Peaks"}),
        "modalities": {
            m: {
                "names": unique(list(table["names"][chosen])),
                "var": {c: list(table[c][chosen]) for c in columns},
                "x": x[chosen].T.tolist(),
            }
            for m, chosen in found.items()
        },
    }


def matrix(group, x, cells):
    m = sp.csc_matrix(x)
    group.create_dataset("barcodes", data=np.array(cells, dtype="S18"), compression="gzip")
    group.create_dataset("data", data=m.data.astype("i4"), compression="gzip")
    group.create_dataset("indices", data=m.indices.astype("i8"), compression="gzip")
    group.create_dataset("indptr", data=m.indptr.astype("i8"), compression="gzip")
    group.create_dataset("shape", data=np.array(x.shape, dtype="i4"))


def version3(file, types, seed, cells=12, columns=("gene_ids", "feature_types", "genome", "interval"), change=None):
    table, x, names = features(types), counts(len(types), cells, seed), barcodes(cells)
    with h5py.File(f"{OUT}/{file}", "w") as f:
        f.attrs["filetype"] = "matrix"
        g = f.create_group("matrix")
        matrix(g, x, names)
        t = g.create_group("features")
        t.create_dataset("_all_tag_keys", data=np.array([b"genome", b"interval"]))
        stored = {"id": "gene_ids", "name": "names", "feature_type": "feature_types", "genome": "genome", "interval": "interval"}
        for name, column in stored.items():
            if column == "names" or column in columns:
                t.create_dataset(name, data=np.array(list(table[column]), dtype="S40"))
        if change:
            change(f)
    if not change or change is cellbender:
        expect(file, x, names, table, columns)


def cellbender(f):
    f.create_group("droplet_latents")["cell_probability"] = np.ones(3)
    f.create_group("global_latents")["ambient_expression"] = np.ones(3)
    f.create_group("metadata")["features_analyzed_inds"] = np.arange(3)


def version2(file, genomes):
    tables, blocks, all_cells = [], [], []
    with h5py.File(f"{OUT}/{file}", "w") as f:
        for k, (genome, n, first) in enumerate(genomes):
            table, x, names = features(["Gene Expression"] * n, genome), counts(n, 10, 20 + k), barcodes(10, first)
            g = f.create_group(genome)
            matrix(g, x, names)
            g["genes"] = np.array(list(table["gene_ids"]), dtype="S20")
            g["gene_names"] = np.array(list(table["names"]), dtype="S20")
            tables.append(table)
            blocks.append(pd.DataFrame(x, columns=names))
            all_cells += [c for c in names if c not in all_cells]
    x = np.concatenate([b.reindex(columns=all_cells, fill_value=0).to_numpy() for b in blocks])
    expect(file, x, all_cells, pd.concat(tables, ignore_index=True), ("gene_ids", "genome"))


def damaged(name, path, value):
    def change(f):
        old = f[path][:]
        del f[path]
        f[path] = value(old)
    version3(name, ["Gene Expression"] * 8, 40, change=change)


def entry(at, value):
    def change(old):
        old[at] = value
        return old
    return change


def table_text(table, width, ends="\n"):
    place = [i.replace(":", "-").split("-") for i in table["interval"]]
    lines = []
    for i in range(len(table)):
        row = [table["gene_ids"][i], table["names"][i], table["feature_types"][i], *place[i]]
        lines.append("\t".join(row[1:2] if width == 1 else row[:width]))
    return ends.join(lines) + ends


def mtx_text(x, kind="integer", turned=False, shuffled=False, ends="\n", comment='%metadata_json: {"software_version": "x"}'):
    m = sp.coo_matrix(x.T if turned else x)
    order = np.lexsort((m.row, m.col))
    if shuffled:
        order = np.random.default_rng(3).permutation(order)
    lines = [f"%%MatrixMarket matrix coordinate {kind} general", comment, f"{m.shape[0]} {m.shape[1]} {m.nnz}"]
    for i in order:
        value = {"integer": f" {m.data[i]}", "real": f" {float(m.data[i]):.3e}", "pattern": ""}[kind]
        lines.append(f"{m.row[i] + 1} {m.col[i] + 1}{value}")
    text = ends.join(lines) + ends
    read = scipy.io.mmread(io.BytesIO(text.encode())).toarray()
    assert (read == (x.T if turned else x)).all(), "the textbook reads something else"
    return text


def write(path, text, members=1):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    data = text.encode()
    if path.endswith(".gz"):
        step = -(-len(data) // members)
        data = b"".join(gzip.compress(data[i:i + step]) for i in range(0, len(data), step))
    with open(path, "wb") as f:
        f.write(data)


def folder(name, types, seed, width=3, zipped=".gz", genes="features.tsv", prefix="", matrix="matrix.mtx", cells=11, ends="\n", members=1,
           codes="barcodes.tsv", **how):
    table, x, names = features(types), counts(len(types), cells, seed), barcodes(cells)
    if how.get("kind") == "pattern":
        x = np.minimum(x, 1)
    at = f"{OUT}/{name}/{prefix}"
    write(f"{at}{matrix}{zipped}", mtx_text(x, ends=ends, **how), members)
    write(f"{at}{codes}{zipped}", ends.join(names) + ends, members)
    write(f"{at}{genes}{zipped}", table_text(table, width, ends), members)
    columns = {1: (), 2: ("gene_ids",), 3: ("gene_ids", "feature_types"), 6: ("gene_ids", "feature_types", "interval")}
    expect(name, x, names, table, columns[width])


GENES = ["Gene Expression"] * 9
CITE = GENES + ["Antibody Capture"] * 3 + ["CRISPR Guide Capture", "Multiplexing Capture", "Custom"]
MULTIOME = ["Peaks", "Gene Expression", "Custom"] + GENES + ["Peaks"] * 6
version3("cite.h5", CITE, 1)
version3("multiome.h5", MULTIOME, 2)
version3("peaks.h5", ["Peaks"] * 7, 3)
version3("cellbender.h5", GENES, 4, columns=("gene_ids", "feature_types", "genome"), change=cellbender)
version2("v2.h5", [("GRCh38", 9, 0)])
version2("barnyard.h5", [("hg19", 9, 0), ("mm10", 7, 4)])
folder("v3", CITE, 5)
folder("arc", MULTIOME, 6, width=6, members=3)
folder("v2", GENES, 7, width=2, zipped="", genes="genes.tsv")
folder("geo", GENES, 8, width=1, prefix="GSM1234_liver_", genes="genes.tsv")
folder("windows", GENES, 9, ends="\r\n", kind="real", zipped="")
folder("kallisto", GENES, 10, width=1, zipped="", matrix="cells_x_genes.mtx", genes="cells_x_genes.genes.txt", codes="cells_x_genes.barcodes.txt",
       turned=True, cells=9)
folder("turned", GENES, 11, turned=True, zipped="")
folder("shuffled", CITE, 12, shuffled=True, kind="real")
folder("pattern", GENES, 13, kind="pattern", comment="% no counts\n%\n")

damaged("shape.h5", "matrix/shape", entry(0, 7))
damaged("indptr.h5", "matrix/indptr", entry(3, 99))
damaged("index.h5", "matrix/indices", entry(2, 8))
damaged("negative.h5", "matrix/data", entry(1, -3))
damaged("short.h5", "matrix/data", lambda old: old[:-2])
damaged("twice.h5", "matrix/barcodes", entry(1, b"AAAAAAAA-1"))
damaged("names.h5", "matrix/features/name", lambda old: old[:-1])
version3("antibodies.h5", ["Antibody Capture"] * 5, 41, change=lambda f: None)
with h5py.File(f"{OUT}/molecule_info.h5", "w") as f:
    f["barcodes"] = np.array(barcodes(3), dtype="S18")
    f["count"] = np.ones(3, dtype="i4")

with open(f"{OUT}/expected.json", "w") as f:
    json.dump(expected, f)
