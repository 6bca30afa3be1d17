#!/usr/bin/env python3
"""Reads an .h5ad with anndata and writes it again: what comes out is anndata's view of the file.

usage: rewrite.py INPUT.h5ad OUTPUT.h5ad
"""
import sys

import anndata as ad

ad.settings.allow_write_nullable_strings = True
a = ad.read_h5ad(sys.argv[1])
a.write_h5ad(sys.argv[2], compression="gzip", convert_strings_to_categoricals=False)
print(a.shape, type(a.X).__name__, a.X.dtype)
