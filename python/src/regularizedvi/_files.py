"""One command's temporary files."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import anndata
import numpy as np
import pandas as pd
import scipy.sparse

from regularizedvi import _exchange, _program
from regularizedvi._options import together


class Files:
    """Cells as a file for one command, the place of the command's output, and a folder for what else it needs.

    The folder is a temporary one, where TMPDIR says, and gone when the command is over, however that ends.
    """

    def __init__(self, data, layers: _exchange.Layers):
        kind, ending = ("AnnData", "h5ad") if isinstance(data, anndata.AnnData) else ("MuData", "h5mu")
        self._folder = tempfile.TemporaryDirectory(prefix="regularizedvi-", ignore_cleanup_errors=True)
        self.data = data
        self.folder = Path(self._folder.name)
        self.cells, self.out = (self.folder / f"{name}.{ending}" for name in (kind, "out"))
        self.table = self.folder / "table.csv"
        # The program calls a file by its path or by its name alone.
        own = {path: f"the {kind}" for path in (self.cells, Path(self.cells.name))}
        self._names = {**own, self.out: "the result", self.table: "the result"}
        self._layers = layers

    def __enter__(self) -> "Files":
        try:
            _exchange.write(self.data, self.cells, self._layers)
        except BaseException:
            self._folder.cleanup()
            raise
        return self

    def __exit__(self, *_) -> None:
        self._folder.cleanup()

    def run(self, command: str, *options: Mapping[str, object]) -> str:
        """Runs a command on the cells, and returns what it printed as its result."""
        # A process of its own that looks whether a file is damaged takes 0.5 s or more, and this file was written just now.
        return _program.run(command, [self.cells], {"trust_input": True, **together(*options)}, self._names)

    def added(self):
        """What the command added to the cells: places, names, values."""
        return _exchange.added(self.cells, self.out)

    def bring_back(self) -> None:
        """Puts what the command added into the data, under the same names."""
        for place, name, value in self.added():
            _exchange.at(self.data, place)[name] = value

    def matrix(self, name: str) -> np.ndarray:
        """A matrix of obsm that the command added."""
        return next(value for place, own, value in self.added() if (place, own) == ("obsm", name))

    def tables(self, name: str) -> pd.DataFrame | dict[str, pd.DataFrame]:
        """What the command added for each cell and feature under a name, as a table; of several modalities, one for each."""
        found = {(place.rpartition("/")[0], place.rpartition("/")[2], own): value for place, own, value in self.added()}
        tables = {}
        for (part, place, own), value in found.items():
            if own == name:
                cells = _exchange.owner(self.data, part)
                columns = cells.var_names if place == "layers" else found.get((part, "uns", f"{name}_features"))
                columns = cells.raw.var_names if columns is None else columns
                frame = pd.DataFrame.sparse.from_spmatrix if scipy.sparse.issparse(value) else pd.DataFrame
                tables[part.removeprefix("mod/")] = frame(value, index=cells.obs_names, columns=columns)
        return tables[""] if "" in tables else tables
