"""A small study with doses of patients and lesions in which every awkward view occurs."""

from __future__ import annotations

from pathlib import Path

from tests.studies.edges import PATIENTS
from tests.studies.edges import TOML as EDGES

DOSES = """\
[[tables]]
id = "spots"
file = "spots.csv"

[[tables]]
id = "toxicity"
file = "toxicity.csv"

[adverse_events]
table = "toxicity"
term = "event"
grade = "ctc"

[[adverse_events.presets]]
label = "Liver"
terms = ["Raised <b>ALT</b>"]

[lesions]
table = "spots"
one = "spot <1>"
several = "spots <2>"
responder = "answer"

[dosimetry]
toxicity_preset = "liver"

[[doses]]
id = "liver"
label = "Liver <L>"
quantity = "mean dose"
unit = "Gy"
planned = "age"

[[doses]]
id = "spot"
label = "Spot"
quantity = "mean dose"
unit = "Gy"
table = "lesions"
planned = "before"
delivered = "after"

[[presets]]"""

TOML = EDGES.replace('id = "edges"', 'id = "doses"', 1).replace("[[presets]]", DOSES, 1)

SPOTS = """\
patient,answer,before,after
P00,yes,100,120
P00,no,90,60
P01,no,80,
P02,yes,70,140
P03,,60,50
P04,no,0,40
P05,no,40,30
P06,yes,50,90
"""
TOXICITY = """\
patient,event,ctc
P00,Raised <b>ALT</b>,1
P00,Raised <b>ALT</b>,3
P01,Nausea,2
P02,Raised <b>ALT</b>,2
P03,Raised <b>ALT</b>,3
"""


def write_doses(root: Path, *, single_patients: bool = True) -> Path:
    """Write the study under a folder, as STUDIES_DIR expects it."""
    folder = root / "doses"
    folder.mkdir(parents=True)
    toml = TOML if single_patients else f"single_patients = false\n{TOML}"
    (folder / "study.toml").write_text(toml, "utf-8")
    (folder / "patients.csv").write_text(PATIENTS, "utf-8", newline="")
    (folder / "spots.csv").write_text(SPOTS, "utf-8", newline="")
    (folder / "toxicity.csv").write_text(TOXICITY, "utf-8", newline="")
    return root
