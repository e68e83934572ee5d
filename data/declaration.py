"""``study.toml`` to the schema: every key checked, every fault named, nothing guessed."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple

from data.analysis_sets import declare_sets
from data.cause_keys import declare_causes, event_values, with_causes
from data.checking.dates import ORDERS
from data.checking.keys import Keys, shown
from data.checking.problems import Problem, doubled
from data.endpoints import declare_endpoints
from data.file_keys import declare_reading
from data.minima import PATIENT_DATA, Disclosure, by_provenance
from data.reading.raw import Reading as RawReading
from data.sections.all import SECTIONS
from data.sections.section import Declaration, Section
from data.variables import declare_variable

PROVENANCES = (PATIENT_DATA, "reconstructed", "simulated")


def read_declaration(
    raw: dict,
    folder: str,
    reserved: frozenset[str] = frozenset(),
    sections: tuple[Section, ...] = SECTIONS,
) -> tuple[Declaration, list[Problem]]:
    """Turn a parsed ``study.toml`` into a declaration.

    Parameters
    ----------
    raw : dict
        The parsed file.
    folder : str
        Name of the study's folder, which must equal its id.
    reserved : frozenset of str
        Names of the options that a link may carry, which no variable may be called.
    sections : tuple of Section
        The optional parts that a study may have.

    Returns
    -------
    Declaration, list of Problem
        The declaration is only to be used when there is no problem.
    """
    problems: list[Problem] = []
    top = Keys(raw, "", problems)
    fields = _fields(top, folder)
    patients = declare_patients(top)
    causes = declare_causes(top)
    endpoints = declare_endpoints(top, {of: event_values(them) for of, them in causes.items()})
    endpoints, causes = with_causes(top, causes, endpoints, fields["sentence_case"])
    endpoint_ids = tuple(endpoint.id for endpoint in endpoints)
    variables = tuple(
        declare_variable(entry, endpoint_ids, reserved) for entry in top.tables("variables")
    )
    sets = declare_sets(top, variables)
    for key, items in (("endpoints", endpoints), ("variables", variables), ("analysis_sets", sets)):
        _unique(top, key, items)
    declaration = Declaration(
        fields,
        patients.file,
        patients.column,
        endpoints,
        variables,
        sets,
        patients.reading,
        patients.date_order,
        causes,
    )
    for section in sections:
        declaration = _with_section(top, declaration, section)
    split = fields["default_split"]
    if split and split not in declaration.variables_by_id:
        top.fault("default_split", f"there is no variable {shown(split)}", "Correct the id")
    top.finish()
    return declaration, problems


def _with_section(top: Keys, declaration: Declaration, section: Section) -> Declaration:
    """The declaration with that of one more section, which sees those before it."""
    before = len(top.problems)
    declared = {section.name: section.declare(top, declaration)}
    faulty = any(not one.stray for one in top.problems[before:])
    return replace(
        declaration,
        sections=MappingProxyType({**declaration.sections, **declared}),
        unsound=declaration.unsound | ({section.name} if faulty else set()),
    )


def _fields(top: Keys, folder: str) -> dict[str, Any]:
    """The plain values at the head of the file."""
    study_id = top.slug("id")
    if study_id and study_id != folder:
        fault = f"{shown(study_id)} is not the folder's name “{folder}”"
        top.fault("id", fault, "Make them equal")
    fields = {"id": study_id, "provenance": top.choice("provenance", PROVENANCES)}
    for key in ("title", "design", "question", "citation"):
        fields[key] = top.take(key, str)
    for key in ("tagline", "registration", "provenance_note", "default_split"):
        fields[key] = top.take(key, str, "")
    fields["decimals"] = top.whole("decimals", 1, 0, 3)
    fields |= _disclosure(top, fields["provenance"])
    if fields["disclosure"].protects:
        # Two digits of a month are a day.
        fields["decimals"] = min(fields["decimals"], 1)
    fields["sentence_case"] = top.take("sentence_case", bool, False)
    fields["randomised"] = top.take("randomised", bool, None)
    return fields


def _disclosure(top: Keys, provenance: str) -> dict[str, Any]:
    """``[disclosure]``, and ``single_patients``, which may stand at the head of the file too."""
    usual = by_provenance(provenance)
    keys = Keys(top.take("disclosure", dict, {}), "disclosure", top.problems)
    cohort = keys.whole("minimum_cohort", usual.minimum_cohort, 1, 1000)
    cell = keys.whole("minimum_cell", usual.minimum_cell, 1, 1000)
    of_table = keys.take("single_patients", bool, None)
    of_head = top.take("single_patients", bool, None)
    if None not in (of_table, of_head) and of_table != of_head:
        fault = "single_patients is said twice, and not alike"
        keys.fault("single_patients", fault, "Keep the one in [disclosure]")
    keys.finish()
    said = [one for one in (of_table, of_head) if one is not None]
    single = said[0] if said else provenance != PATIENT_DATA
    return {"disclosure": Disclosure(cohort, cell), "single_patients": single}


class PatientsFile(NamedTuple):
    """What ``[patients]`` says: the file, its column of ids, and how it is read.

    ``numbered`` says that the file has no such column: each row is a patient, called by its row.
    """

    file: str
    column: str
    reading: RawReading
    date_order: str
    numbered: bool


def declare_patients(top: Keys) -> PatientsFile:
    """Read ``[patients]``."""
    reader = Keys(top.take("patients", dict, {}), "patients", top.problems)
    made = PatientsFile(
        reader.file("file", "patients.csv"),
        reader.take("id", str, "patient"),
        declare_reading(reader),
        reader.choice("date_order", ("", *ORDERS), ""),
        reader.take("numbered", bool, False),
    )
    reader.finish()
    return made


def patients_of(raw: dict) -> PatientsFile:
    """The same of a declaration that was not checked yet; no file where its table is faulty."""
    problems: list[Problem] = []
    found = declare_patients(Keys(raw, "", problems))
    return found._replace(file="") if any(not one.stray for one in problems) else found


def _unique(reader: Keys, key: str, items) -> None:
    ids = [item.id for item in items]
    for name in doubled(ids):
        reader.fault(key, f"the id “{name}” stands twice", "Give each its own id")
