"""The twenty reconstructions: near the print, unlike each other, made again from their seed."""

from __future__ import annotations

from itertools import combinations

import pytest

from data.reconstruction.soramic.evaluate import evaluate
from data.reconstruction.soramic.files import read_patients, read_reconstructions
from data.reconstruction.soramic.search import SEEDS
from data.reconstruction.soramic.targets import STUDY
from tests.data.reconstruction.remembered import (
    UNREACHABLE,
    assert_made_again,
    contents,
    exact_cells,
    fingerprint,
    remembered,
    versions,
)

COHORTS = read_reconstructions(STUDY)


@pytest.fixture(scope="module")
def shipped():
    return evaluate(read_patients(STUDY))


@pytest.fixture(scope="module")
def found():
    """What the long checks found from these inputs, or None: then they run."""
    return remembered()


def test_the_shipped_patients_miss_only_what_cannot_be_met(shipped):
    missed = {cell.name for cell in shipped if not cell.exact}
    assert missed == set(UNREACHABLE)
    assert sum(cell.exact for cell in shipped) >= 445


@pytest.mark.parametrize("number", range(1, len(COHORTS) + 1))
def test_each_reconstruction_is_near_the_print(number, found):
    exact = found["exact"][number - 1] if found else exact_cells(COHORTS[number - 1])
    assert exact >= 438


def test_what_is_remembered_of_the_first_is_so(shipped, found):
    """The first of the twenty is the shipped one, and is compared on every run."""
    assert COHORTS[0] == read_patients(STUDY)
    if found:
        assert found["exact"][0] == sum(cell.exact for cell in shipped)


def test_a_changed_patient_is_noticed():
    rows = [dict(row) for row in read_patients(STUDY)]
    first = next(row for row in rows if row["child_pugh"] == "B" and row["pfs_event"] == "1")
    first["pfs_event"] = "0"
    missed = {cell.name for cell in evaluate(rows) if not cell.exact}
    assert missed > set(UNREACHABLE)


def test_there_are_twenty_and_their_seeds():
    assert len(COHORTS) == len(SEEDS) == len(set(SEEDS)) == 20
    assert all(list(rows[0]) == list(COHORTS[0][0]) for rows in COHORTS)


def pairs(rows: list[dict], first: str, second: str) -> tuple:
    """The joint counts of two columns."""
    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        key = row[first], row[second]
        counts[key] = counts.get(key, 0) + 1
    return tuple(sorted(counts.items()))


@pytest.mark.parametrize(
    ("first", "second", "least"),
    [
        ("child_pugh", "portal_vein_infiltration", 4),
        ("afp_over_400", "portal_vein_infiltration", 5),
        ("hepatitis_c", "alcohol", 8),
        ("bclc", "best_response", 15),
        ("best_response", "progression", 12),
        ("arm", "os_event", 4),
    ],
)
def test_what_nobody_printed_differs(first, second, least):
    assert len({pairs(rows, first, second) for rows in COHORTS}) >= least


def test_no_two_share_patients():
    """By chance a few patients may agree in all times; a copied part would be many."""
    times = [
        {(row["arm"], row["os_days"], row["pfs_days"], row["ttp_days"]) for row in rows}
        for rows in COHORTS
    ]
    assert max(len(one & other) for one, other in combinations(times, 2)) <= 15


def test_the_seed_makes_the_shipped_file_again(found, record_property):
    """On any machine: the search compares whole numbers and uses no random numbers of others."""
    assert len(read_patients(STUDY)) == 177
    if found:
        said = "the search was not repeated: it made these files from these inputs before"
    else:
        assert_made_again()
        said = "the search ran in full: its inputs changed; `make reconstruct` remembers the result"
    record_property("said", said)


def test_a_change_of_anything_that_the_search_depends_on_is_noticed():
    files, libraries = contents(), versions()
    for part in ("search.py", "times_kernel.py", "evaluate.py", "cells.csv", "patients.csv", ".gz"):
        assert any(name.endswith(part) for name in files)
    before = fingerprint(files, libraries)
    assert before == fingerprint(dict(reversed(files.items())), libraries)
    for name, content in files.items():
        assert before != fingerprint(files | {name: content + b" "}, libraries), name
        assert before != fingerprint({k: v for k, v in files.items() if k != name}, libraries)
    for library, number in libraries.items():
        assert before != fingerprint(files, libraries | {library: f"{number}.1"}), library
