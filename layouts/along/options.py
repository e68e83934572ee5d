"""The options of the effect along a number: how they stand in a link and what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.sliding_windows import LEAST_EVENTS
from data.address import View
from data.checking.problems import short
from data.patient_groups import Pair
from data.study import Study, Variable
from layouts.shared.options import read_choice
from layouts.shared.pairs import COMPARE, read_pair

# Events of a window, by their words in a link.
WINDOWS = {str(n): f"{n} events" for n in (LEAST_EVENTS, 30, 40, 60)}
NAMES = frozenset({"along", "window", COMPARE, "present"})


@dataclass(frozen=True)
class AlongOptions:
    """What the page shows.

    Attributes
    ----------
    variable : Variable or None
        The number along which the effect is looked at; None where the study has none.
    window : int
        Events of a window at least.
    pair : Pair or None
        The two arms that are compared; None for the first against the reference.
    """

    variable: Variable | None
    window: int = LEAST_EVENTS
    pair: Pair | None = None


def numbers_known_before(study: Study) -> tuple[Variable, ...]:
    """The numbers of a study that are known before treatment began."""
    return tuple(v for v in study.variables if v.is_number and not v.after_baseline)


def read_options(study: Study, view: View) -> tuple[AlongOptions, list[str]]:
    """Read the page's options from a view; a sentence for each part that could not be used."""
    notes: list[str] = []
    given = dict(view.options)
    known = {one.id: one for one in numbers_known_before(study)}
    first = next(iter(known), "")
    asked = given.get("along", first)
    if asked not in known and "along" in given:
        words = f"can be {', '.join(known)}" if known else "is nothing that this study has"
        notes.append(f"“along” {words}; “{short(asked)}” was dropped.")
    options = AlongOptions(
        variable=known.get(asked) or known.get(first),
        window=int(read_choice(given, "window", WINDOWS, str(LEAST_EVENTS), notes)),
        pair=read_pair(study, given, notes),
    )
    return options, notes
