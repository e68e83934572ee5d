"""A small study in which every awkward view of the Survival page occurs."""

from __future__ import annotations

from pathlib import Path

TOML = """\
id = "edges"
title = "Edge study"
tagline = "every awkward view"
design = "Twenty made-up patients."
question = "What does the page do at its edges?"
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
curve = "Alive"
origin = "randomisation"
time = "os_days"
event = "os_event"

[[endpoints]]
id = "quiet"
label = "Relapse"
name = "Time to relapse"
event_name = "Relapse"
time = "quiet_days"
event = "quiet_event"
competing = "death without relapse"

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

[[presets]]
label = "Older, stage C"
filters = { age = "60..75", stage = "c" }

[[variables]]
column = "arm"
label = "Treatment arm"
kind = "categorical"
group = "Treatment"
levels = ["A", "B"]
prespecified = true
featured = true

[[variables]]
column = "stage"
label = "Stage"
meaning = "Stage of the disease"
kind = "ordinal"
group = "Disease"
levels = ["B", "C"]
missing = "level"
featured = true

[[variables]]
column = "marker"
label = "Marker"
kind = "categorical"
group = "Disease"
levels = ["Low", "Middle", "High"]

[[variables]]
column = "response"
label = "Response"
kind = "categorical"
group = "Disease"
levels = ["No", "Yes"]
after_baseline = true
landmark_days = 90

[[variables]]
column = "site"
label = "Site"
kind = "categorical"
group = "Patient"
levels = ["One", "Two", "Three", "Four", "Five", "Six"]

[[variables]]
column = "cell"
label = "=Cell type"
kind = "categorical"
group = "Patient"
levels = ["=1+1", "@cmd", "plain"]

[[variables]]
column = "only"
label = "Only level"
kind = "categorical"
group = "Patient"
levels = ["Same"]

[[variables]]
column = "age"
label = "Age"
kind = "number"
group = "Patient"
unit = "years"
cuts = [60]
featured = true

[[variables]]
column = "many"
label = "Many"
kind = "categorical"
group = "Other"
levels = ["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8"]
"""

HEAD = (
    "patient,arm,stage,marker,response,site,cell,only,age,many,"
    "os_days,os_event,quiet_days,quiet_event,pps_days,pps_event"
)
_SITES = ("One", "Two", "Three", "Four", "Five", "Six")
_CELLS = ("=1+1", "@cmd", "plain")


def _row(i: int) -> str:
    days = 0 if i == 0 else 37 * i + 5 * (i % 3)
    cells = (
        f"P{i:02d}",
        "AB"[i % 2],
        ("B", "C", "C", "")[i % 4],
        ("Low", "Middle", "High", "", "High")[i % 5],
        ("No", "Yes")[i % 3 == 0],
        _SITES[i % 6],
        _CELLS[i % 3],
        "Same",
        "" if i == 7 else 45 + 2 * i,
        f"m{i % 8 + 1}",
        days,
        int(i % 4 != 3),
        days,
        0,
        days // 2 if i % 2 else "",
        int(i % 3 == 0) if i % 2 else "",
    )
    return ",".join(str(cell) for cell in cells)


PATIENTS = "\n".join([HEAD, *(_row(i) for i in range(20))]) + "\n"

BROKEN_TOML = """\
id = "broken"
title = "Broken study"
design = "One patient."
question = "Why?"
citation = "Unpublished."
provenance = "simulated"

[[endpoints]]
id = "os"
label = "OS"
name = "Overall survival"
event_name = "Death"
time = "os_days"
event = "os_event"

[[variables]]
column = "sex"
label = "Sex"
kind = "categorical"
group = "Patient"
levels = ["female", "male"]
"""
BROKEN_PATIENTS = "patient,sex,os_days,os_event\nSECRET-1,female,-3,1\n"


def write_studies(root: Path) -> Path:
    """Write the sound study and a broken one under a folder, as STUDIES_DIR expects them."""
    for name, toml, patients in (
        ("edges", TOML, PATIENTS),
        ("broken", BROKEN_TOML, BROKEN_PATIENTS),
    ):
        folder = root / name
        folder.mkdir(parents=True)
        (folder / "study.toml").write_text(toml, "utf-8")
        (folder / "patients.csv").write_text(patients, "utf-8", newline="")
    return root
