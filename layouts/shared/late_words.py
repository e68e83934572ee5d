"""What must be said when patients were picked by something known only after treatment began."""

from __future__ import annotations

from data.cohort import Cohort
from data.study import Study


def broken_randomisation(study: Study, cohort: Cohort) -> list[str]:
    """A sentence for a randomised study whose filters look past the randomisation, else none."""
    late = any(study.variable(one.variable).after_baseline for one in cohort.filters)
    # A single-arm study may declare arms too; a randomised one counts from there.
    randomised = any("randomi" in endpoint.origin for endpoint in study.endpoints)
    if not (late and randomised):
        return []
    return ["A filter on something measured after randomisation breaks the randomisation."]
