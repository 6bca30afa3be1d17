"""The ten lines of the README run, and end in a figure, a report and the command's latent representation."""

import re
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("scanpy")


def test_the_example_runs(file, theirs, tmp_path, monkeypatch):
    text = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    example = re.search(r"<!-- python-example -->\n```python\n(.*?)```", text, re.DOTALL).group(1)
    assert len(example.splitlines()) == 10
    for shown, small in (("cells.h5ad", str(file)), ("sample", "batch"), ("=128", "=16"), ("=20", "=5"), ("=80", "=3")):
        assert shown in example
        example = example.replace(shown, small)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "Agg")
    here = {}
    exec(compile(example, "README.md", "exec"), here)
    figure = (tmp_path / "figures" / "umap_cells.png").read_bytes()
    assert figure.startswith(b"\x89PNG") and len(figure) > 5000
    assert (tmp_path / "cells_report.html").stat().st_size > 50_000
    assert np.array_equal(here["adata"].obsm["X_regularizedvi"], theirs[0].obsm["X_regularizedvi"])
