"""Rows of the Subgroups page's file."""

from __future__ import annotations

from collections.abc import Iterable

from callbacks.files import across_columns
from callbacks.subgroups.ranges import LANDMARK_DAYS
from layouts.shared.words import DAYS_PER
from layouts.subgroups.context import LANDMARKS, SubgroupContext
from layouts.subgroups.options import P_VALUES

EFFECT_COLUMNS = (
    "n_arm",
    "events_arm",
    "n_reference",
    "events_reference",
    "hazard_ratio",
    "hazard_ratio_lower",
    "hazard_ratio_upper",
    "p_interaction",
)


def subgroup_rows(context: SubgroupContext) -> Iterable[dict]:
    """One row for each level of each variable; the tests of a variable stand in all its rows."""
    result, screen = context.result, context.result.screen
    everybody = _subgroup_row("All patients", "", _overall(context), {}, context)
    yield everybody | _ranges(context, "all", None, None)
    for position, variable in enumerate(context.variables):
        tests = {
            f"p_{kind.replace('-', '_')}": float(context.p_values(kind)[position])
            for kind in P_VALUES
            if kind != "log-rank"
        }
        tests = {"p_value": float(screen.p_value[position])} | tests
        for level, label in enumerate(context.labels[position]):
            row = int(screen.variables.first[position]) + level
            survival = (
                screen.survival[row],
                screen.survival_lower[row],
                screen.survival_upper[row],
            )
            numbers = (
                int(screen.n[row]),
                int(screen.events[row]),
                (screen.median[row], screen.median_lower[row], screen.median_upper[row]),
                survival,
            )
            made = _subgroup_row(variable.label, label, numbers, tests, context)
            if result.effects:
                made |= _effect(result.effects[position], level)
            yield made | _ranges(context, row, position, level)


def _ranges(context: SubgroupContext, row: int | str, position, level) -> dict:
    """Ranges of a row's numbers over the data sets that fit the publication equally well."""
    across = context.across
    counts = [(name, (name, row)) for name in ("n", "events")]
    shares = [(f"survival_{month}", (f"survival-{month}", row)) for month in LANDMARKS]
    adjusted = [
        (f"p_{kind.replace('-', '_')}", (kind, position)) for kind in ("holm", "benjamini-hochberg")
    ]
    made = across_columns(across, *counts, *shares)
    made |= across_columns(across, ("median", ("median", row)), scale=DAYS_PER["months"])
    made |= across_columns(across, ("p_value", ("p", position)), *adjusted)
    if context.result.effects:
        ratio = ("hazard_ratio", ("hazard-ratio", position, level))
        made |= across_columns(across, ratio, ("p_interaction", ("interaction", position)))
    return made


def _overall(context: SubgroupContext):
    curve = context.result.overall
    read = curve.at(LANDMARK_DAYS)
    median = (curve.median.value, curve.median.lower, curve.median.upper)
    return curve.n, curve.n_events, median, (read.survival, read.lower, read.upper)


def _subgroup_row(variable: str, level: str, numbers, tests: dict, context) -> dict:
    n, events, median, survival = numbers
    row = {"variable": variable, "level": level, "n": n, "events": events}
    for name, days in zip(("median", "median_lower", "median_upper"), median, strict=True):
        row[name] = float(days) / DAYS_PER["months"]
    for i, month in enumerate(LANDMARKS):
        for name, values in zip(("", "_lower", "_upper"), survival, strict=True):
            row[f"survival_{month}{name}"] = float(values[i])
    names = ["p_value", *(f"p_{kind.replace('-', '_')}" for kind in P_VALUES if kind != "log-rank")]
    row |= {name: tests.get(name, float("nan")) for name in names}
    if context.result.effects:
        row |= dict.fromkeys(EFFECT_COLUMNS, float("nan"))
    return row


def _effect(effect, level: int) -> dict:
    """The arm's hazard ratio in one level, and the test of interaction of its variable."""
    one = effect.levels[level]
    (n_reference, n_arm), (events_reference, events_arm) = one.n, one.events
    values = (
        n_arm,
        events_arm,
        n_reference,
        events_reference,
        float(one.hazard_ratio),
        float(one.lower),
        float(one.upper),
        float(effect.p_value),
    )
    return dict(zip(EFFECT_COLUMNS, values, strict=True))
