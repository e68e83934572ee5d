"""How many patients of each arm have which response, progression, site of it and death."""

from __future__ import annotations

import numpy as np

from data.reconstruction.soramic.cohort import Cohort
from data.reconstruction.soramic.dice import between, shuffled
from data.reconstruction.soramic.targets import Targets
from data.reconstruction.soramic.words import (
    ARM_IDS,
    BOTH,
    CR,
    EXTRAHEPATIC,
    LIVER,
    NO_PROGRESSION,
    PD,
    PR,
    SD,
)

# What the print leaves open, by arm. The errors of the printed hazard ratios allow only so many
# events: about 1/se² = 1/(1/d₀ + 1/d₁), for progression-free survival and for death.
_RESPONDERS_PROGRESSED = ((13, 18), (16, 22))
_COMPLETE_PROGRESSED = ((0, 3), (0, 1))
_DEAD_UNPROGRESSED = ((28, 30), (15, 17))
_DEAD = ((60, 61), (89, 92))


def draw_skeleton(targets: Targets, dice: np.ndarray) -> Cohort:
    """A cohort whose counts are as printed, without times; the open counts are drawn."""
    columns: list[list[int]] = [[], [], [], []]
    for arm, arm_id in enumerate(ARM_IDS):
        where = f"arm={arm_id}"
        responses = {
            level: targets.count(f"best-response={name}", where)
            for level, name in ((CR, "cr"), (PR, "pr"), (SD, "sd"), (PD, "pd"))
        }
        sites = {
            level: targets.count(f"first-progression-site={name}", f"{where}&progression=yes")
            for level, name in ((LIVER, "liver"), (EXTRAHEPATIC, "extrahepatic"), (BOTH, "both"))
        }
        response, progressed = _responses(arm, responses, sum(sites.values()), dice)
        site = _sites(progressed, sites, dice)
        dead = _deaths(arm, progressed, dice)
        for column, found in zip(columns, ([arm] * len(site), response, site, dead), strict=True):
            column.extend(found)
    arm, response, site, dead = (np.array(column, dtype=np.int64) for column in columns)
    return Cohort(arm, response, site, dead, np.zeros((len(arm), 4), dtype=np.int64))


def _responses(arm: int, counts: dict[int, int], progressors: int, dice) -> tuple[list, list]:
    """Best response of each patient and whether the patient progresses."""
    complete = between(dice, *_COMPLETE_PROGRESSED[arm])
    partial = between(dice, *_RESPONDERS_PROGRESSED[arm]) - complete
    stable = progressors - counts[PD] - complete - partial
    shares = {CR: complete, PR: partial, SD: stable, PD: counts[PD]}
    response, progressed = [], []
    for level, count in counts.items():
        response += [level] * count
        progressed += [True] * shares[level] + [False] * (count - shares[level])
    return response, progressed


def _sites(progressed: list[bool], counts: dict[int, int], dice) -> list[int]:
    sites = shuffled(dice, [site for site, count in counts.items() for _ in range(count)])
    return [sites.pop() if one else NO_PROGRESSION for one in progressed]


def _deaths(arm: int, progressed: list[bool], dice) -> list[int]:
    unprogressed = between(dice, *_DEAD_UNPROGRESSED[arm])
    after = between(dice, *_DEAD[arm]) - unprogressed
    dead = [0] * len(progressed)
    for kind, deaths in ((False, unprogressed), (True, after)):
        places = [place for place, one in enumerate(progressed) if one == kind]
        for place in shuffled(dice, places)[:deaths]:
            dead[place] = 1
    return dead
