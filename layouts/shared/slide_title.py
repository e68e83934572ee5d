"""What a slide or a picture is about, in one line: study, endpoint, cohort and its size."""

from __future__ import annotations

from data.address import View
from data.cohort import Cohort
from data.study import Study
from layouts.shared.few import cohort_size
from layouts.shared.words import within


def slide_title(study: Study, view: View, page) -> str:
    """``SORAMIC · overall survival · all analysed · BCLC C · n = 85`` for the page of a view."""
    topic = [] if page.id == "survival" else [page.label]
    if page.shows_endpoint(study, view):
        topic.append(within(study.endpoint(view.endpoint).name, study))
    n = cohort_size(study, view.cohort)
    return cohort_title(study, view.cohort, n, topic)


def cohort_title(study: Study, cohort: Cohort, n: int | str, topic: list[str] | None = None) -> str:
    """Study, topic, cohort and size between middle dots."""
    return " · ".join([study.title, *(topic or ()), cohort.sentence(study), f"n\u00a0=\u00a0{n}"])
