"""What a regression says of itself, with the study's own words for its variables."""

from __future__ import annotations

from analysis.cox.fit import CoxFit
from analysis.reason import Reason
from data.study import Study
from layouts.shared.words import counted, events


def readable(study: Study, note: Reason) -> str:
    """A note of a fit with the label of its variable: ``BCLC C is not estimable: …``.

    A term is named by the id of its variable, and by the level behind ``=`` where there is one.
    """
    name, _, level = note.term.partition("=")
    labels = {one.id: one.label for one in study.variables}
    return note.words(
        " ".join(filter(None, (labels[name], level))) if name in labels else note.term
    )


def size_of(fit: CoxFit) -> str:
    """``35 events, 12 coefficients``: a variable of several levels has several coefficients."""
    return f"{events(fit.n_events)}, {counted(len(fit.terms), 'coefficient')}"
