"""A small two-arm study whose response can be worked out by hand, and a guarded one."""

from __future__ import annotations

from pathlib import Path

TOML = """\
id = "lanes"
title = "Lane study"
design = "Eight made-up patients."
question = "Who responds?"
citation = "Unpublished."
provenance = "simulated"
sentence_case = true
randomised = true
default_split = "arm"

[[arms]]
level = "a"
label = "Arm A"

[[arms]]
level = "b"
label = "Arm B"
reference = true

[[endpoints]]
id = "os"
label = "OS"
name = "Overall survival"
event_name = "Death"
origin = "randomisation"
time = "os_days"
event = "os_event"

[[endpoints]]
id = "ttp"
label = "TTP"
name = "Time to progression"
event_name = "Progression"
origin = "randomisation"
time = "ttp_days"
event = "ttp_event"

[[endpoints]]
id = "pps"
label = "PPS"
name = "Post-progression survival"
event_name = "Death after progression"
origin = "progression"
time = "ttp_days"
event = "ttp_event"
later_origin = true

[response]
variable = "best"
responders = ["cr", "pr"]
controlled = ["cr", "pr", "sd"]
not_evaluable = ["off-study"]
criteria = "RECIST 1.1"
depth = "depth"
time = "time"
survival_endpoint = "os"
progression_endpoint = "ttp"

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
levels = ["I & II", "III", "IV"]

[[variables]]
column = "age"
label = "Age"
kind = "number"
group = "Patient"
unit = "years"

[[variables]]
column = "best"
label = "Best response"
kind = "ordinal"
group = "Response"
levels = ["CR", "PR", "SD", "PD", "Off study"]
after_baseline = true

[[variables]]
column = "depth"
label = "Depth of response"
kind = "number"
group = "Response"
unit = "%"
after_baseline = true

[[variables]]
column = "time"
label = "Time to response"
kind = "number"
group = "Response"
unit = "months"
decimals = 1
after_baseline = true

[[variables]]
column = "late"
label = "Late finding"
kind = "categorical"
group = "Response"
levels = ["No", "Yes"]
after_baseline = true
landmark_days = 150
"""
# A positive depth is shrinkage; P5 responded on a day that nobody wrote down.
PATIENTS = """\
patient,arm,stage,age,best,depth,time,late,os_days,os_event,ttp_days,ttp_event
P1,A,I & II,41,CR,100,2,No,900,0,900,0
P2,A,I & II,42,PR,45,5,Yes,400,1,300,1
P3,A,III,43,SD,-5,,No,200,1,150,1
P4,A,III,44,PD,-30,,No,90,1,60,1
P5,B,I & II,45,PR,30,,Yes,500,1,500,0
P6,B,III,46,SD,,,No,300,0,250,1
P7,B,,47,,,,No,50,0,50,0
P8,B,III,48,Off study,,,No,120,1,120,0
"""
GUARDED = (
    TOML.replace('id = "lanes"', 'id = "guarded"\nsingle_patients = false', 1)
    .replace('title = "Lane study"', 'title = "Guarded study"')
    .replace('time = "time"\n', "", 1)
)


def write_responses(root: Path) -> Path:
    """Write both studies under a folder, as STUDIES_DIR expects them."""
    for name, toml in (("lanes", TOML), ("guarded", GUARDED)):
        folder = root / name
        folder.mkdir(parents=True)
        (folder / "study.toml").write_text(toml, "utf-8")
        (folder / "patients.csv").write_text(PATIENTS, "utf-8", newline="")
    return root
