"""How the groupings of a question are put into statements, so that few rows are looked at often.

Many small groupings, such as pairs of variables, are counted from fewer, larger ones: patients are
put together by all variables of a block first, and what is asked is counted from these kinds. Only
what is asked leaves the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from data.warehouse.model import Model
from data.warehouse.question import (
    Cause,
    Column,
    Happened,
    Level,
    Passes,
    Question,
    Rows,
    Site,
)

# Kinds of patients of one block: more are no fewer than patients.
MOST_OF_A_BLOCK = 200_000
# A day, a number, a term: as many as one does not count on.
_MANY = 5_000


@dataclass(frozen=True)
class Step:
    """Groupings that one statement answers.

    Attributes
    ----------
    places : tuple of int
        Which of the question's groupings.
    block : tuple of Column
        By what patients are put together first; empty for nothing.
    """

    places: tuple[int, ...]
    block: tuple[Column, ...] = ()


def steps(model: Model, question: Question, one_by_one: bool) -> tuple[Step, ...]:
    """The statements of a question, in the order of their first groupings.

    Parameters
    ----------
    one_by_one : bool
        Whether the engine looks at its rows faster once for each grouping than for all at once.
    """
    blocks = _blocks(model, question)
    made = [Step(places, block) for block, places in blocks if len(places) > 1]
    inside = {place for step in made for place in step.places}
    alone = [place for place in range(len(question.groupings)) if place not in inside]
    if one_by_one:
        made += [Step((place,)) for place in alone]
    elif alone:
        made.append(Step(tuple(alone)))
    return tuple(sorted(made, key=lambda step: step.places))


def _blocks(
    model: Model, question: Question
) -> Sequence[tuple[tuple[Column, ...], tuple[int, ...]]]:
    """Columns, and the groupings that can be counted from them."""
    if question.sums or question.rows is not Rows.PATIENTS:
        return ()
    found: list[tuple[dict[Column, None], list[int]]] = []
    for place, grouping in enumerate(question.groupings):
        for block, places in found:
            both = block | dict.fromkeys(grouping)
            if prod(_size(model, one) for one in both) <= MOST_OF_A_BLOCK:
                block.update(both)
                places.append(place)
                break
        else:
            found.append((dict.fromkeys(grouping), [place]))
    return [(tuple(block), tuple(places)) for block, places in found]


def _size(model: Model, one: Column) -> int:
    match one:
        case Site():
            return 1
        case Level(variable):
            levels = len(model.variables[variable].levels)
            return max(1, levels + (variable in model.missing))
        case Happened() | Passes():
            return 2
        case Cause(endpoint):
            return len(model.endpoints[endpoint].timing.causes) + 2
    return _MANY
