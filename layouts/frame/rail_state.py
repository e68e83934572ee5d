"""What the filter rail says for a view: values, counts and histograms, before it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from data.cohort import Cohort, Filter, LevelCount, bounds, level_counts
from data.disclosure import answered, not_shown
from data.disclosure import limits as limits_of
from data.number_steps import step_starts
from data.people import Some
from data.seen_by_variable import seen_by_variable
from data.study import MISSING_ID, Study, Variable
from layouts.shared.few import Few, in_link, margin
from layouts.shared.words import minus, patients, span

BINS = 24
# Up to here levels stand in the open as boxes to tick; more stand behind what is chosen of them.
BOXES_AT_MOST = 6
NO_VALUE = "No value in this analysis set."
NOT_COUNTED = "Not known while its database does not answer."


@dataclass(frozen=True)
class RailVariable:
    """One variable of the rail.

    Attributes
    ----------
    levels : tuple of LevelCount
        Of a number only its missing values, if it has any.
    size : int
        Patients of the analysis set.
    limits : tuple of float or None
        Smallest and largest value of a number in the analysis set.
    value, default : dict
        The value of its inputs by part (``levels``, ``range``), now and without a filter.
    histogram, histogram_now : str
        CSS images of the analysis set and of the cohort in view; empty unless it is a number.
    marks : tuple of float
        Where the bounds of a number may stand in the analysis set, where not everywhere.
    without_limits : str
        What is said in place of a slider.
    """

    variable: Variable
    levels: tuple[LevelCount, ...]
    size: int
    limits: tuple[float, float] | None
    value: dict
    default: dict
    histogram: str
    histogram_now: str
    marks: tuple[float, ...] = ()
    without_limits: str = NO_VALUE

    @property
    def has_boxes(self) -> bool:
        """Whether its levels stand in the open."""
        return len(self.levels) <= BOXES_AT_MOST


def rail_state(study: Study, cohort: Cohort) -> tuple[RailVariable, ...]:
    """The rail of the views of a cohort, in the order of the study's variables."""
    size, seen = seen_by_variable(study, cohort)
    active = {one.variable: one for one in cohort.filters}
    told = _told(study, cohort)
    rail = []
    for variable in study.variables:
        total, now = seen[variable.id]
        levels = level_counts(study, variable, now.levels(variable), total.levels(variable))
        if study.disclosure.protects:
            levels = _held_back(study, levels, told(variable.id))
        limits, pictures, marks = None, ("", ""), ()
        if variable.is_number:
            levels = tuple(level for level in levels if level.level == MISSING_ID)
            limits, marks = _scale(study, variable, total)
            if limits:
                pictures = _histograms(study, variable, (total, now), limits)
        values = _values(limits, active.get(variable.id))
        without = f"{not_shown(study)}." if study.disclosure.protects else NO_VALUE
        rail.append(
            RailVariable(variable, levels, size, limits, *values, *pictures, marks, without)
        )
    return tuple(rail)


def unknown_rail(study: Study, cohort: Cohort) -> tuple[RailVariable, ...]:
    """The same where the patients are in a database that does not answer: no count, no slider."""
    active = {one.variable: one for one in cohort.filters}
    rail = []
    for variable in study.variables:
        nothing = np.zeros(len(variable.levels) + 1, np.int64)
        levels = [
            replace(one, now="–", total="–")
            for one in level_counts(study, variable, nothing, nothing)
            if not variable.is_number or one.level == MISSING_ID
        ]
        values = _values(None, active.get(variable.id))
        rail.append(
            RailVariable(
                variable, tuple(levels), 0, None, *values, "", "", without_limits=NOT_COUNTED
            )
        )
    return tuple(rail)


def _told(study: Study, cohort: Cohort) -> Callable[[str], bool]:
    """Whether the counts of a variable may stand in the rail: those under the other filters."""
    whole = answered(study, cohort)
    own = {one.variable: answered(study, cohort.without(one.variable)) for one in cohort.filters}
    return lambda name: own.get(name, whole)


def _held_back(study: Study, levels: tuple[LevelCount, ...], told: bool) -> tuple:
    """The counts of a variable without those of few patients."""
    least = study.disclosure.minimum_cell
    now = margin(study, [one.now for one in levels]) if told else [Few(least)] * len(levels)
    total = margin(study, [one.total for one in levels])
    return tuple(
        replace(one, now=in_link(n), total=in_link(of))
        for one, n, of in zip(levels, now, total, strict=True)
    )


def _scale(study: Study, variable: Variable, total: Some) -> tuple:
    """Ends of a number's slider, and where its bounds may stand."""
    if not study.disclosure.protects:
        return bounds(variable, total.values(variable.id)[0]), ()
    starts = step_starts(study, variable, total.mask, total.people)
    return limits_of(study, variable, total.mask, total.people), tuple(starts[1:])


def _values(limits: tuple[float, float] | None, one: Filter | None) -> tuple[dict, dict]:
    """The value of a variable's inputs by part, now and without a filter."""
    default: dict = {"levels": []} | ({"range": list(limits)} if limits else {})
    value = dict(default)
    if one is not None:
        value["levels"] = list(one.levels)
        if limits and one.low is not None:
            value["range"] = [one.low, one.high]
    return value, default


def range_words(one: RailVariable) -> str:
    """The chosen range with its unit."""
    if one.limits is None:
        return ""
    unit = f" {one.variable.unit}" if one.variable.unit else ""
    low, high = one.value["range"]
    return f"{span(minus(f'{low:g}'), minus(f'{high:g}'))}{unit}"


def spoken_level(variable: str, label: str, now: int | str, total: int | str) -> str:
    """A level of a variable with its counts, for a screen reader: ``BCLC: C, 45 of 126 patients``.

    assets/controls.js writes a new count in.
    """
    return f"{variable}: {label}, {now} of {patients(total)}"


def share(now: int | str, size: int) -> str:
    """Length of the thin bar under a level: patients now as a share of the analysis set."""
    return f"{now / size:.3f}" if size and not isinstance(now, str) else "0"


def _histograms(study: Study, variable: Variable, seen: tuple[Some, Some], limits) -> tuple:
    """Histograms of the whole set and of some of it as CSS images, coloured by the theme.

    Both have the scale of the whole set's tallest bar, so that the bars of a filtered cohort
    shrink.
    """
    if study.disclosure.protects:
        # A bar of a few patients would tell them.
        counts = [np.zeros(BINS, np.int64)] * 2
    else:
        counts = [_binned(*some.values(variable.id), limits) for some in seen]
    tallest = max(int(counts[0].max()), 1)
    return tuple(_bars(one, tallest) for one in counts)


def _binned(numbers: np.ndarray, n: np.ndarray | None, limits) -> np.ndarray:
    low, high = limits
    # Equal bins by arithmetic; the largest value belongs to the last of them.
    share = (numbers - low) / (high - low if high > low else 1)
    place = np.clip((share * BINS).astype(int), 0, BINS - 1)
    return np.bincount(place, n, minlength=BINS)


def _bars(counts: np.ndarray, tallest: int) -> str:
    heights = (100 * counts / tallest).round().astype(int).tolist()
    path = "".join(
        f"M{i * 10 + 1},100v-{height}h8v{height}z" for i, height in enumerate(heights) if height
    )
    svg = (
        f"%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20viewBox='0%200%20{BINS * 10}%20100'"
        f"%20preserveAspectRatio='none'%3E%3Cpath%20d='{path}'/%3E%3C/svg%3E"
    )
    return f'url("data:image/svg+xml,{svg}")'


def rail_update(rail: tuple[RailVariable, ...]) -> dict:
    """What changes in a rail that is already on the screen: counts, bars and range words.

    Of the boxes only the counts: the browser knows how a box writes and speaks its count.
    """
    size = rail[0].size if rail else 0
    update: dict = {"size": size, "now": {}, "bars": {}, "words": {}}
    for one in rail:
        name = one.variable.id
        for level in one.levels:
            update["now"][f"{name}/{level.level}"] = level.now
        if one.limits:
            update["bars"][name] = one.histogram_now
            update["words"][name] = range_words(one)
    return update
