"""Keyword options become the program's, whatever they are called."""

from pathlib import Path

import numpy as np
import pytest
from regularizedvi._options import arguments, together


@pytest.mark.parametrize(
    ("value", "argument"),
    [
        (3, "--an-option=3"),
        (np.float32(0.5), "--an-option=0.5"),
        (1e-7, "--an-option=1e-07"),
        ("-a b,c", "--an-option=-a b,c"),
        (Path("a/b"), "--an-option=a/b"),
        (True, "--an-option"),
        (np.False_, "--no-an-option"),
        (None, "--an-option=none"),
        (["donor", "site"], "--an-option=donor,site"),
        (np.array(["donor", "site"]), "--an-option=donor,site"),
        ({"rna": 96, "atac": None}, "--an-option=rna=96,atac=none"),
    ],
)
def test_each_kind_of_value(value, argument):
    assert arguments({"an_option": value}) == [argument]


def test_an_option_given_twice_is_refused():
    assert together({"a": 1}, {"b": 2}) == {"a": 1, "b": 2}
    with pytest.raises(ValueError, match="b is given twice"):
        together({"a": 1, "b": 1}, {"b": 1})
