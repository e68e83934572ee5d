"""The cohort as rows of ``patients.csv``: words for numbers, days for tenths of a month."""

from __future__ import annotations

import csv
import io

import numpy as np

from data.reconstruction.soramic.cohort import Cohort
from data.reconstruction.soramic.comparisons import DAYS
from data.reconstruction.soramic.dice import shuffled
from data.reconstruction.soramic.images import AGE, IMAGES, SHRINKAGE
from data.reconstruction.soramic.times_kernel import END, HEPATIC, IMAGE, PROGRESSION
from data.reconstruction.soramic.values import (
    DEPTH,
    DEPTH_TIME,
    FIRST_IMAGE,
    LESION,
    RESPONSE_TIME,
)
from data.reconstruction.soramic.words import (
    AGE_65,
    ALBI,
    ARMS,
    BCLC,
    CHILD_PUGH,
    CIRRHOSIS,
    COLUMNS,
    DIFFUSE,
    ECOG,
    EXTRAHEPATIC,
    MISSING,
    PLAIN,
    PVI,
    RACE,
    RESPONSES,
    SITES,
    SPREAD,
    UP_TO_7,
    YES,
)

_LABELS = (
    *PLAIN,
    AGE_65,
    CHILD_PUGH,
    PVI,
    SPREAD,
    ECOG,
    BCLC,
    CIRRHOSIS,
    UP_TO_7,
    DIFFUSE,
    ALBI,
    RACE,
)
_TENTHS = (FIRST_IMAGE, RESPONSE_TIME, DEPTH, DEPTH_TIME)
_YES_NO = ("no", "yes")


def patient_rows(cohort: Cohort, dice: np.ndarray) -> list[dict[str, str]]:
    """One row for each patient, arms mixed in random order, numbered from S001."""
    order = shuffled(dice, range(len(cohort.arm)))
    return [
        {"patient": f"S{place:03d}", **_row(cohort, patient)}
        for place, patient in enumerate(order, start=1)
    ]


def _row(cohort: Cohort, patient: int) -> dict[str, str]:
    row = {"arm": ARMS[cohort.arm[patient]]}
    for label in _LABELS:
        value = int(cohort.labels[label.column][patient])
        row[label.column] = "" if value == MISSING else (label.no, label.yes)[value == YES]
    for column in (AGE, LESION, IMAGES):
        row[column] = str(int(cohort.values[column][patient]))
    for column in _TENTHS:
        value = int(cohort.values[column][patient])
        row[column] = "" if value < 0 else f"{value // 10}.{value % 10}"
    row[SHRINKAGE] = _YES_NO[cohort.values[SHRINKAGE][patient]]
    row["best_response"] = RESPONSES[cohort.response[patient]]
    row["objective_response"] = _YES_NO[int(cohort.responder[patient])]
    row["disease_control"] = _YES_NO[int(cohort.controlled[patient])]
    row["progression"] = str(int(cohort.progressed[patient]))
    row["first_progression_site"] = SITES[cohort.site[patient]]
    for endpoint, (days, event) in _endpoints(cohort, patient).items():
        row[f"{endpoint}_days"], row[f"{endpoint}_event"] = days, event
    return row


def _endpoints(cohort: Cohort, patient: int) -> dict[str, tuple[str, str]]:
    """Days and event of every endpoint; empty where the patient has none."""
    times, dead = cohort.times[patient], int(cohort.dead[patient])
    progression, end, image, hepatic = (
        int(DAYS[times[which]]) for which in (PROGRESSION, END, IMAGE, HEPATIC)
    )
    if not cohort.progressed[patient]:
        last = (end, 1) if dead else (image, 0)
        found = {"os": (end, dead), "pfs": last, "ttp": (image, 0), "hepatic_pfs": last}
        return {**{name: _text(*one) for name, one in found.items()}, "pps": ("", "")}
    in_liver = (progression, 1)
    if cohort.site[patient] == EXTRAHEPATIC:
        in_liver = (hepatic, 1 if hepatic < end else dead)
    found = {
        "os": (end, dead),
        "pfs": (progression, 1),
        "ttp": (progression, 1),
        "hepatic_pfs": in_liver,
        "pps": (end - progression, dead),
    }
    return {name: _text(*one) for name, one in found.items()}


def _text(days: int, event: int) -> tuple[str, str]:
    return str(days), str(event)


def as_csv(rows: list[dict[str, str]], columns: tuple[str, ...] = COLUMNS) -> str:
    """Rows as CSV text with Unix line ends."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
