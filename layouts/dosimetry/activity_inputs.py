"""What a reader fills into the activity calculators: names in the link, bounds, and faults."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from data.checking.numerals import plain, read_number
from data.checking.problems import short

LONGEST_TEXT = 20


@dataclass(frozen=True)
class ActivityInput:
    """One number that a calculator needs.

    Attributes
    ----------
    name : str
        Its option in the link.
    label, unit : str
    start : str
        Text before the reader changes it.
    low, high : float
        Bounds, both included, in the unit on the screen.
    scale : float
        From the unit on the screen to that of the formula (per cent to fraction).
    """

    name: str
    label: str
    unit: str
    start: str
    low: float
    high: float
    scale: float = 1.0


@dataclass(frozen=True)
class Entry:
    """What stands in an input: its text, and the number for the formula or the fault."""

    text: str
    number: float | None
    fault: str = ""


SHUNT = ActivityInput("activity-shunt", "Lung shunt", "%", "8", 0, 90, 0.01)
LUNGS = ActivityInput("activity-lungs", "Lung mass", "kg", "1", 0.3, 3)
DOSE = ActivityInput("activity-dose", "Treated-liver dose", "Gy", "120", 1, 1000)
MASS = ActivityInput("activity-mass", "Treated-liver mass", "kg", "1.2", 0.02, 6)
HEIGHT = ActivityInput("activity-height", "Height", "m", "1.75", 1, 2.3)
WEIGHT = ActivityInput("activity-weight", "Weight", "kg", "75", 25, 250)
INVOLVEMENT = ActivityInput("activity-involvement", "Tumour involvement", "%", "30", 0, 100, 0.01)
TREATED = ActivityInput("activity-treated", "Share of liver treated", "%", "100", 1, 100, 0.01)
LIMIT = ActivityInput("activity-limit", "Normal-liver dose", "Gy", "60", 1, 300)
TUMOUR = ActivityInput("activity-tumour", "Tumour mass", "kg", "0.3", 0.001, 6)
LIVER = ActivityInput("activity-liver", "Normal-liver mass", "kg", "1.2", 0.02, 6)
RATIO = ActivityInput("activity-ratio", "Tumour-to-normal ratio", "", "2.3", 0.1, 100)

COMMON = (SHUNT, LUNGS)
BY_METHOD = {
    "glass": (DOSE, MASS),
    "resin": (HEIGHT, WEIGHT, INVOLVEMENT, TREATED),
    "partition": (LIMIT, TUMOUR, LIVER, RATIO),
}
# The inputs that each rule needs of those common to all.
SHARED = {"glass": COMMON, "resin": (SHUNT,), "partition": COMMON}
INPUTS = (*COMMON, *(one for inputs in BY_METHOD.values() for one in inputs))
NAMES = frozenset(one.name for one in INPUTS)


def read_entries(given: Mapping[str, str]) -> dict[str, Entry]:
    """Read every input; what a link leaves out stands as at the start."""
    return {one.name: read_entry(one, given.get(one.name, one.start)) for one in INPUTS}


def read_entry(one: ActivityInput, text: str) -> Entry:
    """Read one input; a fault is a clause that names it and says what to write."""
    text = text.strip()[:LONGEST_TEXT]
    number = read_number(text)
    label, unit = one.label, f" {one.unit}" if one.unit else ""
    if not text:
        return Entry(text, None, f"{label} is missing")
    if math.isnan(number):
        how = "with a point, not a comma" if "," in text else f"such as {one.start}"
        return Entry(text, None, f"{label}: “{short(text)}” is not a number; write one {how}")
    if not one.low <= number <= one.high:
        bounds = f"{plain(one.low)} to {plain(one.high)}{unit}"
        return Entry(text, None, f"{label}: {plain(number)}{unit} is out of range ({bounds})")
    return Entry(text, number * one.scale)
