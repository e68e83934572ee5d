"""What a study declares about response to treatment: who responded, how deeply and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from data.checking.keys import Keys, shown
from data.checking.problems import Problem, listed, some_of

DEPTH_IS = ("shrinkage", "change")
MONTHS = "months"
PER_CENT = "%"
MOST_SHRINKAGE = 100.0
# Keys of the endpoints that make up a patient's course.
COURSE = ("survival_endpoint", "progression_endpoint")


@dataclass(frozen=True)
class Response:
    """Which variable is the best response and what counts as a response.

    Attributes
    ----------
    variable : str
        Id of a variable with levels; a patient without a value was not evaluable.
    responders, controlled : tuple of level ids
        Objective response and disease control.
    early_shrinkage : str
        Id of a variable with levels; empty if the study has none.
    shrunk : tuple of level ids
        Levels of ``early_shrinkage`` that count as shrinkage.
    depth : str
        Id of the number that holds the depth of response in per cent; empty if there is none.
    depth_is : str
        ``shrinkage``: a positive depth is shrinkage; ``change``: a negative one is.
    not_evaluable : tuple of level ids
        Levels of ``variable`` that are no assessment of the tumour (off study).
    criteria : str
        By which criteria the response was read, for instance ``RECIST 1.1``.
    time : str
        Id of the number of months from the start to the response; empty if there is none.
    survival, progression : str
        Endpoints of one origin whose events are death and progression alone; empty if the course
        of each patient is not to be drawn.
    """

    variable: str
    responders: tuple[str, ...]
    controlled: tuple[str, ...]
    early_shrinkage: str = ""
    shrunk: tuple[str, ...] = ()
    depth: str = ""
    depth_is: str = "shrinkage"
    not_evaluable: tuple[str, ...] = ()
    criteria: str = ""
    time: str = ""
    survival: str = ""
    progression: str = ""


def read_response(reader: Keys | None, variables: Mapping, endpoints: Mapping) -> Response | None:
    """Read the section ``[response]``.

    Parameters
    ----------
    reader : Keys or None
        The section; faults are noted in its problems. None where there is no such section.
    variables, endpoints : mapping of id to Variable or Endpoint
    """
    if reader is None:
        return None
    variable = reader.take("variable", str)
    _check_variable(reader, "variable", variable, variables, numbers=False)
    shrinkage = _optional_variable(reader, "early_shrinkage", variables, numbers=False)
    depth = _optional_variable(reader, "depth", variables, numbers=True)
    made = Response(
        variable,
        _levels(reader, "responders", variables.get(variable)),
        _levels(reader, "controlled", variables.get(variable)),
        shrinkage,
        _levels(reader, "shrunk", variables.get(shrinkage), required=bool(shrinkage)),
        depth,
        reader.choice("depth_is", DEPTH_IS, DEPTH_IS[0]),
        _not_evaluable(reader, variables.get(variable)),
        reader.take("criteria", str, ""),
        _time(reader, variables),
        *_course(reader, endpoints),
    )
    reader.finish()
    if not set(made.responders) <= set(made.controlled):
        reader.fault(
            "controlled",
            "it lacks a level of responders",
            "A responder's disease is controlled: add the level",
        )
    if set(made.not_evaluable) & set(made.controlled):
        reader.fault(
            "not_evaluable",
            "it holds a level of controlled",
            "A patient whose disease is controlled was evaluated: remove it",
        )
    return made


def _optional_variable(reader: Keys, key: str, variables: Mapping, *, numbers: bool) -> str:
    name = reader.take(key, str, "")
    if name:
        _check_variable(reader, key, name, variables, numbers)
    return name


def _check_variable(reader: Keys, key: str, name: str, variables: Mapping, numbers: bool) -> None:
    variable = variables.get(name)
    if name and (variable is None or variable.is_number != numbers):
        kind = "number" if numbers else "variable with levels"
        reader.fault(key, f"there is no {kind} {shown(name)}", "Correct the id")


def _levels(reader: Keys, key: str, variable, required: bool = True) -> tuple[str, ...]:
    levels = reader.texts(key) if required else reader.texts(key, [])
    known = [level.id for level in variable.levels] if variable else []
    if known and (not levels or not set(levels) <= set(known)):
        reader.fault(
            key,
            "not every entry is a level of the variable, or there is none",
            f"Use some of {some_of(known)}",
        )
    return levels


def _not_evaluable(reader: Keys, variable) -> tuple[str, ...]:
    levels = reader.texts("not_evaluable", [])
    known = [level.id for level in variable.levels] if variable else []
    if known and not set(levels) <= set(known):
        reader.fault(
            "not_evaluable",
            "not every entry is a level of the variable",
            f"Use some of {some_of(known)}",
        )
    return levels


def _time(reader: Keys, variables: Mapping) -> str:
    name = _optional_variable(reader, "time", variables, numbers=True)
    variable = variables.get(name)
    if variable is not None and variable.is_number and variable.unit != MONTHS:
        reader.fault(
            "time",
            f"the unit of {shown(name)} is not {MONTHS}",
            f'Give the variable unit = "{MONTHS}"',
        )
    return name


def _course(reader: Keys, endpoints: Mapping) -> tuple[str, str]:
    """The endpoints of death and progression; both or none, and days of one origin."""
    names = {key: reader.take(key, str, "") for key in COURSE}
    for key, name in names.items():
        if name and name not in endpoints:
            reader.fault(
                key, f"there is no endpoint {shown(name)}", f"Use one of {some_of(endpoints)}"
            )
        elif not name and any(names.values()):
            reader.fault(key, "the key is missing", f"Write {' and '.join(COURSE)}, or neither")
    found = [endpoints[name] for name in names.values() if name in endpoints]
    if len(found) == 2 and found[0].id == found[1].id:
        reader.fault(
            COURSE[1],
            "it is the same endpoint as that of survival",
            "Name the endpoint whose event is progression alone",
        )
    elif len(found) == 2 and found[0].origin != found[1].origin:
        reader.fault(
            COURSE[1],
            "its days do not start where those of survival do",
            "Name endpoints of one origin",
        )
    return names[COURSE[0]], names[COURSE[1]]


def check_response(
    response: Response | None, variables, numbers: Mapping[str, np.ndarray], rows, file: str
) -> list[Problem]:
    """Depths and times of response that cannot be true.

    Parameters
    ----------
    response : Response or None
    variables : sequence of Variable
    numbers : mapping of variable id to ndarray of float, shape (N,)
    rows : sequence of int
        Row of each patient as an editor counts.
    file : str
    """
    if response is None:
        return []
    columns = {one.id: one.column for one in variables}
    units = {one.id: one.unit for one in variables}
    wrong = []
    if response.time in numbers:
        wrong.append(
            (
                response.time,
                numbers[response.time] < 0,
                "the time is negative",
                "Write months since the start",
            )
        )
    if response.depth in numbers and units[response.depth] == PER_CENT:
        sign = 1 if response.depth_is == "shrinkage" else -1
        wrong.append(
            (
                response.depth,
                sign * numbers[response.depth] > MOST_SHRINKAGE,
                "nothing shrinks by more than 100 %",
                "Write per cent, and in depth_is what a positive number means",
            )
        )
    return [
        problem
        for name, found, fault, fix in wrong
        for problem in listed(
            [Problem(file, fault, fix, columns[name], int(rows[i])) for i in np.flatnonzero(found)]
        )
    ]
