"""AnnData and MuData as files for the program, and what the program added to these files.

A file gets the counts, and of the tables of cells and features the columns that a file can hold; nothing else. So whatever the
program's output has beyond its input is new, and is brought back without a list of its names.
"""

import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path

import anndata
import h5py
import numpy as np
import pandas as pd
import scipy.sparse

_TABLES = ("obs", "var")
_PLACES = (*_TABLES, "obsm", "varm", "obsp", "varp", "layers", "uns", "raw/var", "raw/varm")

Layers = Mapping[str, str | None]
"""The layer with the counts, by modality; None for X. An AnnData has one modality, whose name is empty."""


def layers(data, layer: str | Mapping[str, str] | None, of: Mapping[str, str] | None = None) -> Layers:
    """Where the counts are, as the option ``layer`` says it.

    :param layer: one for all modalities, a mapping of modalities to layers, or the same as the text ``rna=counts,atac=X``
    :param of: layers of single modalities, which go first
    """
    names = [""] if isinstance(data, anndata.AnnData) else list(data.mod)
    if isinstance(layer, str) and "=" in layer and names != [""]:
        layer = dict(part.split("=", 1) for part in layer.split(","))
    if isinstance(layer, Mapping):
        layer, of = None, layer
    return {name: (of or {}).get(name, layer) for name in names}


def write(data, path: Path, layers: Layers) -> None:
    """Writes what the program needs of an AnnData or a MuData.

    :raises ValueError: if the data are not in memory
    """
    if data.isbacked:
        raise ValueError(f"{data.filename} is not in memory; expected cells in memory, or the file given to the command line.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of names that repeat and the like: what matters of it, the program refuses
        if isinstance(data, anndata.AnnData):
            _of_one(data, layers[""]).write_h5ad(path)
        else:
            _of_several(data, layers).write_h5mu(path)


def _of_one(adata: anndata.AnnData, layer: str | None) -> anndata.AnnData:
    obs, var = _columns(adata.obs), _columns(adata.var)
    if layer in adata.layers:
        return anndata.AnnData(obs=obs, var=var, layers={layer: adata.layers[layer]})
    raw = None if adata.raw is None else {"X": adata.raw.X, "var": _columns(adata.raw.var)}
    if layer == "raw" and raw is not None:
        return anndata.AnnData(obs=obs, var=var, raw=raw)
    if layer in (None, "X") and _may_be_counts(adata.X):
        return anndata.AnnData(adata.X, obs=obs, var=var)
    # The program finds no counts here, and should see all places so that its sentence can name those that have some.
    return anndata.AnnData(adata.X, obs=obs, var=var, layers=dict(adata.layers), raw=raw)


def _may_be_counts(matrix, looked_at: int = 10_000) -> bool:
    if matrix is None:
        return False
    values = getattr(matrix, "data", matrix) if scipy.sparse.issparse(matrix) else matrix[: 1 + looked_at // max(1, matrix.shape[1])]
    some = np.ravel(values)[:looked_at]
    return bool(np.isclose(some, np.rint(some), rtol=1e-5, atol=0).all())


def _of_several(mdata, layers: Layers):
    import mudata

    with mudata.set_options(pull_on_update=False):
        slim = mudata.MuData({name: _of_one(own, layers[name]) for name, own in mdata.mod.items()})
        if not slim.obs_names.equals(mdata.obs_names):
            slim = slim[mdata.obs_names.to_numpy()].copy()
        for name, column in _columns(mdata.obs).items():
            slim.obs[name] = column
        return slim


def _columns(table: pd.DataFrame) -> pd.DataFrame:
    """The columns that an .h5ad file can hold."""
    columns = {name: _plain(table[name]) for name in table.columns if isinstance(name, str)}
    return pd.DataFrame({name: column for name, column in columns.items() if column is not None}, index=table.index)


def _plain(column: pd.Series) -> pd.Series | None:
    """A column as a file can hold it, or nothing if it cannot."""
    dtype = column.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        categories = _plain(dtype.categories.to_series())
        return None if categories is None else column.cat.rename_categories(categories.to_list())
    if isinstance(dtype, pd.StringDtype):
        return column.astype(object).where(column.notna(), None)
    if dtype != object:
        return column if pd.api.types.is_numeric_dtype(dtype) else None
    match pd.api.types.infer_dtype(column, skipna=True):
        case "string":
            return column
        case "boolean":
            return column.astype("boolean")
        case "integer" | "floating" | "mixed-integer-float" | "empty":
            return pd.to_numeric(column)
    return None


def added(before: Path, after: Path) -> Iterator[tuple[str, str, object]]:
    """What a file has that another has not, or has other values of: places such as ``obsm`` or ``mod/rna/var``, names, values."""
    with h5py.File(before) as old, h5py.File(after) as new:
        for part in ("", *(f"mod/{name}/" for name in new.get("mod", ()))):
            for place in _PLACES:
                for name in new.get(part + place, ()):
                    if _is_new(old, new, part + place, name):
                        yield part + place, name, anndata.io.read_elem(new[part + place][name])


def _is_new(old: h5py.File, new: h5py.File, place: str, name: str) -> bool:
    if name == new[place].attrs.get("_index"):
        return False
    if place not in old or name not in old[place]:
        return True
    if not place.endswith(_TABLES):
        return False
    was, now = (pd.Series(anndata.io.read_elem(file[place][name])) for file in (old, new))
    return not now.equals(was)


def owner(data, part: str):
    """What holds a part of a file: of ``mod/rna`` the modality, and of the empty name the data themselves."""
    return data.mod[part.removeprefix("mod/")] if part.startswith("mod/") else data


def at(data, place: str):
    """The table or mapping of a place, such as ``obsm`` or ``mod/rna/raw/var``."""
    part, _, last = place.rpartition("/")
    within_raw = part == "raw" or part.endswith("/raw")
    holder = owner(data, part.removesuffix("raw").removesuffix("/"))
    return getattr(holder.raw if within_raw else holder, last)
