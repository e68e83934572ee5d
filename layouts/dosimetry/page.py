"""The Dosimetry page: its controls and its places for figure, numbers and calculators."""

from __future__ import annotations

from collections.abc import Mapping

import dash_mantine_components as dmc
from dash import dcc, html

from data.address import View
from data.study import Study
from layouts.dosimetry.activity import activity_cards, activity_place
from layouts.dosimetry.activity_inputs import BY_METHOD, INPUTS
from layouts.dosimetry.options import (
    NAMES,
    SCALES,
    SURVIVAL,
    DosimetryOptions,
    doses_of,
    estimates_of,
    read_options,
    views_of,
)
from layouts.frame.page import Page, Part, text_part
from layouts.shared.controls import control_id, endpoint_control
from layouts.shared.graph import graph
from layouts.shared.parts import actions, file_link, sentence_place

FIGURE_HEIGHT = 364
DOWNLOADS = {
    "dosimetry.csv": ("Doses", "agreement"),
    "dose-response.csv": ("Thresholds", "response"),
    "dose-survival.csv": ("Survival by dose", "survival"),
    "dose-toxicity.csv": ("Dose by grade", "toxicity"),
    "activity.csv": ("Activity", "activity"),
}
PLACES = ("dosimetry-side", *(activity_place(method) for method in BY_METHOD))
SLIDER = control_id("threshold", "value")
COMPARTMENT = control_id("compartment", "value")


def dosimetry_page(study: Study, view: View) -> list:
    """The page before its numbers are computed; the views share one figure and one side."""
    options, _ = read_options(study, view)
    figure = [
        graph("dosimetry-graph", "Doses", FIGURE_HEIGHT),
        activity_cards(study, options.entries),
        html.Figcaption(sentence_place("dosimetry")),
    ]
    return [
        dcc.Store(id="dosimetry-looked-at"),
        dcc.Store(id="dosimetry-fitted"),
        html.Div(
            [
                _controls(study, view, options),
                html.Div(id="dosimetry-cautions", className="cautions"),
                html.Div(
                    [
                        html.Figure(figure, className="figure"),
                        html.Div(
                            id="dosimetry-side",
                            className="side",
                            tabIndex="0",
                            role="region",
                            **{"aria-label": "Numbers of this view"},
                        ),
                    ],
                    className="columns",
                ),
                html.P(id="dosimetry-footnote", className="footnote"),
                _actions(study),
            ],
            id="dosimetry-body",
            className=f"dosimetry view-{options.view}",
        ),
    ]


def _controls(study: Study, view: View, options: DosimetryOptions) -> html.Div:
    """The choice of the view, and what can be chosen in it; nothing without doses."""
    views = views_of(study)
    # Without a choice there is nothing to choose with.
    rows = [html.P(id="dosimetry-looks", className="looks", role="status")]
    if len(views) > 1:
        estimates = estimates_of(options.dose)
        second = [
            _compartment(study, options),
            _small("Dose", "estimate", estimates, options.estimate, "of-estimate"),
            _small("Compared as", "scale", SCALES, options.scale, "of-scale"),
            html.Div(endpoint_control(study, view), className="of-endpoint"),
            _slider(options),
        ]
        first = html.Div(
            _segments("Section", "view", views, options.view, "sm"), className="scroll-x"
        )
        rows = [first, html.Div(second, className="dose-controls"), *rows]
    return html.Div(rows, className="dosimetry-controls")


def _segments(label: str, name: str, choices, value: str, size: str) -> dmc.SegmentedControl:
    return dmc.SegmentedControl(
        id=control_id(name, "value"),
        data=segments(choices),
        value=value,
        size=size,
        transitionDuration=0,
        **{"aria-label": label},
    )


def segments(choices: Mapping[str, str]) -> list[dict]:
    """Choices as a segmented control takes them."""
    return [{"value": key, "label": words} for key, words in choices.items()]


def _small(label: str, name: str, choices, value: str, kind: str) -> html.Div:
    inner = _segments(label, name, choices, value, "xs")
    return html.Div([html.Span(label, className="field-label"), inner], className=kind)


def compartment_choices(study: Study, view: str) -> list[dict]:
    """The doses that the shown view can show, for the choice of compartments."""
    return [{"value": one.id, "label": one.words} for one in doses_of(study, view)]


def _compartment(study: Study, options: DosimetryOptions) -> html.Label:
    select = dmc.Select(
        id=COMPARTMENT,
        data=compartment_choices(study, options.view),
        value=options.dose.id if options.dose else None,
        allowDeselect=False,
        size="xs",
        className="compartment",
        **{"aria-label": "Compartment"},
    )
    return html.Label(
        [html.Span("Compartment", className="field-label"), select], className="of-compartment"
    )


def slider_props(options: DosimetryOptions) -> dict:
    """Bounds, step and spoken name of the slider for a view."""
    scale = options.thresholds
    if scale is None:
        return {"min": 0, "max": 1, "step": 1, "precision": 0, "thumbLabel": "Threshold"}
    unit = f", {options.dose.unit}" if options.dose.unit else ""
    return {
        "min": scale.low,
        "max": scale.high,
        "step": scale.step,
        "precision": scale.decimals,
        "thumbLabel": f"Threshold of the dose{unit}",
    }


def threshold_words(options: DosimetryOptions) -> tuple[str, str, str]:
    """What stands before the slider: words, where it is, and its unit with the ends."""
    if options.thresholds is None:
        return "Threshold", "", ""
    unit = f" {options.dose.unit}" if options.dose.unit else ""
    scale = options.thresholds
    ends = f"{scale.text(scale.low)}–{scale.text(scale.high)}"
    return "Threshold: ≥ ", scale.text(options.threshold), f"{unit}, of {ends}"


def _slider(options: DosimetryOptions) -> html.Div:
    return html.Div(
        [
            html.Span(
                "".join(threshold_words(options)),
                id="dosimetry-threshold",
                className="field-label",
            ),
            dmc.Slider(
                id=SLIDER,
                value=options.threshold if options.thresholds else 0,
                updatemode="mouseup",
                # The words before it follow the thumb; a label above would cover them.
                label=None,
                size="sm",
                **slider_props(options),
            ),
        ],
        className="of-threshold",
    )


def _actions(study: Study) -> html.Div:
    views = views_of(study)
    links = [
        file_link("dosimetry", file, label, className=f"only-{view}")
        for file, (label, view) in DOWNLOADS.items()
        if view in views
    ]
    return actions("dosimetry", links, tables=map(activity_place, BY_METHOD))


def control_values(study: Study, view: View) -> dict[str, dict]:
    """The value of every control of the page for a view, by part."""
    options, _ = read_options(study, view)
    values = {one.name: options.entries[one.name].text for one in INPUTS}
    if len(views_of(study)) > 1:
        values |= {
            "view": options.view,
            "compartment": options.dose.id if options.dose else None,
            "estimate": options.estimate,
            "scale": options.scale,
            "endpoint": view.endpoint,
            "threshold": options.threshold if options.thresholds else 0,
        }
    return {name: {"value": value} for name, value in values.items()}


def fitted_controls(study: Study, options: DosimetryOptions) -> dict | None:
    """What the controls must be for the shown view; None where the study has none of them."""
    if len(views_of(study)) < 2:
        return None
    return {
        "compartments": compartment_choices(study, options.view),
        "estimates": segments(estimates_of(options.dose)),
        "slider": slider_props(options),
        "words": threshold_words(options),
    }


def _of_an_endpoint(study: Study, view: View) -> bool:
    return read_options(study, view)[0].view == SURVIVAL


DOSIMETRY = Page(
    id="dosimetry",
    label="Dosimetry",
    question="Did the dose arrive, and did it matter? Planned against delivered with limits of "
    "agreement, dose against response, survival and liver toxicity, the trials' activity "
    "calculators (not for treatment planning)",
    subject="The doses",
    option_names=NAMES,
    read_options=read_options,
    build=dosimetry_page,
    control_values=control_values,
    parts={
        **{place: text_part(place) for place in PLACES},
        "view": Part("dosimetry-body", "className", empty="dosimetry"),
        "looked-at": Part("dosimetry-looked-at", "data", empty=None),
        "fitted": Part("dosimetry-fitted", "data", empty=None),
    },
    files={file: label for file, (label, _) in DOWNLOADS.items()},
    figure_height=FIGURE_HEIGHT,
    shows_endpoint=_of_an_endpoint,
    # A threshold is one of a dose, in its unit, and of a view.
    forgets=dict.fromkeys(("compartment", "estimate", "view"), ("threshold",)),
)
