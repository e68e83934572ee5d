"""The filter rail, built from the study's own variables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import dash_mantine_components as dmc
import numpy as np
from dash import dcc, html

from data.address import View, address, read_filter
from data.cohort import LevelCount, bounds, level_counts, masks_for_counting, set_mask
from data.study import MISSING_ID, Study, Variable

# Up to here levels stand in the open as boxes to tick; more go into a multi-select.
BOXES_AT_MOST = 6
BINS = 24


def control_id(name: str, part: str) -> dict:
    """The id of an input whose value stands in the link under ``name``."""
    return {"type": "control", "name": name, "part": part}


def filter_rail(study: Study, view: View, sets: bool = True) -> list:
    """All filters of a study, with the values and counts of a view.

    Presets come first, then the groups in the order of the study; variables that the study does
    not feature stand behind "More" in their group.
    """
    counts = rail_counts(study, view)
    values = filter_values(study, view)
    total = set_mask(study, view.cohort.analysis_set)
    parts: list = [_presets(study, view)] if study.presets else []
    if sets and len(study.analysis_sets) > 1:
        parts.append(_analysis_sets(study, view))
    groups = list(dict.fromkeys(variable.group for variable in study.variables))
    for group in groups:
        members = [v for v in study.variables if v.group == group]
        shown = [v for v in members if v.featured] or members[:2]
        hidden = [v for v in members if v not in shown]
        blocks = [_variable(study, v, counts, values, total) for v in shown]
        if hidden:
            used = {one.variable for one in view.cohort.filters}
            more = [_variable(study, v, counts, values, total) for v in hidden]
            blocks.append(
                html.Details(
                    [html.Summary(f"{len(hidden)} more"), *more],
                    className="rail-more",
                    open=any(v.id in used for v in hidden),
                )
            )
        parts.append(html.Section([html.H2(group, className="rail-group"), *blocks]))
    return parts


def _presets(study: Study, view: View) -> html.Section:
    links = []
    for preset in study.presets:
        notes: list[str] = []
        filters = tuple(
            one
            for variable in study.variables
            for name, text in preset.filters
            if name == variable.id and (one := read_filter(variable, text, notes))
        )
        target = address(_with_filters(view, filters), study)
        links.append(dcc.Link(preset.label, href=target, className="preset"))
    return html.Section(
        [html.H2("Presets", className="rail-group"), html.Div(links, className="presets")]
    )


def _with_filters(view: View, filters) -> View:
    return replace(view, cohort=replace(view.cohort, filters=tuple(filters)))


def _analysis_sets(study: Study, view: View) -> html.Section:
    data = [
        {"value": s.id, "label": f"{s.label} ({int(set_mask(study, s.id).sum())})"}
        for s in study.analysis_sets
    ]
    chosen = study.analysis_set(view.cohort.analysis_set)
    return html.Section(
        [
            html.H2("Analysis set", className="rail-group"),
            dmc.Select(
                id=control_id("set", "value"),
                data=data,
                value=chosen.id,
                allowDeselect=False,
                size="xs",
                **{"aria-label": "Analysis set"},
            ),
        ]
    )


def _variable(study, variable: Variable, counts, values, total) -> html.Div:
    heading = html.H3(
        html.Abbr(variable.label, title=variable.meaning) if variable.meaning else variable.label,
        className="rail-variable",
        id=f"name-{variable.id}",
    )
    levels = counts[variable.id]
    value = values[variable.id]
    if variable.is_number:
        body = _number(study, variable, levels, value, total)
    elif len(levels) <= BOXES_AT_MOST:
        body = [_boxes(variable.id, variable.label, levels, value["levels"], int(total.sum()))]
    else:
        body = [_multi_select(variable, levels, value["levels"])]
    return html.Div([heading, *body], className="variable", **{"data-variable": variable.id})


def _boxes(name: str, label: str, levels: Sequence[LevelCount], value: list[str], size: int):
    boxes = [
        dmc.Checkbox(
            value=level.level,
            label=_level_label(name, level, size),
            size="xs",
            className="level",
            classNames={"body": "level-body", "labelWrapper": "level-wrap", "label": "level-label"},
        )
        for level in levels
    ]
    return dmc.CheckboxGroup(
        boxes, id=control_id(name, "levels"), value=value, **{"aria-label": label}
    )


def _level_label(name: str, level: LevelCount, size: int) -> list:
    return [
        html.Span(level.label, className="level-name"),
        html.Span(
            str(level.now),
            id={"type": "now", "variable": name, "level": level.level},
            className=now_class(level.now),
            style=now_style(level.now, size),
        ),
        html.Span(f" / {level.total}", className="level-total"),
    ]


def now_class(now: int) -> str:
    """A level emptied by the other filters is greyed, not removed."""
    return "level-now" if now else "level-now emptied"


def now_style(now: int, size: int) -> dict:
    """The thin bar under a level: patients now as a share of the whole analysis set."""
    return {"--share": f"{now / size:.3f}" if size else "0"}


def multi_select_data(levels: Sequence[LevelCount]) -> list[dict]:
    """Options of a multi-select with their counts."""
    return [
        {"value": level.level, "label": f"{level.label} · {level.now} / {level.total}"}
        for level in levels
    ]


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


def _number(study, variable: Variable, levels, value: dict, total: np.ndarray) -> list:
    limits = bounds(study, variable, total)
    if limits is None:
        return [html.P("No value in this analysis set.", className="rail-note")]
    low, high = limits
    body = [
        html.Div(
            [
                html.Div(
                    className="bars bars-total",
                    style=histogram_style(study, variable, total, limits),
                ),
                html.Div(
                    className="bars bars-now",
                    id={"type": "bars", "variable": variable.id},
                    style=histogram_style(study, variable, total, limits),
                ),
            ],
            className="histogram",
            **{"aria-hidden": "true"},
        ),
        dmc.RangeSlider(
            id=control_id(variable.id, "range"),
            min=low,
            max=high if high > low else low + 1,
            step=10**-variable.decimals,
            precision=variable.decimals,
            minRange=0,
            value=value["range"],
            updatemode="mouseup",
            size="xs",
            label=None,
            disabled=high <= low,
            thumbFromLabel=f"{variable.label}, lowest",
            thumbToLabel=f"{variable.label}, highest",
            className="rail-slider",
        ),
        html.Div(
            [
                html.Span(f"{low:g}"),
                html.Span(
                    range_words(variable, value["range"]),
                    id={"type": "range-words", "variable": variable.id},
                    className="range-words",
                ),
                html.Span(f"{high:g}"),
            ],
            className="range-ends",
        ),
    ]
    missing = [level for level in levels if level.level == MISSING_ID]
    if missing:
        label = f"{variable.label}, missing"
        body.append(_boxes(variable.id, label, missing, value["levels"], int(total.sum())))
    return body


def range_words(variable: Variable, chosen: Sequence[float]) -> str:
    """The chosen range with its unit."""
    unit = f" {variable.unit}" if variable.unit else ""
    return f"{chosen[0]:g}–{chosen[1]:g}{unit}"


def histogram_style(study: Study, variable: Variable, mask: np.ndarray, limits) -> dict:
    """A histogram as a CSS mask, so that its colour follows the theme.

    The scale is that of the whole set's tallest bar, so that the bars of a filtered cohort shrink.
    """
    low, high = limits
    numbers = study.numbers[variable.id]
    edges = np.linspace(low, high if high > low else low + 1, BINS + 1)
    everyone = np.histogram(numbers[np.isfinite(numbers)], edges)[0]
    counts = np.histogram(numbers[mask & np.isfinite(numbers)], edges)[0]
    tallest = max(int(everyone.max()), 1)
    bars = "".join(
        f"<rect x='{i * 10 + 1}' width='8' y='{100 - h:.0f}' height='{h:.0f}'/>"
        for i, count in enumerate(counts)
        if (h := 100 * count / tallest)
    )
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {BINS * 10} 100' "
        f"preserveAspectRatio='none'>{bars}</svg>"
    )
    encoded = svg.replace("#", "%23").replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
    return {"maskImage": f'url("data:image/svg+xml,{encoded}")'}


def rail_counts(study: Study, view: View) -> dict[str, tuple[LevelCount, ...]]:
    """Counts of every level of every variable; of a number only its missing values."""
    now = masks_for_counting(study, view.cohort)
    total = set_mask(study, view.cohort.analysis_set)
    counts = {}
    for variable in study.variables:
        levels = level_counts(study, variable, now[variable.id], total)
        if variable.is_number:
            levels = tuple(level for level in levels if level.level == MISSING_ID)
        counts[variable.id] = levels
    return counts


def filter_values(study: Study, view: View) -> dict[str, dict]:
    """The value of every filter's input for a view, by part."""
    active = {one.variable: one for one in view.cohort.filters}
    values = filter_defaults(study, view)
    for variable_id, one in active.items():
        values[variable_id]["levels"] = list(one.levels)
        if one.low is not None and "range" in values[variable_id]:
            values[variable_id]["range"] = [one.low, one.high]
    return values


def filter_defaults(study: Study, view: View) -> dict[str, dict]:
    """The value of every filter's input when nothing is filtered, by part."""
    total = set_mask(study, view.cohort.analysis_set)
    defaults: dict[str, dict] = {}
    for variable in study.variables:
        defaults[variable.id] = {"levels": []}
        if variable.is_number and (limits := bounds(study, variable, total)):
            defaults[variable.id]["range"] = list(limits)
    return defaults


def rail_update(study: Study, view: View) -> Mapping:
    """What changes in a rail that is already on the screen: counts, bars and range words."""
    now = masks_for_counting(study, view.cohort)
    total = set_mask(study, view.cohort.analysis_set)
    counts = rail_counts(study, view)
    values = filter_values(study, view)
    update: dict = {"now": {}, "options": {}, "bars": {}, "words": {}}
    for variable in study.variables:
        levels = counts[variable.id]
        if not variable.is_number and len(levels) > BOXES_AT_MOST:
            update["options"][variable.id] = multi_select_data(levels)
        for level in levels:
            key = f"{variable.id}/{level.level}"
            update["now"][key] = {
                "text": str(level.now),
                "class": now_class(level.now),
                "style": now_style(level.now, int(total.sum())),
            }
        if variable.is_number and (limits := bounds(study, variable, total)):
            mask = now[variable.id] & total
            update["bars"][variable.id] = histogram_style(study, variable, mask, limits)
            update["words"][variable.id] = range_words(variable, values[variable.id]["range"])
    return update
