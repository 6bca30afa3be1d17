#!/usr/bin/env python3
"""Writes copies of an .h5ad with parts that nobody means well by.

usage: hostile.py BASE OUTDIR
"""
import os
import shutil
import sys
import zlib

import h5py
import numpy as np

BASE, OUT = sys.argv[1], sys.argv[2]
os.makedirs(OUT, exist_ok=True)


def circle(f, group, name):
    """Two soft links that lead to each other."""
    del f[group][name]
    f[group][name] = h5py.SoftLink(f"{group}/{name}2")
    f[group][name + "2"] = h5py.SoftLink(f"{group}/{name}")


def put(f, path, link):
    del f[path]
    f[path] = link


def one_chunk(f, path, filters, stored):
    """Puts one chunk of the dataset's length into it, as it stands."""
    kind, length = f[path].dtype, len(f[path])
    del f[path]
    create = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    create.set_chunk((length,))
    for number in filters:
        create.set_filter(number, h5py.h5z.FLAG_OPTIONAL, (6,))
    space = h5py.h5s.create_simple((length,))
    data = h5py.h5d.create(f.id, path.encode(), h5py.h5t.py_create(kind), space, create)
    data.write_direct_chunk((0,), stored)


def zeros(bytes_):
    """A zlib stream of zeros that takes a thousandth of them."""
    packer, piece = zlib.compressobj(9), bytes(1 << 20)
    return b"".join([*(packer.compress(piece) for _ in range(bytes_ >> 20)), packer.flush()])


def outside(f, path):
    """The values lie in another file, which is there."""
    values = f[path][:]
    del f[path]
    beside = os.path.join(OUT, "values.bin")
    f.create_dataset(path, values.shape, values.dtype, external=[(beside, 0, values.nbytes)])[:] = values


def virtual(f, path):
    """The values are a view of another file, which is there."""
    layout = h5py.VirtualLayout(f[path].shape, f[path].dtype)
    layout[:] = h5py.VirtualSource(BASE, path, f[path].shape)
    del f[path]
    f.create_virtual_dataset(path, layout)


def endless(f, path):
    """States 2^60 elements and has none."""
    attributes, kind = dict(f[path].attrs), f[path].dtype
    del f[path]
    data = f.create_dataset(path, (2**60,), kind, chunks=(1024,))
    for name, value in attributes.items():
        data.attrs[name] = value


def row_starts(f):
    """States 2^60 elements and, in the row starts, that all are in the last row."""
    endless(f, "X/data")
    endless(f, "X/indices")
    f["X/indptr"][-1] = 2**60 if f["X/indptr"].dtype.itemsize == 8 else 2**31 - 1


FILES = {
    "soft_circle": lambda f: circle(f, "/obs", "batch"),
    "soft_circle_x": lambda f: circle(f, "/", "X"),
    "soft_itself": lambda f: put(f, "X/data", h5py.SoftLink("/X/data")),
    "dangling": lambda f: put(f, "X/data", h5py.SoftLink("/X/gone")),
    "hard_circle": lambda f: put(f, "obs", f["/"]),
    "hard_circle_x": lambda f: put(f, "X/data", f["X"]),
    "hard_circle_unread": lambda f: f.require_group("uns").__setitem__("itself", f["uns"]),
    "external_link": lambda f: put(f, "X", h5py.ExternalLink(BASE, "/X")),
    "external_obs": lambda f: put(f, "obs/batch", h5py.ExternalLink(BASE, "/obs/batch")),
    "external_storage": lambda f: outside(f, "X/data"),
    "virtual": lambda f: virtual(f, "X/data"),
    "unknown_filter": lambda f: one_chunk(f, "X/data", [30_000], b"never mind"),
    "swollen": lambda f: one_chunk(f, "X/data", [h5py.h5z.FILTER_DEFLATE], zeros(8 << 30)),
    "noise": lambda f: one_chunk(f, "X/data", [h5py.h5z.FILTER_DEFLATE], b"never mind"),
    "endless": lambda f: endless(f, "X/data"),
    "endless_rows": row_starts,
    "endless_obs": lambda f: endless(f, "obs/batch"),
    "endless_names": lambda f: endless(f, "obs/" + f["obs"].attrs["_index"]),
}
for name, change in FILES.items():
    path = os.path.join(OUT, name + ".h5ad")
    shutil.copyfile(BASE, path)
    with h5py.File(path, "r+") as f:
        change(f)
