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


def one_chunk(f, path, filters, stored, skipped=0):
    """Puts one chunk of the dataset's length into it, as it stands; some filters have left it alone."""
    kind, length = f[path].dtype, len(f[path])
    del f[path]
    create = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    create.set_chunk((length,))
    for number in filters:
        create.set_filter(number, h5py.h5z.FLAG_OPTIONAL, (6,))
    space = h5py.h5s.create_simple((length,))
    data = h5py.h5d.create(f.id, path.encode(), h5py.h5t.py_create(kind), space, create)
    data.write_direct_chunk((0,), stored, skipped)


def zeros(bytes_):
    """A zlib stream of zeros that takes a thousandth of them; its checksum is wrong, which only its end tells."""
    packer, piece = zlib.compressobj(9), bytes(1 << 20)
    first, again = (packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    return first + again * ((bytes_ >> 20) - 1) + packer.flush()


def categorical(f, ordered):
    """Makes of the batches a column without categories yet."""
    del f["obs/batch"]
    batch = f.create_group("obs/batch")
    batch.attrs["encoding-type"], batch.attrs["encoding-version"], batch.attrs["ordered"] = "categorical", "0.2.0", ordered
    batch["codes"] = np.zeros(60, "i1")
    return batch


def own_categories(f):
    """A column of categories that are the column itself."""
    batch = categorical(f, False)
    batch["categories"] = batch


def half_true(f):
    """A truth value that is neither."""
    batch = categorical(f, np.int8(110))
    batch["categories"] = ["a"]


def odd_float(f):
    """Numbers whose exponents count from 126: twice what they were."""
    values = f["X/data"][:]
    kind = h5py.h5t.IEEE_F32LE.copy()
    kind.set_ebias(126)
    del f["X/data"]
    data = h5py.h5d.create(f.id, b"X/data", kind, h5py.h5s.create_simple(values.shape))
    data.write(h5py.h5s.ALL, h5py.h5s.ALL, values)


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


def unfinished(f, path, chunk):
    """Has the first values alone, or none."""
    values = f[path][:]
    del f[path]
    data = f.create_dataset(path, values.shape, values.dtype, chunks=(chunk,) if chunk else None)
    if chunk:
        data[:3 * chunk] = values[:3 * chunk]


def two_layers(f):
    f.create_group("layers/layer_a")
    f.create_group("layers/layer_b")


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


def patched(path, old, new):
    """Replaces bytes of the file that are in it once."""
    with open(path, "rb") as f:
        raw = f.read()
    assert raw.count(old) == 1 and len(old) == len(new), path
    with open(path, "wb") as f:
        f.write(raw.replace(old, new))


# Zstandard's signature, one segment and 8 bytes for its length, that length
ZSTD_OF_A_TERABYTE = b"\x28\xb5\x2f\xfd\xe0" + (1 << 40).to_bytes(8, "little") + bytes(16)

FILES = {
    "soft_circle": lambda f: circle(f, "/obs", "batch"),
    "soft_circle_x": lambda f: circle(f, "/", "X"),
    "soft_itself": lambda f: put(f, "X/data", h5py.SoftLink("/X/data")),
    "dangling": lambda f: put(f, "X/data", h5py.SoftLink("/X/gone")),
    "hard_circle": lambda f: put(f, "obs", f["/"]),
    "hard_circle_x": lambda f: put(f, "X/data", f["X"]),
    "own_categories": own_categories,
    "hard_circle_unread": lambda f: f.require_group("uns").__setitem__("itself", f["uns"]),
    "external_link": lambda f: put(f, "X", h5py.ExternalLink(BASE, "/X")),
    "user_defined": lambda f: put(f, "X", h5py.ExternalLink("user-defined", "/")),
    "external_obs": lambda f: put(f, "obs/batch", h5py.ExternalLink(BASE, "/obs/batch")),
    "external_storage": lambda f: outside(f, "X/data"),
    "virtual": lambda f: virtual(f, "X/data"),
    "unknown_filter": lambda f: one_chunk(f, "X/data", [30_000], b"never mind"),
    "swollen": lambda f: one_chunk(f, "X/data", [h5py.h5z.FILTER_DEFLATE], zeros(8 << 30)[:8_000_000]),
    "swollen_zstd": lambda f: one_chunk(f, "X/data", [32_015], ZSTD_OF_A_TERABYTE),
    "noise": lambda f: one_chunk(f, "X/data", [h5py.h5z.FILTER_DEFLATE], b"never mind"),
    "cut_short": lambda f: one_chunk(f, "X/data", [h5py.h5z.FILTER_DEFLATE], b"never mind", 1),
    "odd_float": odd_float,
    "half_true": half_true,
    "unordered": two_layers,
    "unfinished": lambda f: unfinished(f, "X/data", 100),
    "unwritten": lambda f: unfinished(f, "X/data", 0),
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

# an external link becomes one of a class that nobody has registered: version, flags, class
patched(os.path.join(OUT, "user_defined.h5ad"), b"\x01\x08\x40\x01X", b"\x01\x08\xbb\x01X")
# one letter of a name
patched(os.path.join(OUT, "unordered.h5ad"), b"layer_a\0", b"layer_z\0")
