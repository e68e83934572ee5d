"""A simulated study of any size in a folder, as a hospital would bring it.

Thirty variables (the arm and the best response among them; four are numbers), two arms, three
endpoints of which one competes, and adverse events if wanted. The same for every reader of it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

LEVELS = (2,) * 12 + (3,) * 8 + (4,) * 4
NUMBERS = {"age": (62, 9, 0), "afp": (180, 90, 1), "albumin": (38, 5, 1), "diameter": (54, 18, 0)}
RESPONSES = ("CR", "PR", "SD", "PD", "NE")
TERMS, CATEGORIES = 120, 12
LAST_DAY = 3_650
_HEAD = """\
id = "{id}"
title = "{n:,} simulated patients"
tagline = "Made up to be large."
design = "Simulated."
question = "Does size matter?"
citation = "Unpublished."
provenance = "simulated"
randomised = true

[patients]
file = "{file}"

[[endpoints]]
id = "os"
label = "OS"
name = "Overall survival"
event_name = "Death"
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
time = "pfs_days"
event = "ttp_event"
competing = "death without progression"

[competing]
event = "ttp"
composite = "pfs"

[[variables]]
column = "arm"
label = "Arm"
kind = "categorical"
group = "Treatment"
featured = true
levels = [{{ value = "S", label = "Sorafenib" }}, {{ value = "RS", label = "RE + sorafenib" }}]

[[arms]]
level = "sorafenib"
label = "Sorafenib"
reference = true

[[arms]]
level = "re-sorafenib"
label = "RE + sorafenib"

[[variables]]
column = "response"
label = "Best response"
kind = "categorical"
group = "Response"
after_baseline = true
landmark_days = 90
levels = ["CR", "PR", "SD", "PD", "NE"]

[response]
variable = "response"
responders = ["cr", "pr"]
controlled = ["cr", "pr", "sd"]
"""
_LEVELS = """
[[variables]]
column = "{name}"
label = "Variable {label}"
kind = "ordinal"
group = "Disease"
featured = true
levels = [{levels}]
"""
_NUMBER = """
[[variables]]
column = "{name}"
label = "{label}"
kind = "number"
group = "Patient"
unit = "units"
decimals = {decimals}
"""
_EVENTS = """
[[tables]]
id = "ae"
file = "ae.{kind}"

[adverse_events]
table = "ae"
category = "category"
onset_day = "onset"
death = "os"
"""


def patients(n: int, seed: int = 1) -> pd.DataFrame:
    """The rows of n patients; about three of four die, and follow-up is in whole days."""
    random = np.random.default_rng(seed)
    columns = {"patient": np.char.add("P", np.arange(n).astype(str))}
    arm = random.random(n) < 0.5
    columns["arm"] = np.where(arm, "RS", "S")
    effect = -0.25 * arm
    for place, levels in enumerate(LEVELS):
        code = random.integers(0, levels, n)
        effect = effect + (0.3 if place % 6 == 0 else 0.0) * code / levels
        text = np.char.add("l", code.astype(str))
        # One variable in four has missing values.
        columns[f"v{place}"] = np.where(random.random(n) < 0.04 * (place % 4 == 3), "", text)
    for name, (mean, spread, decimals) in NUMBERS.items():
        number = np.round(np.maximum(random.normal(mean, spread, n), 1), decimals)
        effect = effect + 0.1 * (number - mean) / spread
        columns[name] = number if decimals else number.astype(int)
    columns["response"] = np.array(RESPONSES)[random.integers(0, len(RESPONSES), n)]
    rate = np.exp(effect)
    follow_up = random.uniform(90, LAST_DAY, n)
    death = random.exponential(700 / rate)
    progression = random.exponential(400 / rate)
    last = np.minimum(death, follow_up).astype(int)
    died, progressed = death <= follow_up, progression < np.minimum(death, follow_up)
    columns["os_days"], columns["os_event"] = last, died.astype(int)
    columns["pfs_days"] = np.where(progressed, np.minimum(progression.astype(int), last), last)
    columns["pfs_event"] = (died | progressed).astype(int)
    columns["ttp_event"] = progressed.astype(int)
    return pd.DataFrame(columns)


def adverse_events(rows: int, survival: np.ndarray, seed: int = 2) -> pd.DataFrame:
    """Events of patients drawn by chance, each before its patient's last day."""
    random = np.random.default_rng(seed)
    who = random.integers(0, survival.size, rows)
    term = random.integers(0, TERMS, rows)
    return pd.DataFrame(
        {
            "patient": np.char.add("P", who.astype(str)),
            "term": np.char.add("Term ", term.astype(str)),
            "category": np.char.add("Category ", (term % CATEGORIES).astype(str)),
            "grade": random.choice([1, 2, 3, 4], rows, p=[0.5, 0.3, 0.15, 0.05]),
            "onset": (random.random(rows) * (survival[who] + 1)).astype(int),
        }
    )


def write_study(root: Path, n: int, kind: str = "csv", events: int = 0) -> Path:
    """Write a study of n patients and some adverse events under a folder of studies.

    Parameters
    ----------
    kind : {"csv", "parquet"}
    """
    name = f"large-{n}-{kind}"
    folder = root / name
    folder.mkdir(parents=True)
    table = patients(n)
    parts = [_HEAD.format(id=name, n=n, file=f"patients.{kind}")]
    for place, levels in enumerate(LEVELS):
        quoted = ", ".join(f'"l{code}"' for code in range(levels))
        parts.append(_LEVELS.format(name=f"v{place}", label=place, levels=quoted))
    for column, (_, _, decimals) in NUMBERS.items():
        parts.append(_NUMBER.format(name=column, label=column.title(), decimals=decimals))
    write_table(table, folder / f"patients.{kind}")
    if events:
        parts.append(_EVENTS.format(kind=kind))
        made = adverse_events(events, table["os_days"].to_numpy())
        write_table(made, folder / f"ae.{kind}")
    (folder / "study.toml").write_text("".join(parts), encoding="utf-8")
    return folder


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV or as Parquet, by the file's ending."""
    if path.suffix == ".csv":
        table.to_csv(path, index=False)
        return
    import duckdb

    with duckdb.connect() as database:
        database.from_df(table).write_parquet(str(path))
