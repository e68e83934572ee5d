"""An optional part of a study: it declares, reads and checks itself.

`data.declaration` and `data.load` go through `data.sections.all` and name no section. A new one is
a file with its `Section` and a line in that list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from data.causes import Causes
from data.checking.keys import Keys
from data.checking.problems import Problem
from data.outcomes import EndpointData
from data.patient_groups import AnalysisSet
from data.reading import raw
from data.sources.source import Source
from data.study import Endpoint, Study, Variable

NOTHING: Mapping[str, Any] = MappingProxyType({})
# When a section is read: what is wrong with it is said together with the faults of the patients'
# file; only once nothing is wrong so far, as it needs what was read; on the whole study, whose
# numbers have been cut into ranges.
WITH_PATIENTS, WHEN_SOUND, ON_STUDY = "with the patients", "when sound", "on the study"


@dataclass(frozen=True)
class Declaration:
    """What a study declares, before its patients are read.

    Attributes
    ----------
    fields : mapping of name to text, number or bool
        The plain values at the head, which are fields of `data.study.Study`.
    patients_file, patient_column : str
    patients_reading : raw.Reading
        How the patients' file is read.
    date_order : str
        Whether its dates begin with the day or the month; empty where that is found.
    causes : tuple of Causes
        Of each endpoint for which more than two ways of leaving are declared.
    sections : mapping of section name to what it declares
        None where a study has nothing of it. While sections are being declared, those before.
    unsound : frozenset of str
        Sections whose declaration has a fault after which it cannot be used.
    """

    fields: Mapping[str, Any]
    patients_file: str
    patient_column: str
    endpoints: tuple[Endpoint, ...]
    variables: tuple[Variable, ...]
    analysis_sets: tuple[AnalysisSet, ...]
    patients_reading: raw.Reading = raw.AS_FOUND
    date_order: str = ""
    causes: tuple[Causes, ...] = ()
    sections: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    unsound: frozenset[str] = frozenset()

    @property
    def columns(self) -> list[str]:
        """Every column of the patients' file that is named."""
        columns = [self.patient_column, *(variable.column for variable in self.variables)]
        for endpoint in self.endpoints:
            columns += endpoint.columns
        return columns

    @property
    def default_set(self) -> AnalysisSet:
        return next((s for s in self.analysis_sets if s.default), self.analysis_sets[0])

    @property
    def endpoint_ids(self) -> tuple[str, ...]:
        return tuple(endpoint.id for endpoint in self.endpoints)

    @property
    def set_ids(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.analysis_sets)

    @property
    def variables_by_id(self) -> dict[str, Variable]:
        return {variable.id: variable for variable in self.variables}

    @property
    def endpoints_by_id(self) -> dict[str, Endpoint]:
        return {endpoint.id: endpoint for endpoint in self.endpoints}


@dataclass(frozen=True, eq=False)
class Reading:
    """What was read of a study so far; a section takes from it what it needs.

    Attributes
    ----------
    source : Source
        Where the section's own tables and texts come from.
    declaration : Declaration
    patients : DataFrame
        The patients' file, one row for each patient, cells as text; the index is the row to name in
        a fault.
    codes, numbers : mapping of variable id to ndarray, shape (N,)
        As in `data.study.Study`. From ``ON_STUDY`` on numbers have codes too.
    outcomes : mapping of endpoint id to EndpointData
    values : mapping of section name to its value
        Of the sections that were read before.
    variables : tuple of Variable
        As declared; from ``ON_STUDY`` on numbers have their ranges as levels.
    doubtful : frozenset of str
        Ids and labels that are declared faultily, and sections that were not read; none but while
        all faults of a study that is refused are gathered.
    patients_unread : bool
        Whether the patients' file could not be read, which only then is passed over.
    bare : Study or None
        The study without what is of its patients alone, from which another data set of it can be
        made; None before ``ON_STUDY``.
    """

    source: Source
    declaration: Declaration
    patients: pd.DataFrame
    codes: Mapping[str, np.ndarray]
    numbers: Mapping[str, np.ndarray]
    outcomes: Mapping[str, EndpointData]
    variables: tuple[Variable, ...]
    values: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    bare: Study | None = None
    doubtful: frozenset[str] = frozenset()
    patients_unread: bool = False

    @property
    def patients_file(self) -> str:
        return self.declaration.patients_file

    @property
    def ids_unread(self) -> bool:
        """Whether nobody knows the patients' ids, as while all faults are gathered."""
        return bool((self.patient_ids == "").all())

    @property
    def patient_ids(self) -> pd.Series:
        """The ids in the order of the patients' file; its name is their column."""
        return self.patients[self.declaration.patient_column]


def keys_of(top: Keys, name: str) -> Keys | None:
    """The keys of one table of ``study.toml``; None where there is no such table."""
    table = top.take(name, dict, {})
    return Keys(table, name, top.problems) if name in top.table else None


def as_declared(declared, reading: Reading) -> tuple[Any, list[Problem]]:
    """The value of a section that has nothing to read."""
    return declared, []


def no_files(declared) -> tuple[str, ...]:
    """The files of a section that has none."""
    return ()


@dataclass(frozen=True)
class Section:
    """One optional part of a study.

    Attributes
    ----------
    name : str
        Field of `data.study.Study` that holds its value. A value without such a field stands in
        ``Study.more`` under this name.
    declare : function of (Keys, Declaration)
        Takes the section's keys out of the whole ``study.toml``, notes what is wrong with them, and
        returns what is declared; None where the study has nothing of it.
    read : function of (what is declared, Reading)
        Gives the value and a list of Problem. With a problem the value is not used.
    files : function of what is declared
        Every file that is read, as declared: the study's version changes with them.
    empty : object
        The value where nothing is declared.
    of_patients : bool
        Whether the value is about the patients of this one data set, such as a table with their
        ids. Other data sets of the same study, its reconstructions, are without it.
    when : str
        ``WITH_PATIENTS``, ``WHEN_SOUND`` or ``ON_STUDY``.
    each : str
        Key of the list of tables from which it is declared, by id or in their order; empty where
        it is not declared by such a list. Then one faulty entry does not hide the others.
    judged_by : tuple of str
        Keys after a fault of which no cell of its files can be judged.
    """

    name: str
    declare: Callable[[Keys, Declaration], Any]
    read: Callable[[Any, Reading], tuple[Any, list[Problem]]] = as_declared
    files: Callable[[Any], Iterable[str]] = no_files
    empty: Any = None
    of_patients: bool = False
    when: str = WITH_PATIENTS
    each: str = ""
    judged_by: tuple[str, ...] = ()
