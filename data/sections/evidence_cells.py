"""One row of ``cells.csv``: what a printed cell states of the study, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from data.checking.problems import short, some_of, use_one_of
from data.patient_groups import AnalysisSet
from data.sections.adverse_events import AdverseEvents
from data.sections.evidence import PRINTINGS, QUANTITIES, PublishedCell
from data.study import MISSING_ID, Endpoint, Variable

CELL_COLUMNS = (
    "table",
    "variable",
    "level",
    "group",
    "statistic",
    "printed",
    "printing",
    "quantity",
    "of",
    "by",
    "adjusted",
    "where",
    "set",
    "note",
)
_PRINTED = re.compile(r"|NA|(<=|>=|<|>|≤|≥)?\s*[-−–]?\d+(\.\d+)?\*?")
_ENDPOINT = {
    "patients",
    "events",
    "survival median",
    "survival",
    "hazard ratio",
    "log-rank p",
    "Wald p",
}
_NUMBER = {
    "known",
    "mean",
    "sd",
    "smallest",
    "lower quartile",
    "median",
    "upper quartile",
    "largest",
    "Welch p",
}
_ROWS = {"rows", "patients with rows"}
_EVENTS = {"adverse events", "adverse events percent"}
_COMPARED = {"chi-square p", "Fisher p", "Welch p", "log-rank p"}
_CONDITIONS = {"count", "percent", "percent lower", "percent upper"}


@dataclass(frozen=True)
class Vocabulary:
    """What a cell may name: the study's variables, endpoints, sets, events and further tables.

    ``events_unread`` says that the study has adverse events which could not be read.
    """

    variables: Mapping[str, Variable]
    endpoints: Mapping[str, Endpoint]
    sets: tuple[AnalysisSet, ...]
    tables: Mapping[str, pd.DataFrame]
    adverse_events: AdverseEvents | None = None
    events_unread: bool = False


def read_cell(row: dict, vocabulary: Vocabulary):
    """The cell of a row, and (column, fault, fix) of what is wrong with it."""
    faults: list[tuple[str, str, str]] = []
    from_file = {name: row[name] for name in CELL_COLUMNS if name not in ("where", "set")}
    quantity = row["quantity"]
    if quantity and quantity not in QUANTITIES:
        faults.append(
            (
                "quantity",
                f"“{short(quantity)}” is no quantity",
                f"Use one of {', '.join(QUANTITIES)}, or leave it empty",
            )
        )
    if quantity and not _PRINTED.fullmatch(row["printed"]):
        faults.append(
            (
                "printed",
                f"“{short(row['printed'])}” is no number and no bound",
                "Write the number as printed, <0.001, or NA for not reached",
            )
        )
    if row["set"] and row["set"] not in [one.id for one in vocabulary.sets]:
        faults.append(("set", f"there is no analysis set “{short(row['set'])}”", "Correct the id"))
    printing = row["printing"] or "rounded"
    if printing not in PRINTINGS:
        faults.append(
            (
                "printing",
                f"“{short(printing)}” is no way of printing",
                f"Write {', '.join(PRINTINGS)}",
            )
        )
    columns = [part for part in row["where"].split("&") if "." in part.partition("=")[0]]
    plain = [part for part in row["where"].split("&") if part and part not in columns]
    where, found = read_condition("&".join(plain), vocabulary.variables)
    faults += [("where", *one) for one in found]
    faults += _of_faults(quantity, row, vocabulary)
    faults += [("by", *one) for one in _by_faults(quantity, row["by"], vocabulary)]
    table_where = []
    for name, _, values in (part.partition("=") for part in columns):
        table, _, column = name.partition(".")
        if column not in getattr(vocabulary.tables.get(table), "columns", ()):
            faults.append(("where", f"there is no column “{short(name)}”", "Correct it"))
        table_where.append((column, tuple(values.split(","))))
    made = PublishedCell(
        **from_file | {"printing": printing},
        where=where,
        table_where=tuple(table_where),
        analysis_set=row["set"],
    )
    return made, faults


def _of_faults(quantity: str, row: dict, vocabulary: Vocabulary) -> list[tuple[str, str, str]]:
    """What is wrong with the columns ``of`` and ``adjusted`` of a cell."""
    faults = []
    name = row["of"]
    stem = re.sub(" (lower|upper)$", "", quantity)
    if stem in _ENDPOINT and name not in vocabulary.endpoints:
        faults.append(("of", f"there is no endpoint “{short(name)}”", "Correct the id"))
    if quantity in _NUMBER and ("." not in name or quantity == "Welch p"):
        variable = vocabulary.variables.get(name)
        if variable is None or not variable.is_number:
            faults.append(("of", f"“{short(name)}” is no number of the study", "Correct the id"))
    if "." in name and "=" not in name and stem not in _CONDITIONS:
        for part in name.split(" - "):
            table, _, column = part.partition(".")
            known = vocabulary.tables.get(table)
            if stem != "adverse events" and (known is None or column not in known.columns):
                faults.append(("of", f"there is no column “{short(part)}”", "Correct it"))
    if quantity in _ROWS and name not in vocabulary.tables:
        faults.append(("of", f"there is no table “{short(name)}”", "Write the id of a table"))
    if stem == "limit of agreement" and not _two_columns(name):
        faults.append(
            (
                "of",
                f"“{short(name)}” is no difference of two columns of one table",
                "Write table.column - table.column",
            )
        )
    if stem in _EVENTS and not vocabulary.events_unread:
        faults += _event_faults(name, vocabulary.adverse_events)
    if quantity in _CONDITIONS:
        for part in name.split(" + "):
            faults += [("of", *one) for one in read_condition(part, vocabulary.variables)[1]]
    if row["adjusted"]:
        condition, found = read_condition(row["adjusted"], vocabulary.variables)
        faults += [("adjusted", *one) for one in found]
        if row["by"].partition("=")[0] in [name for name, _ in condition]:
            faults.append(
                (
                    "adjusted",
                    "the model is adjusted for the variable that it compares",
                    "Name another variable",
                )
            )
    return faults


def _event_faults(name: str, events: AdverseEvents | None) -> list[tuple[str, str, str]]:
    """What is wrong with the terms of a cell that counts adverse events."""
    if events is None:
        fix = "Leave the quantity empty, or declare [adverse_events]"
        return [("of", "the study has no adverse events", fix)]
    known = [term.label for term in events.terms]
    return [
        ("of", f"there is no adverse event “{short(term)}”", "Write it as in the table")
        for term in name.split(" | ")
        if term not in known
    ]


def _two_columns(name: str) -> bool:
    """Whether a text is ``table.column - table.column`` of one table."""
    parts = [part.partition(".") for part in name.split(" - ")]
    return len(parts) == 2 and all(dot for _, dot, _ in parts) and parts[0][0] == parts[1][0]


def _by_faults(quantity: str, text: str, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """What is wrong with the column ``by`` of a cell: (fault, fix)."""
    stem = re.sub(" (lower|upper)$", "", quantity)
    if stem in _COMPARED:
        names = text.split() if stem in ("chi-square p", "Fisher p") else [text]
        variable = vocabulary.variables.get(text)
        if stem == "Welch p" and variable and not variable.is_number and len(variable.levels) != 2:
            fault = f"“{short(text)}” has {len(variable.levels)} levels and Welch's test compares 2"
            return [(fault, "Name a variable with two levels")]
        return [
            (f"there is no variable with levels “{short(name)}”", "Write the id of a variable")
            for name in names or [""]
            if name not in vocabulary.variables
            or (stem != "log-rank p" and vocabulary.variables[name].is_number)
        ]
    if stem in ("hazard ratio", "Wald p"):
        if len(text.split("&")) > 1 or not text:
            return [("a hazard ratio compares one group with all others", "Write variable=level")]
        return read_condition(text, vocabulary.variables)[1]
    if stem == "survival" and not re.fullmatch(r"\d+(\.\d+)?", text):
        return [(f"“{short(text)}” is no number of months", "Write the months, such as 12")]
    if stem == "patients with rows" and not re.fullmatch(r"(\d+( \| \d+)*)?", text):
        return [(f"“{short(text)}” is no number of rows", "Write 2, or 2 | 3")]
    if stem in _EVENTS:
        if vocabulary.adverse_events is None:
            return []  # The column ``of`` says that there are no adverse events.
        known = [grade.label for grade in vocabulary.adverse_events.grades]
        return [
            (f"there is no grade “{short(grade)}”", f"Use one of {some_of(known)}")
            for grade in text.split(" | ")
            if grade not in known
        ]
    return []


def read_condition(text: str, variables: Mapping[str, Variable]):
    """Read ``variable=level,level&variable=level``.

    Returns
    -------
    Condition, list of (fault, fix)
    """
    made, faults = [], []
    for part in text.split("&") if text else []:
        name, _, levels = part.partition("=")
        variable = variables.get(name)
        ids = tuple(levels.split(","))
        known = {level.id for level in variable.levels} | {MISSING_ID} if variable else set()
        if variable is None or variable.is_number:
            fault = f"there is no variable with levels “{short(name)}”"
            faults.append((fault, "Write variable=level"))
        elif not set(ids) <= known:
            fault = f"“{name}” has no level “{short(levels)}”"
            faults.append((fault, use_one_of(sorted(known))))
        else:
            made.append((name, ids))
    return tuple(made), faults
