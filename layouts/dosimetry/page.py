"""The Dosimetry page: its controls and its places for figure, numbers and calculators."""

from __future__ import annotations

from markupsafe import Markup

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
from layouts.frame.page import Page, Part
from layouts.shared.controls import endpoint_control, field, segments, select
from layouts.shared.graph import graph
from layouts.shared.html import joined, tag
from layouts.shared.parts import NamedFile, actions, sentence_place
from layouts.shared.thresholds import looks_place, threshold_here, threshold_slider

FIGURE_HEIGHT = 364
DOWNLOADS = {
    "dosimetry.csv": ("Doses", "agreement"),
    "dose-response.csv": ("Thresholds", "response"),
    "dose-survival.csv": ("Survival by dose", "survival"),
    "dose-toxicity.csv": ("Dose by grade", "toxicity"),
    "activity.csv": ("Activity", "activity"),
}
PLACES = ("dosimetry-side", *(activity_place(method) for method in BY_METHOD))


def dosimetry_page(study: Study, view: View) -> list:
    """The page before its numbers are computed; the views share one figure and one side."""
    options, _ = read_options(study, view)
    figure = [
        graph("dosimetry-graph", "Doses", FIGURE_HEIGHT),
        activity_cards(study, options.entries),
    ]
    return [
        tag(
            "div",
            [
                sentence_place("dosimetry"),
                _controls(study, view, options),
                tag("div", id="dosimetry-cautions", class_="cautions"),
                tag(
                    "div",
                    [
                        tag("figure", figure, class_="figure"),
                        tag(
                            "div",
                            id="dosimetry-side",
                            class_="side",
                            tabindex="0",
                            role="region",
                            **{"aria-label": "Numbers of this view"},
                        ),
                    ],
                    class_="columns",
                ),
                tag("p", id="dosimetry-footnote", class_="footnote"),
                _actions(study),
            ],
            id="dosimetry-body",
            class_=f"dosimetry view-{options.view}",
        ),
    ]


def _controls(study: Study, view: View, options: DosimetryOptions) -> Markup:
    """The choice of the view, and what can be chosen in it; nothing without doses."""
    views = views_of(study)
    # Without a choice there is nothing to choose with.
    rows = [looks_place("dosimetry-looks")]
    if len(views) > 1:
        first = tag("div", segments("Section", "view", views, options.view), class_="scroll-x")
        second = tag("div", id="dosimetry-fitted", class_="dose-controls")
        rows = [first, second, *rows]
    return tag("div", rows, class_="dosimetry-controls")


def fitted_controls(study: Study, view: View, options: DosimetryOptions) -> Markup:
    """What can be chosen in the shown view, of the shown dose; empty without doses.

    Their values are written beside, so that it stays on the screen while only values change.
    """
    if len(views_of(study)) < 2:
        return joined()
    compartments = compartment_choices(study, options.view)
    return joined(
        field(
            "Compartment",
            select("Compartment", "compartment", compartments, None, kind="small compartment"),
            class_="of-compartment",
        ),
        _small("Dose", "estimate", estimates_of(options.dose), "of-estimate"),
        _small("Compared as", "scale", SCALES, "of-scale"),
        tag("div", endpoint_control(study, view), class_="of-endpoint"),
        _slider(options),
    )


def _small(label: str, name: str, choices, kind: str) -> Markup:
    return field(label, segments(label, name, choices, "", small=True), class_=kind)


def compartment_choices(study: Study, view: str) -> dict[str, str]:
    """The doses that the shown view can show, for the choice of compartments."""
    return {one.id: one.words for one in doses_of(study, view)}


def threshold_words(options: DosimetryOptions) -> Markup:
    """What stands before the slider: words, where it is, and its unit with the ends."""
    if options.dose is None:
        return joined()
    unit = f" {options.dose.unit}" if options.dose.unit else ""
    return threshold_here(options.thresholds, options.threshold, unit)


def _slider(options: DosimetryOptions) -> Markup:
    spoken = "Threshold"
    if options.thresholds is not None:
        spoken = f"Threshold of the dose{f', {options.dose.unit}' if options.dose.unit else ''}"
    return threshold_slider("threshold", options.thresholds, spoken, "dosimetry-threshold")


def _actions(study: Study) -> Markup:
    views = views_of(study)
    files = [
        NamedFile(file, label, f"only-{view}")
        for file, (label, view) in DOWNLOADS.items()
        if view in views
    ]
    return actions("dosimetry", files)


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
        **{place: Part(place) for place in PLACES},
        "view": Part("dosimetry-body", "class", empty="dosimetry"),
        "fitted": Part("dosimetry-fitted"),
        "threshold": Part("dosimetry-threshold"),
        "looked-at": Part("dosimetry-looks", "data", empty=None),
    },
    files={file: label for file, (label, _) in DOWNLOADS.items()},
    figure_height=FIGURE_HEIGHT,
    shows_endpoint=_of_an_endpoint,
    # A threshold is one of a dose, in its unit, and of a view.
    forgets=dict.fromkeys(("compartment", "estimate", "view"), ("threshold",)),
)
