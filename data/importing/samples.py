"""The clinical files of cBioPortal: patients, and their samples where each has one at most."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from data.importing.understanding import Given
from data.reading.raw import RawTable

PATIENTS_FILE = "data_clinical_patient.txt"
SAMPLES_FILE = "data_clinical_sample.txt"
# What both together are written to, where a study needs one file.
JOINED_FILE = "data_clinical_joined.csv"
PATIENT, SAMPLE = "PATIENT_ID", "SAMPLE_ID"


def with_samples(patients: RawTable, samples: RawTable) -> RawTable:
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


def joined(given: Sequence[Given]) -> list[Given]:
    """The files, the two of cBioPortal as one where the samples could be joined."""
    by_name = {one.name: one for one in given}
    patients, samples = by_name.get(PATIENTS_FILE), by_name.get(SAMPLES_FILE)
    if patients is None or samples is None:
        return list(given)
    table = with_samples(patients.table, samples.table)
    if len(table.cells.columns) == len(patients.table.cells.columns):
        return [replace(one, table=table) if one is patients else one for one in given]
    both = Given(JOINED_FILE, table)
    return [both, *(one for one in given if one not in (patients, samples))]


def write_joined(table: RawTable, folder: Path) -> None:
    """Write the joined table where its study is."""
    content = io.StringIO()
    writer = csv.writer(content, lineterminator="\n")
    writer.writerow(table.cells.columns)
    writer.writerows(table.cells.itertuples(index=False, name=None))
    (folder / JOINED_FILE).write_text(content.getvalue(), "utf-8", newline="\n")
