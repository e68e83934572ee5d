"""Further data sets of a study, packed or not: as many patients each, or a sentence."""

from __future__ import annotations

import gzip

import pytest

from data.reading.raw import Limits
from tests.data.conftest import PATIENTS, StudyFolder

HEAD, *ROWS = PATIENTS.splitlines()


def stacked(*sets: tuple[str, list[str]]) -> str:
    lines = [f"reconstruction,{HEAD}"]
    lines += [f"{name},{row}" for name, rows in sets for row in rows]
    return "\n".join(lines) + "\n"


def add(folder: StudyFolder, text: str, name: str = "more.csv.gz") -> StudyFolder:
    toml = folder.path / "study.toml"
    toml.write_text(f'reconstructions = "{name}"\n{toml.read_text("utf-8")}', "utf-8")
    data = text.encode("utf-8")
    (folder.path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return folder


OLDER = [row.replace("P1,A,Stage B,None,40,", "P1,A,D,None,44,") for row in ROWS]


@pytest.mark.parametrize("name", ["more.csv.gz", "more.csv"])
def test_each_data_set_is_the_study_with_other_patients(folder, name):
    study = add(folder, stacked(("1", ROWS), ("2", OLDER)), name).load()
    first, second = study.reconstructions
    assert first.n == second.n == study.n
    assert first.codes["stage"].tolist() == study.codes["stage"].tolist()
    assert first.outcomes["os"].time.tolist() == study.outcomes["os"].time.tolist()
    assert second.codes["stage"].tolist()[0] == 2
    assert second.numbers["age"][0] == 44
    assert len({study.version, first.version, second.version}) == 3
    # What belongs to the shipped patients alone is not that of others.
    assert (second.tables, second.adverse_events, second.evidence) == ({}, None, None)
    assert second.reconstructions == ()


def test_numbers_are_cut_where_those_of_the_study_are_cut(folder):
    older = [row.replace(",61,400,", ",99,400,") for row in ROWS]
    study = add(folder, stacked(("1", older))).load()
    (one,) = study.reconstructions
    # The study cuts age at its median; 50, 61 and 80 of the default set give 61.
    assert one.variable("age").levels == study.variable("age").levels
    assert one.codes["age"].tolist() == study.codes["age"].tolist()


def test_a_study_without_the_file_has_none(folder):
    assert folder.load().reconstructions == ()


def test_too_few_patients(folder):
    add(folder, stacked(("1", ROWS), ("2", ROWS[:-1])))
    (sentence,) = folder.sentences()
    assert sentence == (
        "more.csv.gz, column “reconstruction”: data set 2 has 5 patients, the study has 6. "
        "Write the file anew."
    )


def test_a_level_that_is_not_declared(folder):
    add(folder, stacked(("1", ROWS), ("2", [row.replace("Slight", "Much") for row in ROWS])))
    sentences = folder.sentences()
    assert all("more.csv.gz, column “ascites”" in sentence for sentence in sentences)
    # The header is row 1 and the first data set rows 2 to 7.
    assert "row 9" in sentences[0]


def test_a_column_that_is_missing(folder):
    add(folder, stacked(("1", ROWS)).replace("reconstruction,", "number,"))
    (sentence,) = folder.sentences()
    assert "more.csv.gz, column “reconstruction”: the column is missing" in sentence


@pytest.mark.parametrize(
    "spoil", [lambda packed: b"no gzip at all", lambda packed: packed[: len(packed) // 2]]
)
def test_a_file_that_cannot_be_unpacked(folder, spoil):
    add(folder, stacked(("1", ROWS)))
    path = folder.path / "more.csv.gz"
    path.write_bytes(spoil(path.read_bytes()))
    (sentence,) = folder.sentences()
    assert sentence.startswith("more.csv.gz: the file cannot be unpacked (")
    assert sentence.endswith("Pack it with gzip.")


def test_a_file_that_would_fill_the_memory(folder, monkeypatch):
    add(folder, stacked(("1", ROWS)))
    largest = Limits(megabytes=(folder.path / "patients.csv").stat().st_size / 2**20)
    monkeypatch.setattr("data.sources.folder.LIMITS", largest)
    (sentence,) = folder.sentences()
    assert "unpacks to more than" in sentence


def test_a_file_that_is_not_there(folder):
    add(folder, stacked(("1", ROWS)))
    (folder.path / "more.csv.gz").unlink()
    (sentence,) = folder.sentences()
    assert sentence == "more.csv.gz: the file is missing. Add it to the study's folder."
