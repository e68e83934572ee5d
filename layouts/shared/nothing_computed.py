"""The method line of a view in which nothing can be computed; why not stands in the sentence."""

from __future__ import annotations

from data.address import View
from data.study import Study


def nothing_computed(study: Study, view: View, n: int) -> str:
    """Whom the view is about, though nothing is computed of them.

    Parameters
    ----------
    n : int
        Patients on screen.
    """
    cohort = view.cohort.sentence(study)
    return f"Nothing is computed in this view. {study.title}, {cohort}, n\u00a0=\u00a0{n}."
