"""Cells of the simulator, and a model of them; the program is found as users have it found."""

import subprocess

import anndata
import pytest
from regularizedvi import AmbientRegularizedSCVI
from regularizedvi._program import find

OPTIONS = {"n_hidden": 16, "n_latent": 5, "max_epochs": 3}


def command(*arguments) -> str:
    """What the program itself prints; a test fails where it does."""
    done = subprocess.run([str(find()), *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("cells") / "cells.h5ad"
    command("simulate", path, "--cells", 120, "--features", 60, "--types", 3)
    return path


@pytest.fixture(scope="session")
def trained(file):
    """A model and its cells, which have their counts in a layer; not to be changed."""
    cells = anndata.read_h5ad(file)
    cells.layers["counts"], cells.X = cells.X, None
    AmbientRegularizedSCVI.setup_anndata(cells, layer="counts", batch_key="batch")
    model = AmbientRegularizedSCVI(cells, n_hidden=OPTIONS["n_hidden"], n_latent=OPTIONS["n_latent"])
    model.train(max_epochs=OPTIONS["max_epochs"])
    return model, cells


@pytest.fixture(scope="session")
def theirs(file):
    """What the command makes of the same cells with the same options: cells, and the folder of the model."""
    out, model = file.with_name("out.h5ad"), file.with_name("model")
    options = [f"--{name.replace('_', '-')}={value}" for name, value in OPTIONS.items()]
    command("train", file, "--batch-key=batch", f"--out={out}", f"--model-dir={model}", *options)
    return anndata.read_h5ad(out), model


@pytest.fixture
def cells(file):
    return anndata.read_h5ad(file)
