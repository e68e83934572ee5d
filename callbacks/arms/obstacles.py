"""Why a section of the Compare arms page cannot be shown, in one sentence."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from data.address import View
from data.cohort import levels_held, select
from data.patient_groups import Pair
from data.study import ARM, Study
from layouts.arms.options import ArmOptions
from layouts.shared.words import listed


def obstacle_of(study: Study, view: View, options: ArmOptions, used: np.ndarray) -> tuple[str, str]:
    """Why the section cannot be shown, and the analysis set in which it could be; or both empty.

    Parameters
    ----------
    used : (N,) array of bool
        Patients in the analysis.
    """
    if options.show == "competing" and not study.all_causes:
        return "This study declares no competing events.", ""
    if options.show == "response" and study.comparison.response is None:
        return "This study has no response to treatment.", ""
    if not used.any():
        return "No patient is left for this analysis. Remove a filter above.", ""
    if options.show in ("competing", "response"):
        return "", ""
    if len(study.arms) < 2:
        return "This study does not compare two arms.", ""
    if options.show == "adjusted" and not options.adjust:
        return "Tick under “Adjust for” in what the arms are to be made alike.", ""
    present = [arm.label for i, arm in enumerate(study.arms) if (study.codes[ARM][used] == i).any()]
    if len(present) > 1:
        return "", ""
    if not present:
        return "No patient in view has an arm. Remove a filter above.", ""
    sentence = f"All patients in view are in one arm ({present[0]}): there is nothing to compare."
    return sentence, _wider_set(study, view)


def pair_obstacle(study: Study, pair: Pair, used: np.ndarray) -> str:
    """Why two of several arms cannot be compared, or empty: one of them has no patients in view."""
    codes = study.codes[ARM][used]
    empty = [study.arms[i].label for i in (pair.compared, pair.reference) if not (codes == i).any()]
    if not empty:
        return ""
    return (
        f"No patient of {listed(empty, 'or')} is in view: choose two other arms under Compare, or "
        "remove a filter."
    )


def _wider_set(study: Study, view: View) -> str:
    """The analysis set in which arms have patients under the same filters, or empty."""
    for one in study.analysis_sets:
        mask = select(study, replace(view.cohort, analysis_set=one.id))
        if len(levels_held(study.codes[ARM], mask)) > 1:
            return one.id
    return ""
