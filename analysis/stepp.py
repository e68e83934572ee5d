"""The effect of an arm in windows of a number (STEPP), and whether they differ by more than chance.

Subpopulation treatment effect pattern plot (Bonetti M, Gelber RD. Stat Med 2000;19:2595–2609 and
Biostatistics 2004;5:465–481): the hazard ratio in each window of `analysis.sliding_windows`. What
is tested is the largest standardised departure of a window from the effect in all patients, against
the same when the number is permuted among the patients of each arm (Bonetti M, Zahrieh D, Cole BF,
Gelber RD. Stat Med 2009;28:1255–1268). The departure is the first step towards the window's own log
hazard ratio: the sum of its patients' score residuals, which is linear in who is in a window.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.cox.fit import fit_cox
from analysis.cox.two_groups import HazardRatio, hazard_ratios
from analysis.event_table import EventTable, TimeAxis, event_table
from analysis.joint_limit import DRAWS as LIMIT_DRAWS
from analysis.joint_limit import MOST_PERMUTED
from analysis.permutation import SEED, TIE
from analysis.sliding_windows import LEAST_EVENTS, Windows, sliding_windows

DRAWS = 2_500
"""Random permutations, as the authors' own program advises."""
_CELLS_AT_ONCE = 2_000_000
# A window without spread has no departure.
_NO_SPREAD = 1e-12


@dataclass(frozen=True, eq=False)
class Stepp:
    """The effect of an arm in K windows of a number.

    Attributes
    ----------
    windows : Windows
    n, events : (K, 2) arrays of int
        Patients and events of the reference and of the compared arm.
    arms : tuple of int
        Patients of the reference and of the compared arm in all.
    ratios : tuple of K HazardRatio
        Of the compared arm against the reference.
    departure : (K,) array
        Standardised difference of each window from the effect in all patients; NaN where a window
        holds everybody.
    p_value : float
        Of the largest of them; NaN with fewer than two windows or without an effect in all.
    draws : int
        Random permutations, or draws of their limit; 0 without a test.
    method : str
        Sentence for a footnote.
    """

    windows: Windows
    n: np.ndarray
    events: np.ndarray
    arms: tuple[int, int]
    ratios: tuple[HazardRatio, ...]
    departure: np.ndarray
    p_value: float
    draws: int
    method: str


def stepp(
    axis: TimeAxis,
    event,
    value,
    arm,
    rows,
    *,
    least_events: int = LEAST_EVENTS,
    windows: Windows | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
    limit: bool | None = None,
) -> Stepp:
    """Compare two arms in windows of a number.

    Parameters
    ----------
    axis : TimeAxis
        Of N patients.
    event, arm : (N,) array-likes of 0 and 1
        1 for the compared arm, 0 for the reference.
    value : (N,) array-like
        The number; finite for the patients in `rows`.
    rows : (N,) boolean mask
        The patients analysed.
    least_events : int
        Events of a window.
    windows : Windows, optional
        Windows found before, instead of those of these patients.
    draws, seed : int
        Random permutations; the same seed gives the same p-value. None are drawn with 0.
    limit : bool, optional
        Whether the limit of random permutations is drawn; by the number of patients if not given.

    Raises
    ------
    ValueError
        If a patient in `rows` has no value.
    """
    rows = np.asarray(rows, bool)
    number, group = np.asarray(value, float)[rows], np.asarray(arm)[rows].astype(np.intp)
    if not np.isfinite(number).all():
        raise ValueError("a value is missing; leave out patients without one")
    happened, own = np.asarray(event)[rows], TimeAxis(axis.time, axis.code[rows])
    if windows is None:
        windows = sliding_windows(number, happened, least_events)
    tables = tables_of_windows(own, happened, number, group, windows)
    n, events = (
        (
            np.array([*counts], int).reshape(-1, 2)
            for counts in zip(*((one.n, one.n_event.sum(axis=1)) for one in tables), strict=True)
        )
        if tables
        else (np.zeros((0, 2), int),) * 2
    )
    ratios = hazard_ratios(tables, 1, 0) if tables else ()
    limit = number.size > MOST_PERMUTED if limit is None else limit
    departure, p_value = np.full(len(windows), np.nan), np.nan
    draws = LIMIT_DRAWS if limit and draws else draws
    scores = score_residuals(own, happened, group) if draws else None
    if scores is not None and len(windows) > 1:
        departure, p_value = _supremum(scores, number, group, windows, (draws, seed, limit))
    drawn_from = "draws of the limit of permutations" if limit else "random permutations"
    method = (
        f"STEPP: {len(windows)} sliding windows of at least {windows.events} events, Cox "
        "regression in each; largest departure from the effect in all patients against "
        f"{draws:,} {drawn_from} of the number within each arm (seed {seed})"
    )
    tested = bool(np.isfinite(p_value))
    arms = tuple(np.bincount(group, minlength=2).tolist())
    return Stepp(
        windows, n, events, arms, ratios, departure, p_value, draws if tested else 0, method
    )


def tables_of_windows(
    axis: TimeAxis, event, number, group, windows: Windows
) -> tuple[EventTable, ...]:
    """The event table of the two arms in each window: sums over the parts that windows are of."""
    # Each part lies in or out of every window as a whole; a part ends where a window does.
    bounds = np.unique(np.concatenate([windows.low, np.nextafter(windows.high, np.inf)]))
    if not bounds.size:
        return ()
    part = np.searchsorted(bounds, number, side="right") - 1
    inside = (part >= 0) & (part < bounds.size - 1)
    first = np.searchsorted(bounds, windows.low)
    last = np.searchsorted(bounds, np.nextafter(windows.high, np.inf))
    n_parts = bounds.size - 1
    cell = np.where(inside, 2 * part + group, 0)
    whole = event_table(axis, event, cell, 2 * n_parts, rows=inside)

    def sums(counts: np.ndarray) -> np.ndarray:
        by_part = counts.reshape(n_parts, 2, -1)
        return np.stack([by_part[a:b].sum(axis=0) for a, b in zip(first, last, strict=True)])

    counts = (sums(getattr(whole, name)) for name in ("n_risk", "n_event", "n_censor", "n"))
    return tuple(
        EventTable(whole.time, risk, happened, censored, n[:, 0])
        for risk, happened, censored, n in zip(*counts, strict=True)
    )


def score_residuals(axis: TimeAxis, event, arm) -> np.ndarray | None:
    """What each patient adds to the score of the arm in a Cox regression on the arm alone.

    With Efron's ties, as R's ``residuals(coxph(…), type = "score")``; they sum to 0.

    Parameters
    ----------
    event, arm : (N,) arrays of 0 and 1

    Returns
    -------
    (N,) array, or None
        None where the arm has no finite effect.
    """
    event = np.asarray(event)
    (coef,) = fit_cox(axis, event, arm.astype(float)).coef if event.any() else (np.nan,)
    if not np.isfinite(coef):
        return None
    table = event_table(axis, event, arm, 2)
    total = table.n_event.sum(axis=0)
    time = np.arange(total.size).repeat(total)  # of each event
    share = (np.arange(time.size) - (total.cumsum() - total)[time]) / total[time]
    at_risk = table.n_risk[:, time] - share * table.n_event[:, time]
    risk = np.array([1.0, np.exp(coef)])
    hazard = 1 / (risk @ at_risk)
    mean = risk[1] * at_risk[1] * hazard

    def by_time(weights: np.ndarray) -> np.ndarray:
        return np.bincount(time, weights, total.size)

    middle = by_time(mean) / np.maximum(total, 1)
    made = event * (arm - middle[axis.code])
    for side in (0, 1):
        each = risk[side] * (side - mean) * hazard
        whole, tied = by_time(each), by_time(each * (1 - share))
        lived = whole.cumsum() - whole
        here = np.where(event == 1, tied[axis.code], whole[axis.code])
        made = np.where(arm == side, made - lived[axis.code] - here, made)
    return made


def _supremum(
    scores, number, group, windows: Windows, drawing: tuple[int, int, bool]
) -> tuple[np.ndarray, float]:
    """Standardised departures, and how often permutations have as large a one."""
    draws, seed, limit = drawing
    parts = []
    for side in (0, 1):
        own = group == side
        order = np.argsort(number[own], kind="stable")
        sorted_number, own_scores = number[own][order], scores[own][order]
        first = np.searchsorted(sorted_number, windows.low)
        last = np.searchsorted(sorted_number, windows.high, side="right")
        parts.append((own_scores, first, last))
    covariance = sum(_covariance(*part) for part in parts)
    deviation = np.sqrt(np.maximum(covariance.diagonal(), 0))
    some = deviation > _NO_SPREAD * max(deviation.max(initial=0), 1)
    if not some.any():
        return np.full(len(windows), np.nan), np.nan
    expected = sum(own.mean() * (last - first) for own, first, last in parts)
    sums = sum(_in_windows(own[None], first, last)[0] for own, first, last in parts)
    departure = np.full(len(windows), np.nan)
    departure[some] = ((sums - expected) / np.where(some, deviation, 1))[some]
    scale = np.where(some, deviation, np.inf)
    random = np.random.default_rng(seed)
    if limit:
        values, vectors = np.linalg.eigh(covariance)
        root = vectors * np.sqrt(np.maximum(values, 0))
        drawn = random.standard_normal((draws, len(windows))) @ root.T
        largest = np.abs(drawn / scale).max(axis=1)
    else:
        largest = np.concatenate(
            [
                np.abs((permuted - expected) / scale).max(axis=1)
                for permuted in _permuted(parts, draws, random)
            ]
        )
    enough = np.nanmax(np.abs(departure)) * (1 - TIE)
    return departure, float((1 + (largest >= enough).sum()) / (1 + draws))


def _covariance(own: np.ndarray, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Of the sums in windows over all orders of an arm's residuals: drawn without replacement."""
    n = own.size
    shared = np.minimum(last[:, None], last) - np.maximum(first[:, None], first)
    sizes = last - first
    spread = own.var(ddof=1) if n > 1 else 0.0
    return spread * (np.maximum(shared, 0) - np.outer(sizes, sizes) / n)


def _in_windows(rows: np.ndarray, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Sums over windows of each row."""
    total = np.zeros((len(rows), rows.shape[1] + 1))
    rows.cumsum(axis=1, out=total[:, 1:])
    return total[:, last] - total[:, first]


def _permuted(parts, draws: int, random: np.random.Generator):
    """Sums in windows of random orders within each arm, in batches of limited size."""
    size = max(1, _CELLS_AT_ONCE // max(sum(own.size for own, _, _ in parts), 1))
    for done in range(0, draws, size):
        rows = min(size, draws - done)
        yield sum(
            _in_windows(random.permuted(np.tile(own, (rows, 1)), axis=1), first, last)
            for own, first, last in parts
        )
