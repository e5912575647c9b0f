"""Loops know the enumerations of their module as numbers, and each other."""

from __future__ import annotations

from enum import IntEnum
from importlib import import_module

import numpy as np
import pytest
from numba.core.dispatcher import Dispatcher
from numpy.typing import NDArray

from aligner.compiled import compiled


class Place(IntEnum):
    """Columns of a table, one of them with two names."""

    LEFT = 2
    RIGHT = 0
    STARBOARD = 0


@compiled()
def first(table: NDArray[np.float64]) -> float:
    """Call a loop that stands further down."""
    return float(second(table))


@compiled()
def second(table: NDArray[np.float64]) -> float:
    """Index an array by a member of an enumeration."""
    table[Place.STARBOARD, Place.LEFT] = 7.0
    return float(table[Place.RIGHT, Place.LEFT])


def test_members_are_indices() -> None:
    """A member of an enumeration is the number that it stands for, whatever its order."""
    assert first(np.zeros((3, 3))) == 7.0
    assert first.__doc__ == "Call a loop that stands further down."


@pytest.mark.parametrize(
    "name",
    [
        "align._features",
        "align._partners",
        "align._paths",
        "encode._exact_loops",
        "encode._head_loops",
        "encode._use_kernels",
        "lexicon.tag_path",
        "terms.candidates._follow",
        "terms.candidates._nesting",
        "terms.locate._association",
        "terms.locate._place_loops",
        "terms.locate._span_features",
        "terms.locate._span_lists",
        "terms.locate.context._beside_loops",
        "terms.locate.context._company_loops",
        "terms.locate.context._link_loops",
        "terms.locate.context._smooth_links",
    ],
)
def test_loops_of_a_first_run_make_no_arrays(name: str) -> None:
    """Whoever aligns or looks at terms for the first time does not wait for `np.zeros`."""
    loops = [
        value
        for value in vars(import_module(f"aligner.{name}")).values()
        if isinstance(value, Dispatcher)
    ]
    assert loops
    makers = {"empty", "zeros", "ones", "full", "arange", "copy", "concatenate"}
    for loop in loops:
        assert makers.isdisjoint(loop.py_func.__code__.co_names), loop.py_func.__name__
