"""What the Overview page asks of the analysis."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.baseline import bin_edges, summarise_levels, summarise_number
from callbacks.shares import groups_of
from data.address import View
from data.cohort import select, set_mask
from data.study import Study, Variable
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


def flow_lines(study: Study, view: View, arms) -> tuple[FlowLine, ...]:
    """The cohort flow: the study's steps, one for each filter, and who is on screen."""
    lines: list[FlowLine] = []
    note = ""

    def add(label: str, mask: np.ndarray | None, n: int, kind: str, missing: int = 0) -> None:
        parts = [] if mask is None else groups_of(study, mask, arms)[1:]
        sizes = tuple(int(part.sum()) for part in parts)
        before = lines[-1].n if lines else None
        left_out = None if before is None else before - n
        lines.append(FlowLine(label, n, sizes, left_out, missing, note, kind))

    chosen = study.analysis_set(view.cohort.analysis_set)
    mask = set_mask(study, chosen.id)
    for step in study.flow:
        if not step.analysis_set:
            add(step.label, None, step.n, "printed")
        else:
            members = set_mask(study, step.analysis_set)
            # A step past the chosen set is not on the way to what is on screen.
            if (mask & ~members).any():
                break
            add(step.label, members, int(members.sum()), "set")
        note = step.note
    if not lines or lines[-1].n != int(mask.sum()) or lines[-1].kind == "printed":
        add(capitalised(chosen.label), mask, int(mask.sum()), "set")
    note = ""
    for one in view.cohort.filters:
        after = mask & one.mask(study)
        unknown = int((mask & ~after & (study.codes[one.variable] < 0)).sum())
        add(one.sentence(study), after, int(after.sum()), "filter", unknown)
        mask = after
    add("On screen", mask, int(mask.sum()), "screen")
    return tuple(lines)


def followed_longest(study: Study) -> str:
    """The endpoint with the most patient-days: nothing but death ends it early."""
    whole = [one for one in study.endpoints if not one.population and not one.later_origin]
    best = max(whole or study.endpoints, key=lambda one: int(study.outcomes[one.id].time.sum()))
    return best.id


def endpoint_view(view: View, endpoint_id: str, by: str) -> View:
    """The survival view of one card."""
    return replace(view, page="survival", endpoint=endpoint_id, by=by, options=())


def patients_of(study: Study, view: View) -> np.ndarray:
    """Patients on screen; bool of shape (N,)."""
    return select(study, view.cohort)
