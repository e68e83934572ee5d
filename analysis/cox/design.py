"""Covariates of a regression as numbers: one column per term, each knowing its variable.

A factor becomes one indicator column per level but its first (treatment contrasts, as in R).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.reason import Reason, Why


@dataclass(frozen=True, eq=False)
class Design:
    """Numeric covariates with their names.

    Attributes
    ----------
    columns : (N, p) array
        One row per patient, one column per term; finite.
    terms : tuple of p str
        ``age`` for a number, ``sex=Female`` for a level beside its reference.
    variables : tuple of p str
        The variable that each term belongs to; the levels of a factor share one.
    notes : tuple of Reason
        Sentences about variables that have no term, because all patients have the same level.
    """

    columns: np.ndarray
    terms: tuple[str, ...]
    variables: tuple[str, ...]
    notes: tuple[Reason, ...] = ()


def design_of(covariates) -> Design:
    """Code covariates as numbers.

    Parameters
    ----------
    covariates : Design, pandas.DataFrame, pandas.Series or (N,) or (N, p) array-like of numbers
        A frame's categorical columns keep the order of their levels; text is sorted. The first
        level that occurs is the reference, levels that do not occur are dropped. Columns of a
        plain matrix are named x1, x2, ….

    Raises
    ------
    ValueError
        If a value is missing or infinite; the message names the covariate and the position.
    """
    if isinstance(covariates, Design):
        return covariates
    if isinstance(covariates, pd.Series):
        covariates = covariates.to_frame(covariates.name if covariates.name is not None else "x1")
    if isinstance(covariates, pd.DataFrame):
        if len(covariates.columns) and all(map(_is_plain_number, covariates.dtypes)):
            return _of_matrix(covariates.to_numpy(dtype=float), map(str, covariates.columns))
        parts = [_coded(str(name), covariates[name]) for name in covariates.columns]
        return beside(*parts) if parts else _no_terms(len(covariates))
    matrix = np.asarray(covariates, dtype=float)
    if matrix.ndim == 1:
        matrix = matrix[:, None]
    if matrix.ndim != 2:
        raise ValueError(f"covariates must be a matrix, not of shape {matrix.shape}")
    return _of_matrix(matrix, (f"x{position + 1}" for position in range(matrix.shape[1])))


def beside(*designs: Design) -> Design:
    """Put designs of the same patients side by side."""
    return Design(
        np.concatenate([design.columns for design in designs], axis=1),
        tuple(term for design in designs for term in design.terms),
        tuple(variable for design in designs for variable in design.variables),
        tuple(note for design in designs for note in design.notes),
    )


def product(a: Design, b: Design) -> Design:
    """Interaction of two designs: every column of `a` times every column of `b`.

    The terms of `a` vary fastest, as in R's ``a:b``.
    """
    pairs = b.columns[:, :, None] * a.columns[:, None, :]
    columns = pairs.reshape(len(a.columns), len(a.terms) * len(b.terms))
    return Design(
        columns,
        tuple(f"{one}:{other}" for other in b.terms for one in a.terms),
        tuple(f"{one}:{other}" for other in b.variables for one in a.variables),
    )


def _of_matrix(matrix, names) -> Design:
    names = tuple(names)
    if not np.isfinite(matrix).all():
        for name, column in zip(names, matrix.T, strict=True):
            _require_finite(name, column)
    return Design(matrix, names, names)


def _is_plain_number(dtype):
    return isinstance(dtype, np.dtype) and dtype.kind in "biuf"


def _coded(name, series) -> Design:
    if isinstance(series.dtype, pd.CategoricalDtype):
        return _indicators(name, series.cat.codes.to_numpy(), series.cat.categories)
    if pd.api.types.is_bool_dtype(series.dtype) or pd.api.types.is_numeric_dtype(series.dtype):
        column = series.to_numpy(dtype=float, na_value=np.nan)
        _require_finite(name, column)
        return Design(column[:, None], (name,), (name,))
    codes, levels = pd.factorize(series, sort=True)
    return _indicators(name, codes, levels)


def _indicators(name, codes, levels) -> Design:
    if (codes < 0).any():
        raise ValueError(f"{name} is missing at position {int((codes < 0).argmax())}")
    used = np.flatnonzero(np.bincount(codes, minlength=len(levels)))
    columns = (codes[:, None] == used[None, 1:]).astype(float)
    terms = tuple(f"{name}={levels[level]}" for level in used[1:])
    notes = ()
    if used.size == 1:
        notes = (Reason(Why.ONE_LEVEL, str(name), (str(levels[used[0]]),)),)
    return Design(columns, terms, (name,) * len(terms), notes)


def _no_terms(n_patients) -> Design:
    return Design(np.zeros((n_patients, 0)), (), ())


def _require_finite(name, column):
    unusable = ~np.isfinite(column)
    if unusable.any():
        position = int(unusable.argmax())
        raise ValueError(
            f"{name} must be finite and not missing; position {position} holds {column[position]}"
        )
