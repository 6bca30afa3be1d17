#!/usr/bin/env python3
"""Has mudata open what train, embed and attribution made of an .h5mu and looks for everything they promise.

usage: check_multimodal.py INPUT TRAINED EMBEDDED ENCODED ATTRIBUTED (all .h5mu, modalities rna and atac;
ENCODED: embedded with --missing-slices encoded)
Any warning is an error. Prints the sizes of what was found.
"""
import sys
import warnings

import mudata
import numpy as np

warnings.simplefilter("error")
mudata.set_options(pull_on_update=False)
given, trained, embedded, encoded, attributed = (mudata.read(path) for path in sys.argv[1:])
MODALITIES = ("rna", "atac")


def matrix(m, key):
    values = np.asarray(m.obsm[key])
    assert values.shape[0] == m.n_obs, key
    return values


has = {name: given.obs_names.isin(given.mod[name].obs_names) for name in MODALITIES}
for m in (trained, embedded, encoded, attributed):
    assert list(m.obs_names) == list(given.obs_names) and set(m.mod) == set(MODALITIES)
    for name in MODALITIES:
        old, new = given.mod[name], m.mod[name]
        assert list(old.obs_names) == list(new.obs_names) and list(old.var_names) == list(new.var_names)
        assert (old.X != new.X).nnz == 0 and set(old.layers) == set(new.layers)

for m in (trained, embedded, encoded):
    z = matrix(m, "X_regularizedvi")
    assert np.isfinite(z).all() and z.std() > 0
    parts = {name: matrix(m, f"X_regularizedvi_{name}") for name in MODALITIES}
    assert z.shape[1] == sum(p.shape[1] for p in parts.values())
    for name, part in parts.items():
        assert (np.isfinite(part).all(1) == has[name]).all(), name
        size = m.mod[name].obs["regularizedvi_library_size"].to_numpy()
        total = np.asarray((given.mod[name].layers["counts"] if name == "rna" else given.mod[name].X).sum(1)).ravel()
        # The modalities' tables have their cells in different orders. Three epochs leave noise in the sizes, but sizes
        # of other cells would not follow the totals at all.
        assert (size > 0).all() and np.corrcoef(np.log(size), np.log(total))[0, 1] > 0.5, name
    assert np.array_equal(z[has["rna"]][:, -parts["rna"].shape[1] :], parts["rna"][has["rna"]])
assert np.array_equal(trained.obsm["X_regularizedvi"], embedded.obsm["X_regularizedvi"])

for name in MODALITIES:
    own = trained.mod[name]
    terms = own.uns["regularizedvi"]
    for term, there in (("background", name == "rna"), ("feature_scaling", name == "atac"), ("dispersion", True)):
        assert (f"regularizedvi_{term}" in own.varm) == there == (f"{term}_categories" in terms), (name, term)
        if there:
            values = np.asarray(own.varm[f"regularizedvi_{term}"])
            assert values.shape == (own.n_vars, len(terms[f"{term}_categories"])) and (values > 0).all()

# Attribution is at the z that the decoders get.
z = matrix(encoded, "X_regularizedvi")
same = (z == trained.obsm["X_regularizedvi"]).all(1)
assert (same == (has["rna"] & has["atac"])).all()
total = {}
for name in MODALITIES:
    weighted = matrix(attributed, f"X_multiVI_attr_{name}")
    assert weighted.shape == z.shape and (np.isfinite(weighted).all(1) == has[name]).all()
    factor = weighted.astype("f8") / z
    assert (factor[has[name]] > 0).all()
    total[name] = attributed.obs[f"{name}_decoder_total_attr"].to_numpy()
    own = attributed.obs[f"{name}_decoder_own_attr"].to_numpy()
    wide = trained.obsm[f"X_regularizedvi_{name}"].shape[1]
    mine = factor[:, :wide] if name == "atac" else factor[:, -wide:]
    # equal, and NaN in the same cells: those that lack the modality
    assert np.allclose(factor.sum(1), total[name], rtol=1e-4, equal_nan=True)
    assert np.allclose(mine.sum(1), own, rtol=1e-4, equal_nan=True)
ratio = attributed.obs["log2_atac_vs_rna_attr"].to_numpy()
assert np.allclose(ratio, np.log2(total["atac"] / total["rna"]), atol=1e-4, equal_nan=True)
assert (np.isfinite(ratio) == (has["rna"] & has["atac"])).all()
print(*z.shape, *(int(has[name].sum()) for name in MODALITIES))
