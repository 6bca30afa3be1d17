#!/usr/bin/env python3
"""Reads a table of differential expression with pandas, and its twin in uns, compares them, and counts
again what was counted.

usage: check_differential.py TABLE.csv FILE.h5ad|FILE.h5mu NAME. Any warning is an error. Prints
rows, columns, comparisons and modalities.
"""
import sys
import warnings

import numpy as np
import pandas as pd

warnings.simplefilter("error")
csv, path, name = sys.argv[1:]
table = pd.read_csv(csv, float_precision="round_trip")
if path.endswith(".h5ad"):
    import anndata

    whole = anndata.read_h5ad(path)
    uns, parts = whole.uns, {"": whole}
else:
    import mudata

    mudata.set_options(pull_on_update=False)
    whole = mudata.read(path)
    uns, parts = whole.uns, whole.mod
stored = pd.DataFrame(dict(uns[name]))[table.columns.tolist()]
for column in table.columns:
    if table[column].dtype == object:
        assert (table[column] == stored[column]).all(), column
    else:
        assert np.array_equal(table[column].to_numpy(float), stored[column].to_numpy(float)), column

# Means of each modality's own cells, and of those only; their groups are in obs["batch"].
for modality, part in parts.items():
    own = table[table["modality"] == modality] if modality else table
    counts = part.layers.get("counts", part.X).toarray()
    has = counts.sum(1) > 0 if modality else np.full(len(counts), True)
    for _, row in own.iterrows():
        feature = counts[:, part.var_names.get_loc(row["feature"])]
        first = (part.obs["batch"] == row["group1"]).to_numpy()
        second = ~first if row["group2"] == "Rest" else (part.obs["batch"] == row["group2"]).to_numpy()
        for side, cells in (1, first), (2, second):
            values = feature[cells & has]
            assert np.isclose(row[f"raw_mean{side}"], values.mean()), row
            assert np.isclose(row[f"non_zeros_proportion{side}"], (values > 0).mean()), row

if "proba_de" in table:
    called = table["is_de_fdr_0.05"]
    assert called.dtype == bool
    for _, own in table.groupby(["comparison"] + ["modality"] * ("modality" in table)):
        p = own["proba_de"].to_numpy()
        assert (np.diff(p) <= 0).all()
        expected = np.cumsum(1 - p) / np.arange(1, len(p) + 1)
        assert (own["is_de_fdr_0.05"].to_numpy() == (expected <= 0.05)).all()
modalities = sorted(set(table["modality"])) if "modality" in table else []
comparisons = list(dict.fromkeys(table["comparison"]))
print(len(table), len(table.columns), "; ".join(comparisons), *modalities)
