"""A number that is cut where the reader says: how it stands in a link, and what is said of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from markupsafe import Markup

from data.address import NO_SPLIT, View, address
from data.study import Study
from layouts.shared.html import joined, link
from layouts.shared.options import NOT_CHOSEN
from layouts.shared.thresholds import can_be_cut


def read_cut(study: Study, view: View, given: dict[str, str], notes: list[str]) -> float | None:
    """Where the number of the split is cut; None where that is not said or cannot be used."""
    text = given.get("cut")
    if text is None:
        return None
    variable = None if view.by == NO_SPLIT else study.variable(view.by)
    if variable is None or not variable.is_number:
        notes.append("“cut” divides the number of a split; this split is by none.")
        return None
    if study.disclosure.protects:
        notes.append(f"“cut” {NOT_CHOSEN}; the study's own cuts are used.")
        return None
    if study.counted is not None:
        notes.append("“cut” needs patients one by one; they are counted by the study's own cuts.")
        return None
    known = study.numbers[variable.id]
    known = known[np.isfinite(known)]
    try:
        cut = float(text)
    except ValueError:
        cut = np.nan
    if known.size and known.min() < cut <= known.max():
        return cut
    notes.append("“cut” has patients on one side only; the study's own cuts are used.")
    return None


def cut_ways(study: Study, view: View) -> Markup | None:
    """The ways to the thresholds of the split, and back to those of the study.

    None where the split is by no number.
    """
    variable = None if view.by == NO_SPLIT else study.variable(view.by)
    if variable is None or not can_be_cut(variable) or study.disclosure.protects:
        return None
    cut = view.option("cut", "")
    kept = (("cut", cut),) if cut else ()
    explorer = replace(view, page="thresholds", options=kept)
    ways = [link("Thresholds", href=address(explorer, study))]
    if cut:
        own = address(view.with_options(cut=None), study)
        ways.append(link("Study's own cuts", href=own))
    return joined(ways)


def cut_caution(cut: float | None) -> list[str]:
    """What must be known of a cut that the reader chose."""
    if cut is None:
        return []
    return [
        "The cut is the reader's own: chosen by looking, it makes differences too large and "
        "p-values too small; the page Thresholds adjusts for all that were possible."
    ]
