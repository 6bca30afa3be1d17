"""The same of several modalities, some of whose cells lack one."""

import numpy as np
import pandas as pd
import pytest
from conftest import command
from regularizedvi import RegularizedMultimodalVI

mudata = pytest.importorskip("mudata")


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("cells") / "cells.h5mu"
    command("simulate", path, "--cells", 120, "--features", "rna=40,atac=60", "--types", 3, "--missing", 0.15)
    return path


def test_training_gives_what_the_command_gives(file, tmp_path):
    out = tmp_path / "out.h5mu"
    command("train", file, f"--out={out}", "--batch-key=batch", "--n-hidden=8", "--n-latent=rna=4,atac=3", "--max-epochs=2")
    theirs, mdata = mudata.read_h5mu(out), mudata.read_h5mu(file)
    for name in ("rna", "atac"):
        mdata.mod[name].layers["counts"], mdata.mod[name].X = mdata.mod[name].X, None
    RegularizedMultimodalVI.setup_mudata(mdata, layer={"rna": "counts", "atac": "counts"}, batch_key="batch")
    model = RegularizedMultimodalVI(mdata, n_hidden=8, n_latent={"rna": 4, "atac": 3})
    model.train(max_epochs=2)
    latent = model.get_latent_representation()
    assert np.array_equal(latent, theirs.obsm["X_regularizedvi"])
    assert np.array_equal(mdata.obsm["X_regularizedvi_rna"], theirs.obsm["X_regularizedvi_rna"], equal_nan=True)
    assert np.array_equal(mdata["rna"].varm["regularizedvi_background"], theirs["rna"].varm["regularizedvi_background"])

    some = mdata[np.random.default_rng(0).permutation(120)[:50]].copy()
    expected = pd.DataFrame(latent, index=mdata.obs_names).loc[some.obs_names].to_numpy()
    assert np.array_equal(model.get_latent_representation(some), expected)

    tables = model.get_normalized_expression(features=["rna_5", "atac_1"])
    assert {name: list(table.columns) for name, table in tables.items()} == {"rna": ["rna_5"], "atac": ["atac_1"]}
    assert list(tables["rna"].index) == list(mdata["rna"].obs_names)
    model.correct()
    assert "regularizedvi_corrected" in mdata["rna"].layers and "regularizedvi_corrected" not in mdata["atac"].layers
