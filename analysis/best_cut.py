"""How large an effect is at a threshold that the data chose: shrunk, and cross-validated.

Whoever keeps the best of many thresholds finds too large a hazard ratio (Altman DG, Lausen B,
Sauerbrei W, Schumacher M. J Natl Cancer Inst 1994;86:829–835). Two remedies stand here, as compared
by Schumacher M, Holländer N, Sauerbrei W (Stat Med 1997;16:2813–2827) and Holländer N, Sauerbrei W,
Schumacher M (Stat Med 2004;23:1701–1713): a factor that pulls the log hazard ratio towards 0 by how
little is known of it, and the hazard ratio between groups into which patients were put by a
threshold that others chose.
"""

from __future__ import annotations

import math

import numpy as np

from analysis.confidence import two_sided_quantile
from analysis.cox.two_groups import HazardRatio, hazard_ratios
from analysis.event_table import TimeAxis, event_table
from analysis.maximally_selected import every_split
from analysis.permutation import SEED

FOLDS = 10
MOST_VALIDATED = 20_000
"""Patients up to whom the threshold is chosen anew in every fold."""


def shrinkage_factor(ratio: HazardRatio) -> float:
    """By what the log hazard ratio is multiplied: (χ² - 1) / χ² of its Wald statistic, 0 at least.

    Van Houwelingen JC, le Cessie S. Stat Med 1990;9:1303–1325. It does not know that the
    threshold was searched for. NaN without an estimate.
    """
    log_ratio = math.log(ratio.value) if ratio.value > 0 else math.nan
    wide = math.log(ratio.upper / ratio.lower) if ratio.lower > 0 else math.nan
    if not (math.isfinite(log_ratio) and math.isfinite(wide) and wide > 0):
        return math.nan
    chi_square = (log_ratio * 2 * two_sided_quantile(0.95) / wide) ** 2
    return max(0.0, 1 - 1 / chi_square) if chi_square else 0.0


def shrunk(ratio: HazardRatio) -> float:
    """The hazard ratio after shrinkage; NaN without an estimate."""
    return float(ratio.value ** shrinkage_factor(ratio)) if ratio.value > 0 else math.nan


def cross_validated(
    axis: TimeAxis, event, value, rows, *, folds: int = FOLDS, seed: int = SEED, fold=None
) -> HazardRatio:
    """Hazard ratio at or above against below, every patient by the best threshold of the others.

    Parameters
    ----------
    axis, event, value, rows
        As in `maximally_selected`.
    folds, seed : int
        Into how many parts the patients are divided at random.
    fold : (N,) array of int, optional
        The part of each patient, instead of a random one.

    Returns
    -------
    HazardRatio
        Its interval takes the groups as given, and so is none; NaN where a fold has no possible
        threshold, one group stays empty, or there are more than ``MOST_VALIDATED`` patients.
    """
    rows, value = np.asarray(rows, bool), np.asarray(value, float)
    n = int(rows.sum())
    nothing = HazardRatio(*(math.nan,) * 4)
    if not folds <= n <= MOST_VALIDATED:
        return nothing
    if fold is None:
        fold = np.full(rows.size, -1)
        fold[rows] = np.random.default_rng(seed).permutation(n) % folds
    above = np.zeros(rows.size, np.intp)
    for part in np.unique(np.asarray(fold)[rows]):
        own = rows & (fold == part)
        splits = every_split(axis, event, value, rows & ~own)
        if not splits.below.size:
            return nothing
        best = splits.below[np.abs(splits.statistic).argmax()]
        above[own] = value[own] >= splits.number[best]
    table = event_table(axis, event, above, 2, rows=rows)
    if not table.n.all():
        return nothing
    return hazard_ratios([table], 1, 0)[0]
