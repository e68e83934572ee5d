"""The hazard ratio of two groups from the counts of an event table, in one or many data sets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from analysis.confidence import two_sided_quantile
from analysis.cox.counts import risk_counts
from analysis.cox.many import fit_many
from analysis.event_table import EventTable


@dataclass(frozen=True)
class HazardRatio:
    """Hazard of one group divided by that of another.

    Attributes
    ----------
    value, lower, upper : float
        With Wald limits on the log scale; NaN where there is no finite estimate.
    p_value : float
        Wald test of a ratio of 1.
    """

    value: float
    lower: float
    upper: float
    p_value: float

    @property
    def estimate(self) -> tuple[float, float, float]:
        """Value, lower and upper limit."""
        return self.value, self.lower, self.upper


def hazard_ratios(
    tables: Sequence[EventTable], compared: int, reference: int, conf_level: float = 0.95
) -> tuple[HazardRatio, ...]:
    """Cox regression with Efron's ties on one indicator, in each of some data sets.

    Parameters
    ----------
    tables : sequence of EventTable
        Of the same groups in the same order.
    compared, reference : int
        Rows of the two groups.
    """
    rows = [reference, compared]
    counts = []
    for table in tables:
        at_event = table.n_event[rows].any(axis=0)
        n_risk, n_event = table.n_risk[rows][:, at_event], table.n_event[rows][:, at_event]
        counts.append(risk_counts(n_risk, n_event, "efron", in_short=True))
    fits = fit_many(counts, np.array([[0.0, 1.0]]))
    coef, se = fits.coef[:, 0], fits.se[:, 0]
    margin = two_sided_quantile(conf_level) * se
    p_values = 2 * ndtr(-np.abs(coef / se))
    return tuple(
        HazardRatio(*map(float, one))
        for one in zip(
            np.exp(coef), np.exp(coef - margin), np.exp(coef + margin), p_values, strict=True
        )
    )
