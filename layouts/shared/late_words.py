"""What must be said when patients were picked by something known only after treatment began."""

from __future__ import annotations

from data.cohort import Cohort
from data.study import Study, Variable
from layouts.shared.words import listed

BROKEN = "A filter on something measured after randomisation breaks the randomisation."
SELECTED = (
    "A filter on something known only after treatment began selects patients by what followed."
)


def late_filters(study: Study, cohort: Cohort) -> tuple[Variable, ...]:
    """Variables filtered by that were known only after treatment began."""
    used = (study.variable(one.variable) for one in cohort.filters)
    return tuple(variable for variable in used if variable.after_baseline)


def broken_randomisation(study: Study, cohort: Cohort) -> list[str]:
    """A sentence where filters look past the beginning of treatment, else none.

    Only a study that says so is randomised. Of one that does not say, nothing is claimed but that
    the filter selects; one whose arms chance did not assign has no randomisation to break.
    """
    if not late_filters(study, cohort) or study.randomised is False:
        return []
    if study.randomised:
        return [BROKEN]
    return [SELECTED] if len(study.arms) > 1 else []


def known_late(variables: tuple[Variable, ...] | list[Variable]) -> str:
    """``Best response is known only after treatment began``, a clause without a full stop."""
    verb = "is" if len(variables) == 1 else "are"
    return f"{listed([one.label for one in variables])} {verb} known only after treatment began"
