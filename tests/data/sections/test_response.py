"""What a study declares about response to treatment, and every way it can be wrong."""

import copy
import tomllib

import numpy as np
import pytest

from data.catalog import load_catalog
from data.checking.problems import StudyError
from data.declaration import read_declaration
from data.load import load_study
from data.sections.response import Response, check_response
from tests.studies.responses import PATIENTS, TOML, write_responses

DECLARED = tomllib.loads(TOML)


def sentences(raw: dict) -> list[str]:
    return [problem.sentence for problem in read_declaration(raw, "lanes")[1]]


@pytest.fixture
def raw() -> dict:
    return copy.deepcopy(DECLARED)


def test_what_is_declared(raw):
    made, problems = read_declaration(raw, "lanes")
    assert problems == []
    assert made.sections["comparison"].response == Response(
        "best",
        ("cr", "pr"),
        ("cr", "pr", "sd"),
        depth="depth",
        not_evaluable=("off-study",),
        criteria="RECIST 1.1",
        time="time",
        survival="os",
        progression="ttp",
    )
    assert made.sections["comparison"].response.depth_is == "shrinkage"


@pytest.mark.parametrize(
    ("key", "value", "fault"),
    [
        ("depth_is", "growth", "“growth” is not one of shrinkage, change"),
        ("not_evaluable", ["gone"], "not every entry is a level of the variable"),
        ("not_evaluable", ["sd"], "it holds a level of controlled"),
        ("criteria", 1.1, "is not a text"),
        ("time", "stage", "there is no number “stage”"),
        ("time", "age", "the unit of “age” is not months"),
        ("survival_endpoint", "dfs", "there is no endpoint “dfs”"),
        ("survival_endpoint", "", "the key is missing"),
        ("progression_endpoint", "", "the key is missing"),
        ("progression_endpoint", "os", "it is the same endpoint as that of survival"),
        ("progression_endpoint", "pps", "its days do not start where those of survival do"),
    ],
)
def test_a_wrong_value(raw, key, value, fault):
    raw["response"][key] = value
    found = [one for one in sentences(raw) if fault in one]
    assert len(found) == 1, sentences(raw)
    assert found[0].startswith(f"study.toml, key “response.{key}”")


def test_the_course_may_be_left_out(raw):
    for key in ("survival_endpoint", "progression_endpoint", "time", "criteria", "not_evaluable"):
        del raw["response"][key]
    assert sentences(raw) == []


@pytest.mark.parametrize(
    ("old", "new", "column", "row", "fault"),
    [
        ("P2,A,I & II,42,PR,45,5", "P2,A,I & II,42,PR,45,-5", "time", 3, "the time is negative"),
        ("P1,A,I & II,41,CR,100", "P1,A,I & II,41,CR,101", "depth", 2, "nothing shrinks by more"),
    ],
)
def test_a_value_that_cannot_be_true(tmp_path, old, new, column, row, fault):
    folder = write_responses(tmp_path) / "lanes"
    (folder / "patients.csv").write_text(PATIENTS.replace(old, new), "utf-8")
    with pytest.raises(StudyError) as caught:
        load_study(folder)
    (problem,) = caught.value.problems
    assert (problem.column, problem.row) == (column, row)
    assert fault in problem.sentence


def test_the_sign_decides_what_cannot_be_true(raw):
    variables = read_declaration(raw, "lanes")[0].variables
    grown = {"depth": np.array([-150.0]), "time": np.array([np.nan])}
    shrinkage = Response("best", ("cr",), ("cr",), depth="depth", depth_is="shrinkage")
    change = Response("best", ("cr",), ("cr",), depth="depth", depth_is="change")
    assert check_response(shrinkage, variables, grown, [2], "patients.csv") == []
    assert len(check_response(change, variables, grown, [2], "patients.csv")) == 1
    assert check_response(None, variables, grown, [2], "patients.csv") == []


def test_single_patients_is_true_unless_the_study_says_no(tmp_path, catalog):
    own = load_catalog(write_responses(tmp_path))
    assert own.study("lanes").single_patients is True
    assert own.study("guarded").single_patients is False
    assert catalog.study("nct01900002").single_patients is False
    assert catalog.study("soramic").single_patients is True


def test_single_patients_is_true_or_false(raw):
    raw["single_patients"] = "no"
    assert any(
        "“single_patients”: the value “no” is not true or false" in one for one in sentences(raw)
    )
