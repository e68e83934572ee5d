"""The recomputed numbers that the lists of disagreements state are those of the shipped data."""

from __future__ import annotations

import numpy as np
import pytest

from callbacks.evidence.cells import evidence_rows
from tests.shipped import load_catalog

CATALOG = load_catalog()
ROWS = {
    study.id: {
        (row.cell.table, row.cell.variable, row.cell.level, row.cell.group, row.cell.statistic): row
        for row in evidence_rows(study)
    }
    for study in CATALOG.studies
}
ALL = "all levels"
# Study, topic of the disagreement, the cell that it is about, and its number as the list has it.
STATED = [
    ("nct01900002", "Median OS, 34 patients", ("Table 5", "All", "", "", "median"), "12.42"),
    (
        "nct01900002",
        "Median OS, 34 patients",
        ("Table 5", "All", "", "", "median, lower 95 %"),
        "7.49",
    ),
    (
        "nct01900002",
        "Median OS, 34 patients",
        ("Table 5", "All", "", "", "median, upper 95 %"),
        "20.07",
    ),
    ("nct01900002", "Median PFS", ("Table 4", "All", "", "", "median"), "10.15"),
    ("nct01900002", "Median PFS", ("Text", "Median PFS", "", "38 patients", "median"), "10.22"),
    (
        "nct01900002",
        "Cirrhosis and OS",
        ("Table 5", "Evidence of cirrhosis", ALL, "", "log-rank p"),
        "0.023",
    ),
    (
        "nct01900002",
        "BCLC and TTRP",
        ("Text", "TTRP by BCLC", "", "34 patients", "log-rank p"),
        "0.250",
    ),
    (
        "nct01900002",
        "Number of nodules and PFS",
        ("Table 4", "Number of nodules", ALL, "", "log-rank p"),
        "0.026",
    ),
    (
        "nct01900002",
        "Number of nodules and PFS",
        ("Table 4", "Tumor nodularity", ALL, "", "log-rank p"),
        "0.022",
    ),
    (
        "nct01900002",
        "Number of nodules and PFS",
        ("Table 4", "Tumor morphology", ALL, "", "log-rank p"),
        "0.032",
    ),
    (
        "nct01900002",
        "What the text leaves out",
        ("Table 4", "Alcohol abuse", ALL, "", "log-rank p"),
        "0.235",
    ),
    (
        "nct01900002",
        "What the text leaves out",
        ("Table 5", "Alcohol abuse", ALL, "", "log-rank p"),
        "0.008",
    ),
    (
        "nct01900002",
        "What the text leaves out",
        ("Table 4", "Family history of HCC", ALL, "", "log-rank p"),
        "0.032",
    ),
    (
        "soramic",
        "AFP > 400 between the arms",
        ("Table 1", "AFP", ">400", "Between arms", "p"),
        "0.917",
    ),
    (
        "soramic",
        "Objective response, RE + sorafenib",
        ("Text", "Objective response rate", "", "RE + sorafenib", "upper 95 %"),
        "72.79",
    ),
    (
        "soramic",
        "Extrahepatic spread between the arms",
        ("Table 1", "Extrahepatic spread", "yes", "Between arms", "p"),
        "0.039",
    ),
    (
        "soramic",
        "Hazard ratios printed as 1",
        ("Text", "OS", "Sorafenib against RE + sorafenib", "Univariable", "hazard ratio"),
        "1.05",
    ),
]


@pytest.mark.parametrize(("study", "topic", "cell", "stated"), STATED)
def test_a_number_of_the_list_is_that_of_the_data(study, topic, cell, stated):
    (entry,) = (one for one in CATALOG.study(study).evidence.discrepancies if one.topic == topic)
    assert stated in entry.recomputed
    digits = len(stated.partition(".")[2])
    assert f"{ROWS[study][cell].value:.{digits}f}" == stated


def test_counts_that_a_list_states():
    study = CATALOG.study("nct01900002")
    treated = study.codes["arm"] == 0
    said = {one.topic: one.recomputed for one in study.evidence.discrepancies}
    for topic, variable, stated in (
        ("AFP", "afp", (27, 7)),
        ("BCLC stage", "bclc", (9, 25)),
        ("Child–Pugh grade", "child-pugh", (33, 1)),
    ):
        counts = np.bincount(study.codes[variable][treated])
        assert tuple(counts) == stated
        assert f"{stated[1]}" in said[topic]
    both = (study.codes["metastasis"] == 1) | (study.codes["lymph-node-disease"] == 1)
    assert int((both & treated).sum()) == 10
    assert said["Extrahepatic disease"].startswith("10 patients")
