"""What a study declares about comparing its arms, and every way it can be wrong."""

import copy
import tomllib

import pytest

from data.declaration import read_declaration
from data.sections.comparison import Competing, Regression
from data.sections.response import Response
from tests.data.conftest import TOML


def declared() -> dict:
    return copy.deepcopy(tomllib.loads(TOML))


def sentences(raw: dict) -> list[str]:
    return [problem.sentence for problem in read_declaration(raw, "base")[1]]


def test_what_is_declared():
    made, problems = read_declaration(declared(), "base")
    assert problems == []
    assert made.sections["comparison"].response == Response(
        "ascites", ("none",), ("none", "slight"), "stage", ("d",), "afp"
    )
    assert made.sections["comparison"].competing == Competing("pps", "os")
    assert made.sections["comparison"].regression == Regression(("stage",), ("stage", "age"))


def test_every_section_may_be_left_out():
    raw = declared()
    for section in ("response", "competing", "regression"):
        del raw[section]
    made, problems = read_declaration(raw, "base")
    assert problems == []
    assert made.sections["comparison"].response is made.sections["comparison"].competing is None
    assert made.sections["comparison"].regression == Regression()


@pytest.mark.parametrize(
    ("section", "key", "value", "fault"),
    [
        ("response", "variable", "agee", "there is no variable with levels “agee”"),
        ("response", "variable", "age", "there is no variable with levels “age”"),
        ("response", "variable", 3, "the value 3 is not a text"),
        ("response", "responders", ["cured"], "not every entry is a level"),
        ("response", "responders", [], "or there is none"),
        ("response", "responders", "none", "is not a list"),
        ("response", "controlled", ["slight"], "it lacks a level of responders"),
        ("response", "early_shrinkage", "age", "there is no variable with levels “age”"),
        ("response", "shrunk", ["none"], "not every entry is a level"),
        ("response", "depth", "stage", "there is no number “stage”"),
        ("response", "responder", ["none"], "Write “responders” if that is meant"),
        ("competing", "event", "ttp", "there is no endpoint “ttp”"),
        ("competing", "composite", "pps", "it is the same endpoint as event"),
        ("competing", "death", "os", "the key is not known"),
        ("regression", "adjust", ["ages"], "there is no baseline variable “ages”"),
        ("regression", "model", ["afp"], "there is no baseline variable “afp”"),
        ("regression", "model", [3], "not every entry is a text"),
    ],
)
def test_a_wrong_value(section, key, value, fault):
    raw = declared()
    raw[section][key] = value
    found = [one for one in sentences(raw) if fault in one]
    assert len(found) == 1, sentences(raw)
    assert found[0].startswith(f"study.toml, key “{section}.{key}”")


@pytest.mark.parametrize("section", ["response", "competing"])
def test_an_empty_section_lacks_its_keys(section):
    raw = declared()
    raw[section] = {}
    assert any(f"“{section}." in one and "missing" in one for one in sentences(raw))


def test_a_section_must_be_a_table():
    raw = declared()
    raw["response"] = "ascites"
    assert any("“response”" in one for one in sentences(raw))


def test_the_shipped_studies_declare_theirs(catalog):
    two_arms, one_arm = catalog.study("soramic"), catalog.study("nct01900002")
    assert two_arms.comparison.competing == Competing("ttp", "pfs")
    assert two_arms.comparison.regression.model == ("arm", "child-pugh")
    assert one_arm.comparison.response.responders == ("pr",)
    assert one_arm.comparison.regression == Regression()
