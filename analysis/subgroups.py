"""All subgroups of a cohort for one endpoint: survival by level, and the tests adjusted."""

from __future__ import annotations

from collections.abc import Sequence
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
from analysis.joint_limit import Joint
from analysis.level_counts import counts_by_variable, table_of_counts
from analysis.min_p import MinP, min_p, min_p_of_counts
from analysis.multiplicity import benjamini_hochberg, holm
from analysis.screen import Screen, survival_screen, survival_screen_of_counts
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
    return _subgroups(
        overall,
        screen,
        min_p(axis, event, variables, rows=rows),
        () if arms is None else _effects(axis, event, variables, rows, arms),
        None if arms is None else _overall_effect(axis, event, rows, arms),
    )


def subgroups_of_counts(
    time: np.ndarray,
    everybody: np.ndarray,
    counts: Sequence[np.ndarray],
    variables: CodedVariables,
    joint: Joint,
    *,
    landmarks: tuple[float, ...],
    conf_type: str = "log",
    compared: bool = True,
    arm_labels: tuple[str, str] = ("reference", "compared"),
) -> Subgroups:
    """The same from counts, with permutation tests by their limit.

    Parameters
    ----------
    time : (T,) array
        Days, rising.
    everybody : (3, 2, T) array of int
        Patients in view by arm (reference, compared, neither), event and time.
    counts : sequence of V (L, 3, 2, T) arrays of int
        The same of every level of each variable; those without a level are in none.
    variables : CodedVariables
        Without patients.
    joint : Joint
        Of the same variables and patients.
    compared : bool
        Whether arms are compared.
    """
    table = table_of_counts(time, everybody.sum(axis=0)[None])
    levels = [one.sum(axis=1) for one in counts]
    screen = survival_screen_of_counts(
        table, variables, levels, landmarks=landmarks, conf_type=conf_type
    )
    effects = [_effect_of_counts(time, one, arm_labels) for one in counts] if compared else []
    overall_effect = None
    if compared:
        overall_effect = _effect_of_counts(time, everybody[None], arm_labels).levels[0]
    return _subgroups(
        kaplan_meier_from_table(table, 0, conf_type=conf_type),
        screen,
        min_p_of_counts(variables.names, table, levels, joint),
        tuple(effects),
        overall_effect,
    )


def _subgroups(overall, screen, permutation, effects, overall_effect) -> Subgroups:
    return Subgroups(
        overall=overall,
        screen=screen,
        permutation=permutation,
        holm=holm(screen.p_value),
        benjamini_hochberg=benjamini_hochberg(screen.p_value),
        effects=effects,
        overall_effect=overall_effect,
    )


def _effect_of_counts(time, counts, arm_labels) -> Interaction:
    """Effect of the arm in every level from (L, A, 2, T) counts; the first two arms compared."""
    rows = counts[:, :2].reshape(2 * len(counts), 2, time.size)
    return interaction_of_table(table_of_counts(time, rows), arm_labels, range(len(counts)))


def _effects(axis, event, variables: CodedVariables, rows, arms) -> tuple[Interaction, ...]:
    """Effect of the arm in every level of each variable; levels keep their position as label."""
    view = np.flatnonzero(rows & (arms.codes >= 0))
    names = tuple(arms.categories)
    counted = counts_by_variable(
        axis, np.asarray(event)[view], variables, view, arms.codes[view], len(names)
    )
    return tuple(_effect_of_counts(axis.time, counts, names) for counts in counted)


def _overall_effect(axis, event, rows, arms) -> LevelEffect:
    """Effect of the arm among everybody: the same regression with one level that holds all."""
    used = rows & (arms.codes >= 0)
    time = axis.time[axis.code[used]]
    everybody = pd.Categorical.from_codes(np.zeros(int(used.sum()), int), categories=range(1))
    return interaction_test(time, event[used], arms[used], everybody).levels[0]
