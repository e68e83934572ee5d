"""Published medians of other trials: the shipped table, and every way a table can be wrong."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest

from data.checking.problems import StudyError
from data.declaration import read_declaration
from data.study import Endpoint
from data.trials import (
    COLUMNS,
    SHIPPED,
    published_results,
    read_published_results,
    results_for,
    treatments,
)
from tests.shipped import load_catalog

ROW = {
    "study": "ALPHA",
    "year": "2019",
    "design": "randomised trial",
    "arm": "drug A",
    "treatment": "A",
    "population": "everybody",
    "n": "40",
    "n_study": "80",
    "endpoint": "OS",
    "median_months": "10",
    "lower": "7.7",
    "upper": "10.9",
    "hazard_ratio": "0.8",
    "hr_lower": "0.6",
    "hr_upper": "1.1",
    "hr_against": "placebo",
    "p": "0.2",
    "quoted_in": "base",
    "of_study": "",
    "reference": "Journal 2019",
    "note": "",
}


@pytest.fixture
def write(tmp_path):
    """Write rows, each a change of the sound one, and give the path of the table."""

    def written(*changes: dict, columns=COLUMNS):
        path = tmp_path / "medians.csv"
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, columns, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(ROW | change for change in changes)
        return path

    return written


def faults(path) -> list[str]:
    with pytest.raises(StudyError) as caught:
        read_published_results(path)
    return [problem.sentence for problem in caught.value.problems]


def test_a_row_as_it_is_read(write):
    blank = dict.fromkeys(
        (
            "lower",
            "upper",
            "hazard_ratio",
            "hr_lower",
            "hr_upper",
            "hr_against",
            "p",
            "n",
            "n_study",
        ),
        "",
    )
    whole, bare = read_published_results(write({}, blank | {"arm": "drug B"}))
    assert (whole.study, whole.year, whole.n, whole.n_study) == ("ALPHA", 2019, 40, 80)
    assert whole.median == (10, 7.7, 10.9)
    assert whole.hazard_ratio == (0.8, 0.6, 1.1)
    assert (whole.has_median, whole.has_interval, whole.p) == (True, True, 0.2)
    assert (bare.n, bare.n_study, bare.has_median, bare.has_interval) == (None, None, True, False)


# Cells as the two shipped papers print them.
@pytest.mark.parametrize(
    ("study", "arm", "endpoint", "median"),
    [
        ("SHARP", "sorafenib", "OS", (10.7,)),
        ("SHARP", "placebo", "OS", (7.9,)),
        ("SHARP", "sorafenib", "PFS", (5.5,)),
        ("IMbrave150", "atezolizumab + bevacizumab", "PFS", (6.8,)),
        ("REFLECT", "sorafenib", "OS", (12.3,)),
        ("CheckMate 459", "sorafenib", "OS", (14.7,)),
        ("Sangro et al.", "RE (⁹⁰Y resin)", "OS", (10, 7.7, 10.9)),
        ("Teyateeti et al.", "RE (⁹⁰Y glass) + sorafenib", "OS", (12.4, 9.1, 15.6)),
        ("RESORCE", "placebo after sorafenib", "PPS", (7.8,)),
    ],
)
def test_shipped_cells_are_the_papers(study, arm, endpoint, median):
    (found,) = (
        one
        for one in published_results()
        if (one.study, one.arm, one.endpoint) == (study, arm, endpoint)
    )
    assert found.median[: len(median)] == median
    assert found.has_interval == (len(median) == 3)


def test_patients_of_a_part_are_not_those_of_the_whole_study():
    """The papers give 325 and 291 for the whole studies, not for those with BCLC C."""
    found = [one for one in published_results() if one.study in ("Sangro et al.", "Salem et al.")]
    assert [(one.n, one.n_study) for one in found] == [(None, 325), (None, 291), (None, 291)]


def test_the_hazard_ratio_stands_in_the_arm_that_is_compared():
    found = [one for one in published_results() if one.study == "SORAMIC"]
    assert [one.hazard_ratio[0] for one in found if one.hr_against] == [1.01]
    assert len(found) == 2


def test_every_shipped_row_names_a_shipped_study_and_a_reference():
    ids = {study.id for study in load_catalog().studies}
    for one in published_results():
        assert one.quoted_in in ids
        assert one.of_study in {"", *ids}


def test_the_shipped_table_has_no_column_too_many():
    with SHIPPED.open(encoding="utf-8") as lines:
        assert set(next(csv.reader(lines))) == set(COLUMNS)


def endpoint(label: str, context: str = "") -> Endpoint:
    return Endpoint("e", label, "Name", "Event", "t", "e", "", "", context=context)


def test_an_endpoint_finds_its_rows_by_label_or_by_its_key(write):
    results = read_published_results(write({}, {"endpoint": "PFS"}, {"endpoint": "PPS"}))
    assert [one.endpoint for one in results_for(endpoint("pfs"), results)] == ["PFS"]
    assert [one.endpoint for one in results_for(endpoint("After", "PPS"), results)] == ["PPS"]
    assert results_for(endpoint("OS", "PPS"), results) == results[2:]
    assert results_for(endpoint("TTP"), results) == ()


def test_treatments_stand_in_the_order_of_the_file(write):
    results = read_published_results(write({}, {"treatment": "C", "arm": "c"}, {"arm": "d"}))
    assert treatments(results) == ("A", "C")
    assert treatments(tuple(replace(one, treatment="B") for one in results)) == ("B",)


@pytest.mark.parametrize(
    ("change", "column", "words"),
    [
        ({"study": ""}, "study", "the cell is empty"),
        ({"reference": ""}, "reference", "the cell is empty"),
        ({"year": ""}, "year", "the cell is empty"),
        ({"year": "about 2010"}, "year", "no whole number"),
        ({"n": "0"}, "n", "no whole number above 0"),
        ({"n_study": "12.5"}, "n_study", "no whole number"),
        ({"median_months": "NR"}, "median_months", "“NR” is no number above 0"),
        ({"hazard_ratio": "-1"}, "hazard_ratio", "no number above 0"),
        ({"lower": ""}, "lower", "the interval is not complete"),
        ({"median_months": ""}, "lower", "the interval is not complete"),
        ({"lower": "10.4"}, "median_months", "10 is not within 10.4 to 10.9"),
        ({"hr_upper": "0.7"}, "hazard_ratio", "0.8 is not within 0.6 to 0.7"),
        ({"hr_against": ""}, "hr_against", "do not go together"),
        ({"p": "1.2"}, "p", "above 1"),
        (
            dict.fromkeys(
                (
                    "median_months",
                    "lower",
                    "upper",
                    "hazard_ratio",
                    "hr_lower",
                    "hr_upper",
                    "hr_against",
                ),
                "",
            ),
            "median_months",
            "neither a median nor a hazard ratio",
        ),
    ],
)
def test_faults_name_file_column_row_and_fix(write, change, column, words):
    (sentence,) = faults(write({"arm": "other"}, change))
    assert sentence.startswith(f"medians.csv, column “{column}”, row 3: ")
    assert words in sentence
    assert sentence.count(". ") >= 1


def test_a_column_that_is_missing_is_named(write):
    columns = [name for name in COLUMNS if name not in ("p", "note")]
    found = faults(write({}, columns=columns))
    assert [("“p”" in one or "“note”" in one) for one in found] == [True, True]


def test_a_row_that_stands_twice_is_refused(write):
    (sentence,) = faults(write({}, {"median_months": "9"}))
    assert "row 3" in sentence
    assert "stands twice" in sentence


def test_the_key_of_an_endpoint_is_optional(declared):
    declared["endpoints"][1]["context"] = "After"
    made, problems = read_declaration(declared, "base")
    assert problems == []
    assert [one.context for one in made.endpoints] == ["", "After"]


def test_survival_after_progression_is_set_beside_what_its_paper_sets_it_beside():
    study = load_catalog().study("soramic")
    found = results_for(study.endpoint("pps"), published_results())
    assert {one.study for one in found if one.of_study != "soramic"} == {"RESORCE"}
