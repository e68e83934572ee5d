"""Response to treatment by arm, and how it goes with baseline factors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.contingency import TableTest, chi_square
from analysis.fisher import ExactTest, fisher_exact
from analysis.odds_ratio import OddsRatio, odds_ratio
from analysis.proportions import (
    Proportion,
    ProportionDifference,
    clopper_pearson,
    newcombe_difference,
)

METHOD = (
    "Rates of all patients of the arm, those not evaluable counted as without response, with 95 % "
    "Clopper–Pearson interval; difference with Newcombe's interval; odds ratio with Woolf's "
    "interval; Fisher's exact test and chi-square without continuity correction."
)


@dataclass(frozen=True, eq=False)
class Comparison:
    """A yes or no in each arm, and the comparison of two arms.

    Attributes
    ----------
    rates : tuple of Proportion
        One for each arm in the study's order.
    difference, ratio
        Compared arm against the reference; None where no two are compared, or one has no patients.
    fisher, chi_square
        Of the same two; of all arms with patients where no two are compared. None with fewer than
        two of them.
    """

    rates: tuple[Proportion, ...]
    difference: ProportionDifference | None
    ratio: OddsRatio | None
    fisher: ExactTest | None
    chi_square: TableTest | None


@dataclass(frozen=True)
class LevelResponse:
    """Response in one level of a baseline factor.

    Attributes
    ----------
    rate : Proportion
        All arms together.
    against_first : OddsRatio or None
        Odds of response in this level against the first level with patients; None for that one.
    rates : tuple of Proportion
        One for each arm.
    arms : OddsRatio or None
        Odds of response in the compared arm against the reference, within this level.
    """

    rate: Proportion
    against_first: OddsRatio | None
    rates: tuple[Proportion, ...]
    arms: OddsRatio | None


@dataclass(frozen=True)
class FactorResponse:
    """Response by the levels of one factor with Fisher's test of all of them."""

    levels: tuple[LevelResponse, ...]
    fisher: ExactTest

    @property
    def p_value(self) -> float:
        return self.fisher.p_value


def compare_shares(
    yes, arm, n_arms: int, reference: int | None, compared: int | None = None, patients=None
) -> Comparison:
    """Compare how many patients of each arm have something.

    Parameters
    ----------
    yes : (N,) array of bool
        False also for patients who were not evaluable.
    arm : (N,) array of int
        0 to ``n_arms`` - 1.
    reference : int or None
        Arm that the other is compared with; None where no two are compared.
    compared : int, optional
        The other arm; by default the other of two.
    patients : (N,) array of int, optional
        How many patients each entry stands for; without it each is one.
    """
    patients = np.ones(arm.size, np.intp) if patients is None else patients
    events, n = (
        np.bincount(arm[rows], patients[rows], n_arms).astype(np.int64)
        for rows in (yes, np.ones(arm.size, bool))
    )
    rates = tuple(clopper_pearson(int(e), int(m)) for e, m in zip(events, n, strict=True))
    pair = _pair(reference, compared)
    if not pair and (n > 0).sum() > 1:
        table = np.column_stack([events, n - events])[n > 0]
        return Comparison(rates, None, None, fisher_exact(table), chi_square(table))
    if not pair or not n[pair].all():
        return Comparison(rates, None, None, None, None)
    table = np.column_stack([events, n - events])[pair]
    (a, _), (b, _) = table.tolist()
    return Comparison(
        rates=rates,
        difference=newcombe_difference(a, int(n[pair[0]]), b, int(n[pair[1]])),
        ratio=odds_ratio(table),
        fisher=fisher_exact(table),
        chi_square=chi_square(table),
    )


def response_by_level(
    yes,
    codes,
    n_levels: int,
    arm,
    n_arms: int,
    reference: int | None,
    compared: int | None = None,
    patients=None,
) -> FactorResponse:
    """Response by the levels of a factor, over all arms and between them.

    Parameters
    ----------
    yes, arm, n_arms, reference, compared, patients
        As `compare_shares`.
    codes : (N,) array of int
        Level of each patient, -1 where missing: left out.
    """
    pair = _pair(reference, compared)
    known = codes >= 0
    cells = np.zeros((n_levels, n_arms, 2), int)
    each = 1 if patients is None else patients[known]
    np.add.at(cells, (codes[known], arm[known], yes[known].astype(int)), each)
    total = cells.sum(axis=1)[:, ::-1]  # responders first
    first = next((i for i in range(n_levels) if total[i].any()), None)
    levels = []
    for level in range(n_levels):
        counts = cells[level][:, ::-1]
        within = None
        if pair and counts[pair].any(axis=1).all():
            within = odds_ratio(counts[pair])
        against = None
        if level != first and total[level].any():
            against = odds_ratio(total[[level, first]])
        levels.append(
            LevelResponse(_rate(total[level]), against, tuple(_rate(one) for one in counts), within)
        )
    return FactorResponse(tuple(levels), fisher_exact(total))


def _pair(reference: int | None, compared: int | None) -> list[int]:
    """The compared arm and the reference; empty where no two are compared."""
    if reference is None:
        return []
    return [1 - reference if compared is None else compared, reference]


def _rate(counts) -> Proportion:
    return clopper_pearson(int(counts[0]), int(counts.sum()))
