#!/usr/bin/env python3
"""Checks a copy with additions, of which one or both are Zarr stores: additions as told, all else as it was.

usage: check_zarr.py INPUT OUTPUT ADDITIONS.json
A store must say the same of itself in one place and object by object, in one version of the format.
"""
import json
import os
import sys
import warnings

import anndata as ad
import zarr
from compare_anndata import require_same, require_told
from compare_h5 import require

warnings.filterwarnings("ignore")


def group(path, **how):
    return zarr.open_group(zarr.storage.ZipStore(path, mode="r") if path.endswith(".zip") else path, mode="r", **how)


def read(path):
    return ad.read_h5ad(path) if path.endswith(".h5ad") else ad.read_zarr(group(path))


def told_by(group):
    return {path: (node.metadata.zarr_format, json.dumps(dict(node.attrs), sort_keys=True))
            for path, node in group.members(max_depth=None)}


told = json.load(open(sys.argv[3]))
a, original = read(sys.argv[2]), read(sys.argv[1])
require_told(a, original, told)
kept = require_same(a, original, told)
if not sys.argv[2].endswith(".h5ad"):
    one = told_by(group(sys.argv[2], use_consolidated=True))
    each = told_by(group(sys.argv[2], use_consolidated=False))
    require(one == each, f"the store tells of itself {set(one.items()) ^ set(each.items())}")
    require(len({version for version, _ in each.values()}) == 1, "the store has several versions")
    require(not any(name.endswith(".tmp") for name in os.listdir(os.path.dirname(sys.argv[2]))), "leftovers")
print("kept", kept)
