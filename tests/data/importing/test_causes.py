"""A status with several ways to leave: told by its words or asked, and R's numbers from it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

from analysis.competing_risks import competing_risks
from analysis.gray import gray_test
from data.causes import first_events
from data.importing.__main__ import main as make
from data.importing.declare import declaration_of
from data.importing.guess import DOUBTFUL, LIKELY
from data.load import load_study
from tests.data.importing.made_up import days, ids, understood
from tests.data.importing.test_command import write

R = json.loads((Path(__file__).parents[2] / "golden" / "causes.json").read_text("utf-8"))

# Headings, cells in turn, the labels of the causes with that of interest first, how sure.
TOLD = [
    (("time", "status"), ("death", "transplant", "censored"), ("Death", "Transplant"), LIKELY),
    (("time", "status"), ("2:dead", "1:transplant", "0:alive"), ("Dead", "Transplant"), LIKELY),
    (("etime", "event"), ("censor", "pcm", "death"), ("Death", "Pcm"), DOUBTFUL),
    (
        ("os_days", "os_status"),
        ("Died of other causes", "Died of HCC", "Alive"),
        ("Died of HCC", "Died of other causes"),
        LIKELY,
    ),
    (
        ("pfs_days", "pfs_status"),
        ("progressed", "dead", "censored"),
        ("Progressed", "Dead"),
        LIKELY,
    ),
    (
        ("Zeit (Tage)", "Status"),
        ("lebt", "Tod durch Tumor", "Tod ohne Tumor", "Lebertransplantation"),
        ("Tod durch Tumor", "Tod ohne Tumor", "Lebertransplantation"),
        LIKELY,
    ),
]


@pytest.mark.parametrize(("headings", "cells", "labels", "sure"), TOLD)
def test_words_tell_the_causes(headings, cells, labels, sure):
    columns = {"id": ids(), headings[0]: days(), headings[1]: (cells * 6)[:12]}
    found = understood(columns)
    assert not found.questions
    (one,) = found.endpoints
    assert [cause.label for cause in one.causes] == list(labels)
    assert one.sure == sure
    assert "compete" in one.why


@pytest.mark.parametrize(
    "cells",
    [("dead", "deceased", "alive"), ("Dead", "Alive", "Lost to follow-up"), ("1", "0", "NA")],
)
def test_one_cause_in_several_words_is_no_competition(cells):
    found = understood({"id": ids(), "os_days": days(), "os_status": list(cells) * 4})
    assert found.endpoints[0].causes == ()
    assert not found.questions


def test_survival_does_not_count_a_transplant_as_a_death():
    cells = ["dead", "transplanted", "alive"] * 4
    found = understood({"id": ids(), "os_days": days(), "os_status": cells})
    made, _ = declaration_of(found, "x")
    overall, first = made["endpoints"]
    assert (overall["id"], overall["event_values"]) == ("os", ["dead"])
    assert set(overall["censored_values"]) == {"transplanted", "alive"}
    assert overall["competing"] == "Transplanted"
    assert (first["id"], set(first["event_values"])) == ("first-event", {"dead", "transplanted"})
    assert [(one["id"], one["endpoint"]) for one in made["causes"]] == [
        ("dead", "first-event"),
        ("transplanted", "first-event"),
    ]
    assert made["causes"][0]["alone"] == "os"


def test_codes_are_asked_and_named():
    columns = {"id": ids(), "time": days(), "status": ["0", "1", "2"] * 4}
    assert [one.key for one in understood(columns).questions] == [
        "time-to-event.event_values",
        "time-to-event.none",
    ]
    said = {"time-to-event.event_values": "2", "time-to-event.none": "0"}
    found = understood(columns, **said)
    assert not found.questions
    (one,) = found.endpoints
    assert [(cause.label, cause.values) for cause in one.causes] == [
        ("Status 2", ("2",)),
        ("Status 1", ("1",)),
    ]
    named = {"time-to-event.named 1": "transplant", "time-to-event.named 2": "death"}
    (one,) = understood(columns, **said, **named).endpoints
    assert [cause.label for cause in one.causes] == ["Death", "Transplant"]
    # Nothing competes where all the others are none.
    (one,) = understood(columns, **said | {"time-to-event.none": "0|1"}).endpoints
    assert (one.causes, one.event_values) == ((), ("2",))


def test_what_is_told_can_be_said_otherwise():
    columns = {"id": ids(), "time": days(), "status": ["death", "transplant", "censored"] * 4}
    said = {"time-to-event.event_values": "transplant", "time-to-event.none": "censored"}
    (one,) = understood(columns, **said).endpoints
    assert [cause.label for cause in one.causes] == ["Transplant", "Death"]


def assert_of_r(study, golden, by, order):
    """Incidences at R's days and Gray's tests; ``order`` is R's code of each cause."""
    (causes,) = study.causes
    first = first_events(causes, study.outcomes)
    variable = study.variable(by)
    unit = study.endpoint(causes.endpoint).timing.unit
    scale = 30.4375 if unit == "months" else 1
    for place, (level, expected) in enumerate(zip(variable.levels, golden["groups"], strict=True)):
        rows = study.codes[by] == place
        assert int(rows.sum()) == expected["n"], level
        found = competing_risks(first.time[rows], first.cause[rows], len(causes.causes))
        for mine, theirs in enumerate(order):
            read = [found.incidences[mine].at(day * scale)[0] for day in golden["days"]]
            known = np.isfinite(read)
            assert_allclose(
                np.array(read)[known], np.array(expected["value"][theirs - 1])[known], rtol=1e-9
            )
    known = study.codes[by] >= 0
    for mine, theirs in enumerate(order, 1):
        columns = (first.time[known], first.cause[known], study.codes[by][known])
        assert_allclose(gray_test(*columns, mine).statistic, golden["statistic"][theirs - 1])


def test_a_registry_with_codes_has_the_numbers_of_r(tmp_path, capsys):
    golden = R["pbc"]
    n = len(golden["time"])
    columns = {
        "id": range(1, n + 1),
        "time": golden["time"],
        "status": golden["cause"],
        "stage": golden["group"],
    }
    file, out = write(tmp_path / "pbc.csv", columns), tmp_path / "pbc"
    assert make([str(file), "--out", str(out)]) == 1
    said = capsys.readouterr().err
    assert "Which values of “status” are of patients to whom nothing happened (censored)?" in said
    answers = (
        "time-to-event.event_values=2; time-to-event.none=0; time-to-event.named 1=transplant; "
        "time-to-event.named 2=death; time-to-event.unit=days"
    )
    assert make([str(file), "--out", str(out), "--say", answers]) == 0
    study = load_study(out)
    assert [one.label for one in study.causes[0].causes] == ["Death", "Transplant"]
    assert_of_r(study, golden, "stage", (2, 1))
    assert "[[causes]]" in (out / "study.toml").read_text("utf-8")


def test_a_file_with_words_in_months_has_the_numbers_of_r(tmp_path):
    golden = R["mgus2"]
    words = ("censor", "progression", "death")
    columns = {
        "patient": [f"M{i}" for i in range(len(golden["time"]))],
        "etime (months)": golden["time"],
        "event": [words[code] for code in golden["cause"]],
        "sex": [("F", "M")[code - 1] for code in golden["group"]],
    }
    file, out = write(tmp_path / "mgus.csv", columns), tmp_path / "mgus"
    assert make([str(file), "--out", str(out)]) == 0
    study = load_study(out)
    declared = tomllib.loads((out / "study.toml").read_text("utf-8"))
    assert [one["label"] for one in declared["causes"]] == ["Progression", "Death"]
    assert_of_r(study, golden, "sex", (1, 2))
