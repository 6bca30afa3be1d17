"""Python's keyword options as the program's options. There is no list of names: the program knows which it has."""

from collections.abc import Iterable, Mapping

import numpy as np


def arguments(options: Mapping[str, object]) -> list[str]:
    """Options as arguments of a command: ``n_hidden=128`` becomes ``--n-hidden=128``.

    ``True`` is an option without a value, ``False`` is ``--no-`` before its name, ``None`` is ``none``, a list is joined by commas,
    and a mapping, such as one of modalities to values, becomes ``rna=96,atac=32``.
    """
    return [_argument(name.replace("_", "-"), value) for name, value in options.items()]


def together(*parts: Mapping[str, object]) -> dict[str, object]:
    """Options given in several places, in one mapping.

    :raises ValueError: if an option is given in two of them, since one would be ignored
    """
    options: dict[str, object] = {}
    for part in parts:
        for name in part:
            if name in options:
                raise ValueError(f"{name} is given twice, or belongs to this package; expected it once.")
        options.update(part)
    return options


def _argument(name: str, value: object) -> str:
    if isinstance(value, (bool, np.bool_)):
        return f"--{name}" if value else f"--no-{name}"
    return f"--{name}={_text(value)}"


def _text(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, Mapping):
        return ",".join(f"{key}={_text(own)}" for key, own in value.items())
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ",".join(_text(own) for own in value)
    return str(value)
