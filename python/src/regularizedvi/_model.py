"""The two kinds of models, each a folder that the program reads and writes."""

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

import anndata
import numpy as np
import pandas as pd

from regularizedvi import _exchange
from regularizedvi._files import Files
from regularizedvi._options import together
from regularizedvi._report import Report

_LATENT = "X_regularizedvi"
_SETUP = "_regularizedvi_setup"
_EXPRESSION = "normalized_expression"


class _Model:
    """What both kinds have in common.

    Methods are commands of the program and take the command's options by keyword, with ``_`` for ``-``: ``train(max_epochs=80)`` is
    ``--max-epochs=80``. The program refuses what it does not know; its sentence is raised as a ValueError.
    """

    _data_kind: ClassVar[str]

    def __init__(self, adata, **options):
        self._check(adata)
        if _SETUP not in adata.uns:
            kind = type(self)._data_kind
            raise ValueError(f"This {kind} is not set up; call {type(self).__name__}.setup_{kind.lower()} first.")
        self._begin(adata, together(_plain(adata.uns[_SETUP]), options))

    def _begin(self, adata, options: Mapping[str, object], folder: Path | None = None) -> None:
        self._data = adata
        self._options = options
        self._folder = folder
        self._home = tempfile.TemporaryDirectory(prefix="regularizedvi-model-", ignore_cleanup_errors=True)
        self._trainings = 0
        self._latent: np.ndarray | None = None

    @classmethod
    def _set_up(cls, data, layer, keys: Mapping[str, object]) -> None:
        cls._check(data)
        given = {"layer": layer, **keys}
        data.uns[_SETUP] = _plain({name: value for name, value in given.items() if value is not None})

    @classmethod
    def _check(cls, data) -> None:
        if not cls._is_for(data):
            raise ValueError(f"{cls.__name__} is for {cls._data_kind} objects; this is of the type {type(data).__name__}.")

    @classmethod
    def _is_for(cls, data) -> bool:
        raise NotImplementedError

    @property
    def is_trained(self) -> bool:
        """Whether there is a trained model."""
        return self._folder is not None

    @property
    def model_dir(self) -> Path:
        """The folder of the trained model, which commands of the program take as ``--model-dir``.

        Unless ``train`` was given another, it is a temporary one, which goes with this object: see ``save``.
        """
        if self._folder is None:
            raise ValueError("This model is not trained; call train first.")
        return self._folder

    @property
    def history(self) -> dict[str, pd.DataFrame]:
        """The values of each metric by epoch, such as ``history["elbo_validation"]``; losses are in nats per cell."""
        return {
            name: pd.DataFrame({name: np.array(values, dtype=float)}).rename_axis("epoch")
            for name, values in self._facts()["history"].items()
        }

    history_ = history

    def train(self, **options) -> None:
        """Trains, and puts into the data what the command adds to its output: the latent representation
        ``obsm["X_regularizedvi"]``, library sizes, learned terms, and in ``uns["regularizedvi"]`` options and history.

        A second call goes on training the model (``resume_from``). A training that was interrupted goes on where it was when the
        same call is made again; with a folder of one's own as ``model_dir`` also in another session.

        :param options: those of the command ``train``
        """
        given = self._options if self._folder is None else {"resume_from": self._folder}
        own = {"model_dir": f"{self._home.name}/{self._trainings}"} if "model_dir" not in options else {}
        with self._files(self._data, {**given, **options}) as files:
            files.run("train", given, options, own, {"out": files.out})
            files.bring_back()
            self._latent = files.matrix(_LATENT)
        self._folder = Path({**own, **options}["model_dir"])
        self._trainings += 1

    def get_latent_representation(self, adata=None, **options) -> np.ndarray:
        """The latent representation, float32 of cells x dimensions; of the cells of the training, unless others are given.

        :param options: those of the command ``embed``
        """
        if adata is None and not options and self._latent is not None:
            return self._latent.copy()
        with self._asked(adata, options) as files:
            files.run("embed", options, self._model(), {"out": files.out})
            return files.matrix(_LATENT)

    def get_normalized_expression(self, adata=None, features=None, **options):
        """The denoised expression, a table of cells x features; of several modalities, a mapping of their names to such tables.

        :param features: names of those to return; all by default
        :param options: those of the command ``expression``, such as ``library_size``, ``n_samples`` and ``transform_batch``
        """
        with self._asked(adata, options) as files:
            some = {}
            if features is not None:
                names = [features] if isinstance(features, str) else features
                some["features"] = f"@{files.folder / 'features.txt'}"
                (files.folder / "features.txt").write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
            files.run("expression", options, some, self._model(), {"out": files.out, "layer_out": _EXPRESSION})
            return files.tables(_EXPRESSION)

    def differential_expression(self, adata=None, **options) -> pd.DataFrame:
        """The comparison of groups of cells, a row for each feature and comparison, with scvi-tools' columns.

        :param options: those of the command ``differential-expression``: ``groupby``, ``group1``, ``group2``, ``mode``, ``delta`` ...
        """
        with self._asked(adata, options) as files:
            files.run("differential-expression", options, self._model(), {"out_csv": files.table})
            return pd.read_csv(files.table, index_col=0, dtype={"feature": str}, keep_default_na=False, na_values=[""])

    def evaluate(self, adata=None, **options) -> dict:
        """How well the model explains cells: means in nats per cell, lower is better.

        :param options: those of the command ``evaluate``
        """
        return self._told("evaluate", adata, options)

    def get_elbo(self, adata=None, **options) -> float:
        """``evaluate(...)["elbo"]``: the sum of what reconstruction and divergences cost, nats per cell, lower is better."""
        return self.evaluate(adata, **options)["elbo"]

    def get_covariate_effects(self, adata=None, **options) -> dict:
        """What each covariate does in the model.

        :param options: those of the command ``covariate-effects``
        """
        return self._told("covariate-effects", adata, options)

    def correct(self, adata=None, **options) -> None:
        """Puts the counts without their ambient part into the data, as the layer ``regularizedvi_corrected``, with
        ``obs["regularizedvi_ambient_fraction"]`` and ``var["regularizedvi_ambient_counts"]``.

        :param options: those of the command ``correct``, such as ``method`` and ``ambient_amount``
        """
        self._add("correct", adata, options)

    def predict(self, adata=None, **options) -> None:
        """Puts counts as the model would draw them into the data, as the layer ``regularizedvi_predicted``.

        :param options: those of the command ``predict``, such as ``n_samples`` and ``quantity``
        """
        self._add("predict", adata, options)

    def likelihood(self, adata=None, **options) -> None:
        """Puts each cell's marginal log-likelihood into the data, as ``obs["regularizedvi_marginal_log_likelihood"]``.

        :param options: those of the command ``likelihood``, such as ``n_samples``
        """
        self._add("likelihood", adata, options)

    def report(self, path=None, adata=None, **options) -> Report:
        """Writes the report, which a notebook shows in place.

        :param path: of the page, ending in .html; by default in a temporary folder, which goes with this object
        :param options: those of the command ``report``, such as ``obs``, ``genes`` and ``scores``
        """
        own = {"out": Path(self._home.name) / "report.html", "overwrite": True} if path is None else {"out": Path(path)}
        with self._asked(adata, options) as files:
            files.run("report", options, self._model(), own)
        return Report(own["out"])

    def save(self, dir_path, overwrite: bool = False) -> None:
        """Copies the model's folder; what comes in its place is whole.

        :raises FileExistsError: if there is something at the path and it may not be replaced
        """
        target, source = Path(dir_path), self.model_dir
        if target.exists() and not overwrite:
            raise FileExistsError(f"{target} exists; expected no such folder, or overwrite=True.")
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
            copy = shutil.copytree(source, Path(folder) / "new")
            if target.exists():
                target.rename(Path(folder) / "old")
            copy.rename(target)

    @classmethod
    def load(cls, dir_path, adata=None):
        """Opens a model that ``save`` or the program wrote.

        :param adata: the cells that are meant where a method is given no others
        :raises ValueError: if the folder holds no model of this kind
        """
        folder = Path(dir_path)
        if not (folder / "model.json").is_file():
            raise ValueError(f"{folder} holds no model: it has no model.json.")
        if adata is not None:
            cls._check(adata)
        model = cls.__new__(cls)
        model._begin(adata, {}, folder)
        kind = model._facts()["model"]
        if kind != cls.__name__:
            raise ValueError(f"{folder} holds a model of the kind {kind}; expected {cls.__name__}.")
        return model

    def __repr__(self) -> str:
        return f"{type(self).__name__}({f'trained, in {self._folder}' if self.is_trained else 'not trained'})"

    def _facts(self) -> dict:
        return json.loads((self.model_dir / "model.json").read_text(encoding="utf-8"))

    def _model(self) -> dict[str, object]:
        return {"model_dir": self.model_dir}

    def _files(self, data, options: Mapping[str, object]) -> Files:
        """Files of cells with their counts where the options say, or where a model that is trained had them."""
        if data is None:
            raise ValueError(f"The model was loaded without cells; expected an {self._data_kind}.")
        if "layer" in options or not self.is_trained:
            return Files(data, _exchange.layers(data, options.get("layer")))
        counts = self._facts()["input"]["counts"]
        return Files(data, _exchange.layers(data, counts["layer"], counts["layer_of"]))

    def _asked(self, adata, options: Mapping[str, object]) -> Files:
        """Files of the cells that a trained model is asked about."""
        self.model_dir  # noqa: B018 it refuses where there is none
        if adata is not None:
            self._check(adata)
        return self._files(self._data if adata is None else adata, options)

    def _told(self, command: str, adata, options: Mapping[str, object]) -> dict:
        with self._asked(adata, options) as files:
            return json.loads(files.run(command, options, self._model()))

    def _add(self, command: str, adata, options: Mapping[str, object]) -> None:
        with self._asked(adata, options) as files:
            files.run(command, options, self._model(), {"out": files.out})
            files.bring_back()


class AmbientRegularizedSCVI(_Model):
    """A model of the counts of an AnnData.

    :param adata: cells, after ``setup_anndata``
    :param options: those of the command ``train``, such as ``n_hidden`` and ``n_latent``; others may come with ``train``
    """

    _data_kind = "AnnData"

    @classmethod
    def setup_anndata(cls, adata: anndata.AnnData, layer: str | None = None, **keys) -> None:
        """Notes in ``adata.uns`` where the counts are and what the columns of ``obs`` stand for.

        :param layer: the layer with the raw counts, or ``"raw"``; ``X`` by default
        :param keys: those of the command ``train``, such as ``batch_key`` and ``nn_conditioning_covariate_keys``
        """
        cls._set_up(adata, layer, keys)

    @classmethod
    def _is_for(cls, data) -> bool:
        return isinstance(data, anndata.AnnData)


class RegularizedMultimodalVI(_Model):
    """A model of the counts of several modalities, a MuData.

    :param adata: cells, after ``setup_mudata``
    :param options: those of the command ``train``, such as ``latent_mode`` and ``n_latent={"rna": 96, "atac": 32}``
    """

    _data_kind = "MuData"

    @classmethod
    def setup_mudata(cls, mdata, layer: str | Mapping[str, str] | None = None, **keys) -> None:
        """Notes in ``mdata.uns`` where the counts are and what the columns of ``obs`` stand for.

        :param layer: the layer with the raw counts, one for all or a mapping of modalities to layers; ``X`` by default
        :param keys: those of the command ``train``, such as ``batch_key`` and ``modalities``
        """
        cls._set_up(mdata, layer, keys)

    @classmethod
    def _is_for(cls, data) -> bool:
        return hasattr(data, "mod") and hasattr(data, "obsmap")


def _plain(value):
    """A value as it was given, whether or not it has been in a file since."""
    if isinstance(value, Mapping):
        return {name: _plain(own) for name, own in value.items()}
    if isinstance(value, np.ndarray):
        return value.tolist()
    return list(value) if isinstance(value, tuple) else value
