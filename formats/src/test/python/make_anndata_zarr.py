#!/usr/bin/env python3
"""Writes files of anndata and mudata again as Zarr stores, by their own writers.

usage: make_anndata_zarr.py OUTDIR FILE...
Of each file NAME.h5ad or NAME.h5mu come NAME.v2.zarr, NAME.v3.zarr, NAME.sharded.zarr (not of NAME.h5mu) and
NAME.v3.zarr.zip, and the file once more, since writing changes what is written.
"""
import os
import sys
import warnings

import anndata as ad
import mudata as md
from zarr.storage import ZipStore

warnings.filterwarnings("ignore")
ad.settings.allow_write_nullable_strings = True
out = sys.argv[1]
os.makedirs(out, exist_ok=True)
for path in sys.argv[2:]:
    name, ending = os.path.splitext(os.path.basename(path))
    several = ending == ".h5mu"
    data = md.read_h5mu(path) if several else ad.read_h5ad(path)

    data.uns["nothing"] = None
    how = {} if several else {"convert_strings_to_categoricals": False}
    for version in (2, 3):
        ad.settings.zarr_write_format = version
        data.write_zarr(os.path.join(out, f"{name}.v{version}.zarr"), **how)
    if not several:
        ad.settings.auto_shard_zarr_v3 = True
        data.write_zarr(os.path.join(out, f"{name}.sharded.zarr"), **how)
        ad.settings.auto_shard_zarr_v3 = False
    with ZipStore(os.path.join(out, f"{name}.v3.zarr.zip"), mode="w") as zipped:
        data.write_zarr(zipped, **how)
    data.write(os.path.join(out, name + ending), **how)
