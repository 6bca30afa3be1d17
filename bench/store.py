#!/usr/bin/env python3
"""Times random minibatches of 1,024 cells out of prepared cells, out of memory, and of loaders of Python, in turn in one run.

usage: store.py FOLDER ROUNDS CELLS SOURCE.h5ad JAVA [JAVA_OPTION...]
Makes in FOLDER, unless it is there, an uncompressed cells.h5ad of so many cells, drawn from SOURCE with replacement, and prepares
cells.rvi from it. JAVA and its options start a JVM with the program's classes (bench/target/classes and so on) and a heap that
holds the counts; -XX:+UseSerialGC -Xmn400m keeps a new matrix for each minibatch from touching new memory each time. Needs anndata; what else is installed is measured too: scvi-tools' AnnDataLoader, out of memory and backed by the file, and annbatch
(of Python 3.12 or later) out of a collection that it shuffles before, by its defaults and at true random, its minibatches sparse.
Cold means that the system was told to forget the file before. One thread means one processor, by taskset.
"""
import os
import statistics
import subprocess
import sys
import time
import warnings

import anndata as ad
import h5py
import numpy as np
import scipy.sparse as sp

warnings.filterwarnings("ignore")
folder, rounds, cells, source, java = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], sys.argv[5:]
MINIBATCH, SECONDS, PIECE = 1024, 6, 20_000


def make(path):
    """Writes the drawn cells piece by piece, so that memory holds a piece of them."""
    whole = ad.read_h5ad(source)
    x = sp.csr_matrix(whole.X)
    rows = np.random.default_rng(0).integers(0, x.shape[0], cells)
    starts = np.concatenate([[0], np.cumsum(np.diff(x.indptr)[rows])])
    empty = sp.csr_matrix((cells, x.shape[1]), dtype="f4")
    ad.AnnData(empty, obs={"batch": ["a", "b"] * (cells // 2) + ["a"] * (cells % 2)}, var=whole.var[[]]).write_h5ad(path)
    with h5py.File(path, "r+") as f:
        for name, kind in ("data", "f4"), ("indices", "i4"):
            del f["X"][name]
            f["X"].create_dataset(name, (starts[-1],), kind)
        del f["X"]["indptr"]
        f["X"]["indptr"] = starts.astype("i8")
        for first in range(0, cells, PIECE):
            part = x[rows[first : first + PIECE]]
            at = slice(starts[first], starts[min(cells, first + PIECE)])
            f["X"]["data"][at], f["X"]["indices"][at] = part.data, part.indices


def program(*arguments, one=False):
    command = [*(["taskset", "-c", "0"] if one else []), *java, "org.regularizedvi.bench.StoreBenchmark", *map(str, arguments)]
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return {name: float(value) for name, value in (line.split("\t") for line in ran.stdout.splitlines())}


def forget(path):
    with open(path, "rb+") as f:
        os.fsync(f.fileno())
        os.posix_fadvise(f.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def loader(table):
    """scvi-tools' own loader of shuffled minibatches, each of which becomes a dense tensor."""
    from scvi.data import AnnDataManager, fields
    from scvi.dataloaders import AnnDataLoader

    manager = AnnDataManager([fields.LayerField("X", None, is_count_data=True)])
    manager.register_fields(table)
    start, seen = time.perf_counter(), 0
    for batch in AnnDataLoader(manager, batch_size=MINIBATCH, shuffle=True):
        seen += len(batch["X"])
        if time.perf_counter() - start > SECONDS:
            break
    return seen / (time.perf_counter() - start)


def shuffled():
    """annbatch's collection of the same cells, which it makes once."""
    from annbatch import DatasetCollection

    path = os.path.join(folder, "collection.zarr")
    if not os.path.exists(path):
        start = time.perf_counter()
        DatasetCollection(path + ".new").add_adatas([file], rng=np.random.default_rng(0))
        os.rename(path + ".new", path)
        print(f"annbatch shuffled its collection in {time.perf_counter() - start:,.0f} s")
    return DatasetCollection(path, mode="r")


def annbatch(**chunks):
    from annbatch import Loader

    start, seen = time.perf_counter(), 0
    for batch in Loader(batch_size=MINIBATCH, shuffle=True, **chunks).use_collection(shuffled()):
        seen += batch["X"].shape[0]
        if time.perf_counter() - start > SECONDS:
            break
    return seen / (time.perf_counter() - start)


os.makedirs(folder, exist_ok=True)
file, prepared = os.path.join(folder, "cells.h5ad"), os.path.join(folder, "cells.rvi")
if not os.path.exists(file):
    make(file)
made = program("prepare", file, prepared)
print(f"prepare: {made['counts']:,.0f} counts, {made['bytes'] / made['counts']:.2f} bytes each, "
      f"{made['counts'] * 8 / 1e6 / made['seconds']:,.0f} MB/s of 8 bytes a count")  # fmt: skip

counts = os.path.join(prepared, "counts")
found = {}
for _ in range(rounds):
    for name, measure in {
        "memory": lambda: program("gather", SECONDS, file)["cells/s"],
        "prepared, one thread": lambda: program("gather", SECONDS, prepared, one=True)["cells/s"],
        "prepared, all threads": lambda: program("gather", SECONDS, prepared)["cells/s"],
        "prepared, cold": lambda: forget(counts) or program("gather", SECONDS / 2, prepared)["cells/s from the first"],
        "AnnDataLoader, memory": lambda: loader(ad.read_h5ad(file)),
        "AnnDataLoader, backed": lambda: loader(ad.read_h5ad(file, backed="r")),
        "annbatch, 32 x 512": lambda: annbatch(chunk_size=512, preload_nchunks=32),
        "annbatch, true random": lambda: annbatch(chunk_size=1, preload_nchunks=MINIBATCH * 16),
    }.items():
        try:
            found.setdefault(name, []).append(measure())
        except ImportError as e:
            print(f"{name}: left out, {e}", file=sys.stderr)
base = statistics.median(found["memory"])
for name, values in found.items():
    middle = statistics.median(values)
    print(f"{name:24} {middle:12,.0f} cells/s {middle / base:8.3f} of memory")
