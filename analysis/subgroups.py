"""All subgroups of a cohort for one endpoint: survival by level, and the tests adjusted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.coded_variables import CodedVariables
from analysis.cox.interaction import (
    Interaction,
    LevelEffect,
    interaction_of_table,
    interaction_test,
)
from analysis.event_table import TimeAxis, event_table
from analysis.level_counts import MANY_PATIENTS, counts_by_variable, table_of_counts
from analysis.min_p import MinP, min_p
from analysis.multiplicity import benjamini_hochberg, holm
from analysis.screen import Screen, survival_screen
from analysis.survival import KaplanMeier, kaplan_meier_from_table

SIGNIFICANT = 0.05


@dataclass(frozen=True, eq=False)
class Subgroups:
    """Survival by every level of V variables, and their log-rank tests in five forms.

    Attributes
    ----------
    overall : KaplanMeier
        Of the whole cohort; times in days.
    screen : Screen
        Every level; ``screen.p_value`` is the asymptotic log-rank p.
    permutation : MinP
        Permutation p of each variable alone and adjusted (Westfall–Young).
    holm, benjamini_hochberg : (V,) arrays
        The asymptotic p adjusted; NaN without a test.
    effects : tuple of V Interaction, or empty
        Of a comparison of two arms: hazard ratio in each level and test of interaction.
    overall_effect : LevelEffect or None
        Of the same comparison among all patients; None without one.
    """

    overall: KaplanMeier
    screen: Screen
    permutation: MinP
    holm: np.ndarray
    benjamini_hochberg: np.ndarray
    effects: tuple[Interaction, ...]
    overall_effect: LevelEffect | None = None

    @property
    def tested(self) -> int:
        """Variables with a test."""
        return self.screen.n_tests

    @property
    def found(self) -> int:
        """Variables whose own log-rank p is below 0.05."""
        return int((self.screen.p_value < SIGNIFICANT).sum())

    @property
    def remaining(self) -> int:
        """Variables below 0.05 after adjustment for the whole family (Westfall–Young)."""
        return int((self.permutation.p_adjusted < SIGNIFICANT).sum())


def subgroups(
    axis: TimeAxis,
    event: np.ndarray,
    variables: CodedVariables,
    rows: np.ndarray,
    *,
    landmarks: tuple[float, ...],
    conf_type: str = "log",
    arm: np.ndarray | None = None,
    arm_labels: tuple[str, str] = ("reference", "compared"),
) -> Subgroups:
    """Compute survival and tests of every subgroup.

    Parameters
    ----------
    axis : TimeAxis
        Of all N patients with this endpoint, in days.
    event : (N,) array of int
    variables : CodedVariables
        Of the same patients.
    rows : (N,) array of bool
        Patients in view.
    landmarks : tuple of float
        Days at which survival is read.
    arm : (N,) array of int, optional
        0 reference, 1 the arm compared with it, -1 neither; given, effects are computed.
    arm_labels : (str, str)
        Names of reference and compared arm, for the reason why there is no effect.
    """
    screen = survival_screen(
        axis, event, variables, rows=rows, landmarks=landmarks, conf_type=conf_type
    )
    overall = kaplan_meier_from_table(event_table(axis, event, rows=rows), 0, conf_type=conf_type)
    # Both arms exist even where a filter emptied one.
    arms = None if arm is None else pd.Categorical.from_codes(arm, categories=list(arm_labels))
    return Subgroups(
        overall=overall,
        screen=screen,
        permutation=min_p(axis, event, variables, rows=rows),
        holm=holm(screen.p_value),
        benjamini_hochberg=benjamini_hochberg(screen.p_value),
        effects=() if arms is None else _effects(axis, event, variables, rows, arms),
        overall_effect=None if arms is None else _overall_effect(axis, event, rows, arms),
    )


def _effects(axis, event, variables: CodedVariables, rows, arms) -> tuple[Interaction, ...]:
    """Effect of the arm in every level of each variable; levels keep their position as label."""
    if np.count_nonzero(rows) > MANY_PATIENTS:
        return _effects_of_many(axis, event, variables, rows, arms)
    time = axis.time[axis.code]
    found = []
    for codes, n_levels in zip(variables.codes, variables.n_levels, strict=True):
        used = rows & (codes >= 0) & (arms.codes >= 0)
        # Every level exists even where a filter emptied it.
        levels = pd.Categorical.from_codes(codes[used], categories=range(int(n_levels)))
        found.append(interaction_test(time[used], event[used], arms[used], levels))
    return tuple(found)


def _effects_of_many(axis, event, variables, rows, arms) -> tuple[Interaction, ...]:
    """The same by counting, where every table of patients would be long."""
    view = np.flatnonzero(rows & (arms.codes >= 0))
    names, n_arms = tuple(arms.categories), len(arms.categories)
    counted = counts_by_variable(
        axis, np.asarray(event)[view], variables, view, arms.codes[view], n_arms
    )
    return tuple(
        interaction_of_table(
            table_of_counts(axis.time, counts.reshape(-1, 2, axis.time.size)),
            names,
            range(len(counts)),
        )
        for counts in counted
    )


def _overall_effect(axis, event, rows, arms) -> LevelEffect:
    """Effect of the arm among everybody: the same regression with one level that holds all."""
    used = rows & (arms.codes >= 0)
    time = axis.time[axis.code[used]]
    everybody = pd.Categorical.from_codes(np.zeros(int(used.sum()), int), categories=range(1))
    return interaction_test(time, event[used], arms[used], everybody).levels[0]
