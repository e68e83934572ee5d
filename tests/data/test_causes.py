"""``[[causes]]``: what it declares, how cells and endpoints tell causes, and all its faults."""

import copy
import tomllib

import numpy as np
import pytest

from data.causes import Cause, Causes, first_events, of_pair
from data.checking.problems import StudyError
from data.declaration import read_declaration
from data.load import load_study
from data.outcomes import EndpointData
from tests.cases import FOLDER, cases

TOML = (FOLDER / "leave" / "study.toml").read_text("utf-8")


def problems(raw: dict) -> str:
    return " ".join(one.sentence for one in read_declaration(raw, "leave")[1])


def raw() -> dict:
    return copy.deepcopy(tomllib.loads(TOML))


def broken(folder) -> str:
    with pytest.raises(StudyError) as error:
        load_study(folder)
    return str(error.value)


def folder_of(tmp_path, toml: str, rows: list[str]):
    folder = tmp_path / "leave"
    folder.mkdir()
    (folder / "study.toml").write_text(toml, "utf-8")
    (folder / "patients.csv").write_text("\n".join(rows) + "\n", "utf-8")
    return folder


def test_what_is_declared():
    study = cases().study("leave")
    (found,) = study.causes
    assert found.endpoint == "first"
    assert [one.id for one in found.causes] == ["cancer", "transplant", "other"]
    assert found.interest.alone == "cancer"
    assert study.causes_of("cancer") is study.causes_of("first") is found
    # What competes need not be said twice.
    assert study.endpoint("cancer").competing == "a transplant or Death of other causes"
    outcome = study.outcomes["first"]
    assert np.array_equal(outcome.event, (outcome.cause > 0).astype(int))


@pytest.mark.parametrize(
    ("cause", "key", "value", "fault"),
    [
        (0, "values", [1], "“1” stands for “cancer” too"),
        (0, "alone", "os", "there is no endpoint “os”"),
        (0, "alone", "first", "it is the endpoint that counts every cause"),
        (0, "endpoint", "os", "there is no endpoint “os”"),
        (0, "interest", True, "two causes of “first” are of interest"),
        (0, "id", "other", "the id “other” stands twice"),
        (0, "column", "why", "told by different columns"),
        (0, "label", "", "the text is empty"),
        (0, "vallues", [2], "Write “values” if that is meant"),
    ],
)
def test_faults_of_a_declaration(cause, key, value, fault):
    spoilt = raw()
    spoilt["causes"][cause][key] = value
    assert fault in problems(spoilt)


def test_more_faults():
    spoilt = raw()
    del spoilt["causes"][0]["values"], spoilt["causes"][2]["values"]
    assert "a second cause has neither values nor an endpoint alone" in problems(spoilt)
    spoilt = raw()
    spoilt["causes"] = spoilt["causes"][:1]
    assert "the endpoint “first” has 1 of them. Declare from 2 to 8" in problems(spoilt)
    spoilt = raw()
    spoilt["endpoints"][0]["event_values"] = [1, 2]
    assert "these are not the values of its causes" in problems(spoilt)
    spoilt = raw()
    spoilt["competing"] = {"event": "cancer", "composite": "first"}
    assert "[[causes]] say how “first” ends. Keep one of the two" in problems(spoilt)
    spoilt = raw()
    spoilt["causes"][0] |= {"alone": "cancer"}
    del spoilt["causes"][0]["values"]
    assert "the other causes of this endpoint are told by values. Add its values" in problems(
        spoilt
    )


def test_a_column_of_its_own_tells_the_cause_and_every_fault_is_named(tmp_path):
    toml = TOML.replace('event = "status"\ncensored_values = [0]', 'event = "dead"', 1)
    for value in (1, 2, 3):
        toml = toml.replace(f"values = [{value}]", f'values = ["{"nkto"[value]}"]\ncolumn = "why"')
    toml = toml.replace('event_values = ["k"]\ncolumn = "why"', "event_values = [1]")
    rows = ["patient,arm,months,status,dead,why", "a,1,3,1,1,k", "b,2,4,0,0,", "c,3,5,3,1,o"]
    folder = folder_of(tmp_path, toml, rows)
    outcome = load_study(folder).outcomes["first"]
    assert outcome.cause.tolist() == [1, 0, 3]
    (folder / "patients.csv").write_text("\n".join([*rows, "d,1,2,2,1,", "e,1,2,2,1,x", ""]))
    said = broken(folder)
    assert "row 5: the cause of the event is missing. Use “k”, “t”, “o”" in said
    assert "row 6: “x” is no cause of First event" in said
    # A cause without values is whatever the others are not.
    rest = toml.replace('values = ["o"]\ncolumn = "why"', "")
    (folder / "study.toml").write_text(rest, "utf-8")
    assert load_study(folder).outcomes["first"].cause.tolist() == [1, 0, 3, 3, 3]


def test_endpoints_of_their_own_tell_the_cause():
    def of(time, event):
        time = np.array(time)
        return EndpointData(time, np.array(event), np.ones(time.size, bool))

    outcomes = {
        "any": of([10, 10, 10, 10, 10], [1, 1, 1, 0, 1]),
        "one": of([10, 8, 10, 10, 12], [1, 1, 0, 0, 1]),
        "two": of([10, 7, 10, 10, 10], [1, 1, 0, 0, 0]),
    }
    causes = (Cause("one", "One", alone="one"), Cause("two", "Two", alone="two"))
    found = first_events(Causes("any", causes), outcomes)
    # On one day the first that is declared; an earlier one before it; what comes later is none.
    assert found.cause.tolist() == [1, 2, -1, 0, -1]
    assert found.time.tolist() == [10, 7, 10, 10, 10]
    rest = first_events(Causes("any", (*causes, Cause("rest", "Rest"))), outcomes)
    assert rest.cause.tolist() == [1, 2, 3, 0, 3]


def test_an_event_that_is_no_endpoints_own_is_a_fault(tmp_path):
    toml = TOML.split("[[causes]]")[0] + "[[arms]]" + TOML.split("[[arms]]", 1)[1]
    toml = toml.replace("censored_values = [0]", "event_values = [1, 2]\ncensored_values = [0]", 1)
    toml = toml.replace("censored_values = [0, 2, 3]", "censored_values = [0, 2]")
    second = 'id = "graft"\nlabel = "Graft"\nname = "Time to graft"\nevent_name = "Graft"\n'
    second += 'time = "graft_months"\nunit = "months"\nevent = "graft"\n'
    toml += f"[[endpoints]]\n{second}"
    for name in ("cancer", "graft"):
        toml += (
            f'[[causes]]\nid = "{name}"\nlabel = "{name}"\nendpoint = "first"\nalone = "{name}"\n'
        )
    rows = ["patient,arm,months,status,graft_months,graft"]
    rows += ["a,1,3,1,3,0", "b,2,4,2,4,1", "c,3,5,2,5,0"]
    said = broken(folder_of(tmp_path, toml, rows))
    assert said == (
        "patients.csv, column “status”, row 4: First event has an event and none of its causes has "
        "one by then. Correct one of the event flags, or declare a cause without values and alone."
    )


def test_two_endpoints_whose_difference_competes():
    # Progression; death later without progression; neither; progression after the other's day.
    known = np.ones(4, bool)
    outcomes = {
        "pfs": EndpointData(np.array([5, 9, 7, 4]), np.array([1, 1, 0, 1]), known),
        "ttp": EndpointData(np.array([5, 6, 7, 8]), np.array([1, 0, 0, 1]), known),
    }
    found = first_events(of_pair("ttp", "pfs", "Progression", "death"), outcomes)
    assert found.time.tolist() == [5, 9, 7, 4]
    assert found.cause.tolist() == [1, 2, 0, 2]
