"""What the thresholds of a number ask of the analysis."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.best_cut import cross_validated, shrunk
from analysis.cox.two_groups import HazardRatio, hazard_ratios
from analysis.event_table import EventTable, event_table
from analysis.maximally_selected import MaximallySelected, maximally_selected
from analysis.survival_groups import SurvivalGroups, survival_by_group
from callbacks.curves import axis_of
from callbacks.groups import in_analysis, landmark_days
from callbacks.memory import LARGE, Memory
from callbacks.thresholds.ranges import with_ranges
from data.address import View
from data.cohort import Cohort, select
from data.study import Study
from layouts.thresholds.context import CutResult, ThresholdContext
from layouts.thresholds.options import ThresholdOptions, numbers_to_cut


def ask(memory: Memory, study: Study, view: View, options: ThresholdOptions) -> ThresholdContext:
    """One threshold of a number with all that must be said beside it."""
    endpoint, variable = study.endpoint(view.endpoint), options.variable
    mask = select(study, view.cohort)
    landmark = landmark_days(study, replace(view, by=variable.id)) if variable else None
    known = in_analysis(study, endpoint.id, mask, landmark)
    context = ThresholdContext(
        study=study,
        view=view,
        endpoint=endpoint,
        options=options,
        result=None,
        in_cohort=int(mask.sum()),
        with_endpoint=int(known.sum()),
        landmark_days=landmark,
        numbers=len(numbers_to_cut(study)),
    )
    if options.cut is None or not (known & np.isfinite(study.numbers[variable.id])).any():
        return context
    asked = (study, view.cohort, endpoint.id, variable.id, landmark)
    selected, possible, best, validated = memory.recall(_every, *asked)
    labels = (f"< {options.cut_text}", f"≥ {options.cut_text}")
    groups = memory.recall(_groups, *asked, options.cut, labels, room=LARGE)
    ratio = ratio_of(groups.table)
    result = CutResult(
        groups=groups,
        ratio=ratio,
        shrunk=shrunk(ratio) if ratio else np.nan,
        selected=selected,
        possible=possible,
        best=best,
        best_shrunk=shrunk(best) if best else np.nan,
        validated=validated,
    )
    return with_ranges(memory, replace(context, result=result))


def _patients(study: Study, cohort: Cohort, endpoint_id: str, name: str, landmark) -> np.ndarray:
    known = in_analysis(study, endpoint_id, select(study, cohort), landmark)
    return known & np.isfinite(study.numbers[name])


def _every(
    memory: Memory, study: Study, cohort: Cohort, endpoint_id: str, name: str, landmark
) -> tuple[MaximallySelected, int, HazardRatio | None, HazardRatio]:
    """All thresholds, whichever is chosen: how many, the best one, and what others make of it."""
    rows = _patients(study, cohort, endpoint_id, name, landmark)
    axis, event = axis_of(memory, study, endpoint_id, landmark), study.outcomes[endpoint_id].event
    value = study.numbers[name]
    selected = maximally_selected(axis, event, value, rows)
    best = None
    if selected.best is not None:
        above = np.where(rows, value >= selected.threshold[selected.best], 0).astype(np.int8)
        best = ratio_of(event_table(axis, event, above, 2, rows=rows))
    possible = max(np.unique(value[rows]).size - 1, 0)
    return selected, possible, best, cross_validated(axis, event, value, rows)


def _groups(
    memory: Memory, study: Study, cohort: Cohort, endpoint_id, name, landmark, cut: float, labels
) -> SurvivalGroups:
    rows = _patients(study, cohort, endpoint_id, name, landmark)
    above = np.where(rows, study.numbers[name] >= cut, -1).astype(np.int64)
    axis = axis_of(memory, study, endpoint_id, landmark)
    return survival_by_group(axis, study.outcomes[endpoint_id].event, above, labels, rows)


def ratio_of(table: EventTable) -> HazardRatio | None:
    """Hazard ratio at or above against below; None where one side is empty."""
    return hazard_ratios([table], 1, 0)[0] if table.n.all() else None
