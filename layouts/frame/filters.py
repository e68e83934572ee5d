"""The filter rail, built from the study's own variables."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from data.address import View, address, read_filter
from data.cohort import Cohort
from data.study import Study
from layouts.frame.rail_state import (
    RailVariable,
    range_words,
    share,
    spoken_level,
)
from layouts.shared.controls import control, many, select, two_ended
from layouts.shared.few import cohort_size
from layouts.shared.html import joined, link, tag
from layouts.shared.words import minus


def filter_rail(study: Study, view: View, rail: tuple[RailVariable, ...]) -> Markup:
    """All filters of a study, with the values and counts of a view.

    The groups are in the order of the study; variables that the study does not feature stand
    behind "More" in their group.
    """
    parts: list[Markup] = []
    if len(study.analysis_sets) > 1:
        parts.append(_analysis_sets(study, view))
    for group in dict.fromkeys(one.variable.group for one in rail):
        members = [one for one in rail if one.variable.group == group]
        shown = [one for one in members if one.variable.featured] or members[:2]
        hidden = [one for one in members if one not in shown]
        blocks = [_variable(one) for one in shown]
        if hidden:
            blocks.append(
                tag(
                    "details",
                    [tag("summary", f"{len(hidden)} more"), *map(_variable, hidden)],
                    class_="rail-more",
                    open=any(one.value != one.default for one in hidden),
                )
            )
        parts.append(tag("section", [tag("h2", group, class_="rail-group"), *blocks]))
    return joined(parts)


def presets(study: Study, view: View) -> Markup | None:
    """Links to the study's own choices of filters; everything else stays as it is in the view.

    The one whose filters are those of the view says that it is on, and takes them off.
    """
    if not study.presets:
        return None
    links = []
    for preset in study.presets:
        notes: list[str] = []
        filters = tuple(
            one
            for variable in study.variables
            for name, text in preset.filters
            if name == variable.id and (one := read_filter(variable, text, notes))
        )
        on = bool(filters) and set(filters) == set(view.cohort.filters)
        target = replace(view, cohort=replace(view.cohort, filters=() if on else filters))
        links.append(
            link(
                preset.label,
                href=address(target, study),
                class_="preset",
                title="Take these filters off" if on else None,
                aria_current="true" if on else None,
                data_stay=True,
            )
        )
    return tag(
        "section", [tag("h2", "Presets", class_="rail-group"), tag("div", links, class_="presets")]
    )


def _analysis_sets(study: Study, view: View) -> Markup:
    choices = {
        one.id: f"{one.label} ({cohort_size(study, Cohort(study.id, one.id))})"
        for one in study.analysis_sets
    }
    return tag(
        "section",
        tag("h2", "Analysis set", class_="rail-group"),
        select("Analysis set", "set", choices, view.cohort.analysis_set, kind="small"),
    )


def _variable(one: RailVariable) -> Markup:
    variable = one.variable
    name: object = variable.label
    if variable.meaning:
        name = tag("abbr", variable.label, title=variable.meaning)
    body = _number(one) if variable.is_number else joined(_levels(one), _any_of(one))
    heading = tag("h3", name, class_="rail-variable")
    # What the search among the filters finds where the levels are folded away.
    words = "" if one.has_boxes else " ".join(level.label for level in one.levels)
    found = {"data_variable": variable.id, "data_find": words}
    return tag("div", heading, body, class_="variable", **found)


def _levels(one: RailVariable) -> Markup:
    """The levels in the open; behind what is chosen of them where there are many."""
    variable, chosen = one.variable, set(one.value["levels"])
    if one.has_boxes:
        return _boxes(one, variable.label)
    words = [level.label for level in one.levels if level.level in chosen]
    return many(variable.label, variable.id, _ticks(one), words, nothing="Any")


def _boxes(one: RailVariable, label: str) -> Markup:
    return tag(
        "div",
        _ticks(one),
        class_="boxes",
        role="group",
        aria_label=label,
        **control(one.variable.id, "levels"),
    )


def _any_of(one: RailVariable) -> Markup | None:
    """Buttons that tick several levels at once, or take them off; see assets/any_of.js."""
    if not one.variable.level_groups:
        return None
    chosen = set(one.value["levels"])
    buttons = [
        tag(
            "button",
            group.label,
            type="button",
            class_="preset",
            data_any_of=",".join(group.levels),
            aria_pressed="true" if chosen == set(group.levels) else "false",
        )
        for group in one.variable.level_groups
    ]
    return tag("div", buttons, class_="presets any-of")


def _ticks(one: RailVariable) -> list[Markup]:
    """A box for each level; its counts are attributes that the style sheet prints."""
    chosen = set(one.value["levels"])
    return [
        tag(
            "label",
            tag(
                "input",
                type="checkbox",
                value=level.level,
                checked=level.level in chosen,
                aria_label=spoken_level(one.variable.label, level.label, level.now, level.total),
            ),
            tag("span", level.label),
            class_="level box",
            style={"--share": share(level.now, one.size)},
            data_level=f"{one.variable.id}/{level.level}",
            data_now=level.now,
            data_total=f" / {level.total}",
        )
        for level in one.levels
    ]


def _number(one: RailVariable) -> Markup:
    variable = one.variable
    if one.limits is None:
        return tag("p", one.without_limits, class_="rail-note")
    low, high = one.limits
    histogram = tag(
        "div",
        tag("div", class_="bars bars-total", style={"maskImage": one.histogram}),
        tag(
            "div",
            class_="bars bars-now",
            style={"maskImage": one.histogram_now},
            data_bars=variable.id,
        ),
        class_="histogram",
        aria_hidden="true",
    )
    slider = two_ended(
        (f"{variable.label}, lowest", f"{variable.label}, highest"),
        variable.id,
        (low, high if high > low else low + 1),
        one.value["range"],
        10**-variable.decimals,
        disabled=high <= low,
        marks=one.marks,
    )
    ends = tag(
        "div",
        tag("span", minus(f"{low:g}")),
        tag("span", range_words(one), class_="range-words", data_words=variable.id),
        tag("span", minus(f"{high:g}")),
        class_="range-ends",
    )
    missing = _boxes(one, f"{variable.label}, missing") if one.levels else None
    return joined(histogram, slider, ends, missing)
