"""The program is found where the README says, told to end when Python is, and its failures are exceptions."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from regularizedvi import _program


@pytest.fixture
def other(tmp_path, monkeypatch):
    """A program of another kind, which does what a test wants of it."""

    def make(body: str) -> Path:
        path = tmp_path / "regularizedvi"
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)
        monkeypatch.setenv("REGULARIZEDVI", str(path))
        return path

    return make


def test_the_variable_goes_first_then_path_then_the_tree(other, monkeypatch):
    path = other("true")
    assert _program.find() == path
    monkeypatch.delenv("REGULARIZEDVI")
    monkeypatch.setenv("PATH", str(path.parent))
    assert _program.find() == path
    monkeypatch.setenv("PATH", "")
    tree = Path(__file__).parents[2]
    assert _program.find() == tree / "regularizedvi"


def test_without_a_program_one_sentence_says_where_it_was_sought(monkeypatch, tmp_path):
    monkeypatch.setenv("REGULARIZEDVI", str(tmp_path / "none"))
    with pytest.raises(FileNotFoundError, match=r"^The environment variable REGULARIZEDVI names .*none, which is no program"):
        _program.find()
    monkeypatch.delenv("REGULARIZEDVI")
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(_program, "_tree", lambda: None)
    with pytest.raises(FileNotFoundError, match=r"^The program regularizedvi was not found: .* REGULARIZEDVI, or it on PATH\.$"):
        _program.find()


def test_progress_is_printed_as_it_comes_and_results_are_returned(other, capsys):
    other("echo epoch 1 of /tmp/x.h5ad >&2; echo result; echo done >&2")
    assert _program.run("train", [], {}, {Path("/tmp/x.h5ad"): "the AnnData"}) == "result\n"
    assert capsys.readouterr().out == "epoch 1 of the AnnData\ndone\n"


@pytest.mark.parametrize(
    ("code", "kind", "message"),
    [
        (2, ValueError, r"^no column\.$"),
        (137, MemoryError, r"^no column\.$"),
        (143, RuntimeError, r"^train was told to stop: no column\.$"),
        (1, RuntimeError, r"(?s)^train ended with exit code 1, a bug of the program:\nwarning: a\nregularizedvi: no column\.$"),
    ],
)
def test_each_exit_code_has_its_exception(other, capsys, code, kind, message):
    other(f"echo 'warning: a' >&2; echo 'regularizedvi: no column.' >&2; exit {code}")
    with pytest.raises(kind, match=message):
        _program.run("train", [], {}, {})
    assert capsys.readouterr().out == "warning: a\n"


def test_an_interrupted_training_leaves_a_checkpoint_from_which_the_same_call_goes_on(file, tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        f"""
import anndata, regularizedvi, signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # also where this is started in the background
cells = anndata.read_h5ad({str(file)!r})
regularizedvi.AmbientRegularizedSCVI.setup_anndata(cells, batch_key="batch")
model = regularizedvi.AmbientRegularizedSCVI(cells, n_hidden=8, n_latent=3)
options = dict(max_epochs=150, model_dir={str(tmp_path / "model")!r})
try:
    model.train(**options)
except KeyboardInterrupt:
    print("interrupted", model.is_trained, flush=True)
    model.train(**options)
print("epochs", len(model.history["elbo_train"]))
"""
    )
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    said = []
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": str(temporary)}
    ) as process:
        for line in process.stdout:
            said.append(line.strip())
            if line.startswith("epoch 45/150"):
                assert [path.name[:14] for path in temporary.iterdir()].count("regularizedvi-") >= 1
                process.send_signal(signal.SIGINT)
    assert process.returncode == 0, said
    stopped = said.index("interrupted False")
    assert said[stopped - 1].startswith("stopped in epoch "), said
    assert any(line.startswith("going on from epoch ") for line in said[stopped:]), said
    assert said[-1] == "epochs 150"
    assert list(temporary.iterdir()) == []
