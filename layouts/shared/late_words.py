"""What must be said when patients were picked by something known only after treatment began."""

from __future__ import annotations

from data.cohort import Cohort
from data.study import Study


def is_randomised(study: Study) -> bool:
    """Whether chance assigned the arms, as the study says; else whether time counts from there."""
    if study.randomised is not None:
        return study.randomised
    # A single-arm study may declare arms too; a randomised one counts from there.
    return any("randomi" in endpoint.origin for endpoint in study.endpoints)


def broken_randomisation(study: Study, cohort: Cohort) -> list[str]:
    """A sentence for a randomised study whose filters look past the randomisation, else none."""
    late = any(study.variable(one.variable).after_baseline for one in cohort.filters)
    if not (late and is_randomised(study)):
        return []
    return ["A filter on something measured after randomisation breaks the randomisation."]
