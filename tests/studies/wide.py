"""Made-up studies that need room: long names, many groups, three arms, four-digit counts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

TEXT = (
    "Radioembolization with glass microspheres after sorafenib in portal vein invasion of "
    "intermediate stage disease and preserved hepatic function at second reading by the board"
)
LONG = 60


def long_name(i: int, size: int = LONG) -> str:
    """A name of at most this many characters that is like no other with another number."""
    name = f"{chr(65 + i // 26)}{chr(65 + i % 26)}"
    for word in islice(cycle(TEXT.split()), 3 * i, None):
        if len(name) + len(word) >= size:
            return name
        name = f"{name} {word}"
    raise AssertionError("the words do not end")


@dataclass(frozen=True)
class Shape:
    """What a study is made of.

    Attributes
    ----------
    name_size : int
        Characters of every name.
    groups : tuple of int
        Levels of each of its variables.
    """

    id: str
    arms: int
    patients: int
    name_size: int
    groups: tuple[int, ...]


SHAPES = (
    Shape("long2", 2, 180, LONG, (2, 5, 12)),
    Shape("long3", 3, 180, LONG, (3, 5, 12)),
    Shape("large", 2, 6000, 18, (2, 5)),
)

_HEAD = """\
id = "{id}"
title = "{title}"
tagline = "{tagline}"
design = "Made up."
question = "Does everything keep to its place?"
citation = "Unpublished."
provenance = "simulated"
randomised = true

[[endpoints]]
id = "os"
label = "OS"
name = "Overall survival"
event_name = "Death"
time = "os_days"
event = "os_event"

[[endpoints]]
id = "pfs"
label = "{label}"
name = "{name}"
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
column = "age"
label = "{number}"
kind = "number"
group = "Patient"
unit = "years"
cuts = [60]
featured = true

[[variables]]
column = "resp"
label = "Best response"
kind = "categorical"
group = "Response"
after_baseline = true
landmark_days = 90
levels = ["CR", "PR", "SD", "PD"]

[response]
variable = "resp"
responders = ["cr", "pr"]
controlled = ["cr", "pr", "sd"]

[[flow]]
label = "{flow}"
n = 9000
note = "{note}"

[[flow]]
label = "Analysed"
set = "all"

[[tables]]
id = "ae"
file = "ae.csv"

[adverse_events]
table = "ae"
category = "category"
onset_day = "onset"
death = "os"
listing = true

[[adverse_events.presets]]
label = "{preset}"
id = "liver"
terms = ["{term}"]
"""
_VARIABLE = """
[[variables]]
column = "{id}"
id = "{id}"
label = "{label}"
kind = "{kind}"
group = "{group}"
featured = true
levels = [{levels}]
"""
_ARM = """
[[arms]]
level = "{level}"
label = "{label}"
"""
RESPONSES = ("CR", "PR", "SD", "PD", "SD", "PD", "PR", "PD")


def _levels(names: list[str]) -> str:
    one = '{{ value = "{i}", label = "{name}", id = "l{i}" }}'
    return ", ".join(one.format(i=i, name=name) for i, name in enumerate(names))


def declaration(shape: Shape) -> str:
    """``study.toml`` of a shape."""

    def name(i: int) -> str:
        return long_name(i, shape.name_size)

    arms = [name(30 + i) for i in range(shape.arms)]
    text = _HEAD.format(
        id=shape.id,
        title=f"Study {shape.id}",
        tagline=name(1),
        label=name(2)[:28].strip(),
        name=name(2),
        number=name(3),
        flow=name(4),
        note=name(5),
        preset=name(6),
        term=_term(shape, 0),
    )
    made = [_variable("arm", "Treatment arm", "Treatment", "categorical", arms)]
    for place, size in enumerate(shape.groups):
        levels = [name(100 * (place + 1) + i) for i in range(size)]
        kind = "ordinal" if size > 3 else "categorical"
        made.append(_variable(f"v{size}", name(10 + place), "Disease", kind, levels))
    for i, label in enumerate(arms):
        reference = "reference = true\n" if i == 0 else ""
        made.append(_ARM.format(level=f"l{i}", label=label) + reference)
    return "".join([text, *made])


def _variable(id: str, label: str, group: str, kind: str, levels: list[str]) -> str:
    return _VARIABLE.format(id=id, label=label, group=group, kind=kind, levels=_levels(levels))


def _term(shape: Shape, i: int) -> str:
    return long_name(500 + i, shape.name_size)


def patients(shape: Shape) -> str:
    """``patients.csv`` of a shape."""
    names = ["arm", *(f"v{size}" for size in shape.groups)]
    ends = ["age", "resp", "os_days", "os_event", "pfs_days", "pfs_event", "ttp_event"]
    lines = [",".join(["patient", *names, *ends])]
    sizes = [shape.arms, *shape.groups]
    for i in range(shape.patients):
        # Steps without a common divisor mix levels and times.
        levels = [
            (i * step + i // 7) % size
            for step, size in zip((1, 3, 7, 11)[: len(sizes)], sizes, strict=True)
        ]
        os = 120 + (i * 389) % 1400
        pfs = 100 + (i * 389) % 1400 * (i % 3 + 1) // 4
        died, progressed = int(i % 4 != 1), int(i % 3 != 2)
        pfs = pfs if progressed else os
        cells = [
            40 + i % 45,
            RESPONSES[i * 5 % 8],
            os,
            died,
            pfs,
            max(progressed, died),
            progressed,
        ]
        lines.append(
            ",".join(str(int(c) if isinstance(c, bool) else c) for c in [f"P{i}", *levels, *cells])
        )
    return "\n".join(lines) + "\n"


def adverse_events(shape: Shape) -> str:
    """``ae.csv`` of a shape: two events of most patients."""
    lines = ["patient,term,category,grade,onset"]
    for i in range(min(shape.patients, 180)):
        for k in range(2):
            term = (i * (k + 2)) % 9
            category = long_name(600 + term % 3, shape.name_size)
            grade = 1 + (i + k) % 4
            lines.append(f"P{i},{_term(shape, term)},{category},{grade},{1 + (i * 7 + k) % 90}")
    return "\n".join(lines) + "\n"


def write_wide_studies(root: Path) -> Path:
    """Write all of them under a folder, as STUDIES_DIR expects them."""
    for shape in SHAPES:
        folder = root / shape.id
        folder.mkdir()
        (folder / "study.toml").write_text(declaration(shape), encoding="utf-8")
        (folder / "patients.csv").write_text(patients(shape), encoding="utf-8")
        (folder / "ae.csv").write_text(adverse_events(shape), encoding="utf-8")
    return root
