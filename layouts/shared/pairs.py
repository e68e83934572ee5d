"""Which two arms are compared: how it stands in a link, how it is chosen, and its words."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from data.checking.problems import short
from data.pairs import against_reference, several
from data.patient_groups import Arm, Pair
from data.study import Study
from layouts.shared.controls import field, select
from layouts.shared.html import tag

COMPARE = "compare"
EACH = "each"


def read_pair(study: Study, given: Mapping[str, str], notes: list[str]) -> Pair | None:
    """The pair that a link names; None, each arm against the reference, where it names none.

    What cannot be used gets a sentence in ``notes``.
    """
    text = given.get(COMPARE, EACH)
    if text == EACH:
        return None
    places = {arm.level: place for place, arm in enumerate(study.arms)}
    if len(places) < 2:
        notes.append(f"“{COMPARE}” takes two arms; this study has no two.")
        return None
    first, second = (study.arms[place].level for place in _places(against_reference(study)[0]))
    asked = text.split(",")
    unknown = [part for part in asked if part not in places]
    if unknown and unknown[0]:
        why = f"“{short(unknown[0])}” is none of {', '.join(places)}"
    elif len(asked) != 2 or unknown:
        why = f"“{short(text)}” is not two"
    elif asked[0] == asked[1]:
        why = f"“{short(text)}” is one arm twice"
    else:
        return Pair(places[asked[0]], places[asked[1]])
    notes.append(f"“{COMPARE}” takes two arms, as in {first},{second}; {why}.")
    return None


def first_pair(study: Study, pair: Pair | None) -> Pair | None:
    """The pair of a page that shows one at a time: the chosen one, else the first of each.

    None with fewer than two arms.
    """
    return pair or next(iter(against_reference(study)), None)


def pair_text(study: Study, pair: Pair | None) -> str:
    """The choice as it stands in a link."""
    if pair is None:
        return EACH
    return ",".join(study.arms[place].level for place in _places(pair))


def arms_of(study: Study, pair: Pair) -> tuple[Arm, Arm]:
    """The compared arm, then the reference."""
    return study.arms[pair.compared], study.arms[pair.reference]


def pair_words(study: Study, pair: Pair) -> str:
    """``Lev against Obs``."""
    compared, reference = arms_of(study, pair)
    return f"{compared.label} against {reference.label}"


def each_words(study: Study) -> str:
    """``Each against Obs``."""
    return f"Each against {study.arms[study.reference].label}"


def compare_control(
    study: Study, pair: Pair | None, *, each: bool, above: bool = False
) -> list[Markup]:
    """The choice of two arms; none where there are no three.

    Parameters
    ----------
    pair : Pair or None
        What is shown.
    each : bool
        Whether each arm against the reference can be shown at once.
    above : bool
        Where the labels of a page's controls stand above them.
    """
    if not several(study):
        return []
    order = [study.reference, *(i for i in range(len(study.arms)) if i != study.reference)]
    choices = [
        (
            f"Against {study.arms[reference].label}",
            {
                pair_text(study, Pair(compared, reference)): pair_words(
                    study, Pair(compared, reference)
                )
                for compared in range(len(study.arms))
                if compared != reference
            },
        )
        for reference in order
    ]
    if each:
        choices = [("All arms", {EACH: each_words(study)}), *choices]
    kind = "small pairs" if above else "choice pairs"
    chosen = select("Compare", COMPARE, choices, pair_text(study, pair), kind=kind)
    if above:
        return [field("Compare", chosen)]
    return [tag("label", "Compare", chosen, class_="inline-label")]


def compare_value(study: Study, pair: Pair | None) -> dict[str, dict]:
    """The value of that control; nothing where there is none."""
    return {COMPARE: {"value": pair_text(study, pair)}} if several(study) else {}


def _places(pair: Pair) -> tuple[int, int]:
    return pair.compared, pair.reference
