"""Subgroups as a forest before a room: the effect of the arm in each, or their medians."""

from __future__ import annotations

from collections.abc import Iterator

from layouts.shared.few import whole
from layouts.shared.words import DAYS_PER, p_words, time_interval, time_value, within
from layouts.slides.axes import even_axis, ratio_axis
from layouts.slides.figure import Forest
from layouts.slides.forests import ForestRow, forest_of, ratio_words
from layouts.slides.slide import Drawn
from layouts.subgroups import numbers
from layouts.subgroups.context import SubgroupContext
from layouts.subgroups.options import P_VALUES

MONTH = DAYS_PER["months"]


def subgroup_drawn(context: SubgroupContext) -> Drawn | None:
    """The forest; None where nobody is in view."""
    if not context.n:
        return None
    if context.shows_effects:
        arm, reference = context.arms
        return Drawn(
            _effects(context),
            None,
            "Cox regression in each subgroup; interaction p by likelihood ratio, not adjusted",
            f"Hazard ratio of {arm} against {reference} in each subgroup with its interval",
            "",
            context.n,
        )
    return Drawn(
        _medians(context),
        None,
        f"Kaplan–Meier medians, 95 % CI ({context.options.ci}); {P_VALUES[context.options.p]} p",
        f"Median {context.endpoint.name} in each subgroup with its interval",
        "",
        context.n,
    )


def _effects(context: SubgroupContext) -> Forest:
    arm, reference = context.arms
    result = context.result
    rows = [_effect("All patients", context, result.overall_effect, numbers.everywhere(), "all")]
    for place in context.order():
        effect = result.effects[place]
        few = " (few events)" if context.has_few_events(place) else ""
        p = f"{p_words(effect.p_value)}{few}"
        rows.append(ForestRow(context.variables[place].label, ("", "", p), kind="variable"))
        for level, one in enumerate(effect.levels):
            label = context.labels[place][level]
            rows.append(_effect(label, context, one, numbers.within(place, level), "level"))
    axis = ratio_axis([e for row in rows for e in row.estimates], "hazard ratio")
    events = f"Events / n\n{arm} · {reference}"
    head = ("Subgroup", events, "Hazard ratio (95 % CI)", "Interaction p")
    favours = (f"favours {arm}", f"favours {within(reference, context.study)}")
    return forest_of(head, rows, axis, null=1, favours=favours, kinds=("Hazard ratio",))


def _effect(label: str, context: SubgroupContext, one, where: tuple, kind: str) -> ForestRow:
    # The reference is the first of the pair, the compared arm is named first.
    theirs, ours = zip(one.events, one.n, strict=True)
    estimate = (one.hazard_ratio, one.lower, one.upper)
    across = context.across.words(
        numbers.hazard_ratio(where), f"{one.hazard_ratio:.2f}", "{:.2f}".format
    )
    counts = f"{ours[0]}/{ours[1]} · {theirs[0]}/{theirs[1]}"
    return ForestRow(label, (counts, _beside(ratio_words(estimate), across)), (estimate,), kind)


def _beside(words: str, across: str) -> str:
    """A number with its range in the same line: a line more would halve what a slide can hold."""
    return f"{words} [{across}]" if across else words


def _medians(context: SubgroupContext) -> Forest:
    rows = list(_median_rows(context))
    known = [x for row in rows for one in row.estimates for x in one]
    head = (
        "Subgroup",
        "n",
        "Events",
        "Median, months (95 % CI)",
        f"{P_VALUES[context.options.p]} p",
    )
    axis = even_axis(known, f"Median {context.endpoint.label}, months")
    overall = context.result.overall.median.value / MONTH
    return forest_of(head, rows, axis, null=overall, kinds=("Median",))


def _median_rows(context: SubgroupContext) -> Iterator[ForestRow]:
    result, screen = context.result, context.result.screen
    one = result.overall.median
    days = (one.value, one.lower, one.upper)
    yield _median("All patients", context, result.overall.n, result.overall.n_events, days, "all")
    p = context.p_values(context.options.p)
    for place in context.order():
        cells = ("", "", "", p_words(float(p[place])))
        yield ForestRow(context.variables[place].label, cells, kind="variable")
        first = int(screen.variables.first[place])
        for level, label in enumerate(context.labels[place]):
            row = first + level
            days = tuple(
                float(x[row]) for x in (screen.median, screen.median_lower, screen.median_upper)
            )
            n, events = whole(screen.n[row]), whole(screen.events[row])
            yield _median(label, context, n, events, days, "level")


def _median(label: str, context: SubgroupContext, n, events, days, kind: str) -> ForestRow:
    decimals = context.study.decimals
    value = time_value(days[0], "months", decimals) if n else "–"
    interval = time_interval(*days[1:], "months", decimals)
    words = value if interval == "–" else f"{value} ({interval})"
    months = tuple(x / MONTH for x in days)
    return ForestRow(label, (str(n), str(events), words), (months,), kind)
