"""Finds the program and runs its commands."""

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from regularizedvi._options import arguments

VARIABLE = "REGULARIZEDVI"
_NAME = "regularizedvi"
_PREFIX = f"{_NAME}: "
_MISTAKE, _STOPPED, _NO_MEMORY = 2, (130, 143), 137


def find() -> Path:
    """The program: what the environment variable REGULARIZEDVI names, else what PATH has, else that of the tree of sources from
    which this package was installed.

    :raises FileNotFoundError: if there is none
    """
    named = os.environ.get(VARIABLE)
    if named:
        if not os.access(named, os.X_OK) or os.path.isdir(named):
            raise FileNotFoundError(f"The environment variable {VARIABLE} names {named}, which is no program; expected regularizedvi.")
        return Path(named)
    found = shutil.which(_NAME)
    if found:
        return Path(found)
    tree = _tree()
    if tree is not None and os.access(tree / _NAME, os.X_OK):
        return tree / _NAME
    raise FileNotFoundError(
        f"The program regularizedvi was not found: expected its path in the environment variable {VARIABLE}, or it on PATH"
        + (f", or in {tree}." if tree is not None else ".")
    )


def _tree() -> Path | None:
    """The sources from which pip installed this package (PEP 610), if it was not an archive."""
    try:
        origin = distribution(_NAME).read_text("direct_url.json")
    except PackageNotFoundError:
        return None
    url = urlsplit(json.loads(origin)["url"]) if origin else None
    return Path(url2pathname(url.path)).parent if url is not None and url.scheme == "file" else None


def run(command: str, inputs: Iterable[Path], options: Mapping[str, object], names: Mapping[Path, str]) -> str:
    """Runs a command to its end, prints what it tells of its progress, and returns what it wrote to standard output.

    If Python is interrupted, the program is told to end, which leaves a checkpoint of a training.

    :param names: what temporary files are called in what is printed and raised
    :raises ValueError: if the input or an option is wrong, with the program's sentence
    :raises MemoryError: if memory ran out, with the program's sentence
    :raises RuntimeError: if the program failed otherwise
    """
    line = [str(find()), command, *map(str, inputs), *arguments(options)]
    process = subprocess.Popen(
        line, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", errors="replace"
    )
    output: list[str] = []
    reader = threading.Thread(target=lambda: output.append(process.stdout.read()), daemon=True)
    reader.start()
    said: list[str] = []
    try:
        _relay(process, said, names)
    except BaseException:
        process.terminate()
        _relay(process, said, names)
        raise
    finally:
        code = process.wait()
        reader.join()
        process.stdout.close()
        process.stderr.close()
    if code != 0:
        raise _failure(command, code, said)
    return output[0]


def _relay(process: subprocess.Popen, said: list[str], names: Mapping[Path, str]) -> None:
    """Prints each line as it comes, but not what may be the sentence of an error: that is raised."""
    for line in process.stderr:
        text = line.rstrip("\n")
        for path, name in names.items():
            text = text.replace(str(path), name)
        said.append(text)
        if not text.startswith(_PREFIX):
            print(text, flush=True)


def _failure(command: str, code: int, said: list[str]) -> Exception:
    sentence = said[-1].removeprefix(_PREFIX) if said else ""
    if code == _MISTAKE:
        return ValueError(sentence)
    if code == _NO_MEMORY:
        return MemoryError(sentence or f"{command} was ended, probably because the machine had no more memory.")
    if code in _STOPPED:
        return RuntimeError(f"{command} was told to stop: {sentence}")
    return RuntimeError(f"{command} ended with exit code {code}, a bug of the program:\n" + "\n".join(said))
