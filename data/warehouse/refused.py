"""What ``study.toml`` may say of rows that are here, and not of a database."""

from __future__ import annotations

from data.checking.keys import Keys
from data.sections.section import Declaration
from data.study import Endpoint, Variable
from data.warehouse.question import SITE
from data.warehouse.sources import DatabaseSource

# Tables of study.toml that need rows, and why.
ROWS = {
    "tables": (
        "further tables of files are for patients of a file",
        'Name them under [source], as tables = { adverse_events = "registry.adverse_events" }',
    ),
    "dosimetry": ("doses are drawn patient by patient", "Remove it"),
    "evidence": ("evidence is held against rows", "Remove it"),
    "published_subgroups": ("it is held against rows", "Remove it"),
    "reconstructions": ("there is no row that could be another", "Remove it"),
}
_OF_FILES = ("file", "numbered", "date_order", "sheet", "header_row", "separator", "decimal")


def refuse_rows(top: Keys) -> None:
    """Note what needs rows."""
    for key, (fault, fix) in ROWS.items():
        if key in top.table:
            top.seen.add(key)
            top.fault(key, f"the patients are in a database, and {fault}", fix)
    patients = top.table.get("patients")
    for key in _OF_FILES if isinstance(patients, dict) else ():
        if key in patients:
            fault = "the patients are in a database, and the key is about a file"
            Keys({}, "patients", top.problems).fault(key, fault, "Remove it")


def refuse_undeclared(
    top: Keys, declaration: Declaration, sources: tuple[DatabaseSource, ...]
) -> None:
    """Note what is found in cells where those are here, and must be declared of a database."""
    for one in declaration.variables:
        _variable(top, one, len(sources) > 1)
    for one in declaration.endpoints:
        _endpoint(top, one)
    for table in _tables(declaration):
        for source in sources:
            if table not in source.tables:
                fault = f"“{source.label}” names no table “{table}”"
                top.fault(
                    "adverse_events.table",
                    fault,
                    f'Write tables = {{ {table} = "schema.table" }} for it',
                )


def _tables(declaration: Declaration) -> tuple[str, ...]:
    events = declaration.sections.get("adverse_events")
    return (events.table,) if events else ()


def _variable(top: Keys, one: Variable, several: bool) -> None:
    keys = Keys({}, f"variables[{one.id}]", top.problems)
    if several and one.id == SITE:
        fault = f"“{SITE}” says in which of the sources a patient is"
        keys.fault("id", fault, "Give the variable another id")
    if one.is_number and one.coding.recoded:
        fault = "the patients are in a database, where a number is not written in words"
        keys.fault("map", fault, "Turn the texts into numbers in a query, and remove it")


def _endpoint(top: Keys, one: Endpoint) -> None:
    timing = one.timing
    if timing.first_of or timing.event_dates:
        return
    keys = Keys({}, f"endpoints[{one.id}]", top.problems)
    for key, values in (
        ("event_values", timing.event_values),
        ("censored_values", timing.censored_values),
    ):
        if not values:
            fault = "of a database both event_values and censored_values are declared"
            keys.fault(key, fault, "Add it")
