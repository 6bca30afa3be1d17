"""Compares two HDF5 files object by object: types, shapes, values, attributes."""
import sys

import h5py
import numpy as np


def require(ok, message):
    if not ok:
        sys.exit("DIFFERENCE: " + message)


def compare(before, after, added, orders):
    """Requires that a file is as it was but for what was added.

    added: paths of new or replaced objects. orders: for each table the columns that its column-order may have gained, in
    their order. Returns the number of datasets that are the same.
    """
    added = set(added)

    def same_values(a, b):
        if isinstance(a, h5py.Empty) or isinstance(b, h5py.Empty):
            return type(a) is type(b)
        a, b = np.asarray(a), np.asarray(b)
        if a.dtype != b.dtype or a.shape != b.shape:
            return False
        if a.dtype.kind in "fc":
            return a.tobytes() == b.tobytes()
        if a.dtype.kind == "O" and a.size and isinstance(a.flat[0], h5py.Reference):
            return all(before[x].name == after[y].name for x, y in zip(a.flat, b.flat))
        return a.tolist() == b.tolist()

    def replaced(name):
        return any(name == p or name.startswith(p + "/") for p in added)

    names = []
    before.visit(names.append)
    kept = 0
    for name in [""] + names:
        if replaced(name):
            continue
        x = before[name or "/"]
        require((name or "/") in after, f"{name} is gone")
        y = after[name or "/"]
        require(type(x) is type(y), f"{name} changed its kind")
        require(set(x.attrs) == set(y.attrs), f"{name} changed its attributes")
        for k in x.attrs:
            if name in orders and k == "column-order":
                old = [s for s in x.attrs[k]]
                new = [s for s in y.attrs[k]]
                require(new == old + [c for c in orders[name] if c not in old], f"column-order is {new}")
            else:
                require(same_values(x.attrs[k], y.attrs[k]), f"attribute {k} of {name} changed")
        if isinstance(x, h5py.Dataset):
            require(x.dtype == y.dtype and x.shape == y.shape and x.chunks == y.chunks and x.compression == y.compression,
                    f"{name} changed its form")
            require(same_values(x[()], y[()]), f"{name} changed its values")
            kept += 1
    new_names = []
    after.visit(new_names.append)
    groups = {p.rsplit("/", 1)[0] for p in added}
    for name in new_names:
        require(name in names or replaced(name) or name in groups, f"{name} was not asked for")
    return kept
