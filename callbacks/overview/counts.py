"""What the Overview page asks of the analysis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from analysis.baseline import bin_edges, summarise_levels, summarise_number
from data.address import View
from data.cohort import Cohort, select, set_mask
from data.people import also_in, cohort_n, level_sizes
from data.study import ARM, MISSING_ID, Study, Variable
from layouts.overview.context import FlowLine, TableRow
from layouts.shared.words import capitalised


def table_row(study: Study, variable: Variable, groups: list, edges: np.ndarray | None) -> TableRow:
    """One variable of Table 1."""
    if variable.is_number:
        summary = summarise_number(study.numbers[variable.id], groups, edges)
    else:
        summary = summarise_levels(study.codes[variable.id], len(variable.levels), groups)
    return TableRow(variable, summary)


def histogram_edges(study: Study, variable: Variable, set_id: str) -> np.ndarray:
    """Bins over the whole analysis set, so that they stay where they are when filters change."""
    return bin_edges(study.numbers[variable.id][set_mask(study, set_id)])


def sizes_of(study: Study, cohort: Cohort, arms) -> tuple[int, ...]:
    """Patients of a cohort, then those of each arm."""
    if not arms:
        return (cohort_n(study, cohort),)
    sizes = level_sizes(study, cohort, ARM)
    return (int(sizes.sum()), *(int(sizes[place]) for _, place in arms))


def flow_lines(study: Study, view: View, arms) -> tuple[FlowLine, ...]:
    """The cohort flow: the study's steps, one for each filter, and who is on screen."""
    lines: list[FlowLine] = []
    note = ""

    def add(label: str, n: int, sizes: tuple[int, ...], kind: str, missing: int = 0) -> None:
        left_out = lines[-1].n - n if lines else None
        lines.append(FlowLine(label, n, sizes, left_out, missing, note, kind))

    def of(label: str, cohort: Cohort, kind: str, missing: int = 0) -> None:
        n, *sizes = sizes_of(study, cohort, arms)
        add(label, n, tuple(sizes), kind, missing)

    chosen = study.analysis_set(view.cohort.analysis_set)
    cohort = replace(view.cohort, filters=())
    n = cohort_n(study, cohort)
    for step in study.flow:
        if not step.analysis_set:
            add(step.label, step.n, (), "printed")
        else:
            # A step past the chosen set is not on the way to what is on screen.
            if cohort_n(study, also_in(study, cohort, step.analysis_set)) < n:
                break
            of(step.label, Cohort(study.id, step.analysis_set), "set")
        note = step.note
    if not lines or lines[-1].n != n or lines[-1].kind == "printed":
        of(capitalised(chosen.label), cohort, "set")
    note = ""
    for one in view.cohort.filters:
        unknown = 0
        if MISSING_ID not in one.levels:
            unknown = int(level_sizes(study, cohort, one.variable)[-1])
        cohort = replace(cohort, filters=(*cohort.filters, one))
        of(one.sentence(study), cohort, "filter", unknown)
    of("On screen", cohort, "screen")
    return tuple(lines)


def followed_longest(study: Study) -> str:
    """The endpoint with the most patient-days in the default set: but for death nothing ends it."""
    members = set_mask(study, study.default_set.id)
    return longest_of(
        study, {name: float(one.time[members].sum()) for name, one in study.outcomes.items()}
    )


def longest_of(study: Study, days: Mapping[str, float]) -> str:
    """The same from the patient-days of each endpoint."""
    whole = [one for one in study.endpoints if not one.population and not one.later_origin]
    return max(whole or study.endpoints, key=lambda one: days[one.id]).id


def endpoint_view(view: View, endpoint_id: str, by: str) -> View:
    """The survival view of one card."""
    return replace(view, page="survival", endpoint=endpoint_id, by=by, options=())


def patients_of(study: Study, view: View) -> np.ndarray:
    """Patients on screen; bool of shape (N,)."""
    return select(study, view.cohort)
