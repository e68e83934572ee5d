"""The Compare arms page: its controls and its places for figure, numbers and tables."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from data.address import View, address
from data.study import Study
from layouts.arms.context import ArmContext
from layouts.arms.options import (
    ENOUGH_AT_RISK,
    NAMES,
    SECTIONS,
    TAUS,
    ArmOptions,
    covariates_of,
    read_options,
    strata_of,
)
from layouts.frame.page import Page, Part
from layouts.shared.controls import (
    endpoint_control,
    field,
    options_popover,
    segmented,
    segments,
    select,
    several,
)
from layouts.shared.graph import graph
from layouts.shared.html import link, tag
from layouts.shared.options import CI_TYPES
from layouts.shared.pairs import compare_control, compare_value
from layouts.shared.parts import NamedFile, actions, sentence_place

FIGURE_HEIGHT = 470
TRIM_LABELS = {"1": "1 and 99 %", "5": "5 and 95 %", "none": "nothing"}
DOWNLOADS = {
    "arms.csv": ("Estimates", "effect"),
    "balance.csv": ("Balance", "balance"),
    "adjusted.csv": ("Adjusted", "balance"),
    "weighted.csv": ("Weighted", "adjusted"),
    "effect-over-time.csv": ("Over time", "time"),
    "competing.csv": ("Incidence", "competing"),
    "response.csv": ("Response", "response"),
    "response-factors.csv": ("By factor", "response"),
    "power.csv": ("Power", "power"),
}


def arms_page(study: Study, view: View) -> list:
    """The page before its numbers are computed; sections share one figure and one side."""
    options, _ = read_options(study, view)
    return [
        tag(
            "div",
            [
                sentence_place("arms"),
                _controls(study, view),
                tag("div", id="arms-cautions", class_="cautions"),
                tag(
                    "div",
                    [
                        tag(
                            "figure",
                            [
                                graph("arms-graph", "Comparison of the arms", FIGURE_HEIGHT),
                                tag("figcaption", tag("p", id="arms-wider")),
                            ],
                            class_="figure",
                        ),
                        tag(
                            "div", [_ticked(study, view), tag("div", id="arms-side")], class_="side"
                        ),
                    ],
                    class_="columns",
                ),
                tag("div", id="arms-below", class_="arms-below", tabindex="-1"),
                tag("p", id="arms-footnote", class_="footnote"),
                _actions(),
            ],
            id="arms-body",
            class_=section_class(study, options),
        ),
    ]


def section_class(study: Study, options: ArmOptions) -> str:
    """The section as a class of the page; ``choose`` where several endpoints have causes."""
    several_causes = len(study.all_causes) > 1
    return f"arms {options.show}{' choose' if several_causes else ''}"


def _controls(study: Study, view: View) -> Markup:
    options, _ = read_options(study, view)
    return tag(
        "div",
        [
            tag(
                "div",
                segments("Section", "show", SECTIONS, options.show),
                class_="scroll-x",
            ),
            tag("div", endpoint_control(study, view), class_="of-endpoint"),
            *compare_control(study, options.pair, each=True),
            _options(study, view),
        ],
        class_="controls",
    )


def _options(study: Study, view: View) -> Markup:
    options, _ = read_options(study, view)
    months = sorted({*TAUS, *([options.tau] if options.tau else [])})
    choices = {ENOUGH_AT_RISK: "The arms' common follow-up"}
    choices |= {f"{m:g}": f"{m:g} months" for m in months}
    fields = [
        field(
            "Mean time up to τ",
            select("Mean time up to", "tau", choices, options.tau_text, kind="small"),
        ),
        segmented("Confidence interval of the curves", "ci", CI_TYPES, options.ci),
        segmented("Truncate weights at", "trim", TRIM_LABELS, options.trim),
    ]
    return options_popover(fields)


def _ticked(study: Study, view: View) -> Markup:
    """What the effect is adjusted for and stratified by; shown with the balance only."""
    options, _ = read_options(study, view)
    return tag(
        "div",
        [
            _several("Adjust for", "adjust", covariates_of(study), options.adjust),
            _several("Stratify by", "stratify", strata_of(study), options.stratify),
        ],
        class_="ticked",
    )


def _several(label: str, name: str, variables, value) -> Markup:
    choices = {one.id: one.label for one in variables}
    return field(label, several(label, name, choices, list(value), nothing="none"))


def _actions() -> Markup:
    files = [
        NamedFile(file, label, f"only-{section}") for file, (label, section) in DOWNLOADS.items()
    ]
    return actions("arms", files)


def wider_link(context: ArmContext):
    """A link to the analysis set in which both arms can be compared, or nothing."""
    if not context.wider:
        return None
    chosen = context.study.analysis_set(context.wider)
    cohort = replace(context.view.cohort, analysis_set=chosen.id)
    target = address(replace(context.view, cohort=cohort), context.study)
    return link(f"Compare the arms among {chosen.label}", href=target)


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
        "trim": {"value": options.trim},
    } | compare_value(study, options.pair)


def _of_an_endpoint(study: Study, view: View) -> bool:
    return read_options(study, view)[0].show not in ("competing", "response")


ARMS = Page(
    id="arms",
    label="Compare arms",
    question="Did the treatment help? Hazard ratio beside restricted means and a "
    "proportional-hazards test, balance, weighting by the propensity, the effect over time, "
    "competing risks, response, what so many events can find",
    subject="The comparison of the arms",
    option_names=NAMES,
    read_options=read_options,
    build=arms_page,
    control_values=control_values,
    parts={
        "side": Part("arms-side"),
        "below": Part("arms-below"),
        "wider": Part("arms-wider"),
        "section": Part("arms-body", "class", empty="arms"),
    },
    files={file: label for file, (label, _) in DOWNLOADS.items()},
    figure_height=FIGURE_HEIGHT,
    shows_endpoint=_of_an_endpoint,
    recorded=lambda study: len(study.arms) > 1,
)
