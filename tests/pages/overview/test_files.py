"""The overview says how a study's files were read, and nothing where they are as they must be."""

from __future__ import annotations

from data.reading.raw import FileRead
from layouts.overview.files import files_read
from tests.cases import cases
from tests.shipped import load_catalog
from tests.trees import named, parsed, text


def test_what_was_found_is_said_in_the_words_of_the_file():
    (part,) = files_read(cases().study("months"))
    read = parsed(part)
    assert [text(one) for one in named(read, "summary")] == ["How the files were read"]
    (said,) = [text(one) for one in named(read, "li")]
    assert said.startswith("patients.csv is a CSV file: its cells are separated by semicolons; ")
    assert "decimal commas are read in “Monate”; the levels of “Arm” are found: A, B;" in said
    assert said.endswith("“lebt” in “Status” stands for a censored patient.")


def test_a_study_as_it_must_be_says_nothing():
    for study in load_catalog().studies:
        assert files_read(study) == [], study.id
        assert all(isinstance(one, FileRead) for one in study.files)
