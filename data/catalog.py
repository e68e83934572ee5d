"""All studies: those shipped with the product and those of the hospital's own folder."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd

from data.checking.keys import FILE
from data.checking.problems import Problem, StudyError, listed, printable, short
from data.checking.validation import (
    check_columns,
    check_patients,
    cut_number,
    read_endpoint,
    read_levels,
    read_numbers,
)
from data.declaration import Declaration, read_declaration
from data.sections.adverse_event_table import read_adverse_events
from data.sections.dosimetry_table import read_dosimetry
from data.sections.evidence_table import Vocabulary, read_evidence
from data.sections.published import read_published_subgroups
from data.sections.reconstructions import read_reconstructions
from data.sections.response import check_response
from data.sources.folder import subfolders
from data.sources.tables import read_table, read_toml
from data.sources.version import version
from data.study import Study

SHIPPED = Path(__file__).parent / "studies"
UNFORESEEN = "the study cannot be read for a reason that was not foreseen"
_REASONS = {
    MemoryError: ", the server has too little memory for it",
    RecursionError: ", something in it is nested too deeply",
    UnicodeError: ", a name or a text in it is not UTF-8",
}


@dataclass(frozen=True)
class BrokenStudy:
    """A folder that could not be used as a study, with the reasons.

    Attributes
    ----------
    id : str
        The folder's name as it can be printed; with the folder that holds it where the name belongs
        to another study.
    """

    id: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Catalog:
    """The studies that can be opened and those that cannot, in the order of the switcher.

    ``own_unusable`` says that the folder of further studies cannot be listed, or that it holds
    studies and none of them can be opened.
    """

    studies: tuple[Study, ...]
    broken: tuple[BrokenStudy, ...] = ()
    notes: tuple[str, ...] = ()
    own_unusable: bool = False

    def study(self, study_id: str) -> Study | None:
        """The study with this id, or None."""
        return next((s for s in self.studies if s.id == study_id), None)

    def broken_study(self, study_id: str) -> BrokenStudy | None:
        """The unusable folder of this name, or None."""
        return next((b for b in self.broken if b.id == study_id), None)


def load_catalog(own_folder: Path | None = None, shipped: Path = SHIPPED) -> Catalog:
    """Read every study; a bad one is listed with its problems and never stops the others.

    Parameters
    ----------
    own_folder : Path or None
        Folder whose subfolders are further studies (``STUDIES_DIR``).
    shipped : Path
        Folder of the shipped studies.
    """
    studies: dict[str, Study] = {}
    broken: list[BrokenStudy] = []
    notes: list[str] = []
    folders = []
    for root in (shipped, own_folder):
        found, unreadable, said = subfolders(root)
        folders += [(root, folder) for folder in found]
        broken += [BrokenStudy(name, (problem,)) for name, problem in unreadable]
        notes += said
    broken_before, opened = len(broken), 0
    for root, folder in folders:
        try:
            study = load_study(folder)
            if study.id in studies:
                raise StudyError(
                    [
                        Problem(
                            FILE,
                            f"a study “{study.id}” is already there",
                            "Rename this folder and its id",
                            "id",
                        )
                    ]
                )
        except StudyError as error:
            taken = {*studies, *(other.id for other in broken)}
            name = printable(folder.name)
            name = f"{printable(root.name)}/{name}" if name in taken else name
            broken.append(BrokenStudy(name, error.problems))
        else:
            studies[study.id] = study
            opened += root is own_folder
    tried = broken_before + sum(root is own_folder for root, _ in folders)
    unusable = own_folder is not None and (
        (bool(notes) and not tried) or (tried > 0 and opened == 0)
    )
    return Catalog(tuple(studies.values()), tuple(broken), tuple(notes), unusable)


def load_study(folder: Path) -> Study:
    """Read and check one study folder.

    Raises
    ------
    StudyError
        With every problem that was found, each naming file, column, row and fix.
    """
    try:
        return _load(folder)
    except OSError as error:
        fault, fix = (
            ("the file is missing", "Add it to the study's folder")
            if isinstance(error, FileNotFoundError)
            else (
                f"the file cannot be read ({error.strerror})",
                "Give the server the right to read it",
            )
        )
        raise StudyError(
            [Problem(printable(Path(error.filename or folder).name), fault, fix)]
        ) from None
    except StudyError:
        raise
    except Exception as error:
        # Whatever a folder holds, it must not keep the others from being shown.
        reason = next((said for kind, said in _REASONS.items() if isinstance(error, kind)), "")
        fault = f"{UNFORESEEN}{reason} ({type(error).__name__})"
        fix = "Compare the folder with the description of the format"
        raise StudyError([Problem(FILE, fault, fix)]) from None


def _load(folder: Path) -> Study:
    declaration, problems = read_declaration(read_toml(folder / FILE), printable(folder.name))
    if problems:
        raise StudyError(problems)
    file, patient_column = declaration.patients_file, declaration.patient_column
    patients = read_table(folder / file)
    _stop_at(check_columns(patients, declaration.columns, file))
    problems = check_patients(patients, patient_column, file)
    codes, numbers, found = _read_variables(declaration, patients)
    problems += found
    problems += check_response(
        declaration.comparison.response, declaration.variables, numbers, patients.index, file
    )
    outcomes, tables = {}, {}
    for endpoint in declaration.endpoints:
        outcomes[endpoint.id], found = read_endpoint(endpoint, patients, file)
        problems += found
    known = set(patients[patient_column])
    for name, table_file in declaration.tables.items():
        tables[name], found = _optional_table(folder, table_file, patient_column, known)
        problems += found
    published = {}
    for endpoint_id, title, table_file in declaration.published_subgroups:
        published[endpoint_id], found = read_published_subgroups(
            folder, table_file, title, declaration.variables
        )
        problems += found
    adverse_events = None
    if (columns := declaration.adverse_events) and not problems:
        adverse_events, problems = read_adverse_events(
            columns,
            tables[columns.table],
            declaration.tables[columns.table],
            patients[patient_column],
        )
    dosimetry = None
    if (doses := declaration.dosimetry) and not problems:
        lesions = doses.lesions.table if doses.lesions else ""
        dosimetry, problems = read_dosimetry(
            doses,
            patients,
            file,
            patient_column,
            tables.get(lesions),
            declaration.tables.get(lesions, ""),
        )
    _stop_at(problems)
    _stop_at(_check_sets(declaration, codes, len(patients)))
    variables, codes = _cut_numbers(declaration, codes, numbers, len(patients))
    study = Study(
        **declaration.fields,
        arms=declaration.arms,
        endpoints=declaration.endpoints,
        variables=variables,
        analysis_sets=declaration.analysis_sets,
        presets=declaration.presets,
        version=version(folder, declaration.files),
        patient_ids=tuple(patients[patient_column]),
        codes=MappingProxyType(codes),
        numbers=MappingProxyType(numbers),
        outcomes=MappingProxyType(outcomes),
        tables=MappingProxyType(tables),
        published_subgroups=MappingProxyType(published),
        comparison=declaration.comparison,
        adverse_events=adverse_events,
        flow=declaration.flow,
        exposure=declaration.exposure,
        dosimetry=dosimetry,
    )
    return _with_evidence(study, declaration, folder)


def _with_evidence(study: Study, declaration: Declaration, folder: Path) -> Study:
    """The study with what its publication prints and the data sets that fit it equally well."""
    problems: list[Problem] = []
    if files := declaration.evidence:
        vocabulary = Vocabulary(
            {variable.id: variable for variable in study.variables},
            {endpoint.id: endpoint for endpoint in study.endpoints},
            study.analysis_sets,
            study.tables,
            study.adverse_events,
        )
        subgroups = {
            endpoint: (title, file, study.published_subgroups[endpoint])
            for endpoint, title, file in declaration.published_subgroups
        }
        evidence, problems = read_evidence(folder, files, vocabulary, subgroups)
        study = replace(study, evidence=evidence)
    if file := declaration.reconstructions:
        others, found = read_reconstructions(folder, file, study, declaration.columns)
        problems += found
        study = replace(study, reconstructions=others)
    _stop_at(problems)
    return study


def _stop_at(problems: list[Problem]) -> None:
    if problems:
        raise StudyError(problems)


def _read_variables(declaration: Declaration, patients: pd.DataFrame):
    """Codes of the variables with levels, numbers of the others, and the problems."""
    codes, numbers, problems = {}, {}, []
    for variable in declaration.variables:
        cells = patients[variable.column]
        if variable.is_number:
            numbers[variable.id], found = read_numbers(cells, declaration.patients_file)
        else:
            codes[variable.id], found = read_levels(variable, cells, declaration.patients_file)
        problems += found
    return codes, numbers, problems


def _check_sets(declaration: Declaration, codes: dict, n: int) -> list[Problem]:
    """An analysis set without a patient can only be a mistake."""
    return [
        Problem(
            FILE,
            "no patient belongs to this analysis set",
            "Correct its rule",
            f"analysis_sets[{one.id}].rule",
        )
        for one in declaration.analysis_sets
        if not rule_mask(one.rule, declaration.variables, codes, n).any()
    ]


def _cut_numbers(declaration: Declaration, codes: dict, numbers: dict, n: int):
    """The variables and codes once more, with every number cut into its ranges."""
    reference = rule_mask(declaration.default_set.rule, declaration.variables, codes, n)
    cut = {
        variable.id: cut_number(variable, numbers[variable.id], reference)
        for variable in declaration.variables
        if variable.is_number
    }
    variables = [cut[v.id][0] if v.is_number else v for v in declaration.variables]
    return tuple(variables), codes | {name: ranges for name, (_, ranges) in cut.items()}


def _optional_table(folder: Path, file: str, patient_column: str, known: set[str]):
    """A further table; its patients must be patients of the study."""
    table = read_table(folder / file)
    problems = check_columns(table, [patient_column], file)
    if not problems:
        cells = table[patient_column]
        problems = listed(
            [
                Problem(
                    file,
                    f"there is no patient “{short(cells.loc[row])}” in the patients' file",
                    "Correct the id",
                    patient_column,
                    int(row),
                )
                for row in cells.index[~cells.isin(known)]
            ]
        )
    return table, problems


def rule_mask(rule, variables, codes, n: int) -> np.ndarray:
    """Patients for whom every (variable id, level ids) pair of a rule holds; shape (n,)."""
    mask = np.ones(n, bool)
    for variable_id, level_ids in rule:
        variable = next(v for v in variables if v.id == variable_id)
        wanted = [i for i, level in enumerate(variable.levels) if level.id in level_ids]
        mask &= np.isin(codes[variable_id], wanted)
    return mask
