"""Why a section of the Compare arms page cannot be shown, in one sentence."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from data.address import View
from data.patient_groups import Pair
from data.people import level_sizes
from data.study import ARM, Study
from layouts.arms.options import ArmOptions
from layouts.shared.words import listed


def obstacle_of(
    study: Study, view: View, options: ArmOptions, n: int, sizes: np.ndarray
) -> tuple[str, str]:
    """Why the section cannot be shown, and the analysis set in which it could be; or both empty.

    Parameters
    ----------
    n : int
        Patients in the analysis.
    sizes : (A,) array of int
        Those of each arm.
    """
    if options.show == "competing" and not study.all_causes:
        return "This study declares no competing events.", ""
    if options.show == "response" and study.comparison.response is None:
        return "This study has no response to treatment.", ""
    if not n:
        return "No patient is left for this analysis. Remove a filter above.", ""
    if options.show in ("competing", "response"):
        return "", ""
    if len(study.arms) < 2:
        return "This study does not compare two arms.", ""
    if options.show == "adjusted" and not options.adjust:
        return "Tick under “Adjust for” in what the arms are to be made alike.", ""
    present = [arm.label for arm, size in zip(study.arms, sizes, strict=True) if size]
    if len(present) > 1:
        return "", ""
    if not present:
        return "No patient in view has an arm. Remove a filter above.", ""
    sentence = f"All patients in view are in one arm ({present[0]}): there is nothing to compare."
    return sentence, _wider_set(study, view)


def pair_obstacle(study: Study, pair: Pair, sizes: np.ndarray) -> str:
    """Why two of several arms cannot be compared, or empty: one of them has no patients in view."""
    empty = [study.arms[i].label for i in (pair.compared, pair.reference) if not sizes[i]]
    if not empty:
        return ""
    return (
        f"No patient of {listed(empty, 'or')} is in view: choose two other arms under Compare, or "
        "remove a filter."
    )


def _wider_set(study: Study, view: View) -> str:
    """The analysis set in which arms have patients under the same filters, or empty."""
    for one in study.analysis_sets:
        sizes = level_sizes(study, replace(view.cohort, analysis_set=one.id), ARM)[:-1]
        if (sizes > 0).sum() > 1:
            return one.id
    return ""
