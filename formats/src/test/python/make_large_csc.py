"""Writes counts of many cells stored by columns (csc), as one chunk after another, into an .h5ad.

make_large_csc.py FILE CELLS GENES COUNTS_OF_A_GENE
"""

import sys

import anndata
import numpy as np
import pandas as pd
import scipy.sparse as sp

path, cells, genes, each = sys.argv[1], *map(int, sys.argv[2:5])
random = np.random.default_rng(5)
# Rows of a column in no order, some of them twice: their counts are added up.
rows = random.integers(0, cells, genes * each, dtype=np.int32)
values = random.integers(1, 9, genes * each).astype(np.float32)
starts = np.arange(genes + 1, dtype=np.int64) * each
x = sp.csc_matrix((cells, genes), dtype=np.float32)
x.data, x.indices, x.indptr = values, rows, starts
anndata.AnnData(
    X=x,
    obs=pd.DataFrame(index=[f"c{i}" for i in range(cells)]),
    var=pd.DataFrame(index=[f"g{i}" for i in range(genes)]),
).write_h5ad(path)
