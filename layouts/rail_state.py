"""What the filter rail says for a view: values, counts and histograms, before it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.address import View
from data.cohort import LevelCount, bounds, level_counts, masks_for_counting, set_mask
from data.study import MISSING_ID, Study, Variable

BINS = 24
# Up to here levels stand in the open as boxes to tick; more go into a multi-select.
BOXES_AT_MOST = 6


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
    """

    variable: Variable
    levels: tuple[LevelCount, ...]
    size: int
    limits: tuple[float, float] | None
    value: dict
    default: dict
    histogram: str
    histogram_now: str

    @property
    def has_boxes(self) -> bool:
        """Whether its levels stand in the open."""
        return len(self.levels) <= BOXES_AT_MOST


def rail_state(study: Study, view: View) -> tuple[RailVariable, ...]:
    """The rail of a view, in the order of the study's variables."""
    now = masks_for_counting(study, view.cohort)
    total = set_mask(study, view.cohort.analysis_set)
    active = {one.variable: one for one in view.cohort.filters}
    rail = []
    for variable in study.variables:
        levels = level_counts(study, variable, now[variable.id], total)
        limits, pictures = None, ("", "")
        if variable.is_number:
            levels = tuple(level for level in levels if level.level == MISSING_ID)
            limits = bounds(study, variable, total)
        default: dict = {"levels": []}
        if limits:
            default["range"] = list(limits)
            pictures = tuple(
                histogram_image(study.numbers[variable.id], mask, total, limits)
                for mask in (total, now[variable.id])
            )
        value = dict(default)
        if one := active.get(variable.id):
            value["levels"] = list(one.levels)
            if limits and one.low is not None:
                value["range"] = [one.low, one.high]
        rail.append(
            RailVariable(
                variable, levels, int(total.sum()), limits, value, default, pictures[0], pictures[1]
            )
        )
    return tuple(rail)


def range_words(one: RailVariable) -> str:
    """The chosen range with its unit."""
    if one.limits is None:
        return ""
    unit = f" {one.variable.unit}" if one.variable.unit else ""
    low, high = one.value["range"]
    return f"{low:g}–{high:g}{unit}"


def multi_select_data(levels: tuple[LevelCount, ...]) -> list[dict]:
    """Options of a multi-select with their counts."""
    return [
        {"value": level.level, "label": f"{level.label} · {level.now} / {level.total}"}
        for level in levels
    ]


def spoken_level(label: str, now: int, total: int) -> str:
    """A level with its counts, for a screen reader."""
    return f"{label}, {now} of {total} patients"


def share(now: int, size: int) -> str:
    """Length of the thin bar under a level: patients now as a share of the analysis set."""
    return f"{now / size:.3f}" if size else "0"


def histogram_image(numbers: np.ndarray, mask: np.ndarray, total: np.ndarray, limits) -> str:
    """A histogram of some patients as a CSS image, so that its colour follows the theme.

    The scale is that of the whole set's tallest bar, so that the bars of a filtered cohort shrink.
    """
    low, high = limits
    edges = np.linspace(low, high if high > low else low + 1, BINS + 1)
    known = np.isfinite(numbers)
    everyone = np.histogram(numbers[total & known], edges)[0]
    counts = np.histogram(numbers[mask & known], edges)[0]
    tallest = max(int(everyone.max()), 1)
    bars = "".join(
        f"<rect x='{i * 10 + 1}' width='8' y='{100 - height:.0f}' height='{height:.0f}'/>"
        for i, count in enumerate(counts)
        if (height := 100 * count / tallest)
    )
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {BINS * 10} 100' "
        f"preserveAspectRatio='none'>{bars}</svg>"
    )
    encoded = svg.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
    return f'url("data:image/svg+xml,{encoded}")'


def rail_update(rail: tuple[RailVariable, ...]) -> dict:
    """What changes in a rail that is already on the screen: counts, bars and range words."""
    update: dict = {"now": {}, "options": {}, "bars": {}, "words": {}}
    for one in rail:
        name = one.variable.id
        if not one.has_boxes:
            update["options"][name] = multi_select_data(one.levels)
        else:
            for level in one.levels:
                update["now"][f"{name}/{level.level}"] = {
                    "now": str(level.now),
                    "spoken": spoken_level(level.label, level.now, level.total),
                    "share": share(level.now, one.size),
                }
        if one.limits:
            update["bars"][name] = one.histogram_now
            update["words"][name] = range_words(one)
    return update
