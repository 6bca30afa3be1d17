#!/usr/bin/env python3
"""Has anndata or mudata open a simulated file and computes from its truth what the counts should be.

usage: check_simulation.py FILE.h5ad|FILE.h5mu
Any warning is an error. Prints for each modality its cells, features and the mean square of standardised sums.
"""
import sys
import warnings

import numpy as np

warnings.simplefilter("error")
path = sys.argv[1]
if path.endswith(".h5ad"):
    import anndata

    whole = anndata.read_h5ad(path)
    parts = {"rna": whole}
else:
    import mudata

    mudata.set_options(pull_on_update=False)
    whole = mudata.read(path)
    parts = whole.mod
for name, a in parts.items():
    shared = whole.obs.loc[a.obs_names]
    kind = shared["true_type"].cat.codes.to_numpy()
    batch = shared["batch"].cat.codes.to_numpy()
    assert (kind >= 0).all() and (batch >= 0).all()
    size, theta = a.obs["true_library_size"].to_numpy(), a.var["true_dispersion"].to_numpy()
    rho, ambient, scaling = (np.asarray(a.varm["true_" + k], "f8") for k in ("rho", "ambient", "scaling"))
    native = size[:, None] * rho.T[kind] * scaling.T[batch]
    soup = size[:, None] * ambient.T[batch] * scaling.T[batch]
    fraction, plan = a.obs["true_ambient_fraction"].to_numpy(), a.uns["simulation"]
    if plan["ambient_spread"] == 0 and plan["batch_ambient_spread"] == 0:
        assert np.allclose(soup.sum(1) / (native + soup).sum(1), fraction, atol=1e-5)
    elif plan["ambient_fraction"] > 0:
        # a cell has its fraction, and as many counts in expectation, but for scaling, as a typical one
        odds = fraction / (1 - fraction) * native.sum(1) / soup.sum(1)
        typical = ambient.sum(0)[batch]
        times = 1 / (odds * typical + 1 - typical)
        native, soup = native * times[:, None], soup * (times * odds)[:, None]
        assert np.allclose(soup.sum(1) / (native + soup).sum(1), fraction, atol=1e-5)
        assert fraction.std() > 0.02
    mu = native + soup
    x = np.asarray(a.X.todense(), "f8")
    assert a.X.dtype == np.float32 and (x == np.rint(x)).all() and (x >= 0).all()
    # by type and feature: cells in another order than their truth would be far off
    z = [
        (x[kind == t] - mu[kind == t]).sum(0) / np.sqrt((mu + mu**2 / theta)[kind == t].sum(0))
        for t in np.unique(kind)
    ]
    z = np.concatenate(z)[np.tile(theta > 0.3, len(z))]
    print(name, *a.shape, f"{np.mean(z**2):.4f}")
print(*whole.uns["simulation"]["types"], int(whole.uns["simulation"]["seed"]))
