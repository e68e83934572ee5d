"""Whose doses are not shown: those of few patients, in a study that shows no single one."""

from __future__ import annotations

from data.study import Study

FEWEST_SHOWN = 3


def fewest_shown(study: Study) -> int:
    """Patients from which on their doses are shown; 1 where single patients may be."""
    if study.single_patients:
        return 1
    events = study.adverse_events
    of_events = events.columns.minimum_cell if events else 0
    return max(FEWEST_SHOWN, of_events, study.disclosure.minimum_cohort)


def too_few(study: Study, patients: int) -> bool:
    """Whether some patients are so few that their doses would be those of single ones.

    Nobody is not too few: there is nothing that could be told.
    """
    return 0 < patients < fewest_shown(study)


def withheld_words(study: Study) -> str:
    """The rule as a clause, without a full stop."""
    return f"Doses of fewer than {fewest_shown(study)} patients are not shown in this study"
