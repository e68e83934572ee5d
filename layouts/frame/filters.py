"""The filter rail, built from the study's own variables."""

from __future__ import annotations

from dataclasses import replace

import dash_mantine_components as dmc
from dash import html

from data.address import View, address, read_filter
from data.cohort import set_mask
from data.study import Study, Variable
from layouts.frame.rail_state import (
    RailVariable,
    multi_select_data,
    range_words,
    share,
    spoken_level,
)
from layouts.shared.controls import control_id
from layouts.shared.words import minus


def filter_rail(study: Study, view: View, rail: tuple[RailVariable, ...]) -> list:
    """All filters of a study, with the values and counts of a view.

    The groups are in the order of the study; variables that the study does not feature stand
    behind "More" in their group.
    """
    parts: list = []
    if len(study.analysis_sets) > 1:
        parts.append(_analysis_sets(study, view))
    for group in dict.fromkeys(one.variable.group for one in rail):
        members = [one for one in rail if one.variable.group == group]
        shown = [one for one in members if one.variable.featured] or members[:2]
        hidden = [one for one in members if one not in shown]
        blocks = [_variable(one) for one in shown]
        if hidden:
            blocks.append(
                html.Details(
                    [html.Summary(f"{len(hidden)} more"), *map(_variable, hidden)],
                    className="rail-more",
                    open=any(one.value != one.default for one in hidden),
                )
            )
        parts.append(html.Section([html.H2(group, className="rail-group"), *blocks]))
    return parts


def presets(study: Study, view: View) -> html.Section | None:
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
        # Not a dcc.Link, which cannot say that it is the current one.
        links.append(
            html.A(
                preset.label,
                href=address(target, study),
                className="preset",
                title="Take these filters off" if on else None,
                **{"data-inside": "", "data-stay": "", **({"aria-current": "true"} if on else {})},
            )
        )
    return html.Section(
        [html.H2("Presets", className="rail-group"), html.Div(links, className="presets")]
    )


def _analysis_sets(study: Study, view: View) -> html.Section:
    data = [
        {"value": s.id, "label": f"{s.label} ({int(set_mask(study, s.id).sum())})"}
        for s in study.analysis_sets
    ]
    return html.Section(
        [
            html.H2("Analysis set", className="rail-group"),
            dmc.Select(
                id=control_id("set", "value"),
                data=data,
                value=view.cohort.analysis_set,
                allowDeselect=False,
                size="xs",
                **{"aria-label": "Analysis set"},
            ),
        ]
    )


def _variable(one: RailVariable) -> html.Div:
    variable = one.variable
    name = html.Abbr(variable.label, title=variable.meaning) if variable.meaning else variable.label
    if variable.is_number:
        body = _number(one)
    elif one.has_boxes:
        body = [_boxes(one, variable.label)]
    else:
        body = [_multi_select(variable, one.levels, one.value["levels"])]
    heading = html.H3(name, className="rail-variable")
    # What the search among the filters finds where the levels are folded away.
    words = "" if one.has_boxes else " ".join(level.label for level in one.levels)
    found = {"data-variable": variable.id, "data-find": words}
    return html.Div([heading, *body], className="variable", **found)


def _boxes(one: RailVariable, label: str) -> dmc.CheckboxGroup:
    """A box for each level; ``label`` is what they are together."""
    variable = one.variable
    # One component a level: every component of a page costs time at every click, and a study has
    # some two hundred levels. The counts are attributes that the style sheet prints.
    boxes = [
        dmc.Checkbox(
            value=level.level,
            label=level.label,
            size="xs",
            className="level",
            style={"--share": share(level.now, one.size)},
            wrapperProps={
                "data-level": f"{variable.id}/{level.level}",
                "data-now": str(level.now),
                "data-total": f" / {level.total}",
            },
            **{"aria-label": spoken_level(variable.label, level.label, level.now, level.total)},
        )
        for level in one.levels
    ]
    chosen = one.value["levels"]
    return dmc.CheckboxGroup(
        boxes, id=control_id(variable.id, "levels"), value=chosen, **{"aria-label": label}
    )


def _multi_select(variable: Variable, levels, value: list[str]):
    return dmc.MultiSelect(
        id=control_id(variable.id, "levels"),
        data=multi_select_data(levels),
        value=value,
        placeholder="" if value else "Any",
        searchable=True,
        clearable=True,
        size="xs",
        **{"aria-label": variable.label},
    )


def _number(one: RailVariable) -> list:
    variable = one.variable
    if one.limits is None:
        return [html.P("No value in this analysis set.", className="rail-note")]
    low, high = one.limits
    histogram = html.Div(
        [
            html.Div(className="bars bars-total", style={"maskImage": one.histogram}),
            html.Div(
                className="bars bars-now",
                style={"maskImage": one.histogram_now},
                **{"data-bars": variable.id},
            ),
        ],
        className="histogram",
        **{"aria-hidden": "true"},
    )
    slider = dmc.RangeSlider(
        id=control_id(variable.id, "range"),
        min=low,
        max=high if high > low else low + 1,
        step=10**-variable.decimals,
        precision=variable.decimals,
        minRange=0,
        value=one.value["range"],
        updatemode="mouseup",
        size="xs",
        label=None,
        disabled=high <= low,
        thumbFromLabel=f"{variable.label}, lowest",
        thumbToLabel=f"{variable.label}, highest",
        className="rail-slider",
    )
    chosen = html.Span(range_words(one), className="range-words", **{"data-words": variable.id})
    ends = html.Div(
        [
            html.Span(minus(f"{low:g}")),
            chosen,
            html.Span(minus(f"{high:g}")),
        ],
        className="range-ends",
    )
    body = [histogram, slider, ends]
    if one.levels:
        label = f"{variable.label}, missing"
        body.append(_boxes(one, label))
    return body
