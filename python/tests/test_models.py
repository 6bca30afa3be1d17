"""What comes back is what the commands give; what is wrong is told in one sentence."""

import json
import re
from pathlib import Path

import anndata
import numpy as np
import pandas as pd
import pytest
import regularizedvi
from regularizedvi import AmbientRegularizedSCVI, RegularizedMultimodalVI


def test_training_gives_what_the_command_gives(trained, theirs):
    model, cells = trained
    out, folder = theirs
    assert np.array_equal(model.get_latent_representation(), out.obsm["X_regularizedvi"])
    assert np.array_equal(cells.obsm["X_regularizedvi"], out.obsm["X_regularizedvi"])
    assert cells.obs["regularizedvi_library_size"].equals(out.obs["regularizedvi_library_size"])
    assert np.array_equal(cells.varm["regularizedvi_background"], out.varm["regularizedvi_background"])
    history = json.loads((folder / "model.json").read_text())["history"]
    assert model.history["elbo_validation"]["elbo_validation"].tolist() == history["elbo_validation"]
    assert set(cells.layers) == {"counts"} and set(cells.obsm) == {"X_regularizedvi"}


def test_a_saved_model_answers_the_same_about_any_cells(trained, tmp_path):
    model, cells = trained
    model.save(tmp_path / "model")
    with pytest.raises(FileExistsError, match="expected no such folder"):
        model.save(tmp_path / "model")
    model.save(tmp_path / "model", overwrite=True)
    assert [path.name for path in tmp_path.iterdir()] == ["model"]
    loaded = AmbientRegularizedSCVI.load(tmp_path / "model")
    some = cells[40:10:-2].copy()
    del some.uns, some.obsm
    assert np.array_equal(loaded.get_latent_representation(some), model.get_latent_representation()[40:10:-2])
    assert not some.obsm
    with pytest.raises(ValueError, match="loaded without cells"):
        loaded.evaluate()
    with pytest.raises(ValueError, match="kind AmbientRegularizedSCVI; expected RegularizedMultimodalVI"):
        RegularizedMultimodalVI.load(tmp_path / "model")


def test_a_second_training_goes_on(trained, tmp_path):
    model, cells = trained
    model.save(tmp_path / "model")
    loaded = AmbientRegularizedSCVI.load(tmp_path / "model", cells.copy())
    loaded.train(max_epochs=1)
    assert len(loaded.history["elbo_train"]) == 1
    assert loaded.model_dir != tmp_path / "model"
    line = json.loads((loaded.model_dir / "run.json").read_text())["command"]
    assert f"--resume-from={tmp_path / 'model'}" in line


def test_expression_is_a_table_of_cells_and_features(trained):
    model, cells = trained
    every = model.get_normalized_expression()
    assert list(every.columns) == list(cells.var_names) and list(every.index) == list(cells.obs_names)
    some = model.get_normalized_expression(features=["rna_7", "rna_3"], library_size=2)
    assert list(some.columns) == ["rna_7", "rna_3"]
    assert np.allclose(some, 2 * every[["rna_7", "rna_3"]], rtol=1e-6)
    sparse = model.get_normalized_expression(cut_off=1)
    assert np.array_equal(sparse.sparse.to_dense(), every.where(every >= 1, 0))


def test_groups_are_compared(trained):
    model, _ = trained
    table = model.differential_expression(groupby="true_type", group1=["type_0"], group2="type_1", n_samples_overall=100)
    assert sorted(table.index) == sorted(f"rna_{g}" for g in range(60))
    assert {"proba_de", "lfc_mean", "is_de_fdr_0.05"} <= set(table.columns)


def test_counts_are_corrected_in_place_and_anew(trained):
    model, cells = trained
    own = cells.copy()
    model.correct(own)
    first = own.layers["regularizedvi_corrected"]
    assert (first > own.layers["counts"]).nnz == 0 and first.sum() < own.layers["counts"].sum()
    own.obs["regularizedvi_ambient_fraction"] = 2.0
    model.correct(own, method="mode")
    assert (own.layers["regularizedvi_corrected"] != first).nnz > 0
    assert own.obs["regularizedvi_ambient_fraction"].between(0, 1).all()


def test_numbers_of_the_fit_are_those_of_the_command(trained):
    model, _ = trained
    told = model.evaluate()
    assert told["n_cells"] == 120
    assert 0 < abs(model.get_elbo(seed=1) - told["elbo"]) < 0.1 * told["elbo"]
    assert "decoder_weights" in json.dumps(model.get_covariate_effects())


def test_a_notebook_shows_the_report(trained):
    model, _ = trained
    report = model.report(obs=["true_type"])
    assert report.path.read_text(encoding="utf-8").startswith("<!")
    assert report._repr_html_().startswith('<iframe srcdoc="&lt;!')


def test_columns_that_no_file_can_hold_stay_behind(cells):
    cells.obs["when"] = pd.Timestamp("2026-01-01")
    cells.obs["mixed"] = [1, "a"] * 60
    cells.obs["bin"] = pd.cut(cells.obs["true_library_size"], 3)
    cells.obs["text"] = pd.array(["a", None] * 60, dtype="string")
    cells.obs["group"] = cells.obs["text"].astype("category")
    cells.obs["maybe"] = pd.array([True, None] * 60, dtype="boolean")
    cells.obs["truth"] = pd.Series([True, None] * 60, index=cells.obs_names, dtype=object)
    cells.obs["number"] = pd.Series([1, 2.5] * 60, index=cells.obs_names, dtype=object)
    cells.obs["nothing"] = None
    AmbientRegularizedSCVI.setup_anndata(cells, batch_key="batch")
    view = cells[:100]
    model = AmbientRegularizedSCVI(view, n_hidden=8, n_latent=3)
    model.train(max_epochs=1)
    assert view.obsm["X_regularizedvi"].shape == (100, 3)
    assert model.report(obs=["text", "group", "truth", "number"]).path.exists()
    assert view.obs["text"].dtype == "string" and view.obs["when"].iloc[0] == pd.Timestamp("2026-01-01")


def test_counts_may_lie_in_raw(cells):
    cells.raw = cells
    chosen = cells[:, :40].copy()
    chosen.X = chosen.X.astype("float32") * 0.3
    AmbientRegularizedSCVI.setup_anndata(chosen, layer="raw", batch_key="batch")
    model = AmbientRegularizedSCVI(chosen, n_hidden=8, n_latent=3)
    model.train(max_epochs=1)
    assert chosen.raw.varm["regularizedvi_dispersion"].shape == (60, 3)
    model.correct()
    assert chosen.obsm["regularizedvi_corrected"].shape == (120, 60)
    assert model.get_normalized_expression().shape == (120, 60)


def test_setup_may_have_been_in_a_file(cells, tmp_path):
    AmbientRegularizedSCVI.setup_anndata(cells, batch_key="batch", nn_conditioning_covariate_keys=["true_type", "batch"])
    cells.write_h5ad(tmp_path / "a.h5ad")
    again = anndata.read_h5ad(tmp_path / "a.h5ad")
    model = AmbientRegularizedSCVI(again, n_hidden=8, n_latent=3)
    model.train(max_epochs=1)
    assert json.loads((model.model_dir / "model.json").read_text())["keys"]["nn_conditioning_covariate_keys"] == ["true_type", "batch"]


def test_what_is_wrong_is_told_in_a_sentence(cells, tmp_path):
    model_of = AmbientRegularizedSCVI
    with pytest.raises(ValueError, match="^This AnnData is not set up; call AmbientRegularizedSCVI.setup_anndata first"):
        model_of(cells)
    with pytest.raises(ValueError, match="is for MuData objects; this is of the type AnnData"):
        RegularizedMultimodalVI.setup_mudata(cells, batch_key="batch")
    model_of.setup_anndata(cells, batch_key="bach")
    with pytest.raises(ValueError, match="^the AnnData has no column 'bach' in obs; .*batch"):
        model_of(cells).train()
    model_of.setup_anndata(cells, batch_key="batch")
    model_of.setup_anndata(cells, batch_key="nothing")
    cells.obs["nothing"] = None
    with pytest.raises(ValueError, match=r"^the AnnData: obs\['nothing'\] must have a value for every cell"):
        model_of(cells).train()
    del cells.obs["nothing"]
    model_of.setup_anndata(cells, batch_key="batch")
    with pytest.raises(ValueError, match="^batch_key is given twice"):
        model_of(cells, batch_key="batch")
    with pytest.raises(ValueError, match="^there is no option '--n-latnt'; did you mean --n-latent"):
        model_of(cells, n_latnt=3).train()
    with pytest.raises(ValueError, match="^--max-epochs: expected a whole number, found 'none'"):
        model_of(cells).train(max_epochs=None)
    with pytest.raises(ValueError, match="^This model is not trained"):
        model_of(cells).get_latent_representation()
    with pytest.raises(ValueError, match="holds no model"):
        model_of.load(tmp_path)
    cells.write_h5ad(tmp_path / "a.h5ad")
    with pytest.raises(ValueError, match="is not in memory"):
        model_of(anndata.read_h5ad(tmp_path / "a.h5ad", backed="r")).train()


def test_places_of_counts_are_named_where_there_are_none(cells):
    cells.layers["counts"] = cells.X
    cells.X = cells.X.astype("float32") * 0.3
    for layer, sentence in ((None, r"expected whole counts.*'counts'"), ("count", r"^the AnnData has no layer 'count'; .*counts")):
        AmbientRegularizedSCVI.setup_anndata(cells, layer=layer, batch_key="batch")
        with pytest.raises(ValueError, match=sentence):
            AmbientRegularizedSCVI(cells).train()


def test_the_version_is_that_of_the_program():
    pom = (Path(__file__).parents[2] / "pom.xml").read_text(encoding="utf-8")
    assert regularizedvi.__version__ == re.search(r"<version>(.*?)</version>", pom).group(1)
