"""The Compare arms page: its controls and its places for figure, numbers and tables."""

from __future__ import annotations

from dataclasses import replace

import dash_mantine_components as dmc
from dash import dcc, html

from data.address import View, address
from data.study import Study
from layouts.arms.context import ArmContext
from layouts.arms.options import (
    ENOUGH_AT_RISK,
    NAMES,
    SECTIONS,
    TAUS,
    covariates_of,
    read_options,
    strata_of,
)
from layouts.frame.page import Page, Part, text_part
from layouts.shared.controls import (
    control_id,
    endpoint_control,
    export_buttons,
    options_popover,
    segmented,
)
from layouts.shared.graph import graph
from layouts.shared.options import CI_TYPES
from layouts.shared.pairs import compare_control, compare_value
from layouts.shared.parts import file_link

FIGURE_HEIGHT = 470
DOWNLOADS = {
    "arms.csv": ("Estimates", "effect"),
    "balance.csv": ("Balance", "balance"),
    "adjusted.csv": ("Adjusted", "balance"),
    "competing.csv": ("Incidence", "competing"),
    "response.csv": ("Response", "response"),
    "response-factors.csv": ("By factor", "response"),
}


def arms_page(study: Study, view: View) -> list:
    """The page before its numbers are computed; sections share one figure and one side."""
    options, _ = read_options(study, view)
    return [
        html.Div(
            [
                _controls(study, view),
                html.Div(id="arms-cautions", className="cautions"),
                html.Div(
                    [
                        html.Figure(
                            [
                                graph("arms-graph", "Comparison of the arms", FIGURE_HEIGHT),
                                html.Figcaption(
                                    [
                                        html.P(id="arms-sentence", className="sentence"),
                                        html.P(id="arms-wider"),
                                    ]
                                ),
                            ],
                            className="figure",
                        ),
                        html.Div(
                            [_ticked(study, view), html.Div(id="arms-side")], className="side"
                        ),
                    ],
                    className="columns",
                ),
                html.Div(id="arms-below", className="arms-below", tabIndex="-1"),
                html.P(id="arms-footnote", className="footnote"),
                _actions(),
            ],
            id="arms-body",
            className=f"arms {options.show}",
        ),
    ]


def _controls(study: Study, view: View) -> html.Div:
    options, _ = read_options(study, view)
    return html.Div(
        [
            html.Div(
                dmc.SegmentedControl(
                    id=control_id("show", "value"),
                    data=[{"value": key, "label": words} for key, words in SECTIONS.items()],
                    value=options.show,
                    size="sm",
                    transitionDuration=0,
                    **{"aria-label": "Section"},
                ),
                className="scroll-x",
            ),
            html.Div(endpoint_control(study, view), className="of-endpoint"),
            *compare_control(study, options.pair, each=True),
            _options(study, view),
        ],
        className="controls",
    )


def _options(study: Study, view: View) -> dmc.Popover:
    options, _ = read_options(study, view)
    months = sorted({*TAUS, *([options.tau] if options.tau else [])})
    choices = [{"value": ENOUGH_AT_RISK, "label": "The arms' common follow-up"}]
    choices += [{"value": f"{m:g}", "label": f"{m:g} months"} for m in months]
    fields = [
        html.Div(
            [
                html.Span("Mean time up to τ", className="field-label"),
                dmc.Select(
                    id=control_id("tau", "value"),
                    data=choices,
                    value=options.tau_text,
                    allowDeselect=False,
                    size="xs",
                    comboboxProps={"withinPortal": False},
                    **{"aria-label": "Mean time up to"},
                ),
            ]
        ),
        segmented("Confidence interval of the curves", "ci", list(CI_TYPES), options.ci),
    ]
    return options_popover(fields)


def _ticked(study: Study, view: View) -> html.Div:
    """What the effect is adjusted for and stratified by; shown with the balance only."""
    options, _ = read_options(study, view)
    return html.Div(
        [
            _several("Adjust for", "adjust", covariates_of(study), options.adjust),
            _several("Stratify by", "stratify", strata_of(study), options.stratify),
        ],
        className="ticked",
    )


def _several(label: str, name: str, variables, value) -> html.Div:
    return html.Div(
        [
            html.Span(label, className="field-label"),
            dmc.MultiSelect(
                id=control_id(name, "levels"),
                data=[{"value": v.id, "label": v.label} for v in variables],
                value=list(value),
                searchable=True,
                clearable=True,
                size="xs",
                maxDropdownHeight=300,
                placeholder="add …",
                clearButtonProps={"aria-label": f"{label}: none"},
                **{"aria-label": label},
            ),
        ]
    )


def _actions() -> html.Div:
    links = [
        file_link("arms", file, label, className=f"only-{section}")
        for file, (label, section) in DOWNLOADS.items()
    ]
    csv = html.Span(["CSV: ", *links], className="csv-links")
    return html.Div([csv, export_buttons("arms")], className="actions")


def wider_link(context: ArmContext):
    """A link to the analysis set in which both arms can be compared, or nothing."""
    if not context.wider:
        return None
    chosen = context.study.analysis_set(context.wider)
    cohort = replace(context.view.cohort, analysis_set=chosen.id)
    target = address(replace(context.view, cohort=cohort), context.study)
    return dcc.Link(f"Compare the arms among {chosen.label}", href=target)


def control_values(study: Study, view: View) -> dict[str, dict]:
    """The value of every control of the page for a view, by part."""
    options, _ = read_options(study, view)
    return {
        "endpoint": {"value": view.endpoint},
        "show": {"value": options.show},
        "ci": {"value": options.ci},
        "tau": {"value": options.tau_text},
        "adjust": {"levels": list(options.adjust)},
        "stratify": {"levels": list(options.stratify)},
    } | compare_value(study, options.pair)


def _of_an_endpoint(study: Study, view: View) -> bool:
    return read_options(study, view)[0].show in ("effect", "balance")


ARMS = Page(
    id="arms",
    label="Compare arms",
    question="Did the treatment help? Hazard ratio beside restricted means and a "
    "proportional-hazards test, balance, competing risks, response",
    subject="The comparison of the arms",
    option_names=NAMES,
    read_options=read_options,
    build=arms_page,
    control_values=control_values,
    parts={
        "side": text_part("arms-side"),
        "below": text_part("arms-below"),
        "wider": Part("arms-wider", empty=None),
        "section": Part("arms-body", "className", empty="arms"),
    },
    files={file: label for file, (label, _) in DOWNLOADS.items()},
    figure_height=FIGURE_HEIGHT,
    shows_endpoint=_of_an_endpoint,
    recorded=lambda study: len(study.arms) > 1,
)
