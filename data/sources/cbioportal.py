"""A folder of cBioPortal: the clinical file of the patients, and that of the samples.

Endpoints are pairs of ``<name>_STATUS`` and ``<name>_MONTHS``. The samples are joined where each
patient has one at most. Source of the format: docs.cbioportal.org, “File Formats”, “Clinical Data”.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from data.checking.problems import Problem, StudyError
from data.importing.declare import declaration_of
from data.importing.understanding import Given, understand
from data.reading.raw import AS_FOUND, RawTable
from data.reading.table import read_table
from data.sources.inside import inside
from data.sources.made import Made

PATIENTS_FILE = "data_clinical_patient.txt"
SAMPLES_FILE = "data_clinical_sample.txt"
PATIENT, SAMPLE = "PATIENT_ID", "SAMPLE_ID"


def read_cbioportal(folder: Path, study_id: str) -> Made:
    """The study of a folder.

    Raises
    ------
    StudyError
        If an endpoint of it is not certain; each sentence says why.
    """
    patients = read_table(inside(folder, PATIENTS_FILE), AS_FOUND)
    files = [PATIENTS_FILE]
    if (folder / SAMPLES_FILE).is_file():
        files.append(SAMPLES_FILE)
        patients = _with_samples(patients, read_table(inside(folder, SAMPLES_FILE), AS_FOUND))
    understood = understand([Given(PATIENTS_FILE, patients)])
    if understood.questions:
        raise StudyError(
            [
                Problem(
                    PATIENTS_FILE,
                    one.text.rstrip("?."),
                    "Say it in study.toml, or ask whom the folder comes from",
                    one.key,
                )
                for one in understood.questions
            ]
        )
    declaration, _ = declaration_of(understood, study_id)
    declaration["title"] = folder.name
    return Made(declaration, {PATIENTS_FILE: patients}, tuple(files))


def _with_samples(patients: RawTable, samples: RawTable) -> RawTable:
    """The patients with what is known of their samples, where each has one at most."""
    cells = samples.cells
    if PATIENT not in cells or PATIENT not in patients.cells:
        return patients
    if cells[PATIENT].duplicated().any():
        said = f"{SAMPLES_FILE} is not joined: some patients have several samples"
        return replace(patients, found=(*patients.found, said))
    known = {PATIENT, SAMPLE, *patients.cells.columns}
    more = cells.set_index(PATIENT)[[name for name in cells if name not in known]]
    joined = patients.cells.join(more, on=PATIENT).fillna("")
    said = f"{SAMPLES_FILE} is joined: each patient has one sample"
    labels = {**samples.labels, **patients.labels}
    return replace(patients, cells=joined, labels=labels, found=(*patients.found, said))
