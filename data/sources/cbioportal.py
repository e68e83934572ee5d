"""A folder of cBioPortal: the clinical file of the patients, and that of the samples.

Endpoints are pairs of ``<name>_STATUS`` and ``<name>_MONTHS``. The samples are joined where each
patient has one at most. Source of the format: docs.cbioportal.org, “File Formats”, “Clinical Data”.
"""

from __future__ import annotations

from pathlib import Path

from data.checking.problems import Problem, StudyError
from data.importing.declare import declaration_of
from data.importing.samples import PATIENTS_FILE, SAMPLES_FILE, with_samples
from data.importing.understanding import Given, understand
from data.reading.raw import AS_FOUND
from data.reading.table import read_table
from data.sources.inside import inside
from data.sources.made import Made


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
        patients = with_samples(patients, read_table(inside(folder, SAMPLES_FILE), AS_FOUND))
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
