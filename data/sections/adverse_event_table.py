"""The table of adverse events: its declaration in ``study.toml`` and its cells, both checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

import numpy as np
import pandas as pd

from data.checking.distinct import each, held_texts, texts_of
from data.checking.keys import FILE, Keys, shown
from data.checking.problems import Problem, listed, short, use_one_of
from data.checking.slug import slug
from data.checking.validation import check_columns, faults, read_numbers
from data.sections.adverse_events import (
    SEVERE,
    UNGRADED,
    AdverseEventColumns,
    AdverseEvents,
    Grade,
    Term,
    TermPreset,
)
from data.sections.further_tables import FURTHER_TABLES, file_of
from data.sections.section import WHEN_SOUND, Declaration, Reading, Section

NO_CATEGORY = "All terms"
GRADES = "Write 1, 2, 3, 4 or 5, or a band that lies below 3 or from 3 on, such as 1-2"
_BEFORE = re.compile(r"(?:ctc(?:ae)?)? ?(?:g(?:rade?)?)? ?")
_GRADE = re.compile(r"([1-5])(?:\.0)?(?: ?[-–] ?([1-5]))?")
_NAMES = (
    (1, ("mild", "i", "leicht", "léger", "leve")),
    (2, ("moderate", "ii", "mäßig", "modéré", "moderado")),
    (3, ("severe", "iii", "schwer", "sévère", "grave")),
    (4, ("life threatening", "iv", "lebensbedrohlich", "disabling")),
    (5, ("fatal", "death", "death related to ae", "v", "tödlich", "tod")),
)
WORDS = {word: Grade(grade, grade) for grade, words in _NAMES for word in words}
YES = ("y", "yes", "true", "1", "ja", "oui", "sí", "si")
NO = ("", "n", "no", "false", "0", "nein", "non")
_ANSWERS = {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}


def declare_events(top: Keys, so_far: Declaration) -> AdverseEventColumns | None:
    """Read ``[adverse_events]``; None where the study has none."""
    raw = top.take("adverse_events", dict, {})
    if not raw:
        return None
    reader = Keys(raw, "adverse_events", top.problems)
    made = AdverseEventColumns(
        table=reader.take("table", str),
        term=reader.take("term", str, "term"),
        category=reader.take("category", str, ""),
        grade=reader.take("grade", str, "grade"),
        onset_day=reader.take("onset_day", str, ""),
        categories=reader.texts("categories", []),
        analysis_set=reader.take("set", str, ""),
        death=reader.take("death", str, ""),
        listing=reader.take("listing", bool, False),
        minimum_cell=reader.whole("minimum_cell", 3, 1, 100),
        presets=tuple(_preset(entry) for entry in reader.tables("presets", [])),
        grades=_declared_grades(reader),
        **_emergent(reader),
    )
    for key, value, known in (
        ("table", made.table, tuple(so_far.sections[FURTHER_TABLES.name])),
        ("set", made.analysis_set, (*so_far.set_ids, "")),
        ("death", made.death, (*so_far.endpoint_ids, "")),
    ):
        if value not in known:
            reader.fault(key, f"there is no such id: {shown(value)}", use_one_of(known))
    if made.after_start and not made.onset_day:
        reader.fault(
            "treatment_emergent",
            "without a column of onset nobody knows which events began before treatment",
            "Name the column of onset_day, or one that says yes or no",
        )
    if made.onset_day and not made.death:
        reader.fault(
            "death",
            "the key is missing although onset days are known",
            "Name the endpoint whose event is death",
        )
    reader.finish()
    return made


def _declared_grades(reader: Keys) -> tuple[tuple[str, str], ...]:
    """The study's own words for grades."""
    words = reader.pairs("grades")
    for word, grade in words.items():
        if grade and read_grade(grade) is None:
            reader.fault("grades", f"{shown(grade)} of {shown(word)} is not a grade", GRADES)
    return tuple(words.items())


def _emergent(reader: Keys) -> dict:
    """Which events are of the treatment: a column says so, or the day on which they began."""
    if isinstance(reader.table.get("treatment_emergent"), bool):
        return {"after_start": reader.take("treatment_emergent", bool, False)}
    return {"emergent": reader.take("treatment_emergent", str, "")}


def _preset(reader: Keys) -> TermPreset:
    label = reader.take("label", str)
    made = TermPreset(reader.slug("id", slug(label)), label, reader.texts("terms"))
    reader.finish()
    return made


def read_adverse_events(
    columns: AdverseEventColumns, reading: Reading
) -> tuple[AdverseEvents | None, list[Problem]]:
    """Turn the table of adverse events, whose patients are the study's, into codes."""
    table = reading.values[FURTHER_TABLES.name][columns.table]
    file = file_of(reading, columns.table)
    patients = reading.patient_ids
    named = [columns.term, columns.grade]
    named += [one for one in (columns.category, columns.onset_day, columns.emergent) if one]
    problems = check_columns(table, named, file)
    if problems:
        return None, problems + _of_other_columns(table, columns, file)
    counts, problems = _of_treatment(table, columns, file)
    all_rows, table = len(table), table[counts]
    for name in (columns.term, columns.category):
        if name:
            problems += _empty(table, name, file)
    grades, of_cell, found = _grades(table, columns, file)
    problems += found
    onset, found = _onset(table, columns.onset_day, file)
    problems += found
    terms, of_term, found = _terms(table, columns, file)
    problems += found
    if problems:
        return None, problems
    grade_place = {one: i for i, one in enumerate(grades)}
    return AdverseEvents(
        columns=columns,
        grades=grades,
        terms=terms,
        patient=_places(patients, table[patients.name]),
        term=of_term,
        grade=each(table[columns.grade], lambda cell: grade_place.get(of_cell[cell], -1), np.int64),
        onset=onset,
        left_out=all_rows - len(table),
        rows=table.index.to_numpy(np.int64),
    ), []


def _of_other_columns(
    table: pd.DataFrame, columns: AdverseEventColumns, file: str
) -> list[Problem]:
    """What is wrong in the columns that are there, where another one is missing."""
    problems = []
    told = columns.emergent or (columns.onset_day if columns.after_start else "")
    if not told or told in table:
        counts, problems = _of_treatment(table, columns, file)
        table = table[counts]
    for name in (columns.term, columns.category):
        if name in table:
            problems += _empty(table, name, file)
    if columns.grade in table:
        problems += _grades(table, columns, file)[2]
    if columns.onset_day in table:
        problems += _onset(table, columns.onset_day, file)[1]
    return problems


def _of_treatment(table: pd.DataFrame, columns: AdverseEventColumns, file: str):
    """The rows that count, (E,) of bool, and what is wrong with those that say so."""
    if columns.emergent:
        cells = table[columns.emergent]
        answers = each(cells, lambda cell: _ANSWERS.get(cell.casefold(), -1), int)
        problems = faults(
            cells,
            answers < 0,
            file,
            lambda cell: f"“{cell}” does not say whether the event is of the treatment",
            "Write yes or no",
        )
        return answers == 1, problems
    if columns.after_start:
        return ~(read_numbers(table[columns.onset_day], file)[0] < 0), []
    return np.ones(len(table), bool), []


def _empty(table: pd.DataFrame, column: str, file: str) -> list[Problem]:
    cells = table[column]
    return listed(
        [
            Problem(file, "the cell is empty", "Write what happened", column, int(row))
            for row in cells.index[cells == ""]
        ]
    )


def read_grade(cell: str) -> Grade | None:
    """The grade that a cell names; None if it names none.

    ``3``, ``3.0``, ``Grade 3``, ``G3``, ``III``, a word of severity as in ADaM's AESEV, or a band
    such as ``1-2``; nothing is the grade that is not known.
    """
    text = re.sub(r"[\s_]+", " ", cell).strip().casefold()
    if not text:
        return UNGRADED
    bare = _BEFORE.match(text).end()
    for one in (text.replace("-", " "), text[bare:]):
        if one in WORDS:
            return WORDS[one]
    found = _GRADE.fullmatch(text[bare:])
    if not found:
        return None
    low, high = int(found[1]), int(found[2] or found[1])
    crosses = low < SEVERE <= high
    return None if high < low or crosses else Grade(low, high)


def _grades(table: pd.DataFrame, columns: AdverseEventColumns, file: str):
    """The grades that occur, mild first; that of each cell; what is wrong.

    A grade must not lie in two of them.
    """
    cells, own = table[columns.grade], dict(columns.grades)
    read = {cell: read_grade(own.get(cell, cell)) for cell in held_texts(cells)}
    problems = faults(
        cells,
        each(cells, lambda cell: cell in read and read[cell] is None, bool),
        file,
        lambda cell: f"“{cell}” is not a grade",
        f"{GRADES}, or say what it means under grades in study.toml",
    )
    grades, overlaps = grades_of(read.values(), columns, file)
    return grades, read, problems + overlaps


def grades_of(
    read: Iterable[Grade | None], columns: AdverseEventColumns, file: str
) -> tuple[tuple[Grade, ...], list[Problem]]:
    """The grades among some that were read, mild first, and which of them overlap."""
    problems = []
    grades = sorted({one for one in read if one}, key=lambda one: (one.low, one.high))
    for mild, severe in pairwise(grades):
        if severe.low <= mild.high:
            fault = f"the grades {mild.label} and {severe.label} overlap"
            fix = "Write the band in every row, or single grades in every row"
            problems.append(Problem(file, fault, fix, columns.grade))
    return tuple(grades), problems


def _onset(table: pd.DataFrame, column: str, file: str):
    if not column:
        return None, []
    days, problems = read_numbers(table[column], file)
    fix = "Write whole days since the start, or leave the cell empty if not known"
    problems += faults(
        table[column],
        (days != np.floor(days)) & np.isfinite(days),
        file,
        lambda cell: f"the day “{cell}” is not a whole day",
        fix,
    )
    problems += faults(
        table[column],
        days < 0,
        file,
        lambda cell: f"the day “{cell}” is before the start",
        f"{fix}; treatment_emergent in study.toml leaves such events out",
    )
    return days, problems


def _places(known: pd.Series, cells: pd.Series) -> np.ndarray:
    """Place of each cell among some texts, each of which stands once."""
    texts, places = texts_of(cells)
    return pd.Index(known.to_numpy(dtype=object)).get_indexer(texts)[places].astype(np.int64)


def _categories(table: pd.DataFrame, columns: AdverseEventColumns) -> tuple[list[str], np.ndarray]:
    """The categories, and the place of each row's among them."""
    if columns.category:
        return texts_of(table[columns.category])
    return [NO_CATEGORY], np.zeros(len(table), np.int64)


def _terms(table: pd.DataFrame, columns: AdverseEventColumns, file: str):
    """Every (category, term), the place of each row's, what is wrong with the order or presets."""
    categories, of_category = _categories(table, columns)
    labels_held, of_label = texts_of(table[columns.term])
    pair = of_category.astype(np.int64) * len(labels_held) + of_label
    numbers, counts = np.unique(pair, return_counts=True)
    pairs = {
        (categories[number // len(labels_held)], labels_held[number % len(labels_held)]): number
        for number in numbers.tolist()
    }
    terms, problems = terms_of(dict(zip(pairs, counts.tolist(), strict=True)), columns, file)
    ordered = [(one.category, one.label) for one in terms]
    place = np.zeros(len(categories) * max(len(labels_held), 1), np.int64)
    for i, one in enumerate(ordered):
        place[pairs[one]] = i
    return terms, place[pair], problems


def terms_of(
    counted: Mapping[tuple[str, str], int], columns: AdverseEventColumns, file: str
) -> tuple[tuple[Term, ...], list[Problem]]:
    """The terms of so many events of each (category, label) that occurs, and what is wrong.

    The last is the order of categories, or a preset, that names what does not occur.
    """
    problems = []
    found = list(dict.fromkeys(category for category, _ in counted))
    order = [*columns.categories, *sorted(set(found) - set(columns.categories))]
    for name in columns.categories:
        if name not in found:
            fault = f"there is no category “{short(name)}” in {file}"
            problems.append(
                Problem(FILE, fault, "Write it as in the file", "adverse_events.categories")
            )
    labels = {label for _, label in counted}
    for preset in columns.presets:
        for name in preset.terms:
            if name not in labels:
                fault = f"there is no term “{short(name)}” in {file}"
                problems.append(
                    Problem(FILE, fault, "Write it as in the file", "adverse_events.presets")
                )
    ordered = sorted(counted, key=lambda one: (order.index(one[0]), -counted[one], one[1]))
    ids: list[str] = []
    for category, label in ordered:
        # One name in two categories, or names that differ in signs only.
        made = slug(label) or "term"
        made = made if made not in ids else slug(f"{label} {category}") or made
        while made in ids:
            made += "-2"
        ids.append(made)
    terms = (Term(i, label, category) for i, (category, label) in zip(ids, ordered, strict=True))
    return tuple(terms), problems


ADVERSE_EVENTS = Section(
    "adverse_events",
    declare_events,
    read_adverse_events,
    of_patients=True,
    when=WHEN_SOUND,
    judged_by=tuple(
        f"adverse_events.{key}"
        for key in ("table", "term", "category", "grade", "grades", "treatment_emergent")
    ),
)
