"""The shipped studies as files that people have: ADaM, cBioPortal, a workbook, a German export."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat

from data.cohort import Cohort, select
from data.study import Study
from tests.data.importing.workbook import write_workbook

# Endpoints that everybody has, by which all formats can be written.
ENDPOINTS = ("os", "pfs")
MONTH = 30.4375
# Of a study, variables of each kind.
VARIABLES = ("sex", "target-lesion-mm", "ecog", "child-pugh", "cirrhosis", "hepatitis", "tnm")
START = date(2012, 3, 1)


@dataclass(frozen=True)
class Cells:
    """The patients of a study's default set as columns of labels and numbers.

    Attributes
    ----------
    ids : list of str
    columns : dict of label to list
        Of each variable; None where missing.
    days, events : dict of endpoint id to list
    arms : list of str, or empty
    adverse_events : list of (id, term, grade, category)
    """

    ids: list[str]
    columns: dict[str, list]
    days: dict[str, list[int]]
    events: dict[str, list[int]]
    arms: list[str]
    adverse_events: list[tuple[str, str, str, str]]


def cells_of(study: Study) -> Cells:
    """What a study's files hold, in its own words."""
    mask = select(study, Cohort(study.id, study.default_set.id))
    rows = np.flatnonzero(mask)
    columns = {}
    for variable in study.variables:
        if variable.id not in VARIABLES:
            continue
        if variable.is_number:
            numbers = study.numbers[variable.id]
            heading = f"{variable.label} ({variable.unit})"
            columns[heading] = [_plain(numbers[row]) for row in rows]
        else:
            codes = study.codes[variable.id]
            labels = [level.label for level in variable.levels]
            columns[variable.label] = [labels[codes[r]] if codes[r] >= 0 else None for r in rows]
    arms = []
    if len(study.arms) > 1:
        codes, levels = study.codes["arm"], study.variable("arm").levels
        arms = [levels[codes[row]].label for row in rows]
        arms = arms if len(set(arms)) > 1 else []
    return Cells(
        ids=[study.patient_ids[row] for row in rows],
        columns=columns,
        days={name: study.outcomes[name].time[rows].tolist() for name in ENDPOINTS},
        events={name: study.outcomes[name].event[rows].tolist() for name in ENDPOINTS},
        arms=arms,
        adverse_events=_adverse_events(study, set(rows.tolist())),
    )


def _adverse_events(study: Study, rows: set[int]) -> list[tuple[str, str, str, str]]:
    events = study.adverse_events
    if events is None:
        return []
    return [
        (
            study.patient_ids[patient],
            events.terms[term].label,
            events.grades[grade].label,
            events.terms[term].category,
        )
        for patient, term, grade in zip(events.patient, events.term, events.grade, strict=True)
        if int(patient) in rows
    ]


def _plain(value: float):
    if np.isnan(value):
        return None
    return int(value) if value == int(value) else float(value)


def write_german(cells: Cells, folder: Path) -> list[Path]:
    """A CSV as a German hospital exports it: semicolons, decimal commas, dates, Windows-1252."""
    start = [START + timedelta(days=7 * i) for i in range(len(cells.ids))]
    end = [one + timedelta(days=n) for one, n in zip(start, cells.days["os"], strict=True)]
    table = {"Patienten-Nr.": cells.ids, **cells.columns}
    if cells.arms:
        table["Therapiearm"] = cells.arms
    table |= {
        "Datum Therapiebeginn": [f"{one:%d.%m.%Y}" for one in start],
        "Datum Tod / letzter Kontakt": [f"{one:%d.%m.%Y}" for one in end],
        "Verstorben": ["ja" if one else "nein" for one in cells.events["os"]],
        "PFS (Tage)": cells.days["pfs"],
        "PFS Ereignis": ["ja" if one else "nein" for one in cells.events["pfs"]],
    }
    made = [_write_text(table, folder / "klinik.csv", ";", "cp1252", ",")]
    return made + _write_adverse_events(cells, folder, "Patienten-Nr.", ";")


def write_dated_workbook(cells: Cells, folder: Path) -> list[Path]:
    """A workbook with a title above the names, and dates of death and of the last contact."""
    start = [START + timedelta(days=5 * i) for i in range(len(cells.ids))]
    end = [one + timedelta(days=n) for one, n in zip(start, cells.days["os"], strict=True)]
    died = [one if event else None for one, event in zip(end, cells.events["os"], strict=True)]
    table = {"Patient ID": cells.ids, **cells.columns}
    if cells.arms:
        table["Treatment arm"] = cells.arms
    table |= {
        "Date of first dose": start,
        "Date of death": died,
        "Date of last contact": end,
        "PFS days": cells.days["pfs"],
        "PFS event": cells.events["pfs"],
    }
    rows = [["Export of the registry"], [], list(table), *zip(*table.values(), strict=True)]
    write_workbook(folder / "registry.xlsx", rows)
    return [folder / "registry.xlsx", *_write_adverse_events(cells, folder, "Patient ID", ",")]


def write_cbioportal(cells: Cells, folder: Path) -> None:
    """A folder of cBioPortal: four lines above the names, months, words for the events."""
    words = {"os": ("1:DECEASED", "0:LIVING"), "pfs": ("1:PROGRESSION", "0:CENSORED")}
    table = {"PATIENT_ID": cells.ids}
    labels = ["Patient Identifier"]
    for i, (label, values) in enumerate(cells.columns.items()):
        table[f"VARIABLE_{i}"] = values
        labels.append(label)
    if cells.arms:
        table["TREATMENT_ARM"] = cells.arms
        labels.append("Treatment arm")
    for name in ENDPOINTS:
        table[f"{name.upper()}_STATUS"] = [words[name][1 - one] for one in cells.events[name]]
        table[f"{name.upper()}_MONTHS"] = [repr(one / MONTH) for one in cells.days[name]]
        labels += [f"{name.upper()} status", f"{name.upper()} (Months)"]
    above = ["\t".join(line) for line in (labels, labels, ["STRING"] * len(labels))]
    rows = [f"#{line}" for line in (*above, "\t".join("1" * len(labels)))]
    rows.append("\t".join(table))
    rows += [
        "\t".join("[Not Available]" if one is None else str(one) for one in row)
        for row in zip(*table.values(), strict=True)
    ]
    (folder / "data_clinical_patient.txt").write_text("\n".join(rows) + "\n", "utf-8")


def write_adam(cells: Cells, folder: Path) -> None:
    """ADaM data sets as SAS transport files."""
    names = [f"VAR{i}" for i in range(len(cells.columns))]
    adsl = {"STUDYID": ["RT"] * len(cells.ids), "USUBJID": cells.ids}
    adsl |= dict(zip(names, cells.columns.values(), strict=True))
    labels = ["Study Identifier", "Unique Subject Identifier", *cells.columns]
    if cells.arms:
        adsl["TRT01P"] = cells.arms
        labels.append("Planned Treatment for Period 01")
    _write_xpt(adsl, folder / "adsl.xpt", labels)
    n = len(cells.ids)
    tte = {
        "USUBJID": cells.ids * len(ENDPOINTS),
        "PARAMCD": [name.upper() for name in ENDPOINTS for _ in range(n)],
        "AVAL": [days for name in ENDPOINTS for days in cells.days[name]],
        "CNSR": [1 - event for name in ENDPOINTS for event in cells.events[name]],
        "AVALU": ["DAYS"] * (n * len(ENDPOINTS)),
    }
    _write_xpt(tte, folder / "adtte.xpt")
    if cells.adverse_events:
        columns = ("USUBJID", "AEDECOD", "AETOXGR", "AEBODSYS")
        values = zip(*cells.adverse_events, strict=True)
        _write_xpt(dict(zip(columns, values, strict=True)), folder / "adae.xpt")


def _write_xpt(table: dict, path: Path, labels: list[str] | None = None) -> None:
    frame = pd.DataFrame(
        {
            name: pd.to_numeric(pd.Series(values, dtype=object))
            if all(one is None or isinstance(one, int | float) for one in values)
            else pd.Series(["" if one is None else str(one) for one in values])
            for name, values in table.items()
        }
    )
    pyreadstat.write_xport(frame, str(path), column_labels=labels, file_format_version=8)


def _write_adverse_events(cells: Cells, folder: Path, patient: str, separator: str) -> list[Path]:
    if not cells.adverse_events:
        return []
    columns = (patient, "term", "grade", "category")
    table = dict(zip(columns, zip(*cells.adverse_events, strict=True), strict=True))
    return [_write_text(table, folder / "ae.csv", separator, "utf-8", ".")]


def _write_text(table: dict, path: Path, separator: str, encoding: str, decimal: str) -> Path:
    with path.open("w", encoding=encoding, errors="replace", newline="") as content:
        writer = csv.writer(content, delimiter=separator)
        writer.writerow(table)
        for row in zip(*table.values(), strict=True):
            writer.writerow([_text(value, decimal) for value in row])
    return path


def _text(value, decimal: str) -> str:
    if isinstance(value, float):
        return repr(value).replace(".", decimal)
    return "" if value is None else str(value)
