"""The face of a made-up page: how many patients have followed for how long."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.address import View
from data.study import Endpoint, Study
from layouts.frame.page import Page, Part
from layouts.shared.controls import drawer_button, endpoint_control, labelled_select
from layouts.shared.graph import blank_layout, graph
from layouts.shared.html import tag
from layouts.shared.options import read_choice
from layouts.shared.parts import NamedFile, actions, print_button, sentence_place

FIGURE_HEIGHT = 300
BINS = {"6": "Six bars", "12": "Twelve bars"}
FILES = {"follow-up.csv": "CSV"}


@dataclass(frozen=True)
class FollowUpOptions:
    """In how many bars the times are counted."""

    bins: int = 6


@dataclass(frozen=True)
class FollowUpContext:
    """Days of follow-up, counted in bars between ``edges``."""

    study: Study
    view: View
    options: FollowUpOptions
    endpoint: Endpoint
    counts: np.ndarray
    edges: np.ndarray

    @property
    def n(self) -> int:
        return int(self.counts.sum())


def read_options(study: Study, view: View) -> tuple[FollowUpOptions, list[str]]:
    """The options of a view, and a sentence for each that cannot be used."""
    notes: list[str] = []
    given = dict(view.options)
    return FollowUpOptions(int(read_choice(given, "bins", BINS, "6", notes))), notes


def follow_up_page(study: Study, view: View) -> list:
    """The page before its numbers are computed."""
    options, _ = read_options(study, view)
    bars = labelled_select("Bars", "bins", BINS, str(options.bins))
    file = NamedFile("follow-up.csv", FILES["follow-up.csv"])
    return [
        tag("div", endpoint_control(study, view), bars, class_="controls"),
        sentence_place("follow-up"),
        tag("div", id="follow-up-cautions", class_="cautions"),
        graph("follow-up-graph", "Follow-up", FIGURE_HEIGHT),
        tag("div", id="follow-up-table"),
        tag("p", id="follow-up-longest"),
        tag("p", id="follow-up-footnote", class_="footnote"),
        actions("follow-up", [file], print_button("follow-up"), drawer_button("bars", "Bars")),
    ]


def control_values(study: Study, view: View) -> dict[str, dict]:
    """The value of every control of the page for a view, by part."""
    options, _ = read_options(study, view)
    return {"endpoint": {"value": view.endpoint}, "bins": {"value": str(options.bins)}}


def follow_up_figure(context: FollowUpContext, height: int = FIGURE_HEIGHT) -> dict:
    """Bars of patients by days of follow-up."""
    middles = (context.edges[1:] + context.edges[:-1]) / 2
    bars = {"type": "bar", "x": middles.tolist(), "y": context.counts.tolist()}
    return {"data": [bars], "layout": blank_layout(height)}


FOLLOW_UP = Page(
    id="follow-up",
    label="Follow-up",
    question="How long were they followed?",
    subject="The follow-up",
    option_names=frozenset({"bins", "present"}),
    read_options=read_options,
    build=follow_up_page,
    control_values=control_values,
    parts={"table": Part("follow-up-table"), "longest": Part("follow-up-longest")},
    files=FILES,
    figure_height=FIGURE_HEIGHT,
    prints=True,
    shows_endpoint=lambda study, view: True,
)
