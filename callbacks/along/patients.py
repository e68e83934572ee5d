"""Whom an effect along a number is about."""

from __future__ import annotations

import numpy as np

from callbacks.groups import arm_codes, in_analysis
from data.cohort import Cohort, select
from data.patient_groups import Pair
from data.study import Study


def patients_of(
    study: Study, cohort: Cohort, endpoint_id: str, name: str, landmark, pair: Pair | None
) -> tuple[np.ndarray, np.ndarray | None]:
    """Who is analysed, and the arms that are compared.

    No arms where a filter leaves patients of one of the two only: the effect is then that of the
    number among them.
    """
    known = in_analysis(study, endpoint_id, select(study, cohort), landmark)
    rows = known & np.isfinite(study.numbers[name])
    arm = arm_codes(study, cohort, pair)
    if arm is None:
        return rows, None
    compared = rows & (arm >= 0)
    both = (compared & (arm == 0)).any() and (compared & (arm == 1)).any()
    return (compared, arm) if both else (rows, None)
