"""A small two-arm study with single grades, onset days, a listing and a response."""

from __future__ import annotations

from pathlib import Path

from tests.studies.edges import PATIENTS
from tests.studies.edges import TOML as EDGES

TOML = (
    EDGES.replace('id = "edges"', 'id = "events"', 1)
    .replace('default_split = "arm"\n', 'default_split = "arm"\nexposure = ["age", "response"]\n')
    .replace(
        "[[presets]]",
        """[[tables]]
id = "toxicity"
file = "toxicity.csv"

[adverse_events]
table = "toxicity"
term = "event"
category = "system"
grade = "ctc"
onset_day = "day"
death = "os"
listing = true

[[adverse_events.presets]]
label = "Liver"
terms = ["Raised <b>ALT</b>"]

[response]
variable = "response"
responders = ["yes"]
controlled = ["yes"]

[[presets]]""",
        1,
    )
)

TOXICITY = """\
patient,system,event,ctc,day
P00,Gut,Nausea,1,3
P00,Gut,Nausea,3,20
P01,Gut,Nausea,2,10
P02,Gut,Nausea,1,
P03,Liver,Raised <b>ALT</b>,4,40
P05,Liver,Raised <b>ALT</b>,3,
P06,Liver,Raised <b>ALT</b>,5,100
P06,Gut,=Diarrhoea,1,7
"""


def write_events(root: Path) -> Path:
    """Write the study under a folder, as STUDIES_DIR expects it."""
    folder = root / "events"
    folder.mkdir(parents=True)
    (folder / "study.toml").write_text(TOML, "utf-8")
    (folder / "patients.csv").write_text(PATIENTS, "utf-8", newline="")
    (folder / "toxicity.csv").write_text(TOXICITY, "utf-8", newline="")
    return root
