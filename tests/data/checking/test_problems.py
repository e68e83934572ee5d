"""Sentences about faults."""

import pytest

from data.checking.problems import (
    LISTED_AT_MOST,
    Problem,
    StudyError,
    listed,
    short,
    use_one_of,
)


def test_a_sentence_names_file_column_row_and_fix():
    problem = Problem("patients.csv", "the time -3 is negative", "Write days", "os_days", 7)
    assert problem.sentence == (
        "patients.csv, column “os_days”, row 7: the time -3 is negative. Write days."
    )


def test_a_sentence_about_the_declaration_names_a_key():
    assert Problem("study.toml", "the key is missing", "Add it", "title").sentence == (
        "study.toml, key “title”: the key is missing. Add it."
    )


def test_a_sentence_about_a_whole_file():
    assert Problem("a.csv", "the file is missing", "Add it").sentence == (
        "a.csv: the file is missing. Add it."
    )


def test_an_error_tells_every_problem():
    error = StudyError([Problem("a", "b", "c"), Problem("d", "e", "f")])
    assert str(error) == "a: b. c. d: e. f."


def test_many_faults_of_a_kind_are_counted():
    def faults(n):
        return [Problem("a.csv", "bad", "mend it", "x", row) for row in range(2, n + 2)]

    assert listed(faults(LISTED_AT_MOST)) == faults(LISTED_AT_MOST)
    one_more = listed(faults(LISTED_AT_MOST + 1))
    assert one_more[:-1] == faults(LISTED_AT_MOST)
    assert one_more[-1].fault == "1 more row has a fault of this kind"
    assert listed(faults(LISTED_AT_MOST + 30))[-1].sentence == (
        "a.csv, column “x”: 30 more rows have a fault of this kind. mend it."
    )


def test_long_quotes_are_cut():
    assert short("x" * 40) == "x" * 40
    assert short("x" * 41) == "x" * 39 + "…"


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["os", "pfs"], "Use os, pfs"),
        (["os", ""], "Use os"),
        (["", ""], "Use one that is declared"),
        ([], "Use one that is declared"),
    ],
)
def test_only_sound_names_are_offered(names, words):
    assert use_one_of(names) == words
