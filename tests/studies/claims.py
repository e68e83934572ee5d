"""A small study whose labels are no English sentences and whose claims can be counted by hand.

Twelve patients in two arms, with death, progression, response and adverse events. Tests change a
line of its ``study.toml`` or a cell and look at what is said then.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from data.catalog import Catalog
from data.load import load_study
from data.study import Study
from layouts.shared.look import Look
from layouts.shared.theme import LIGHT
from tests.views import BY_ID, PageViews

TOML = """\
id = "klinik"
title = "Klinik"
design = "Twelve made-up patients."
question = "Who lives longer?"
citation = "Unpublished."
provenance = "simulated"
default_split = "arm"

[[arms]]
level = "sorafenib-5-fu"
label = "Sorafenib + 5-FU"

[[arms]]
level = "gemcitabin"
label = "Gemcitabin"
reference = true

[[endpoints]]
id = "os"
label = "OS"
name = "Gesamtüberleben"
event_name = "Tod"
time = "os_days"
event = "os_event"

[[endpoints]]
id = "ttp"
label = "TTP"
name = "Zeit bis Progress"
event_name = "Progress"
time = "ttp_days"
event = "ttp_event"
competing = "Tod ohne Progress"

[[endpoints]]
id = "pfs"
label = "PFS"
name = "Progressfreies Überleben"
event_name = "Progress oder Tod"
time = "pfs_days"
event = "pfs_event"

[competing]
event = "ttp"
composite = "pfs"

[response]
variable = "best"
responders = ["teilremission"]
controlled = ["teilremission", "stabil"]
not_evaluable = ["nicht-beurteilt"]
time = "response-months"
survival_endpoint = "os"
progression_endpoint = "ttp"

[[tables]]
id = "events"
file = "events.csv"

[adverse_events]
table = "events"
onset_day = "day"
death = "os"

[[variables]]
column = "arm"
label = "Arm"
kind = "categorical"
group = "Therapie"
levels = ["Sorafenib + 5-FU", "Gemcitabin"]

[[variables]]
column = "delta"
label = "Delta"
kind = "number"
group = "Labor"

[[variables]]
column = "best"
label = "Bestes Ansprechen"
kind = "ordinal"
group = "Verlauf"
levels = ["Teilremission", "Stabil", "Nicht beurteilt"]
after_baseline = true

[[variables]]
id = "response-months"
column = "response_months"
label = "Zeit bis Ansprechen"
kind = "number"
group = "Verlauf"
unit = "months"
decimals = 1
after_baseline = true
"""

PATIENTS = """\
patient,arm,delta,best,response_months,os_days,os_event,ttp_days,ttp_event,pfs_days,pfs_event
P1,Sorafenib + 5-FU,-8,Teilremission,2,700,1,400,1,400,1
P2,Sorafenib + 5-FU,-6,Teilremission,3,650,0,500,1,500,1
P3,Sorafenib + 5-FU,-4,Stabil,,300,1,300,0,300,1
P4,Sorafenib + 5-FU,-2,Stabil,,620,1,350,1,350,1
P5,Sorafenib + 5-FU,0,Nicht beurteilt,,90,1,90,0,90,1
P6,Sorafenib + 5-FU,2,Stabil,,500,0,500,0,500,0
P7,Gemcitabin,-7,Teilremission,4,420,1,200,1,200,1
P8,Gemcitabin,-5,Stabil,,240,1,240,0,240,1
P9,Gemcitabin,-3,Stabil,,330,1,150,1,150,1
P10,Gemcitabin,-1,Stabil,,180,1,180,0,180,1
P11,Gemcitabin,1,Nicht beurteilt,,60,1,60,0,60,1
P12,Gemcitabin,3,Stabil,,400,0,250,1,250,1
"""

EVENTS = """\
patient,term,grade,day
P1,Nausea,2,10
P2,Nausea,1,20
P7,Nausea,3,30
P3,HFS,3,40
P8,HFS,1,50
P4,Fieber,2,60
P9,Fieber,1,70
"""


def write_claims(
    root: Path, changes: Mapping[str, str] | None = None, **tables: tuple[str, str]
) -> Path:
    """The study with changes, each an old text and a new one.

    Parameters
    ----------
    changes : mapping of str to str
        Of ``study.toml``; a text that does not stand there is a mistake of the test.
    tables : (old, new) by name of the table
        ``patients`` and ``events``.
    """
    folder = root / "klinik"
    folder.mkdir(exist_ok=True)
    text = TOML
    for old, new in (changes or {}).items():
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "study.toml").write_text(text, encoding="utf-8")
    for name, cells in (("patients", PATIENTS), ("events", EVENTS)):
        old, new = tables.get(name, ("", ""))
        assert old in cells
        (folder / f"{name}.csv").write_text(cells.replace(old, new, 1), encoding="utf-8")
    return folder


def read_claims(root: Path, changes: Mapping[str, str] | None = None, **tables) -> Study:
    """The same, read."""
    return load_study(write_claims(root, changes, **tables))


def shown_of(study: Study, page: str, query: str = "") -> dict:
    """What stands in the parts of a page, by name."""
    context = PageViews(Catalog((study,)))(page, query)
    return BY_ID[page].show(context, Look(LIGHT))


def said_of(study: Study, page: str, query: str = "") -> list[str]:
    """Sentence, cautions and method of a view of a study."""
    context = PageViews(Catalog((study,)))(page, query)
    return BY_ID[page].words(context).all()
