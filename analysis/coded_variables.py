"""The variables of a study as one matrix of level codes, ready to be analysed together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class CodedVariables:
    """V variables of N patients; their levels are numbered through as L rows.

    Attributes
    ----------
    names : tuple of V str
    codes : (V, N) array of int
        Level of each patient in the smallest integers, -1 where missing: the patient is left out
        of that variable.
    n_levels : (V,) array of int
    first : (V,) array of int
        Row of each variable's first level among the L.
    variable, level : (L,) arrays of int
        What each row stands for.
    """

    names: tuple[str, ...]
    codes: np.ndarray
    n_levels: np.ndarray
    first: np.ndarray
    variable: np.ndarray
    level: np.ndarray

    def rows_of(self, name: str) -> slice:
        """Rows of one variable among the L."""
        position = self.names.index(name)
        first = int(self.first[position])
        return slice(first, first + int(self.n_levels[position]))


def coded_variables(codes, n_levels) -> CodedVariables:
    """Check and number the levels of many variables; do it once per study.

    Parameters
    ----------
    codes : mapping from name to (N,) array of int, or sequence of such arrays
        0 to the number of levels - 1, or -1 for missing. Without names they are x1, x2, ….
    n_levels : mapping from name to int, or sequence of int
        Levels of each variable, whether or not they occur; at least 1.

    Raises
    ------
    ValueError
        If lengths differ, or a code is not one of the levels; the message names the variable.
    """
    if isinstance(codes, Mapping):
        names, arrays = tuple(codes), list(codes.values())
    else:
        arrays = list(codes)
        names = tuple(f"x{position + 1}" for position in range(len(arrays)))
    if isinstance(n_levels, Mapping):
        n_levels = [n_levels[name] for name in names]
    n_levels = np.asarray(list(n_levels), dtype=np.intp)
    if n_levels.size != len(names):
        raise ValueError(f"n_levels has {n_levels.size} values for {len(names)} variables")
    lengths = {len(array) for array in arrays}
    if len(lengths) > 1:
        raise ValueError(f"variables have different numbers of patients: {sorted(lengths)}")
    smallest = np.min_scalar_type(-int(n_levels.max(initial=1)))
    matrix = np.empty((len(arrays), lengths.pop() if lengths else 0), dtype=smallest)
    for name, row, array, levels in zip(names, matrix, arrays, n_levels, strict=True):
        values = np.asarray(array)
        unknown = ~((values >= -1) & (values < levels) & (values == np.floor(values)))
        if levels < 1 or unknown.any():
            found = values[unknown][0] if unknown.any() else "no level"
            raise ValueError(f"{name} must be coded -1 to {levels - 1}; found {found}")
        row[:] = values
    first = np.cumsum(n_levels) - n_levels
    variable = np.repeat(np.arange(len(names)), n_levels)
    level = np.arange(variable.size) - first[variable]
    for array in (matrix, n_levels, first, variable, level):
        array.flags.writeable = False
    return CodedVariables(names, matrix, n_levels, first, variable, level)
