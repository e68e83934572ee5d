"""Named selections that stand above the filters."""

from __future__ import annotations

from data.checking.keys import Keys, shown
from data.checking.numerals import read_range
from data.checking.problems import use_one_of
from data.patient_groups import Preset
from data.sections.section import Declaration, Section
from data.study import MISSING_ID, Variable


def declare_presets(top: Keys, so_far: Declaration) -> tuple[Preset, ...]:
    """Read ``[[presets]]``."""
    variables = so_far.variables_by_id
    presets = []
    for entry in top.tables("presets", []):
        label = entry.take("label", str)
        filters = []
        for variable_id, text in entry.take("filters", dict).items():
            if variable_id not in variables:
                entry.fault(
                    "filters", f"there is no variable {shown(variable_id)}", "Correct the id"
                )
            elif not isinstance(text, str):
                entry.fault(
                    "filters",
                    f"the value {shown(text)} is not a text",
                    'Write levels as in a link, for instance "a,b"',
                )
            else:
                _check_filter(entry, variables[variable_id], text)
                filters.append((variable_id, text))
        presets.append(Preset(label, tuple(filters)))
        entry.finish()
    return tuple(presets)


def _check_filter(entry: Keys, variable: Variable, text: str) -> None:
    """A preset must not hold what a link would drop."""
    parts = text.split(",")
    if variable.is_number:
        ranges = [read_range(part) for part in parts if part != MISSING_ID]
        if len(ranges) > 1 or any(found is None or found[0] > found[1] for found in ranges):
            entry.fault(
                "filters",
                f"{shown(text)} is not a range of “{variable.id}”",
                'Write it as in a link, for instance "60..75"',
            )
        return
    known = list(dict.fromkeys([*(level.id for level in variable.levels), MISSING_ID]))
    if not set(parts) <= set(known):
        entry.fault("filters", f"“{variable.id}” has no level {shown(text)}", use_one_of(known))


PRESETS = Section("presets", declare_presets, empty=())
