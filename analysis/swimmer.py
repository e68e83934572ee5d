"""The course of each patient: time on study with response, progression and death upon it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Lanes:
    """One lane for each patient, the longest time on study first; days since one origin.

    Attributes
    ----------
    end : ndarray, shape (M,)
        Last day on study: death or last follow-up.
    died : ndarray of bool, shape (M,)
        False: alive at the last follow-up.
    response, progression : ndarray of float, shape (M,)
        Day of each, NaN where there was none or where it is not known.
    category : ndarray of int64, shape (M,)
        Best response, -1 without a value.
    """

    end: np.ndarray
    died: np.ndarray
    response: np.ndarray
    progression: np.ndarray
    category: np.ndarray

    @property
    def n(self) -> int:
        return len(self.end)


def lanes(end, died, response, progression, progressed, category) -> Lanes:
    """Sort patients by their time on study.

    Parameters
    ----------
    end, progression : (N,) array
        Days; ``progression`` is a day of censoring where ``progressed`` is 0.
    died, progressed : (N,) array of int
        1 event, 0 censored.
    response : (N,) array of float
        Day of the response, NaN without one.
    category : (N,) array of int
    """
    end, died = np.asarray(end), np.asarray(died).astype(bool)
    # Of equal times those who died stand after those who are still followed.
    order = np.lexsort((died, -end))
    happened = np.where(np.asarray(progressed) == 1, np.asarray(progression, float), np.nan)
    return Lanes(
        end[order],
        died[order],
        np.asarray(response, float)[order],
        happened[order],
        np.asarray(category, np.int64)[order],
    )
