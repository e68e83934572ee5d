"""Doses read: their declaration in ``study.toml`` and their cells, both checked."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from data.checking.keys import Keys, shown
from data.checking.problems import Problem, listed, short, use_one_of
from data.checking.validation import check_columns, read_numbers
from data.sections.adverse_event_table import ADVERSE_EVENTS
from data.sections.dosimetry import (
    ESTIMATES,
    LESIONS,
    MEASURED,
    METHODS,
    PAIRINGS,
    PATIENTS,
    TABLES,
    Dose,
    Dosimetry,
    DosimetryColumns,
    LesionColumns,
    Lesions,
    Prescription,
)
from data.sections.further_tables import FURTHER_TABLES, file_of
from data.sections.section import WHEN_SOUND, Declaration, Reading, Section, keys_of

_ANSWERS = {"yes": 1, "no": 0, "": -1}


def declare_dosimetry(top: Keys, so_far: Declaration) -> DosimetryColumns | None:
    """Read ``[[doses]]``, ``[lesions]``, ``[dosimetry]`` and ``[prescription]``."""
    lesions = _lesions(keys_of(top, "lesions"), so_far.sections[FURTHER_TABLES.name])
    doses = tuple(_dose(entry, lesions is not None) for entry in top.tables("doses", []))
    ids = [one.id for one in doses]
    for name in sorted({name for name in ids if name and ids.count(name) > 1}):
        top.fault("doses", f"the id “{name}” stands twice", "Give each its own id")
    prescription = _prescription(keys_of(top, "prescription"))
    # The toxicity may be one of the presets of adverse events.
    events = so_far.sections[ADVERSE_EVENTS.name]
    general = _general(keys_of(top, "dosimetry"), doses, events)
    if not doses and prescription is None:
        return None
    return DosimetryColumns(doses, lesions, prescription, **general)


def _dose(reader: Keys, has_lesions: bool) -> Dose:
    table = reader.choice("table", TABLES, PATIENTS)
    columns = {one: reader.take(one, str, "") for one in ESTIMATES}
    published = {one: reader.take(f"published_{one}", str, "") for one in ESTIMATES}
    made = Dose(
        id=reader.slug("id"),
        label=reader.take("label", str),
        quantity=reader.take("quantity", str),
        unit=reader.take("unit", str, ""),
        table=table,
        columns=MappingProxyType({one: name for one, name in columns.items() if name}),
        published=MappingProxyType({one: text for one, text in published.items() if text}),
        published_response=reader.take("published_response", str, ""),
        published_agreement=reader.take("published_agreement", str, ""),
        published_toxicity=reader.take("published_toxicity", str, ""),
        decimals=reader.whole("decimals", 0, 0, 6),
    )
    if not made.columns:
        reader.fault(
            "planned",
            "neither planned nor delivered is given",
            "Name the column of at least one of them",
        )
    if table == LESIONS and not has_lesions:
        reader.fault("table", "no lesions are declared", "Add the section [lesions]")
    reader.finish()
    return made


def _lesions(reader: Keys | None, tables: Mapping[str, str]) -> LesionColumns | None:
    if reader is None:
        return None
    table = reader.take("table", str)
    one = reader.take("one", str, "lesion")
    responder, target = reader.take("responder", str, ""), reader.take("target", str, "")
    made = LesionColumns(
        table=table,
        one=one,
        several=reader.take("several", str, f"{one}s"),
        responder=responder,
        response=reader.take("response", str, "response of the lesion"),
        target=target,
        target_words=reader.take("target_words", str, "large enough for the analysis"),
    )
    if table and table not in tables:
        reader.fault("table", f"there is no table {shown(table)}", use_one_of(tables))
    reader.finish()
    return made


def _prescription(reader: Keys | None) -> Prescription | None:
    if reader is None:
        return None
    made = Prescription(reader.choice("method", METHODS), reader.take("words", str))
    reader.finish()
    return made


def _general(reader: Keys | None, doses: tuple[Dose, ...], events) -> dict:
    if reader is None:
        return {}
    ids = [one.id for one in doses]
    made = {name: reader.take(name, str, "") for name in (*ESTIMATES, "note")}
    for name in ("response_dose", "survival_dose", "toxicity_dose"):
        made[name] = reader.take(name, str, "")
        if made[name] and made[name] not in ids:
            reader.fault(name, f"there is no dose {shown(made[name])}", use_one_of(ids))
    preset = made["toxicity_preset"] = reader.take("toxicity_preset", str, "")
    known = [one.id for one in events.presets] if events else []
    if preset and preset not in known:
        fault = f"there is no preset of adverse events {shown(preset)}"
        reader.fault("toxicity_preset", fault, use_one_of(known))
    made["marks"] = reader.take("marks", bool, False)
    made["pairing"] = reader.choice("pairing", PAIRINGS, MEASURED)
    if not doses:
        reader.fault("", "no dose is declared", "Add [[doses]] or remove the section")
    reader.finish()
    return made


def read_dosimetry(
    columns: DosimetryColumns, reading: Reading
) -> tuple[Dosimetry | None, list[Problem]]:
    """Turn the cells of doses, of patients and of their lesions, into numbers."""
    lesion_id = columns.lesions.table if columns.lesions else ""
    lesion_table = reading.values[FURTHER_TABLES.name].get(lesion_id)
    lesion_file = file_of(reading, lesion_id)
    sources = {
        PATIENTS: (None if reading.patients_unread else reading.patients, reading.patients_file),
        LESIONS: (lesion_table, lesion_file),
    }
    problems: list[Problem] = []
    for name, (table, file) in sources.items():
        if table is not None:
            problems += check_columns(table, _named(columns, name), file)
    values = {}
    for dose in columns.doses:
        table, file = sources[dose.table]
        for estimate, column in dose.columns.items():
            if table is None or column not in table:
                continue
            numbers, found = _doses(table[column], file)
            values[dose.id, estimate] = numbers
            problems += found
    lesions = None
    if columns.lesions is not None and lesion_table is not None:
        ids = reading.patient_ids
        place = {text: i for i, text in enumerate(ids)}
        owner = lesion_table[ids.name].map(place).to_numpy(np.int64)
        answers = []
        for column in (columns.lesions.responder, columns.lesions.target):
            coded, found = _answers(lesion_table, column, lesion_file)
            answers.append(coded)
            problems += found
        lesions = Lesions(owner, *answers)
    if problems:
        return None, problems
    return Dosimetry(columns, lesions, MappingProxyType(values)), []


def _named(columns: DosimetryColumns, table: str) -> list[str]:
    """The columns that the declaration names in one of the tables."""
    named = [c for dose in columns.doses if dose.table == table for c in dose.columns.values()]
    if table == LESIONS and columns.lesions:
        named += [c for c in (columns.lesions.responder, columns.lesions.target) if c]
    return named


def _doses(cells: pd.Series, file: str) -> tuple[np.ndarray, list[Problem]]:
    """Numbers of a column, not below 0; NaN for an empty cell."""
    numbers, problems = read_numbers(cells, file)
    problems += listed(
        [
            Problem(
                file,
                f"the dose {short(cells.loc[row])} is negative",
                "Write a number from 0 on, or leave the cell empty if not measured",
                str(cells.name),
                int(row),
            )
            for row in cells.index[numbers < 0]
        ]
    )
    return numbers, problems


def _answers(table: pd.DataFrame, column: str, file: str) -> tuple[np.ndarray, list[Problem]]:
    """1 for yes, 0 for no, -1 for an empty cell or where there is no such column."""
    if column not in table:
        return np.full(len(table), -1, np.int64), []
    cells = table[column]
    problems = listed(
        [
            Problem(
                file,
                f"“{short(cells.loc[row])}” is neither yes nor no",
                "Write yes or no, or leave the cell empty if not known",
                column,
                int(row),
            )
            for row in cells.index[~cells.isin(list(_ANSWERS))]
        ]
    )
    return cells.map(lambda cell: _ANSWERS.get(cell, -1)).to_numpy(np.int64), problems


DOSIMETRY = Section(
    "dosimetry", declare_dosimetry, read_dosimetry, of_patients=True, when=WHEN_SOUND
)
