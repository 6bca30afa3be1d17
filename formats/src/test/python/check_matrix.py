#!/usr/bin/env python3
"""Checks that files of a matrix hold the rows' names and every bit of obsm of an .h5ad or .h5mu.

usage: check_matrix.py FILE.h5ad KEY MATRIX...
Each MATRIX (.csv, .csv.gz, .parquet) is read by pandas, and a .parquet by pyarrow too. Exits with 1 and a message at the
first difference.
"""
import sys

import anndata as ad
import mudata as mu
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from compare_h5 import require

mu.set_options(pull_on_update=False)

path, key, files = sys.argv[1], sys.argv[2], sys.argv[3:]
cells = mu.read_h5mu(path) if path.endswith(".h5mu") else ad.read_h5ad(path)
names = list(cells.obs_names)
wanted = np.asarray(cells.obsm[key])
require(wanted.dtype == np.float32, f"obsm holds {wanted.dtype}")


def check(file, table):
    require(table.columns[0] == "obs_names", f"{file}: the first column is {table.columns[0]}")
    require(list(table["obs_names"]) == names, f"{file}: names differ")
    numbers = table.iloc[:, 1:]
    require(list(numbers.columns) == [f"latent_{i}" for i in range(wanted.shape[1])], f"{file}: columns differ")
    found = numbers.to_numpy().astype(np.float32)
    require(np.array_equal(found.view(np.uint32), wanted.view(np.uint32)), f"{file}: numbers differ")


for file in files:
    if file.endswith(".parquet"):
        table = pq.read_table(file)
        require(table.schema.field(0).type == pa.string(), f"{file}: names are {table.schema.field(0).type}")
        require({f.type for f in table.schema} == {pa.string(), pa.float32()}, f"{file}: {table.schema}")
        table.validate(full=True)
        check(file, table.to_pandas())
        check(file, pd.read_parquet(file))
    else:
        check(file, pd.read_csv(file, dtype={"obs_names": str}, keep_default_na=False, na_values={
            f"latent_{i}": [""] for i in range(wanted.shape[1])}))
print(f"same {wanted.shape[0]} x {wanted.shape[1]} in {len(files)}")
