"""Copies of the shipped studies declared to be patient data: what an attacker is let upon."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

from dash import Dash

import app as application
from settings import Settings

SHIPPED = Path(__file__).parents[2] / "data" / "studies"
TERMS = {"Fatigue": 0.55, "Nausea": 0.3, "Hand–foot reaction": 0.2, "Bleeding": 0.06, "Rash": 0.9}
EVENTS = """
[[tables]]
id = "events"
file = "events.csv"

[adverse_events]
table = "events"
onset_day = "day"
death = "os"
listing = true
minimum_cell = 1
"""


def write_guarded(folder: Path) -> Path:
    """Write ``guarded``, SORAMIC with made-up adverse events, and ``guarded-nct``."""
    for source, name in (("soramic", "guarded"), ("nct01900002", "guarded-nct")):
        shutil.copytree(SHIPPED / source, folder / name)
        file = folder / name / "study.toml"
        text = file.read_text("utf-8")
        text = re.sub(r'^id = ".*"', f'id = "{name}"', text, count=1, flags=re.M)
        text = re.sub(r'^provenance = ".*"', 'provenance = "patient data"', text, flags=re.M)
        if source == "soramic":
            text += EVENTS
            (folder / name / "events.csv").write_text(_events(folder / name), "utf-8")
        file.write_text(text, "utf-8")
    return folder


def _events(study: Path) -> str:
    """Adverse events at random, with the same seed always."""
    dice = random.Random(20)
    patients = [
        line.split(",")[0] for line in (study / "patients.csv").read_text("utf-8").splitlines()[1:]
    ]
    rows = [
        f"{patient},{term},{dice.choices(range(1, 5), (5, 4, 3, 1))[0]},{dice.randint(1, 60)}"
        for patient in patients
        for term, share in TERMS.items()
        if dice.random() < share
    ]
    return "\n".join(["patient,term,grade,day", *rows]) + "\n"


def guarded_app(folder: Path) -> Dash:
    """A server with the copies beside the shipped studies."""
    return application.create_app(Settings(studies_dir=write_guarded(folder)))
