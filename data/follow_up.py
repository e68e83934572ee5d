"""How long the patients of a study were followed."""

from __future__ import annotations

from data.cohort import Cohort
from data.study import Study
from data.warehouse.asked import counts_of
from data.warehouse.question import Question, Time, Who


def longest_follow_up(study: Study) -> float:
    """Days of the longest follow-up for any endpoint.

    Raises
    ------
    NotAnswered
        If the database in which the patients lie does not answer.
    """
    if study.counted is None:
        return max(float(outcome.time.max()) for outcome in study.outcomes.values())
    days = tuple((Time(endpoint.id),) for endpoint in study.endpoints)
    longest = 0.0
    for one in study.analysis_sets:
        for (day,), found in zip(
            days, counts_of(study, Question(Who(Cohort(study.id, one.id)), days)), strict=True
        ):
            longest = max(longest, float(found.columns[day].max(initial=0)))
    return longest
