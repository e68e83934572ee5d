"""The options of the Monitoring page: how they stand in a link and what they mean."""

from __future__ import annotations

import math
from dataclasses import dataclass

from analysis.monitoring import ABOVE, BELOW, Rule
from data.address import View
from data.study import Study
from layouts.shared.options import read_choice

TOXICITY, FUTILITY = "toxicity", "futility"
ANY = "any"
# Kinds of response as the Response page names them, by their event in a link.
RESPONSES = {"too-few-responses": "objective", "too-little-control": "control"}
RESPONSE_LABELS = {"objective": "Objective response", "control": "Disease control"}
RATES = tuple(range(5, 100, 5))
# Rates, worth and history of the example of the M. D. Anderson program for the method.
OWN_RATE = {TOXICITY: 25, FUTILITY: 30}
WORTH = {"1": "1 patient", "2": "2 patients", "4": "4 patients", "10": "10 patients"}
HISTORY = {
    "known": "Known exactly",
    "200": "200 patients",
    "100": "100 patients",
    "50": "50 patients",
}
CUTS = {"80": "0.80", "90": "0.90", "95": "0.95", "97.5": "0.975", "99": "0.99"}
EVERY = {"1": "Every patient", "3": "3 patients", "5": "5 patients", "10": "10 patients"}
NEXT = {"5": "5 patients", "10": "10 patients", "20": "20 patients", "40": "40 patients"}
NAMES = frozenset(
    {
        "stop-event",
        "stop-rate",
        "stop-worth",
        "stop-history",
        "stop-cut",
        "stop-every",
        "stop-next",
        "present",
    }
)


@dataclass(frozen=True)
class MonitoringOptions:
    """What is monitored, and by which rule.

    Attributes
    ----------
    event : str
        ``any`` or the id of a term, which stop for toxicity, or a key of ``RESPONSES``, which
        stops for futility.
    rate : int
        Reference rate in per cent.
    worth : str
        Key of ``WORTH``: patients that the prior is worth; its mean is the reference rate.
    history : str
        Key of ``HISTORY``: patients on whom the reference rests.
    cut, every, after : str
        Keys of ``CUTS``, ``EVERY`` and ``NEXT``.
    """

    event: str
    rate: int
    worth: str = "2"
    history: str = "100"
    cut: str = "95"
    every: str = "1"
    after: str = "10"

    @property
    def toxicity(self) -> bool:
        return self.event not in RESPONSES

    @property
    def rule(self) -> Rule:
        """The rule that the options describe."""
        reference, worth = self.rate / 100, float(self.worth)
        return Rule(
            ABOVE if self.toxicity else BELOW,
            (worth * reference, worth * (1 - reference)),
            reference,
            math.inf if self.history == "known" else float(self.history),
            float(self.cut) / 100,
            int(self.every),
        )


def events_of(study: Study) -> tuple[tuple[str, dict[str, str]], ...]:
    """What the study's data can be watched for, in groups; empty where there is nothing."""
    groups = []
    if study.adverse_events is not None:
        terms = {one.id: one.label for one in study.adverse_events.terms}
        groups.append(("Toxicity: grade ≥ 3", {ANY: "Any adverse event"} | terms))
    if study.comparison.response is not None:
        kinds = {key: RESPONSE_LABELS[kind] for key, kind in RESPONSES.items()}
        groups.append(("Futility: too few with", kinds))
    return tuple(groups)


def read_options(study: Study, view: View) -> tuple[MonitoringOptions, list[str]]:
    """Read the page's options from a view; a sentence for each part that could not be used."""
    notes: list[str] = []
    given = dict(view.options)
    events = [key for _, members in events_of(study) for key in members] or [ANY]
    event = given.get("stop-event", events[0])
    if event not in events:
        notes.append("The event in the link is none that can be monitored here.")
        event = events[0]
    own = OWN_RATE[FUTILITY if event in RESPONSES else TOXICITY]
    rates = {str(rate): "" for rate in RATES}
    options = MonitoringOptions(
        event,
        int(read_choice(given, "stop-rate", rates, str(own), notes)),
        read_choice(given, "stop-worth", WORTH, "2", notes),
        read_choice(given, "stop-history", HISTORY, "100", notes),
        read_choice(given, "stop-cut", CUTS, "95", notes),
        read_choice(given, "stop-every", EVERY, "1", notes),
        read_choice(given, "stop-next", NEXT, "10", notes),
    )
    return options, notes
