"""Groups of a study's patients: levels of a split, arms, and the day from which to count."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.address import NO_SPLIT, View
from data.cohort import Cohort, set_mask
from data.patient_groups import Pair
from data.people import also_in, arms_held
from data.study import ARM, MISSING_ID, Study, Variable
from layouts.shared.steps import step_of


def split_codes(study: Study, variable: Variable) -> tuple[np.ndarray, tuple[str, ...]]:
    """Each patient's group in a split by a variable, and the groups' names.

    Missing values are a group only where the study says so; otherwise they are in none (-1).
    """
    return split_of(study, variable, study.codes[variable.id]), split_labels(study, variable)


def split_of(study: Study, variable: Variable, codes: np.ndarray) -> np.ndarray:
    """The same groups of places of levels."""
    if _missing_is_level(study, variable):
        return np.where(codes < 0, len(variable.levels), codes)
    return codes


def split_labels(study: Study, variable: Variable) -> tuple[str, ...]:
    """Names of the groups in a split by a variable."""
    labels = tuple(level.label for level in variable.levels)
    if _missing_is_level(study, variable):
        labels += (variable.level(MISSING_ID).label,)
    return labels


def _missing_is_level(study: Study, variable: Variable) -> bool:
    return variable.missing == "level" and study.has_missing(variable)


def arm_codes(study: Study, cohort: Cohort, pair: Pair | None) -> np.ndarray | None:
    """1 for the compared arm of a pair, 0 for its reference, -1 for neither.

    None without a pair, or where the cohort's set holds patients of one of the two only.
    """
    if pair is None:
        return None
    codes = study.codes[ARM]
    if not pair.places <= arms_held(study, cohort.analysis_set):
        return None
    return places_in_pair(study, pair)[codes]


def places_in_pair(study: Study, pair: Pair) -> np.ndarray:
    """The same of each arm, and last of none: (A + 1,) of int."""
    places = np.full(len(study.arms) + 1, -1, np.int8)
    places[pair.reference], places[pair.compared] = 0, 1
    return places


def arm_labels(study: Study, pair: Pair | None) -> tuple[str, str]:
    """Names of the arms in the order of `arm_codes`: the reference, then the compared one."""
    if pair is None:
        return ("", "")
    return study.arms[pair.reference].label, study.arms[pair.compared].label


def arms_drawn(study: Study, codes: np.ndarray) -> np.ndarray:
    """The arms of some patients as they are drawn at random: places from 0, the reference last.

    In the same order on every page, so that all draw the same allocations.
    """
    places = np.argsort(drawn_order(study))[codes]
    held = np.bincount(places, minlength=len(study.arms)) > 0
    return (np.cumsum(held) - 1)[places]


def drawn_order(study: Study) -> list[int]:
    """Places of the arms as they are drawn: the reference last."""
    return [*(i for i in range(len(study.arms)) if i != study.reference), study.reference]


def landmark_days(study: Study, view: View) -> int | None:
    """The day from which a view must count because of a variable known only by then."""
    if study.endpoint(view.endpoint).later_origin:
        return None
    used = [one.variable for one in view.cohort.filters]
    if view.by != NO_SPLIT:
        used.append(view.by)
    days = [study.variable(name).landmark_days for name in used]
    return max((day for day in days if day is not None), default=None)


def in_analysis(study: Study, endpoint_id: str, rows, landmark) -> np.ndarray:
    """Patients with the endpoint who passed the landmark; bool of shape (N,)."""
    outcome = study.outcomes[endpoint_id]
    known = rows & outcome.known
    return known if landmark is None else known & (outcome.time > landmark)


def arm_columns(study: Study, set_id: str) -> tuple[tuple[str, int], ...]:
    """Name and place of the arms that occur in a set; empty unless there are two or more."""
    if not study.arms:
        return ()
    found = arms_held(study, set_id)
    if len(found) < 2:
        return ()
    return tuple((arm.label, i) for i, arm in enumerate(study.arms) if i in found)


def covariate_frame(
    study: Study, names, rows, cut=(), stands_for: Study | None = None
) -> pd.DataFrame:
    """Variables of the patients in view for a regression.

    Numbers stay numbers, in their steps, but those in ``cut``, which are cut into their ranges;
    levels keep their order, the reference arm first; a level without patients stays as a category.
    One of many data sets counts in the steps of the study that it ``stands_for``.
    """
    columns = {}
    for name in dict.fromkeys(names):
        variable = study.variable(name)
        if variable.is_number and name not in cut:
            step = step_of(stands_for or study, variable)
            columns[name] = step.of(study.numbers[name][rows])
            continue
        columns[name] = in_order(study, variable, split_codes(study, variable)[0][rows])
    return pd.DataFrame(columns, index=range(int(rows.sum())))


def in_order(study: Study, variable: Variable, codes: np.ndarray) -> pd.Categorical:
    """Groups of a split as levels of a regression: in their order, the reference arm first."""
    labels = split_labels(study, variable)
    order = list(range(len(labels)))
    if variable.id == ARM and len(study.arms) > 1:
        order.sort(key=lambda i: i != study.reference)
    place = np.append(np.argsort(order), -1)  # -1 stays -1
    return pd.Categorical.from_codes(place[codes], categories=[labels[i] for i in order])


def recorded_mask(study: Study) -> np.ndarray:
    """Patients whose adverse events were recorded; bool of shape (N,)."""
    table = study.adverse_events
    if table is None:
        return np.zeros(study.n, bool)
    chosen = table.columns.analysis_set
    return set_mask(study, chosen) if chosen else np.ones(study.n, bool)


def recorded_cohort(study: Study, cohort: Cohort) -> Cohort:
    """The patients of a cohort whose adverse events were recorded."""
    chosen = study.adverse_events.columns.analysis_set
    return also_in(study, cohort, chosen) if chosen not in ("", cohort.analysis_set) else cohort
