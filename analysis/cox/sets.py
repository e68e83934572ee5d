"""The risk sets of patients, of whom those that a model cannot tell apart make one row."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.cox.likelihood import RiskSets, risk_sets
from analysis.event_table import TimeAxis, event_table


def sets_of(
    axis: TimeAxis,
    event,
    ties: str = "efron",
    stratum=None,
    n_strata: int = 1,
    patients=None,
    columns=None,
) -> RiskSets:
    """Sort patients into risk sets; those of the same patients serve several fits.

    Parameters
    ----------
    axis : TimeAxis
        Of N patients.
    event : (N,) array-like of 0 and 1
    ties : {"efron", "breslow"}
    stratum : (N,) array of int, optional
        0 to ``n_strata`` - 1.
    patients : (N,) array of int, optional
        How many patients each row stands for; without it each is one.
    columns : (N, p) array, optional
        Of the only model that is fitted; given, patients who are alike to it make one row.

    Raises
    ------
    ValueError
        For unusable events (see `event_table`).
    """
    table = event_table(axis, event, stratum, n_strata, patients=patients)
    event, code, rows = np.asarray(event), axis.code, None
    if patients is None and columns is not None:
        rows, patients = _alike(columns, axis, event, stratum, n_strata)
    if stratum is None:
        stratum = np.zeros(code.size, dtype=np.intp)
    if rows is None:
        return risk_sets(table, code, event, stratum, ties, patients)
    sets = risk_sets(table, code[rows], event[rows], stratum[rows], ties, patients)
    return replace(sets, patient=rows[sets.patient])


def _alike(columns, axis, event, stratum, n_strata):
    """One of each kind of patients whom the model cannot tell apart, and how many they are.

    None and None where they are too many kinds, or the model has more than columns of 0 and 1, as
    levels make them.
    """
    n, n_terms = columns.shape
    kinds = 2 * axis.time.size * n_strata << min(n_terms, 40)
    if 2 * kinds > n or not ((columns == 0) | (columns == 1)).all():
        return None, None
    kind = (columns @ (1 << np.arange(n_terms))).astype(np.intp)
    for code, size in ((stratum, n_strata), (event, 2), (axis.code, axis.time.size)):
        if code is not None:
            kind *= size
            kind += code
    counts = np.bincount(kind, minlength=kinds)
    one_of = np.empty(kinds, dtype=np.intp)
    one_of[kind] = np.arange(n)
    held = counts.nonzero()[0]
    return one_of[held], counts[held]
