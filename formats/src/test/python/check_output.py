#!/usr/bin/env python3
"""Checks a copy with additions against its input: additions as told, all else as it was.

usage: check_output.py INPUT.h5ad OUTPUT.h5ad ADDITIONS.json [--no-anndata]
Exits with 1 and a message at the first difference. The two files are compared object by object through h5py (types,
shapes, values, attributes), then read by anndata.
"""
import json
import sys

import anndata as ad
import h5py

from compare_anndata import require_told
from compare_h5 import compare

before, after, told = h5py.File(sys.argv[1]), h5py.File(sys.argv[2]), json.load(open(sys.argv[3]))
kept = compare(before, after, told["paths"], {"obs": list(told["columns"])})
before.close()
after.close()
if "--no-anndata" in sys.argv:
    print("kept", kept)
    sys.exit()

a = ad.read_h5ad(sys.argv[2])
require_told(a, ad.read_h5ad(sys.argv[1]), told)
a.write_h5ad(sys.argv[2] + ".again")
print("kept", kept)
