"""Rows of the Subgroups page's file."""

from __future__ import annotations

from collections.abc import Iterable

from callbacks.files import across_columns
from data.pairs import several
from layouts.shared.few import whole
from layouts.shared.numbers import p_key
from layouts.shared.words import DAYS_PER
from layouts.subgroups import numbers
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
    yield everybody | _ranges(context, numbers.EVERYBODY, None, None)
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
            values = (
                whole(screen.n[row]),
                whole(screen.events[row]),
                (screen.median[row], screen.median_lower[row], screen.median_upper[row]),
                survival,
            )
            made = _subgroup_row(variable.label, label, values, tests, context)
            if result.effects:
                made |= _effect(result.effects[position], level) | _pair(context)
            yield made | _ranges(context, row, position, level)


def _ranges(context: SubgroupContext, row: int | str, position, level) -> dict:
    """Ranges of a row's numbers over the data sets that fit the publication equally well."""
    across = context.across
    columns = {"n": numbers.patients(row), "events": numbers.events(row)}
    columns |= {f"survival_{month}": numbers.survival(month, row) for month in LANDMARKS}
    made = across_columns(across, columns)
    made |= across_columns(across, {"median": numbers.median(row)}, scale=DAYS_PER["months"])
    columns = {"p_value": p_key(numbers.test("log-rank", position))}
    for kind in ("holm", "benjamini-hochberg"):
        columns[f"p_{kind.replace('-', '_')}"] = p_key(numbers.test(kind, position))
    made |= across_columns(across, columns)
    if context.result.effects:
        columns = {
            "hazard_ratio": numbers.hazard_ratio(numbers.within(position, level)),
            "p_interaction": p_key(numbers.interaction(position)),
        }
        made |= across_columns(across, columns)
    return made


def _overall(context: SubgroupContext):
    curve = context.result.overall
    read = curve.at(numbers.LANDMARK_DAYS)
    median = (curve.median.value, curve.median.lower, curve.median.upper)
    return curve.n, curve.n_events, median, (read.survival, read.lower, read.upper)


def _subgroup_row(variable: str, level: str, values, tests: dict, context) -> dict:
    n, events, median, survival = values
    row = {"variable": variable, "level": level, "n": n, "events": events}
    for name, days in zip(("median", "median_lower", "median_upper"), median, strict=True):
        row[name] = float(days) / DAYS_PER["months"]
    for i, month in enumerate(LANDMARKS):
        for name, rates in zip(("", "_lower", "_upper"), survival, strict=True):
            row[f"survival_{month}{name}"] = float(rates[i])
    names = ["p_value", *(f"p_{kind.replace('-', '_')}" for kind in P_VALUES if kind != "log-rank")]
    row |= {name: tests.get(name, float("nan")) for name in names}
    if context.result.effects:
        row |= dict.fromkeys(EFFECT_COLUMNS, float("nan")) | _pair(context)
    return row


def _pair(context: SubgroupContext) -> dict:
    """Which arms are compared, where there are more than two."""
    if not several(context.study):
        return {}
    return dict(zip(("compared", "reference"), context.arms, strict=True))


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
