"""The shipped studies, written as people have such data and imported, give the same numbers."""

from __future__ import annotations

import csv
import io
import math

import pytest

import app as application
from data.catalog import load_catalog
from data.importing.files import understood_files, write_folder
from data.load import load_study
from data.minima import Disclosure
from settings import Settings
from tests.data.importing.as_people_have_them import (
    ENDPOINTS,
    cells_of,
    write_adam,
    write_cbioportal,
    write_dated_workbook,
    write_german,
)

STUDIES = ("soramic", "nct01900002")
FORMATS = {
    "german": write_german,
    "workbook": write_dated_workbook,
    "cbioportal": write_cbioportal,
    "adam": write_adam,
}
# Holm's and other adjusted p-values depend on how many variables there are.
SUBGROUPS = (
    "n",
    "events",
    "median",
    "median_lower",
    "median_upper",
    "survival_12",
    "survival_24_upper",
    "p_value",
    "n_arm",
    "events_reference",
    "hazard_ratio",
    "hazard_ratio_lower",
    "hazard_ratio_upper",
    "p_interaction",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """A server with each shipped study as it is and in each format."""
    root = tmp_path_factory.mktemp("round")
    studies = root / "studies"
    for study in load_catalog().studies:
        cells = cells_of(study)
        for name, write in FORMATS.items():
            made = studies / f"{study.id}-{name}"
            files = root / made.name
            files.mkdir()
            if name in ("german", "workbook"):
                paths = write(cells, files)
                understood = understood_files(paths)
                assert not understood.questions
                write_folder(understood, paths, made)
            else:
                made.mkdir(parents=True)
                write(cells, made)
    # As who brought them sees them: a study of the server would hold small numbers back.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("data.declaration.by_provenance", lambda provenance: Disclosure())
        # In this process, where that holds.
        patch.setattr(
            "callbacks.current.load_study_apart",
            lambda path, reserved, _: load_study(path, reserved),
        )
        app = application.create_app(Settings(studies_dir=studies, uploads=False))
    return app.server.test_client()


def rows(client, file: str, query: str) -> list[dict]:
    answer = client.get(f"/download/{file}.csv?{query}")
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text)))


def same(one: str, other: str) -> bool:
    if one == other:
        return True
    try:
        return math.isclose(float(one), float(other), rel_tol=1e-9, abs_tol=1e-12)
    except ValueError:
        return False


def compared(mine: list[dict], shipped: list[dict], keys: tuple, columns: tuple) -> int:
    """How many rows are in both tables and the same in some columns."""
    by_key = {tuple(row[key] for key in keys): row for row in shipped}
    both = [row for row in mine if tuple(row[key] for key in keys) in by_key]
    for row in both:
        other = by_key[tuple(row[key] for key in keys)]
        for column in columns:
            assert same(row[column], other[column]), (row, column, other[column])
    return len(both)


@pytest.mark.parametrize("study", STUDIES)
@pytest.mark.parametrize("name", FORMATS)
def test_curves_are_the_same(client, study, name):
    arms = study == "soramic"
    by = "arm" if arms else "none"
    for endpoint in ENDPOINTS:
        shipped = rows(client, "km", f"study={study}&endpoint={endpoint}&by={by}")
        mine = rows(client, "km", f"study={study}-{name}&endpoint={endpoint}&by={by}")
        assert len(mine) == len(shipped) > 20
        shipped_by = sorted(shipped, key=lambda row: (row["group"], float(row["time_months"])))
        mine_by = sorted(mine, key=lambda row: (row["group"], float(row["time_months"])))
        columns = [name for name in mine[0] if name != "provenance"]
        for row, other in zip(mine_by, shipped_by, strict=True):
            assert all(same(row[one], other[one]) for one in columns), (row, other)


@pytest.mark.parametrize("study", STUDIES)
@pytest.mark.parametrize("name", FORMATS)
def test_subgroups_are_the_same(client, study, name):
    for endpoint in ENDPOINTS:
        shipped = rows(client, "subgroups", f"study={study}&endpoint={endpoint}")
        mine = rows(client, "subgroups", f"study={study}-{name}&endpoint={endpoint}")
        columns = tuple(one for one in SUBGROUPS if one in mine[0] and one in shipped[0])
        # All patients, and two levels or more of each variable.
        there = {row["variable"] for row in mine} & {row["variable"] for row in shipped}
        assert len(there) >= 5
        assert compared(mine, shipped, ("variable", "level"), columns) >= 2 * len(there) - 1


@pytest.mark.parametrize("name", ["german", "workbook", "adam"])
def test_adverse_events_are_the_same(client, name):
    shipped = rows(client, "adverse-events", "study=nct01900002")
    mine = rows(client, "adverse-events", f"study=nct01900002-{name}")
    columns = tuple(one for one in mine[0] if one != "provenance")
    assert compared(mine, shipped, ("category", "term"), columns) == len(shipped) > 10
