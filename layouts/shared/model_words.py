"""What a regression says of itself, with the study's own words for its variables."""

from __future__ import annotations

from analysis.cox.fit import CoxFit
from data.study import Study
from layouts.shared.words import events


def readable(study: Study, warning: str) -> str:
    """A warning of a fit that begins with a variable's id, with its label instead.

    ``bclc=C is not estimable: …`` becomes ``BCLC C is not estimable: …``.
    """
    for variable in sorted(study.variables, key=lambda one: len(one.id), reverse=True):
        for mark in ("=", " "):
            if warning.startswith(f"{variable.id}{mark}"):
                return f"{variable.label} {warning.removeprefix(f'{variable.id}{mark}')}"
    return warning


def counted(fit: CoxFit) -> str:
    """``35 events, 12 coefficients``: a variable of several levels has several coefficients."""
    size = len(fit.terms)
    return f"{events(fit.n_events)}, {size} coefficient{'' if size == 1 else 's'}"
