"""The Survival page: its controls, its places for figure and numbers, its options."""

from __future__ import annotations

from types import MappingProxyType

import dash_mantine_components as dmc
from dash import html

from data.address import NO_SPLIT, View, search
from data.study import ARM, Study
from layouts.frame.page import Page, Part
from layouts.frame.shell import failed
from layouts.shared.controls import (
    control_id,
    endpoint_control,
    options_popover,
    segmented,
)
from layouts.shared.graph import graph
from layouts.shared.options import CI_TYPES
from layouts.shared.parts import actions, file_link, sentence_place
from layouts.survival.options import CURVES, NAMES, UNITS, read_options, what_to_show

FIGURE_HEIGHT = 540
FILES = {
    "km.csv": "Curves",
    "survival-summary.csv": "Summary",
    "logrank.csv": "Log-rank",
}


def survival_page(study: Study, view: View) -> list:
    """The page before its numbers are computed; everything has its final place."""
    return [
        sentence_place("survival"),
        _controls(study, view),
        html.Div(id="survival-cautions", className="cautions"),
        html.Div(
            [
                html.Figure(
                    [
                        graph("survival-graph", "Survival curves with risk table", FIGURE_HEIGHT),
                        html.Figcaption(
                            [
                                html.P(id="survival-footnote", className="footnote"),
                                _actions(),
                            ]
                        ),
                    ],
                    className="figure",
                ),
                html.Div(id="survival-numbers", className="side"),
            ],
            className="columns",
        ),
        _drawer("table-drawer", "Data table"),
        _drawer("method-drawer", "How was this computed?"),
    ]


def _controls(study: Study, view: View) -> html.Div:
    return html.Div(
        [
            endpoint_control(study, view),
            html.Label(
                [
                    "Split by",
                    dmc.Select(
                        id=control_id("by", "value"),
                        data=split_choices(study),
                        value=view.by,
                        allowDeselect=False,
                        searchable=True,
                        size="sm",
                        className="split",
                        maxDropdownHeight=420,
                        nothingFoundMessage="No such variable",
                        **{"aria-label": "Split by"},
                    ),
                ],
                className="inline-label",
            ),
            _options(study, view),
        ],
        className="controls",
    )


def split_choices(study: Study) -> list[dict]:
    """No split, the arm, then every variable with at least two levels by group."""
    first = [{"value": NO_SPLIT, "label": "No split"}]
    variables = [v for v in study.variables if len(v.levels) > 1]
    first += [{"value": v.id, "label": v.label} for v in variables if v.id == ARM]
    data = [{"group": "Whole cohort and arms", "items": first}]
    for group in dict.fromkeys(v.group for v in variables):
        items = [
            {"value": v.id, "label": v.label} for v in variables if v.group == group and v.id != ARM
        ]
        if items:
            data.append({"group": group, "items": items})
    return data


def _options(study: Study, view: View) -> dmc.Popover:
    options, _ = read_options(study, view)
    longest = horizon_months(study)
    landmarks = [3, 6, 9, 12, 18, 24, 30, 36, 48, 60, *options.landmarks]
    months = sorted({float(month) for month in landmarks})
    fields = [
        segmented("Confidence interval", "ci", list(CI_TYPES), options.ci),
        segmented("Time in", "unit", list(UNITS), options.unit),
        segmented("Curve", "curve", list(CURVES.items()), options.curve),
        html.Div(
            [
                html.Span("Fixed times, months", className="field-label"),
                dmc.MultiSelect(
                    id=control_id("landmarks", "levels"),
                    data=[{"value": f"{m:g}", "label": f"{m:g}"} for m in months],
                    value=list(options.landmark_texts()),
                    maxValues=4,
                    size="xs",
                    comboboxProps={"withinPortal": False},
                    **{"aria-label": "Fixed times in months"},
                ),
            ]
        ),
        html.Div(
            [
                html.Span("Time axis, months", className="field-label"),
                dmc.RangeSlider(
                    id=control_id("x", "range"),
                    min=0,
                    max=longest,
                    step=3,
                    minRange=3,
                    value=list(options.x or (0, longest)),
                    updatemode="mouseup",
                    size="xs",
                    thumbFromLabel="First month",
                    thumbToLabel="Last month",
                ),
            ]
        ),
        dmc.CheckboxGroup(
            [
                dmc.Checkbox(value=name, label=label, size="xs")
                for name, label in what_to_show(study).items()
            ],
            id=control_id("show", "levels"),
            value=list(options.show),
            **{"aria-label": "Drawn in the figure"},
        ),
    ]
    return options_popover(fields)


def horizon_months(study: Study) -> int:
    """The last month of any endpoint of the study, rounded up to a multiple of three."""
    last = max(int(outcome.time.max()) for outcome in study.outcomes.values())
    return max(3, -(-int(last / 30.4375 + 1) // 3) * 3)


def control_values(study: Study, view: View) -> dict[str, dict]:
    """The value of every control of the page for a view, by part."""
    options, _ = read_options(study, view)
    return {
        "endpoint": {"value": view.endpoint},
        "by": {"value": view.by},
        "ci": {"value": options.ci},
        "unit": {"value": options.unit},
        "curve": {"value": options.curve},
        "landmarks": {"levels": list(options.landmark_texts())},
        "x": {"range": list(options.x or (0, horizon_months(study)))},
        "show": {"levels": list(options.show)},
    }


def _actions() -> html.Div:
    links = [file_link("survival", file, label) for file, label in FILES.items()]
    return actions(
        "survival",
        links,
        html.Button("Data table", id="table-button", className="link"),
        html.Button("How was this computed?", id="method-button", className="link"),
    )


def csv_address(file: str, study: Study, view: View) -> str:
    """The address of a panel's numbers for a view."""
    return f"/download/{file}{search(view, study)}"


def _drawer(drawer_id: str, title: str) -> dmc.Drawer:
    return dmc.Drawer(
        html.Div(id=f"{drawer_id}-body", className="drawer-body"),
        id=drawer_id,
        title=title,
        position="right",
        size="min(720px, 100vw)",
        opened=False,
        closeButtonProps={"aria-label": "Close"},
        keepMounted=True,
        shadow="none",
    )


SURVIVAL = Page(
    id="survival",
    label="Survival",
    question="How long until the event? Curves with risk table, medians, landmarks, follow-up, "
    "log-rank test",
    subject="The survival curves",
    option_names=NAMES,
    read_options=read_options,
    build=survival_page,
    control_values=control_values,
    parts={"numbers": Part("survival-numbers", empty=failed("The numbers"))},
    files=FILES,
    figure_height=FIGURE_HEIGHT,
    shows_endpoint=lambda study, view: True,
    forgets=MappingProxyType({"by": ("pick",)}),
)
