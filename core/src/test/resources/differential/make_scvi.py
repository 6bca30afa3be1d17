"""Writes scvi.json: what scvi-tools 1.4.2 makes of fixed samples of expression.

Its own differential-expression code runs as it is (scvi.model.base._de_core._de_core with its
DifferentialComputation); only the model behind it is replaced, by one that hands out the samples
of this script. Run with scvi-tools 1.4.2 and numpy 2: python make_scvi.py
"""

import json
from pathlib import Path

import anndata
import numpy as np
import pandas as pd
import scipy.sparse as sp
from scvi.model._utils import scrna_raw_counts_properties
from scvi.model.base._de_core import _de_core

GENES, CELLS, SAMPLES = 30, 50, 40

random = np.random.default_rng(3)
base = random.gamma(0.6, 1, GENES)
base[-6:] = 1e-5  # not expressed
shift = np.where(np.arange(GENES) % 4 == 0, 2.5, 1.0)
kinds = ["a" if n % 5 < 2 else "b" for n in range(CELLS)]


def samples(factor, batch):
    noise = random.lognormal(0, 0.25, (SAMPLES // 2, GENES))
    return (base * factor * (1 + 0.3 * batch) * noise / GENES).astype(np.float32)


# A half of the samples as of batch "x", a half as of batch "y".
scales = {g: {b: samples(f, i) for i, b in enumerate("xy")} for g, f in [("a", shift), ("b", 1.0)]}
depth = random.lognormal(0, 0.4, (CELLS, 1))
mean = base * depth * np.where((np.array(kinds) == "a")[:, None], shift, 1.0)
counts = random.poisson(np.minimum(mean, 40)).astype(np.float32)
counts[:, -6:] = 0
counts[3, -1] = 1
adata = anndata.AnnData(
    sp.csr_matrix(counts),
    obs=pd.DataFrame({"kind": pd.Categorical(kinds)}, index=[f"c{n}" for n in range(CELLS)]),
    var=pd.DataFrame(index=[f"g{g}" for g in range(GENES)]),
)


class Manager:
    def __init__(self):
        self.adata = adata

    def get_from_registry(self, key):
        return self.adata.X

    def get_state_registry(self, key):
        return type("Registry", (), {"categorical_mapping": np.array(["x", "y"])})


def expression(adata, indices, transform_batch, n_samples_overall):
    own = scales[kinds[indices[0]]]
    return np.vstack([own["x"], own["y"]]) if transform_batch is None else own[transform_batch]


drawn = []
choice = np.random.choice


def recorded(n, size, p):
    drawn.append(choice(n, size=size, p=p))
    return drawn[-1]


def run(name, batch_correction=False, delta=0.25, fdr=0.05, **options):
    drawn.clear()
    np.random.choice = recorded
    table = _de_core(
        Manager(), expression, None, "kind", ["a"], "b", None, None, True,
        scrna_raw_counts_properties, adata.var_names, options.pop("mode"), None, None, delta,
        batch_correction, fdr, True, n_samples_overall=SAMPLES, **options,
    )  # fmt: skip
    np.random.choice = choice
    columns = {c: table[c].tolist() for c in table.columns}
    return {
        "name": name,
        "delta": delta,
        "fdr": fdr,
        "pseudocounts": options.get("pseudocounts"),
        "pairs": [d.tolist() for d in drawn],
        "features": table.index.tolist(),
        "columns": columns,
    }


cases = [
    run("vanilla", mode="vanilla"),
    run("vanilla as of both batches", mode="vanilla", batch_correction=True),
    run("change", mode="change"),
    run("change with pseudocounts", mode="change", delta=0.8, fdr=0.2, pseudocounts=0.004),
    run("change of drawn pairs", mode="change", fdr=0.01, use_permutation=True, m_permutation=75),
]
whole = {g: np.vstack([own["x"], own["y"]]).astype(float).tolist() for g, own in scales.items()}
text = json.dumps(
    {"kinds": kinds, "counts": counts.astype(int).tolist(), "scales": whole, "cases": cases}
)
Path(__file__).with_name("scvi.json").write_text(text + "\n")
