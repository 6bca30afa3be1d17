"""What is known of each set (a line of sets.tsv, or a guess by its columns) and its files of trained and held-out cells."""

import csv
from dataclasses import dataclass
from pathlib import Path

import anndata
import mudata
import numpy as np
import scipy.sparse as sp

mudata.set_options(pull_on_update=False)

TYPES = ["celltype", "cell.type", "cell_type"]
BATCHES = ["batch", "donor", "condition"]
COMMON = 0.02  # genes in fewer cells than this share are left out


@dataclass(frozen=True)
class Set:
    name: str
    files: tuple[Path, ...]  # one that is split here, or trained and held-out cells
    type: str  # column of obs, "" for none
    batch: str
    pca_like: bool  # labels were made from clusters, as PCA finds them
    keys: list[str]  # options of train
    sizes: list[str]  # options of train for a network that suits the set


def sets(folders):
    """All sets of the folders: those of sets.tsv (the folder's own before the one beside this file), then the rest, guessed."""
    found = []
    for folder in map(Path, folders):
        own = folder / "sets.tsv"
        listed = list(_listed(folder, own if own.exists() else Path(__file__).with_name("sets.tsv")))
        named = {file.name for one in listed for file in one.files}
        rest = sorted(f for f in folder.iterdir() if f.suffix in (".h5ad", ".h5mu") and f.name not in named)
        found += listed + [_guessed(file) for file in rest]
    return found


def _listed(folder, table):
    for row in csv.DictReader(open(table), delimiter="\t"):
        files = tuple(folder / name for name in row["files"].split(","))
        if all(file.exists() for file in files):
            yield Set(row["set"], files, row["type"], row["batch"], row["pca_like"] == "yes",
                      row["keys"].split(), row["sizes"].split())  # fmt: skip


def _guessed(file):
    columns = read(file).obs.columns
    type_, batch = (next((name for name in names if name in columns), "") for names in (TYPES, BATCHES))
    keys = ["--batch-key", batch, "--nn-conditioning-covariate-keys", batch] if batch else []
    return Set(file.stem, (file,), type_, batch, True, keys, ["--n-hidden", "128", "--n-latent", "20"])


def read(file):
    if file.suffix == ".h5ad":
        return anndata.read_h5ad(file)
    return mudata.read_h5mu(file)


def modalities(cells):
    """The tables of counts by name; of an .h5ad the one, named rna."""
    return dict(cells.mod) if isinstance(cells, mudata.MuData) else {"rna": cells}


@dataclass(frozen=True)
class Split:
    """All cells with their common genes, and which of them are held out; the same as three files."""

    cells: object
    held_out: np.ndarray
    all: Path
    train: Path
    test: Path


def split(one, genes, work):
    """The first tenth of numpy's permutation of seed 0 is held out, unless the set comes as two files.

    At most `genes` features of a modality are kept, those whose log counts vary most; 0 for all.
    """
    parts = [read(file) for file in one.files]
    cells = parts[0] if len(parts) == 1 else anndata.concat(parts)
    held_out = np.zeros(cells.n_obs, bool)
    if len(parts) == 1:
        held_out[np.random.default_rng(0).permutation(cells.n_obs)[: cells.n_obs // 10]] = True
    else:
        held_out[parts[0].n_obs :] = True
    cells = _chosen(cells, genes)
    ending = one.files[0].suffix
    files = [work / f"{one.name}_{part}{ending}" for part in ("all", "train", "test")]
    for file, kept in zip(files, (held_out | True, ~held_out, held_out)):
        if not file.exists():
            cells[kept].copy().write(file)
    return Split(cells, held_out, *files)


def _chosen(cells, genes):
    kept = {}
    for name, table in modalities(cells).items():
        table.obs = cells.obs.loc[table.obs_names, :]
        common = np.asarray((table.X > 0).sum(0)).ravel() >= COMMON * table.n_obs
        logs = log_counts(table)
        variance = np.asarray(logs.multiply(logs).mean(0) - np.square(logs.mean(0))).ravel() * common
        if genes and common.sum() > genes:
            common = variance >= np.sort(variance)[-genes]
        kept[name] = table[:, common].copy()
    if not isinstance(cells, mudata.MuData):
        return kept["rna"]
    joined = mudata.MuData(kept)
    joined.obs = cells.obs
    return joined


def log_counts(table):
    """log(1 + counts per 10,000), cells x features."""
    counts = sp.csr_matrix(table.X, dtype=float)
    total = np.maximum(1, np.asarray(counts.sum(1)).ravel())
    return (sp.diags(1e4 / total) @ counts).log1p().tocsr()
