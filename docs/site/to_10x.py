"""Writes the counts of an .h5ad file as 10x matrices, a folder for each category of a column.

usage: to_10x.py CELLS.h5ad COLUMN FOLDER
"""

import sys
from pathlib import Path

import anndata
from scipy.io import mmwrite


def main(file: str, column: str, folder: str) -> None:
    cells = anndata.read_h5ad(file)
    for category, names in cells.obs.groupby(column, observed=True).groups.items():
        own, to = cells[names], Path(folder) / str(category)
        to.mkdir(parents=True)
        mmwrite(to / "matrix.mtx", own.X.T.astype(int))
        (to / "barcodes.tsv").write_text("".join(f"{name}\n" for name in own.obs_names))
        (to / "features.tsv").write_text("".join(f"{name}\t{name}\tGene Expression\n" for name in own.var_names))


if __name__ == "__main__":
    main(*sys.argv[1:])
