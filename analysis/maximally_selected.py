"""The best of many thresholds: a log-rank test that knows how many were possible.

Whoever tries every threshold of a number and keeps the one with the smallest p-value finds
something in any data. Here the largest standardised log-rank statistic over all thresholds is
compared with the same maximum after the outcomes were permuted over the patients (Lausen B,
Schumacher M. Biometrics 1992;48:73–85; permutation as Hothorn T, Lausen B. Comput Stat Data Anal
2003;43:121–137). Above 2,000 patients draws of the limit take the place of permutations: in it the
statistics are jointly normal, and the correlation of two of them falls with the distance of their
thresholds as in an Ornstein–Uhlenbeck process.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.event_table import TimeAxis
from analysis.joint_limit import MOST_PERMUTED
from analysis.permutation import DRAWS, SEED, TIE, logrank_scores, permuted_scores

FEWEST_PATIENTS = 3
SMALLEST_SHARE = 0.1
# Thresholds at which the limit is drawn; between them it is corrected for.
_DRAWN_AT = 500
# Mean overshoot of a random walk, -zeta(1/2) / sqrt(2 pi).
_OVERSHOOT = 0.5826
_CELLS_AT_ONCE = 2_000_000


@dataclass(frozen=True, eq=False)
class MaximallySelected:
    """Every threshold of a number against survival.

    Attributes
    ----------
    threshold : (K,) array
        Possible thresholds, ascending: at or above against below, with at least a tenth of the
        patients, and three, on either side.
    below_first : float
        The value next below the first of them: a threshold at or below it leaves too few below.
    below : (K,) array of int
        Patients below each.
    statistic : (K,) array
        Standardised log-rank statistic of each; negative where those at or above live longer
        than expected.
    p_adjusted : (K,) array
        Share of permutations whose largest statistic over all thresholds is at least as large:
        the p-value of each threshold adjusted for all of them.
    n, draws : int
        Patients, random permutations or draws of their limit.
    method : str
        Sentence for a footnote.
    """

    threshold: np.ndarray
    below_first: float
    below: np.ndarray
    statistic: np.ndarray
    p_adjusted: np.ndarray
    n: int
    draws: int
    method: str

    @property
    def best(self) -> int | None:
        """Position of the threshold with the largest statistic; None if there is none."""
        return int(np.abs(self.statistic).argmax()) if self.threshold.size else None

    def adjusted(self, threshold: float) -> float:
        """Adjusted p of the split that a threshold makes; NaN where it is not a possible one.

        Thresholds between the same two neighbouring values make the same split.
        """
        # Not "at or below": NaN, where there is no possible threshold, must not pass.
        if not threshold > self.below_first:
            return np.nan
        place = int(np.searchsorted(self.threshold, threshold))
        return float(self.p_adjusted[place]) if place < self.threshold.size else np.nan


def maximally_selected(
    axis: TimeAxis,
    event,
    value,
    rows,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    limit: bool | None = None,
) -> MaximallySelected:
    """Test all thresholds of a number at once.

    Parameters
    ----------
    axis : TimeAxis
        Of N patients.
    event : (N,) array-like of 0 and 1
    value : (N,) array-like
        The number; finite for the patients in `rows`.
    rows : (N,) boolean mask
        The patients analysed.
    draws, seed : int
        Random permutations; the same seed gives the same p-values.
    limit : bool, optional
        Whether their limit is drawn; by the number of patients if not given.

    Raises
    ------
    ValueError
        If a patient in `rows` has no value.
    """
    splits = every_split(axis, event, value, rows)
    below, scores, n, deviation = splits.below, splits.scores, splits.scores.size, splits.deviation
    limit = n > MOST_PERMUTED if limit is None else limit
    drawn_from = "draws of the limit of random permutations" if limit else "random permutations"
    words = (
        f"maximally selected log-rank statistic over all thresholds with at least {splits.fewest} "
        f"patients on either side, {draws:,} {drawn_from} (seed {seed})"
    )
    if not below.size:
        nothing = np.zeros(0)
        return MaximallySelected(nothing, np.nan, below, nothing, nothing, n, 0, words)
    statistic = splits.statistic
    if limit:
        largest = _largest_in_the_limit(below, n, draws, seed)
    else:
        largest = np.concatenate(
            [
                np.abs(drawn.cumsum(axis=1)[:, below - 1] / deviation).max(axis=1)
                for drawn in permuted_scores(scores, draws, seed)
            ]
        )
    largest.sort()
    enough = np.abs(statistic) * (1 - TIE)
    hits = largest.size - np.searchsorted(largest, enough, side="left")
    p_adjusted = (1 + hits) / (1 + draws)
    below_first = float(splits.number[below[0] - 1])
    thresholds = splits.number[below]
    return MaximallySelected(thresholds, below_first, below, statistic, p_adjusted, n, draws, words)


@dataclass(frozen=True, eq=False)
class Splits:
    """Every possible split of n patients by a number; K of them.

    Attributes
    ----------
    number : (n,) array
        Ascending.
    scores : (n,) array
        Log-rank scores in that order.
    below : (K,) array of int
        Patients below each threshold; none where the scores do not differ.
    deviation : (K,) array
        Standard deviation of the sum of the scores at or above it.
    fewest : int
        Patients on either side at least.
    """

    number: np.ndarray
    scores: np.ndarray
    below: np.ndarray
    deviation: np.ndarray
    fewest: int

    @property
    def statistic(self) -> np.ndarray:
        """Standardised statistic of each: (K,)."""
        # The sum of scores at or above a cut is minus that below: the scores sum to 0.
        return -self.scores.cumsum()[self.below - 1] / self.deviation


def every_split(axis: TimeAxis, event, value, rows) -> Splits:
    """The splits that `maximally_selected` tests; see there."""
    rows = np.asarray(rows, bool)
    number = np.asarray(value, float)[rows]
    if not np.isfinite(number).all():
        raise ValueError("a value is missing; leave out patients without one")
    n = number.size
    order = np.argsort(number, kind="stable")
    number = number[order]
    scores = logrank_scores(axis, event, rows)[order]
    below = np.flatnonzero(np.diff(number) > 0) + 1
    fewest = max(FEWEST_PATIENTS, int(np.ceil(SMALLEST_SHARE * n)))
    below = below[(below >= fewest) & (n - below >= fewest)]
    spread = float(scores @ scores) / max(n - 1, 1)
    if spread < 1e-12:
        below = below[:0]
    deviation = np.sqrt(spread * below * (n - below) / max(n, 1))
    return Splits(number, scores, below, deviation, fewest)


def _largest_in_the_limit(below: np.ndarray, n: int, draws: int, seed: int) -> np.ndarray:
    """Draws of the largest standardised statistic over all thresholds: (draws,).

    With s = b / (n - b) for b patients below, a statistic is a Brownian motion at time s, divided
    by the root of s. It is drawn at some hundred thresholds that lie evenly in log s; what the
    maximum over all of them is larger by is the difference of two mean overshoots (Siegmund D.
    Sequential Analysis. 1985, chapter X; Broadie M, Glasserman P, Kou S. Math Finance
    1997;7:325–349).
    """
    scale = below / (n - below)
    position = np.log(scale) / 2
    span = position[-1] - position[0]
    between = 0.0
    if below.size > _DRAWN_AT:
        wanted = np.linspace(position[0], position[-1], _DRAWN_AT)
        chosen = np.unique(np.searchsorted(position, wanted).clip(max=below.size - 1))
        steps = np.array([chosen.size - 1, below.size - 1])
        between = _OVERSHOOT * (np.sqrt(2 * span / steps) @ [1, -1])
        scale = scale[chosen]
    step, root = np.sqrt(np.diff(scale, prepend=0)), np.sqrt(scale)
    random = np.random.default_rng(seed)
    batch = max(1, _CELLS_AT_ONCE // scale.size)
    largest = []
    for done in range(0, draws, batch):
        path = random.standard_normal((min(batch, draws - done), scale.size))
        path *= step
        np.cumsum(path, axis=1, out=path)
        path /= root
        largest.append(np.maximum(path.max(axis=1), -path.min(axis=1)))
    return np.concatenate(largest) + between
