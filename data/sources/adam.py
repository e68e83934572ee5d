"""Analysis data sets of CDISC (ADaM): patients in adsl, times to events in adtte, and more.

Each value of PARAMCD in adtte is an endpoint of AVAL, in the unit of AVALU. The event is CNSR == 0;
any other value says why somebody was censored. Source: CDISC, “ADaM Basic Data Structure for
Time-to-Event Analyses” 1.0 and “ADaM Implementation Guide” 1.3.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from data.checking.problems import Problem, StudyError
from data.reading.raw import AS_FOUND, RawTable
from data.reading.table import read_table
from data.sources.adam_declaration import AdamTables, declaration_of_adam, patients_with_times
from data.sources.inside import inside
from data.sources.made import Made

SETS = ("adsl", "adtte", "adae", "adrs")


def _named(data_set: str) -> Callable[[str], bool]:
    """Whether a file holds a data set: ``adsl.xpt``, or with letters before it ``cadsl.csv``."""
    pattern = re.compile(rf"[a-z0-9_-]*{data_set}\.(xpt|csv|sas7bdat|parquet|xlsx)", re.IGNORECASE)
    return lambda name: bool(pattern.fullmatch(name))


ADAM_FILES = {name: _named(name) for name in SETS}


def read_adam(folder: Path, study_id: str) -> Made:
    """The study of a folder.

    Raises
    ------
    StudyError
        If adsl or adtte are missing, or what an endpoint needs is not in them.
    """
    names = sorted(one.name for one in folder.iterdir() if one.is_file())
    of_sets = {name: [file for file in names if ADAM_FILES[name](file)] for name in SETS}
    found = {name: files[0] for name, files in of_sets.items() if files}
    lacking = [name for name in ("adsl", "adtte") if name not in found]
    if lacking:
        raise StudyError(
            [
                Problem(
                    f"{name}.xpt",
                    "the file is missing, which an ADaM study has",
                    "Add it to the study's folder",
                )
                for name in lacking
            ]
        )
    tables = {name: read_table(inside(folder, file), AS_FOUND) for name, file in found.items()}
    given = AdamTables(found, tables)
    patients, times = patients_with_times(given)
    declaration = declaration_of_adam(given, patients, times, study_id)
    used: dict[str, RawTable] = {found["adsl"]: patients}
    if "adverse_events" in declaration:
        used[found["adae"]] = tables["adae"]
    return Made(declaration, used, tuple(found.values()))
