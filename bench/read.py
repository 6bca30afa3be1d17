#!/usr/bin/env python3
"""Times reading of counts by this program and by scanpy and anndata, in turn in one run, and prints the ratios.

usage: read.py FOLDER ROUNDS JAVA [JAVA_OPTION...]
Makes in FOLDER, unless they are there, 5,000 cells x 20,000 genes with 7 % nonzeros as a 10x .h5, a 10x folder with
matrix.mtx.gz, and Zarr stores (v2; v3, sharded) as anndata writes them. JAVA and its options start a JVM with the program's
classes. Needs scanpy, anndata and zarr.
"""
import gzip
import os
import statistics
import subprocess
import sys
import time
import warnings

import anndata as ad
import h5py
import numpy as np
import pandas as pd
import scanpy as sc
import scipy.sparse as sp

warnings.filterwarnings("ignore")
folder, rounds, java = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
cells, genes, share = 5000, 20000, 0.07
READS = 12  # in each JVM: the first is cold, the second half warm


def make():
    draw = np.random.default_rng(1)
    per_cell = draw.binomial(genes, share, cells)
    starts = np.concatenate([[0], np.cumsum(per_cell)])
    indices = np.concatenate([np.sort(draw.choice(genes, n, replace=False)) for n in per_cell]).astype("i4")
    x = sp.csr_matrix((1 + draw.poisson(0.7, starts[-1]).astype("f4"), indices, starts.astype("i4")), shape=(cells, genes))
    names = [f"cell{i}-1" for i in range(cells)]
    symbols, ids = [f"gene{i}" for i in range(genes)], [f"ENSG{i:011d}" for i in range(genes)]
    with h5py.File("cells.h5", "w") as f:
        g = f.create_group("matrix")
        for name, v in dict(barcodes=np.array(names, "S"), data=x.data.astype("i4"), indices=x.indices.astype("i8"),
                            indptr=x.indptr.astype("i8"), shape=np.array([genes, cells], "i4")).items():
            g.create_dataset(name, data=v, compression="gzip", compression_opts=4, shuffle=True)
        t = g.create_group("features")
        for name, v in dict(id=ids, name=symbols, feature_type=["Gene Expression"] * genes, genome=["G"] * genes).items():
            t.create_dataset(name, data=np.array(v, "S"), compression="gzip")
    os.makedirs("folder")
    coo = x.tocoo()
    with gzip.open("folder/matrix.mtx.gz", "wt", 6) as f:
        f.write(f"%%MatrixMarket matrix coordinate integer general\n%\n{genes} {cells} {x.nnz}\n")
        pd.DataFrame({"g": coo.col + 1, "c": coo.row + 1, "x": coo.data.astype(int)}).to_csv(f, sep=" ", header=False, index=False)
    with gzip.open("folder/barcodes.tsv.gz", "wt") as f:
        f.write("\n".join(names) + "\n")
    with gzip.open("folder/features.tsv.gz", "wt") as f:
        f.write("".join(f"{i}\t{s}\tGene Expression\n" for i, s in zip(ids, symbols)))
    a = ad.AnnData(x, obs=pd.DataFrame(index=names), var=pd.DataFrame(index=symbols))
    ad.settings.zarr_write_format = 2
    a.write_zarr("v2.zarr")
    ad.settings.zarr_write_format = 3
    ad.settings.auto_shard_zarr_v3 = True
    a.write_zarr("sharded.zarr")


os.makedirs(folder, exist_ok=True)
here = os.getcwd()
os.chdir(folder)
if not os.path.exists("sharded.zarr"):
    make()
theirs = {
    "cells.h5": lambda: sc.read_10x_h5("cells.h5"),
    "folder": lambda: sc.read_10x_mtx("folder"),
    "v2.zarr": lambda: ad.read_zarr("v2.zarr"),
    "sharded.zarr": lambda: ad.read_zarr("sharded.zarr"),
}
for name, read in theirs.items():
    python, program = [], []
    for _ in range(rounds):
        start = time.perf_counter()
        read()
        python.append(time.perf_counter() - start)
        ran = subprocess.run([*java, "org.regularizedvi.bench.ReadBenchmark", str(READS), os.path.abspath(name)],
                             capture_output=True, text=True, check=True)
        program.append([float(line.split("\t")[1]) for line in ran.stdout.splitlines()])
    a = statistics.median(python)
    first = statistics.median(p[0] for p in program)
    warm = statistics.median(t for p in program for t in p[READS // 2:])
    print(f"{name}: {a:.2f} s by Python; here {first:.2f} s in a fresh JVM ({a / first:.1f} times as fast), "
          f"{warm:.2f} s in a warm one ({a / warm:.1f} times)", flush=True)
