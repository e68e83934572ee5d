"""A made-up study with more patients than are permuted, and every kind of column."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from data.load import load_study
from data.study import Study

_HEAD = """\
id = "many{arms}"
title = "Many"
tagline = "more patients than are permuted"
design = "Made up."
question = "Is a count as good as a row?"
citation = "Unpublished."
provenance = "simulated"
randomised = true
default_split = "arm"

[[endpoints]]
id = "os"
label = "OS"
name = "Overall survival"
event_name = "Death"
curve = "Alive"
origin = "randomisation"
time = "os_days"
event = "os_event"

[[endpoints]]
id = "pfs"
label = "PFS"
name = "Progression-free survival"
event_name = "Progression or death"
time = "pfs_days"
event = "pfs_event"

[[endpoints]]
id = "ttp"
label = "TTP"
name = "Time to progression"
event_name = "Progression"
time = "ttp_days"
event = "ttp_event"
competing = "death without progression"

[[endpoints]]
id = "pps"
label = "PPS"
name = "Post-progression survival"
event_name = "Death after progression"
origin = "progression"
time = "pps_days"
event = "pps_event"
population = "patients who progressed"
later_origin = true

[[endpoints]]
id = "left"
label = "First event"
name = "Transplant or death"
event_name = "Transplant or death"
time = "left_months"
event = "left_status"
unit = "months"
censored_values = [0]

[competing]
event = "ttp"
composite = "pfs"

[[causes]]
id = "death"
label = "Death"
endpoint = "left"
values = [1]

[[causes]]
id = "transplant"
label = "Transplant"
endpoint = "left"
values = [2]

[[causes]]
id = "lost"
label = "Withdrawal"
endpoint = "left"
values = [3]

[[analysis_sets]]
id = "all"
label = "all patients"
description = "Everybody."

[[analysis_sets]]
id = "treated"
label = "treated patients"
description = "Who was treated."
rule = {{ treated = ["yes"] }}

[[analysis_sets]]
id = "first"
label = "patients of the first arm"
description = "Of one arm only."
rule = {{ arm = ["a"] }}
{arm_blocks}
[[variables]]
column = "arm"
label = "Treatment arm"
kind = "categorical"
group = "Treatment"
levels = [{levels}]
prespecified = true

[[variables]]
column = "stage"
label = "Stage"
kind = "ordinal"
group = "Disease"
levels = ["A", "B", "C"]
missing = "level"
prespecified = true

[[variables]]
column = "marker"
label = "Marker"
kind = "categorical"
group = "Disease"
levels = ["Low", "Middle", "High"]
groups = {{ "Any above low" = ["middle", "high"] }}

[[variables]]
column = "sex"
label = "Sex"
kind = "categorical"
group = "Patient"
levels = ["Female", "Male"]

[[variables]]
column = "treated"
label = "Treated"
kind = "categorical"
group = "Treatment"
levels = ["No", "Yes"]

[[variables]]
column = "site"
label = "Site"
kind = "categorical"
group = "Patient"
levels = ["One", "Two", "Three", "Four", "Five", "Six"]

[[variables]]
column = "rare"
label = "Rare"
kind = "categorical"
group = "Patient"
levels = ["No", "Yes", "Never"]

[[variables]]
column = "response"
label = "Response"
kind = "categorical"
group = "Response"
levels = ["CR", "PR", "SD", "PD"]
after_baseline = true
landmark_days = 90

[[variables]]
column = "age"
label = "Age"
kind = "number"
group = "Patient"
unit = "years"
per = 10
cuts = [55, 65]

[[variables]]
column = "afp"
label = "AFP"
kind = "number"
group = "Laboratory"
unit = "ng/mL"
decimals = 1
log = true
cuts = [20, 400]
missing = "level"

[response]
variable = "response"
responders = ["cr", "pr"]
controlled = ["cr", "pr", "sd"]
"""
_ARM = """
[[arms]]
level = "{level}"
label = "Arm {name}"
{reference}
"""


def write_many(folder: Path, arms: int, patients: int) -> Path:
    """Write a study of so many arms and patients."""
    folder.mkdir(parents=True)
    names = "ABC"[:arms]
    blocks = "".join(
        _ARM.format(level=name.lower(), name=name, reference="reference = true" * (name == "B"))
        for name in names
    )
    levels = ", ".join(f'"{name}"' for name in names)
    text = _HEAD.format(arms=arms, arm_blocks=blocks, levels=levels)
    (folder / "study.toml").write_text(text, "utf-8")
    _patients(names, patients).to_csv(folder / "patients.csv", index=False)
    return folder


def many(folder: Path, arms: int, patients: int) -> Study:
    """The study itself."""
    return load_study(write_many(folder, arms, patients))


def _patients(names: str, n: int) -> pd.DataFrame:
    random = np.random.default_rng(20)

    def some(values, share=0.0, p=None):
        found = random.choice(np.array(values, object), n, p=p)
        return np.where(random.random(n) < share, "", found)

    made = {"patient": [f"P{i}" for i in range(n)], "arm": some([*names])}
    made["stage"] = some(["A", "B", "C"], 0.05, [0.3, 0.4, 0.3])
    made["marker"] = some(["Low", "Middle", "High"], 0.1)
    made["sex"] = some(["Female", "Male"], 0, [0.25, 0.75])
    made["treated"] = some(["No", "Yes"], 0, [0.1, 0.9])
    made["site"] = some(["One", "Two", "Three", "Four", "Five", "Six"])
    made["rare"] = some(["No", "Yes"], 0, [0.995, 0.005])
    age = np.round(random.normal(62, 9, n)).astype(int)
    made["age"] = np.where(random.random(n) < 0.03, "", age.astype(str))
    afp = np.round(np.exp(random.normal(4, 1.5, n)), 1)
    made["afp"] = np.where(random.random(n) < 0.15, "", afp.astype(str))
    hazard = 0.002 * np.exp(
        0.3 * (made["stage"] == "C")
        + 0.2 * (made["marker"] == "High")
        - 0.25 * (made["arm"] == "A")
    )
    death = np.ceil(random.exponential(1 / hazard)).astype(int)
    progression = np.ceil(random.exponential(0.8 / hazard)).astype(int)
    end = random.integers(60, 700, n)
    made["os_days"] = np.minimum(death, end)
    made["os_event"] = (death <= end).astype(int)
    progressed = (progression < death) & (progression <= end)
    made["ttp_days"] = np.minimum.reduce([death, progression, end])
    made["ttp_event"] = progressed.astype(int)
    made["pfs_days"] = made["ttp_days"]
    made["pfs_event"] = ((progression <= end) | (death <= end)).astype(int)
    after = (made["os_days"] - made["ttp_days"]).astype(str)
    made["pps_days"] = np.where(progressed, after, "")
    made["pps_event"] = np.where(progressed, made["os_event"].astype(str), "")
    left = np.round(np.minimum(death, end) / 30.4375, 1)
    made["left_months"] = left
    made["left_status"] = np.where(made["os_event"] == 1, random.integers(1, 4, n), 0)
    made["response"] = some(["CR", "PR", "SD", "PD"], 0.08)
    return pd.DataFrame(made)
