"""A made-up registry with every way in which a study can say times, and adverse events."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from data.load import load_study
from data.study import Study

STUDY = """\
id = "registry"
title = "Registry"
tagline = "every form of a time"
design = "Made up."
question = "Is a count as good as a row?"
citation = "Unpublished."
provenance = "simulated"
default_split = "arm"
exposure = ["age", "stage"]

[patients]
id = "patient"

[[endpoints]]
id = "os"
label = "OS"
name = "Overall survival"
event_name = "Death"
curve = "Alive"
time = "os_days"
event = "os_event"

[[endpoints]]
id = "pfs"
label = "PFS"
name = "Progression-free survival"
event_name = "Progression or death"
time = "pfs_months"
event = "pfs_status"
unit = "months"
censored_values = ["alive"]

[[causes]]
id = "progression"
label = "Progression"
endpoint = "pfs"
values = ["progressed", "grown"]

[[causes]]
id = "death"
label = "Death"
endpoint = "pfs"
values = ["dead"]

[[endpoints]]
id = "stop"
label = "Stop"
name = "Time on treatment"
event_name = "Stop"
start = "begun"
end = "ended"
event = "stopped"

[[endpoints]]
id = "first"
label = "First"
name = "Time to a first event"
event_name = "Event"
start = "begun"
event_date = ["bled", "grown", "transplanted"]
last_contact = "seen"

[[endpoints]]
id = "after"
label = "After"
name = "Survival after progression"
event_name = "Death after progression"
time = "after_days"
event = "after_event"
unit = "days"
population = "patients who progressed"
missing_codes = [-9]
later_origin = true

[[endpoints]]
id = "either"
label = "Either"
name = "The first of days"
event_name = "Any"
first_of = ["stop", "first"]

[[endpoints]]
id = "any"
label = "Any"
name = "The first of days and months"
event_name = "Any"
first_of = ["os", "pfs"]

[[analysis_sets]]
id = "all"
label = "all patients"
description = "Everybody."

[[analysis_sets]]
id = "staged"
label = "staged patients"
description = "With a stage from A to B."
rule = { stage = ["a", "b"] }

[[arms]]
level = "a"
label = "Arm A"

[[arms]]
level = "b"
label = "Arm B"
reference = true

[[variables]]
column = "arm"
label = "Treatment arm"
kind = "categorical"
group = "Treatment"
levels = ["A", "B"]

[[variables]]
column = "stage"
label = "Stage"
kind = "ordinal"
group = "Disease"
levels = ["A", "B", "C"]
missing_codes = ["unknown"]
map = { "c" = "C", "?" = "" }
missing = "level"

[[variables]]
column = "ecog"
label = "ECOG"
kind = "ordinal"
group = "Patient"
levels = ["0", "1", "2"]
missing_codes = [9]

[[variables]]
column = "cirrhosis"
label = "Cirrhosis"
kind = "categorical"
group = "Disease"
levels = [{ value = "0", label = "No" }, { value = "1", label = "Yes" }]

[[variables]]
column = "age"
label = "Age"
kind = "number"
group = "Patient"
unit = "years"
valid = [18, 110]
per = 10

[[variables]]
column = "afp"
label = "AFP"
kind = "number"
group = "Laboratory"
unit = "ng/mL"
decimals = 1
cuts = [20, 400]
missing = "level"
missing_codes = [9999]
log = true

[[tables]]
id = "ae"
file = "ae.csv"

[adverse_events]
table = "ae"
term = "event"
category = "system"
grade = "ctc"
onset_day = "day"
death = "os"
treatment_emergent = "emergent"
grades = { "not done" = "" }
"""
PATIENTS, EVENTS = "patients", "ae"


def tables(n: int = 2300) -> dict[str, pd.DataFrame]:
    """The tables with the types that a database gives their columns; None for nothing."""
    random = np.random.default_rng(11)

    def some(values, share=0.0, p=None):
        found = random.choice(np.array(values, object), n, p=p)
        found[random.random(n) < share] = None
        return found

    made = {"patient": np.array([f"R{i:05d}" for i in range(n)], object)}
    made["arm"] = some(["A", "B"])
    made["stage"] = some(["A", "B", "C", "c", "?", "unknown"], 0.04)
    made["ecog"] = pd.array(some([0, 1, 2, 9], 0.03, [0.5, 0.3, 0.15, 0.05]), "Int64")
    made["cirrhosis"] = pd.array(some([False, True], 0.05), "boolean")
    made["age"] = pd.array(some([*range(30, 90)], 0.02), "Int64")
    afp = np.round(np.exp(random.normal(4, 1.5, n)), 1)
    afp[random.random(n) < 0.05] = 9999
    made["afp"] = np.where(random.random(n) < 0.1, np.nan, afp)
    death = np.ceil(random.exponential(500, n)).astype(int)
    grown = np.ceil(random.exponential(300, n)).astype(int)
    end = random.integers(60, 700, n)
    made["os_days"] = np.minimum(death, end)
    made["os_event"] = (death <= end).astype(int)
    first = np.minimum.reduce([death, grown, end])
    made["pfs_months"] = np.round(first / 30.4375, 1)
    progressed = (grown < death) & (grown <= end)
    told = np.where(progressed, some(["progressed", "grown"]), "dead")
    made["pfs_status"] = np.where(progressed | (death <= end), told, "alive").astype(object)
    begun = np.datetime64("2020-01-01") + random.integers(0, 900, n).astype("timedelta64[D]")
    made["begun"] = begun
    made["ended"] = begun + first.astype("timedelta64[D]")
    made["stopped"] = pd.array(random.random(n) < 0.7, "boolean")
    for name, share in (("bled", 0.2), ("grown", 0.5), ("transplanted", 0.1)):
        later = begun + random.integers(1, 400, n).astype("timedelta64[D]")
        made[name] = np.where(random.random(n) < share, later, np.datetime64("NaT"))
    made["seen"] = begun + end.astype("timedelta64[D]")
    after = made["os_days"] - first
    kept = np.where(random.random(n) < 0.5, None, -9)
    made["after_days"] = pd.array(np.where(progressed, after, kept), "Int64")
    made["after_event"] = pd.array(np.where(progressed, made["os_event"], None), "Int64")
    return {PATIENTS: pd.DataFrame(made), EVENTS: _events(made, random)}


def _events(made: dict, random) -> pd.DataFrame:
    who = random.choice(made["patient"][: len(made["patient"]) * 2 // 3], 4000)
    system = random.choice(np.array(["Gut", "Liver", "Skin"], object), 4000)
    day = pd.array(random.integers(0, 300, 4000), "Int64")
    day[random.random(4000) < 0.1] = pd.NA
    return pd.DataFrame(
        {
            "patient": who,
            "system": system,
            "event": random.choice(np.array(["Pain", "Nausea", "Rash"], object), 4000),
            "ctc": random.choice(np.array(["1", "2", "3", "4", "5", "not done"], object), 4000),
            "day": day,
            "emergent": random.choice(np.array(["Y", "no", ""], object), 4000),
        }
    )


def write_registry(folder: Path, n: int = 2300) -> Path:
    """Write it as a folder of text files."""
    folder.mkdir(parents=True)
    (folder / "study.toml").write_text(STUDY, "utf-8")
    for name, table in tables(n).items():
        as_text(table).to_csv(folder / f"{name}.csv", index=False)
    return folder


def as_text(table: pd.DataFrame) -> pd.DataFrame:
    """A table as its file holds it: true and false as 1 and 0."""
    made = {}
    for name, column in table.items():
        if column.dtype == "boolean":
            column = column.astype("Int64")
        made[name] = column.astype(object).where(column.notna(), "")
        if column.dtype.kind == "M":
            made[name] = column.dt.strftime("%Y-%m-%d").fillna("")
    return pd.DataFrame(made)


def registry(folder: Path, n: int = 2300) -> Study:
    """The study itself."""
    return load_study(write_registry(folder, n))
