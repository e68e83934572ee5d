"""Simulated cohorts of any size, the same for every contender."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

LAST_DAY = 3_650
LANDMARKS = (365, 730)
N_LEVELS = (2,) * 13 + (3,) * 8 + (4,) * 4
N_ENDPOINTS = 3
_EFFECTS = np.array([0.4, 0.2, 0.1, -0.2, 0.0])


@dataclass(frozen=True, eq=False)
class Cohort:
    """Three endpoints, two groups, 25 variables with levels and 5 covariates of one regression.

    Attributes
    ----------
    time, event : (3, N) arrays of int
        Whole days from 0 to 3650.
    group : (N,) array of 0 and 1
    codes : (25, N) array of int
    covariates : (N, 5) array
        The group, a number of three values and three continuous numbers.
    """

    time: np.ndarray
    event: np.ndarray
    group: np.ndarray
    codes: np.ndarray
    covariates: np.ndarray

    @cached_property
    def frame(self) -> pd.DataFrame:
        """Covariates, time and event as lifelines wants them."""
        frame = pd.DataFrame(self.covariates, columns=list("abcde"))
        return frame.assign(time=self.time[0], event=self.event[0])


def cohort(n: int, seed: int = 1) -> Cohort:
    """Draw n patients; about nine of ten have the event."""
    random = np.random.default_rng(seed)
    covariates = random.normal(size=(n, 5))
    covariates[:, 0] = random.random(n) < 0.5
    covariates[:, 1] = random.integers(0, 3, n)
    mean = 600 * np.exp(-covariates @ _EFFECTS)
    survival = random.exponential(mean, size=(N_ENDPOINTS, n))
    follow_up = random.uniform(0, LAST_DAY, size=(N_ENDPOINTS, n))
    return Cohort(
        np.minimum(survival, follow_up).astype(np.int64),
        (survival <= follow_up).astype(np.int64),
        covariates[:, 0].astype(np.int64),
        np.stack([random.integers(0, levels, n) for levels in N_LEVELS]),
        covariates,
    )
