"""Levels of variables that declare none: what the column holds, ordered by rule.

The declaration is completed with them before it is read, so that everything that names a level
finds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from data.checking.distinct import held_texts
from data.checking.keys import Keys
from data.checking.numerals import read_number
from data.checking.problems import short
from data.checking.slug import slug
from data.coding import Coding
from data.reading.raw import RawTable

# The first of two is the absence of the other.
_PAIRS = (
    *(("no", "yes"), ("n", "y"), ("nein", "ja"), ("non", "oui"), ("no", "sí"), ("no", "si")),
    *(("não", "sim"), ("nee", "ja"), ("ne", "ano"), ("nie", "tak"), ("нет", "да"), ("否", "是")),
    *(("无", "有"), ("false", "true"), ("absent", "present"), ("negative", "positive"), ("-", "+")),
    *(("alive", "dead"), ("living", "deceased")),
)
_SCALES = (
    ("none", "minimal", "slight", "mild", "moderate", "severe", "life threatening", "fatal"),
    ("very low", "low", "intermediate", "medium", "high", "very high"),
    ("small", "medium", "large"),
    ("complete response", "partial response", "stable disease", "progressive disease"),
    ("cr", "pr", "sd", "pd", "ne"),
)
_ROMAN = re.compile(r"(.*?\b)?(IX|IV|V?I{1,3}|V)([A-D]?\d?)", re.IGNORECASE)
_NUMBERED = re.compile(r"(\D*?)([<>≤≥]?=?)\s*(\d+(?:\.\d+)?)(.*)", re.DOTALL)
_ROMAN_NUMBERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}


def with_found_levels(raw: dict, table: RawTable) -> tuple[dict, list[str]]:
    """A declaration in which every variable with levels has some, and clauses about those found.

    Only what is written as it must be is looked at; the rest is said where it is declared.
    """
    entries, found = raw.get("variables"), []
    if not isinstance(entries, list):
        return raw, []
    completed = []
    for entry in entries:
        if _lacks_levels(entry, table):
            levels, said = _levels(entry, table)
            if levels:
                entry = {**entry, "levels": levels}
                found.append(said)
        completed.append(entry)
    return {**raw, "variables": completed}, found


def _lacks_levels(entry: Any, table: RawTable) -> bool:
    return (
        isinstance(entry, dict)
        and "levels" not in entry
        and entry.get("kind") in ("categorical", "ordinal")
        and entry.get("column") in table.columns
    )


def _levels(entry: dict, table: RawTable) -> tuple[list[dict], str]:
    column = entry["column"]
    cells = table.cells[column]
    keys = Keys(entry, "", [])
    recoded = keys.pairs("map")
    read = Coding(keys.codes("missing_codes"), tuple(recoded.items())).read(cells)
    values = set(held_texts(read)) - {""}
    labels = table.value_labels.get(column, {})
    if recoded:
        # As they are written down, then what else there is.
        first = [value for value in dict.fromkeys(recoded.values()) if value in values]
        values = [*first, *ordered(values - set(first))]
        rule = "in the order of map"
    else:
        values, rule = ordered(values), "ordered by rule"
    if len(values) <= 6:
        rule = f"{', '.join(short(labels.get(value, value)) for value in values)}"
    said = f"the levels of “{short(column)}” are found: {rule}"
    return _with_ids([(value, labels.get(value, value)) for value in values]), said


def _with_ids(levels: Iterable[tuple[str, str]]) -> list[dict]:
    """Levels with an id of their own each, also where a label makes none or one that stands."""
    made, taken = [], set()
    for value, label in levels:
        base = slug(label) or slug(value) or "level"
        number, level_id = 1, base
        while level_id in taken:
            number += 1
            level_id = f"{base}-{number}"
        taken.add(level_id)
        made.append({"value": value, "label": label, "id": level_id})
    return made


def ordered(values: Iterable[str]) -> list[str]:
    """Values in clinical order, as far as a rule knows it; else by the alphabet.

    Numbers by size; no before yes; stages in Roman figures; words of a scale (mild, moderate …);
    texts with a number by what stands before it and by the number, with < before and > behind.
    """
    values = sorted(values, key=lambda value: (value.casefold(), value))
    found = _rule(values)
    if found is None:
        return values
    return [
        value for _, value in sorted(zip(found[1], values, strict=True), key=lambda one: one[0])
    ]


def order_of(values: Iterable[str]) -> str:
    """By which rule ``ordered`` puts values in order, in words; empty for the alphabet."""
    found = _rule(list(values))
    return found[0] if found else ""


def _rule(values: list[str]) -> tuple[str, list] | None:
    """The rule that knows all values, and the place of each."""
    rules = (
        ("by number", _by_number),
        ("no before yes", _by_pair),
        ("by Roman figures", _by_roman),
        ("by severity", _by_scale),
        ("by the number in them", _by_numbered),
    )
    return next(((words, keys) for words, key in rules if (keys := key(values)) is not None), None)


def _by_number(values: list[str]) -> list | None:
    numbers = [read_number(value) for value in values]
    return None if any(number != number for number in numbers) else numbers


def _by_pair(values: list[str]) -> list | None:
    lowered = [value.casefold() for value in values]
    pair = next((pair for pair in _PAIRS if set(lowered) <= set(pair)), None)
    return None if pair is None else [pair.index(value) for value in lowered]


def _by_roman(values: list[str]) -> list | None:
    matches = [_ROMAN.fullmatch(value) for value in values]
    if not all(matches) or len({(match[1] or "").casefold() for match in matches}) > 1:
        return None
    return [(_ROMAN_NUMBERS[match[2].casefold()], match[3].casefold()) for match in matches]


def _by_scale(values: list[str]) -> list | None:
    lowered = [re.sub(r"[\s_-]+", " ", value.casefold()) for value in values]
    scale = next((scale for scale in _SCALES if set(lowered) <= set(scale)), None)
    return None if scale is None else [scale.index(value) for value in lowered]


def _by_numbered(values: list[str]) -> list | None:
    matches = [_NUMBERED.fullmatch(value) for value in values]
    if not all(matches) or len({match[1].strip().casefold() for match in matches}) > 1:
        return None
    side = {"<": -1, "≤": -1, "<=": -1, ">": 1, "≥": 1, ">=": 1}
    return [(float(match[3]), side.get(match[2], 0), match[4].casefold()) for match in matches]


def kept_cells(raw: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Cells that a declaration names, by column: they are values, whatever they look like."""
    kept: dict[str, set[str]] = {}
    entries = raw.get("variables")
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict) and isinstance(entry.get("column"), str):
            levels = entry.get("levels")
            values = kept.setdefault(entry["column"], set())
            for level in levels if isinstance(levels, list) else []:
                value = level.get("value") if isinstance(level, dict) else level
                values |= {value} if isinstance(value, str) else set()
            values |= set(Keys(entry, "", []).pairs("map"))
    entries = raw.get("endpoints")
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict) and isinstance(entry.get("event"), str):
            keys = Keys(entry, "", [])
            named = (*keys.codes("event_values"), *keys.codes("censored_values"))
            kept.setdefault(entry["event"], set()).update(named)
    return {column: frozenset(values) for column, values in kept.items() if values}
