"""Times to events of adtte, one row a patient and parameter, as columns of the patients."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.checking.problems import Problem, StudyError, listed
from data.importing.column import Column, date_order
from data.importing.headings import KnownEndpoint, known_endpoints
from data.importing.units import unit_by_size
from data.reading.raw import RawTable

PATIENT = "USUBJID"
NEEDED = (PATIENT, "PARAMCD", "AVAL", "CNSR")
_UNITS = {
    "DAY": "days",
    "WEEK": "weeks",
    "MONTH": "months",
    "YEAR": "years",
}


@dataclass(frozen=True, eq=False)
class Times:
    """One parameter of adtte.

    Attributes
    ----------
    code, label : str
        PARAMCD and PARAM.
    known : KnownEndpoint or None
        The endpoint that they name.
    time, event : str
        Names of its columns among those of the patients.
    unit : str
    events, censored : tuple of str
        Values of CNSR.
    event_words : str
        What adtte calls the event; empty where it does not, or has several words for it.
    rows : DataFrame
        ``time`` and ``event`` by patient.
    """

    code: str
    label: str
    known: KnownEndpoint | None
    time: str
    event: str
    unit: str
    events: tuple[str, ...]
    censored: tuple[str, ...]
    event_words: str
    rows: pd.DataFrame


def times_of(table: RawTable, file: str) -> list[Times]:
    """Every parameter that is a time to an event; a count is none.

    Raises
    ------
    StudyError
        If a column is missing, a unit is not to be found, or a patient stands twice.
    """
    cells = table.cells
    absent = [name for name in NEEDED if name not in cells]
    if absent:
        fix = "Add it as ADaM defines it"
        raise StudyError([Problem(file, "the column is missing", fix, name) for name in absent])
    made, problems = [], []
    for code in dict.fromkeys(cells["PARAMCD"]):
        rows = cells[cells["PARAMCD"] == code]
        if not code or _is_count(rows):
            continue
        problems += _doubled(rows, code, file)
        unit = _unit(rows)
        if not unit:
            fault = f"the unit of {code} stands neither in AVALU nor in PARAM"
            fix = "Add AVALU, with DAYS or MONTHS"
            problems.append(Problem(file, fault, fix, "AVALU", int(rows.index[0])))
            continue
        made.append(_times(rows, code, unit))
    if problems:
        raise StudyError(problems)
    if not made:
        fix = "Add times with PARAMCD, AVAL and CNSR"
        raise StudyError([Problem(file, "there is no time to an event", fix)])
    return made


def _is_count(rows: pd.DataFrame) -> bool:
    """Whether a parameter counts something, or has no patient who could be censored."""
    units = set(rows["AVALU"].str.upper()) - {""} if "AVALU" in rows else set()
    return (bool(units) and not any(_unit_word(unit) for unit in units)) or not any(rows["CNSR"])


def _unit_word(text: str) -> str:
    text = text.upper()
    return next((unit for word, unit in _UNITS.items() if text.startswith(word)), "")


def _unit(rows: pd.DataFrame) -> str:
    """The unit: by AVALU, by PARAM, by the dates beside the times, or by their size."""
    if "AVALU" in rows:
        found = {_unit_word(unit) for unit in rows["AVALU"]} - {""}
        if len(found) == 1:
            return found.pop()
    label = rows["PARAM"].iloc[0] if "PARAM" in rows else ""
    for word, unit in _UNITS.items():
        if f"({word}" in label.upper() or f"IN {word}" in label.upper():
            return unit
    if _agree_with_dates(rows):
        return "days"
    return unit_by_size(Column("", "AVAL", tuple(rows["AVAL"])), "")[0]


def _agree_with_dates(rows: pd.DataFrame) -> bool:
    """Whether the times are the days between two dates of the rows, or one more."""
    start = next((name for name in ("STARTDT", "TRTSDT", "RANDDT") if name in rows), "")
    if not start or "ADT" not in rows:
        return False
    both = rows[(rows[start] != "") & (rows["ADT"] != "") & (rows["AVAL"] != "")]
    if both.empty or {date_order(both[start]), date_order(both["ADT"])} != {"ymd"}:
        return False
    days = (pd.to_datetime(both["ADT"]) - pd.to_datetime(both[start])).dt.days
    gap = pd.to_numeric(both["AVAL"], errors="coerce") - days
    return bool(gap.isin([0, 1]).all())


def _doubled(rows: pd.DataFrame, code: str, file: str) -> list[Problem]:
    twice = rows.index[rows[PATIENT].duplicated()]
    fix = "Keep one row for each patient and PARAMCD"
    return listed(
        [
            Problem(file, f"the patient has a second row of {code}", fix, PATIENT, int(row))
            for row in twice
        ]
    )


def _times(rows: pd.DataFrame, code: str, unit: str) -> Times:
    label = rows["PARAM"].iloc[0] if "PARAM" in rows else code
    known = next(iter(known_endpoints(code) or known_endpoints(label)), None)
    values = [one for one in dict.fromkeys(rows["CNSR"]) if one]
    events = tuple(one for one in values if _zero(one))
    words = set()
    if "EVNTDESC" in rows:
        words = set(rows.loc[rows["CNSR"].isin(events), "EVNTDESC"]) - {""}
    time, event = f"AVAL of {code}", f"CNSR of {code}"
    wide = rows.set_index(PATIENT)[["AVAL", "CNSR"]].set_axis([time, event], axis=1)
    return Times(
        code=code,
        label=label,
        known=known,
        time=time,
        event=event,
        unit=unit,
        events=events,
        censored=tuple(one for one in values if one not in events),
        event_words=words.pop() if len(words) == 1 else "",
        rows=wide,
    )


def _zero(cell: str) -> bool:
    try:
        return float(cell) == 0
    except ValueError:
        return False
