"""A new source of studies is one kind in the list: here a study in one JSON file."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from data.catalog import load_catalog
from data.checking.problems import Problem, StudyError
from data.load import load_study, read_study
from data.reading.raw import AS_WRITTEN, RawTable, Reading
from data.sources.all import SOURCES, open_study
from data.sources.folder import FolderSource
from data.sources.listing import marks
from data.sources.source import Kind
from tests.data.conftest import StudyFolder


@dataclass(frozen=True)
class JsonSource:
    """A file with ``declaration`` and ``tables``, of which each is a list of rows of texts."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.stem

    def declaration(self) -> dict:
        return self._content()["declaration"]

    def table(self, name: str, reading: Reading = AS_WRITTEN) -> RawTable:
        tables = self._content()["tables"]
        if name not in tables:
            raise StudyError([Problem(name, "the table is missing", f"Add it to {self.path.name}")])
        header, *rows = tables[name]
        index = range(2, len(rows) + 2)
        return RawTable(pd.DataFrame(rows, columns=header, index=index, dtype=object), "JSON")

    def text(self, name: str) -> str:
        raise StudyError([Problem(name, "there are no texts", "Use a folder")])

    def version(self, names) -> str:
        return hashlib.sha256(self.path.read_bytes()).hexdigest()[:12]

    def _content(self) -> dict:
        return json.loads(self.path.read_text("utf-8"))


JSON = Kind(guess=lambda path: path.suffix == ".json", open=JsonSource)


@pytest.fixture(autouse=True)
def known(monkeypatch):
    """The source stands in the list, as one line."""
    monkeypatch.setattr("data.sources.all.SOURCES", (JSON, *SOURCES))


@pytest.fixture
def file(tmp_path, base_folder) -> Path:
    """The small study, in one file in a folder of studies."""
    toml = tomllib.loads((base_folder.path / "study.toml").read_text("utf-8"))
    tables = {
        path.name: list(csv.reader(io.StringIO(path.read_text("utf-8"))))
        for path in base_folder.path.glob("*.csv")
    }
    made = tmp_path / "further" / "base.json"
    made.parent.mkdir()
    made.write_text(json.dumps({"declaration": toml, "tables": tables}), "utf-8")
    return made


def change(file: Path, old: str, new: str) -> None:
    StudyFolder(file.parent).change(file.name, old, new)


def test_it_is_the_study_that_a_folder_holds(file, base):
    study = load_study(file)
    assert study.id == base.id
    assert study.variables == base.variables
    assert study.patient_ids == base.patient_ids
    assert study.codes["stage"].tolist() == base.codes["stage"].tolist()
    assert study.outcomes["os"].time.tolist() == base.outcomes["os"].time.tolist()
    assert study.adverse_events.terms == base.adverse_events.terms
    assert study.dosimetry.values.keys() == base.dosimetry.values.keys()
    assert study.published_subgroups["os"].order == base.published_subgroups["os"].order


def test_a_fault_names_table_column_row_and_fix(file):
    change(file, '"P2", "A", "Stage C"', '"P2", "A", "Stage X"')
    with pytest.raises(StudyError) as caught:
        load_study(file)
    (problem,) = caught.value.problems
    assert (problem.file, problem.column, problem.row) == ("patients.csv", "stage", 3)
    assert problem.sentence.endswith("leave it empty for missing, or declare it.")


def test_what_it_says_itself_is_handed_on(file):
    change(file, '"lesions.csv": [[', '"other.csv": [[')
    with pytest.raises(StudyError) as caught:
        load_study(file)
    (problem,) = caught.value.problems
    assert problem.sentence == "lesions.csv: the table is missing. Add it to base.json."


def test_whatever_it_raises_stops_nobody(file, tmp_path):
    (tmp_path / "nothing").mkdir()
    change(file, '"declaration"', '"declared"')
    catalog = load_catalog(file.parent, tmp_path / "nothing")
    assert catalog.studies == ()
    assert [one.id for one in catalog.broken] == ["base.json"]
    assert "was not foreseen (KeyError)" in catalog.broken[0].problems[0].sentence


def test_it_stands_in_the_catalog_and_is_watched(file, base_folder, tmp_path):
    (tmp_path / "nothing").mkdir()
    (file.parent / "notes.txt").write_text("no study")
    catalog = load_catalog(file.parent, tmp_path / "nothing")
    assert [study.id for study in catalog.studies] == ["base"]
    assert catalog.broken == ()
    before, version = marks(file.parent), catalog.studies[0].version
    change(file, '"Fatigue", "3"', '"Fatigue", "4"')
    assert marks(file.parent) != before
    assert load_study(file).version != version


def test_a_folder_is_still_a_folder(base_folder):
    assert open_study(base_folder.path) == FolderSource(base_folder.path)
    assert read_study(open_study(base_folder.path)).id == "base"


def test_what_no_source_knows_is_said(tmp_path):
    (tmp_path / "scan.bin").write_bytes(b"\0")
    with pytest.raises(StudyError) as caught:
        load_study(tmp_path / "scan.bin")
    assert str(caught.value) == (
        "scan.bin: there is no study. Put study.toml and its tables into a folder."
    )
