"""What was understood, as a study declares it: the content of ``study.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from data.checking.slug import slug
from data.grammar import GRAMMAR, OPTIONS
from data.importing.causes_declared import beside, causes_declared, competing_words
from data.importing.guess import EndpointGuess, Guess
from data.importing.headings import endpoint_of, said_by
from data.importing.roles import label_of
from data.importing.understanding import Understanding
from data.study import ARM

_ORDERS = {"dmy": "day first", "mdy": "month first"}
_EVENTS_TABLE = "adverse-events"


def declaration_of(understood: Understanding, study_id: str) -> tuple[dict, dict[str, str]]:
    """The declaration of a study, and what stands above its tables.

    Parameters
    ----------
    study_id : str
        The name of the study's folder.

    Returns
    -------
    declaration : dict
        As ``tomllib`` would read it.
    comments : mapping of key to text
        See `data.importing.toml.written`.
    """
    title = understood.answers.get("title", "").strip() or _title(understood.patients.name)
    patients = {"file": understood.patients.name}
    if understood.id_column:
        patients["id"] = understood.id_column.name
    else:
        names = [one.name for one in understood.guesses]
        patients |= {"id": _free("patient", set(names)), "numbered": True}
    orders = [_ORDERS[one.order] for one in understood.endpoints if one.order in _ORDERS]
    if orders:
        patients["date_order"] = orders[0]
    made = {
        "id": study_id,
        "title": title,
        "design": _design(understood),
        "question": _question(understood),
        "citation": "Not published.",
        "provenance": "patient data",
    }
    if _randomised(understood):
        made["randomised"] = True
    if understood.arms:
        made["default_split"] = ARM
    made["patients"] = patients
    made["endpoints"], said = _endpoints(understood)
    if causes := causes_declared(understood):
        made["causes"] = causes
    comments = {f"endpoints.{i}": text for i, text in enumerate(said)}
    if understood.arms:
        made["arms"] = [
            {"level": slug(_arm_label(understood, level)) or f"arm-{i + 1}"}
            | {"label": _arm_label(understood, level)}
            | ({"reference": True} if level == understood.arms.reference else {})
            for i, level in enumerate(understood.arms.levels)
        ]
        comments["arms.0"] = f"The reference: {understood.arms.why}."
    made["variables"] = _variables(understood)
    made |= _events(understood)
    return made, comments


def _title(file: str) -> str:
    return Path(file).stem.replace("_", " ").replace("-", " ").strip() or "My study"


def _design(understood: Understanding) -> str:
    n = len(understood.patients.table.cells)
    arms = understood.arms
    said = f", {len(arms.levels)} arms" if arms else ""
    return f"{n} patients{said}, from {understood.patients.name}."


def _question(understood: Understanding) -> str:
    name = understood.endpoints[0].name
    return f"{name}: how long, and for whom?"


def _randomised(understood: Understanding) -> bool:
    """Whether chance assigned the arms, which only a date of randomisation says."""
    starts = {one.start for one in understood.endpoints if one.start}
    return bool(understood.arms) and any(said_by(name, "randomised") for name in starts)


def _endpoints(understood: Understanding) -> tuple[list[dict], list[str]]:
    """The tables of all endpoints, and what is said above each."""
    made, said = [], []
    for one in understood.endpoints:
        made.append(_endpoint(one, understood))
        said.append(f"{one.why[:1].upper()}{one.why[1:]}.")
    for one in understood.endpoints:
        if one.causes:
            made.append(_endpoint(beside(one, understood), understood))
            said.append(f"For the causes of {one.label}.")
    again = endpoint_of("progress")
    have = {one["id"] for one in made}
    for one in understood.endpoints:
        if one.by_dates and one.progress and again.id not in have:
            made.append(_to_progress(one))
            said.append(f"Of what {one.label} is the first.")
            break
    return made, said


def _endpoint(one: EndpointGuess, understood: Understanding) -> dict:
    made = {"id": one.id, "label": one.label, "name": one.name, "event_name": one.event_name}
    if one.by_dates and one.progress:
        made["first_of"] = [endpoint_of("progress").id, endpoint_of("death").id]
    elif one.by_dates:
        made |= _of_death(one)
    else:
        made["time"] = one.time
        if one.unit != "days" or not _whole(understood, one.time):
            made["unit"] = one.unit
        made["event"] = one.event
    if one.event and not made.get("first_of") and not _plain_flags(one):
        made["event_values"] = list(one.event_values)
        if one.censored_values:
            made["censored_values"] = list(one.censored_values)
    codes = _codes(understood, one)
    if codes and not made.get("first_of"):
        made["missing_codes"] = codes
    if one.curve and one.curve != one.name:
        made["curve"] = one.curve
    if one.start and said_by(one.start, "randomised"):
        made["origin"] = "randomisation"
    if one.population:
        made["population"] = one.population
    if one.alone and one.causes:
        made["competing"] = competing_words(one)
    return made


def _of_death(one: EndpointGuess) -> dict:
    """Days from a start to the date of death, else to the last contact."""
    if one.end:
        return {"start": one.start, "end": one.end, "event": one.event}
    return {"start": one.start, "event_date": one.death, "last_contact": one.last_contact}


def _to_progress(one: EndpointGuess) -> dict:
    """Days to the progression, which death keeps from happening."""
    again = endpoint_of("progress")
    made = {
        "id": again.id,
        "label": again.label,
        "name": again.name,
        "event_name": again.event,
        "start": one.start,
        "event_date": one.progress,
        "last_contact": one.end or one.last_contact,
        "curve": again.curve,
        "competing": "death without progression",
    }
    if said_by(one.start, "randomised"):
        made["origin"] = "randomisation"
    return made


def _whole(understood: Understanding, name: str) -> bool:
    column = next(one.column for one in understood.guesses if one.name == name)
    return column.whole


def _plain_flags(one: EndpointGuess) -> bool:
    return set(one.event_values) <= {"1"} and set(one.censored_values) <= {"0"}


def _codes(understood: Understanding, one: EndpointGuess) -> list[str]:
    """Cells of the endpoint's columns that stand for no value."""
    columns = [guess.column for guess in understood.guesses if guess.name in one.columns]
    return list(dict.fromkeys(code for column in columns for code in column.missing))


def _arm_label(understood: Understanding, level: str) -> str:
    guess = next(one for one in understood.guesses if one.role == "arm")
    return guess.column.value_labels.get(level, level)


def _variables(understood: Understanding) -> list[dict]:
    made, taken = [], {ARM, *GRAMMAR, *OPTIONS}
    for one in understood.guesses:
        if one.role not in ("variable", "arm"):
            continue
        made.append(_variable(one, understood, taken))
    return made


def _variable(one: Guess, understood: Understanding, taken: set[str]) -> dict:
    column = one.column
    arm = one.role == "arm"
    label = understood.answers.get(f"label:{one.name}", "").strip() or label_of(column)
    made = {"column": one.name, "label": label, "kind": one.kind, "group": _group(one)}
    identity = ARM if arm else _free(slug(one.name) or slug(label) or "variable", taken)
    taken.add(identity)
    if identity != slug(one.name):
        made["id"] = identity
    if arm:
        labels = column.value_labels
        levels = enumerate(understood.arms.levels)
        made["levels"] = [_level(level, i, labels) for i, level in levels]
        made["featured"] = True
    if column.missing:
        made["missing_codes"] = list(column.missing)
    if one.kind == "number":
        if one.unit:
            made["unit"] = one.unit
        if digits := _digits(one):
            made["decimals"] = digits
    if said_by(column.heading, "later"):
        made["after_baseline"] = True
    return made


def _free(wanted: str, taken: set[str]) -> str:
    if wanted not in taken:
        return wanted
    return next(name for i in range(2, 10_000) if (name := f"{wanted}-{i}") not in taken)


def _group(one: Guess) -> str:
    if one.role == "arm":
        return "Treatment"
    if said_by(one.column.heading, "later"):
        return "After the start"
    return "Patient" if said_by(one.column.heading, "patient") else "Disease"


def _level(cell: str, place: int, labels: Mapping[str, str]) -> str | dict:
    label = labels.get(cell, cell)
    identity = slug(label) or f"arm-{place + 1}"
    if label == cell and slug(label):
        return cell
    return {"value": cell, "label": label, "id": identity}


def _digits(one: Guess) -> int:
    """Digits after the point that most values have, two at most."""
    digits = [len(cell.partition(".")[2]) for cell in one.column.values if "." in cell]
    often = sorted(digits)[len(digits) // 2] if digits else 0
    return min(2, often)


def _events(understood: Understanding) -> dict:
    """The tables of adverse events, where there are some."""
    events = understood.events
    if events is None:
        return {}
    section = {"table": _EVENTS_TABLE, "term": events.term, "grade": events.grade}
    if events.category:
        section["category"] = events.category
    death = endpoint_of("death").id
    if events.onset and any(one.id == death for one in understood.endpoints):
        section |= {"onset_day": events.onset, "death": death}
    table = {"id": _EVENTS_TABLE, "file": events.file}
    if events.patient != understood.id_column.name:
        table["patient"] = events.patient
    return {"tables": [table], "adverse_events": section}
