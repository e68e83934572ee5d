"""A small sound study in a folder of its own, for tests to spoil one thing at a time."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from data.catalog import Catalog, load_catalog
from data.checking.problems import StudyError
from data.load import load_study
from data.study import Study

TOML = """\
id = "base"
title = "Base study"
tagline = "A against B"
design = "Six patients."
question = "Does A help?"
citation = "Nobody, nowhere."
registration = "none"
provenance = "simulated"
provenance_note = "Made up."
default_split = "arm"
exposure = ["afp"]

[patients]
file = "patients.csv"
id = "patient"

[[arms]]
level = "a"
label = "Arm A"
short = "A"

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
unit = "days"
time = "os_days"
event = "os_event"

[[endpoints]]
id = "pps"
label = "PPS"
name = "Post-progression survival"
event_name = "Death"
time = "pps_days"
event = "pps_event"
population = "patients who progressed"
later_origin = true

[[analysis_sets]]
id = "stage-known"
label = "stage C or D"
description = "Patients past stage B."
rule = { stage = ["stage-c", "d"] }
default = true
published = true

[[analysis_sets]]
id = "everybody"
label = "everybody"

[[presets]]
label = "Young, stage C"
filters = { age = "18..50", stage = "stage-c,missing" }

[[tables]]
id = "adverse-events"
file = "adverse_events.csv"

[adverse_events]
table = "adverse-events"
term = "term"
grade = "grade"
set = "everybody"
death = "os"

[[tables]]
id = "lesions"
file = "lesions.csv"

[lesions]
table = "lesions"
responder = "response"
target = "large"

[dosimetry]
toxicity_preset = "tired"

[prescription]
method = "glass"
words = "By the package insert."

[[doses]]
id = "liver"
label = "Liver"
quantity = "mean dose"
unit = "Gy"
planned = "afp_ng"

[[doses]]
id = "lesion"
label = "Lesion"
quantity = "mean dose"
unit = "Gy"
table = "lesions"
planned = "planned_gy"
delivered = "delivered_gy"

[[adverse_events.presets]]
label = "Tired"
terms = ["Fatigue"]

[[flow]]
label = "Screened"
n = 9
note = "declined"

[[flow]]
label = "Enrolled"
set = "everybody"

[response]
variable = "ascites"
responders = ["none"]
controlled = ["none", "slight"]
early_shrinkage = "stage"
shrunk = ["d"]
depth = "afp"

[competing]
event = "pps"
composite = "os"

[regression]
adjust = ["stage"]
model = ["stage", "age"]

[[published_subgroups]]
endpoint = "os"
title = "Table 2"
file = "table-2.csv"

[[variables]]
column = "arm"
label = "Treatment arm"
kind = "categorical"
group = "Treatment"
levels = ["A", "B"]
prespecified = true
published = ["os", "pps"]
featured = true

[[variables]]
column = "stage"
label = "Stage"
meaning = "Stage of the disease"
kind = "ordinal"
group = "Disease"
levels = ["Stage B", "Stage C", { value = "D", label = "Stage D", id = "d" }]
published = ["os"]
missing = "level"

[[variables]]
column = "ascites"
label = "Ascites"
kind = "categorical"
group = "Disease"
levels = ["None", "Slight", "Missing"]

[[variables]]
column = "age"
label = "Age"
kind = "number"
group = "Patient"
unit = "years"

[[variables]]
id = "afp"
column = "afp_ng"
label = "AFP"
kind = "number"
group = "Disease"
cuts = [20, 400.5]
decimals = 1
after_baseline = true
landmark_days = 90
"""

PATIENTS = """\
patient,arm,stage,ascites,age,afp_ng,os_days,os_event,pps_days,pps_event
P1,A,Stage B,None,40,3.5,100,1,,
P2,A,Stage C,Slight,50,20,200,0,50,0
P3,A,Stage C,Missing,61,400,300,1,150,1
P4,B,D,None,,400.5,400,0,,
P5,B,,None,70,,500,1,10,1
P6,B,D,Slight,80,1e3,0,1,,
"""

TABLE_2 = """\
variable,level,n,events,median,median_lo,median_hi,y1,y1_lo,y1_hi,y2,y2_lo,y2_hi,p
All,All patients,6,4,10.5,3.3,,0.5,0.2,1,,,,
Stage,Stage B,1,1,3.3,,,,,,,,,<0.001
Stage,D,2,1,,,,0.75,0.3,1,,,,
"""

ADVERSE_EVENTS = """\
patient,term,grade
P1,Fatigue,2
P1,Nausea,1
P4,Fatigue,3
"""


LESIONS = """\
patient,response,large,planned_gy,delivered_gy
P3,yes,yes,100,120
P3,no,no,80,
P4,,yes,60,45.5
"""


@dataclass(frozen=True)
class StudyFolder:
    """A study's folder whose files can be changed."""

    path: Path

    def change(self, file: str, old: str, new: str) -> None:
        """Replace one passage of a file; the passage must be there, else the test tests nothing."""
        text = (self.path / file).read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        (self.path / file).write_text(text.replace(old, new), "utf-8", newline="")

    def load(self) -> Study:
        return load_study(self.path)

    def sentences(self) -> list[str]:
        """The sentences with which the study is refused."""
        with pytest.raises(StudyError) as caught:
            self.load()
        return [problem.sentence for problem in caught.value.problems]


def write_base(root: Path) -> StudyFolder:
    path = root / "base"
    path.mkdir(parents=True)
    for name, text in (
        ("study.toml", TOML),
        ("patients.csv", PATIENTS),
        ("adverse_events.csv", ADVERSE_EVENTS),
        ("table-2.csv", TABLE_2),
        ("lesions.csv", LESIONS),
    ):
        (path / name).write_text(text, "utf-8", newline="")
    return StudyFolder(path)


@pytest.fixture
def folder(tmp_path: Path) -> StudyFolder:
    """The small study, to be changed."""
    return write_base(tmp_path / "own")


@pytest.fixture(scope="session")
def base_folder(tmp_path_factory) -> StudyFolder:
    """The small study, left as it is."""
    return write_base(tmp_path_factory.mktemp("base_study"))


@pytest.fixture(scope="session")
def base(base_folder: StudyFolder) -> Study:
    return base_folder.load()


@pytest.fixture
def declared() -> dict:
    """The small study's declaration as parsed TOML, to be changed."""
    return tomllib.loads(TOML)


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The studies that are shipped."""
    return load_catalog()
