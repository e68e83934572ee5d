"""All data sets that fit a publication equally well, below each other, for one analysis of all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.event_table import TimeAxis, time_axis
from callbacks.groups import arm_codes, split_codes
from callbacks.memory import PARTS, Memory
from data.cohort import Cohort
from data.patient_groups import Pair
from data.study import Study


@dataclass(frozen=True, eq=False)
class Stacked:
    """One endpoint of all B data sets below each other, M = B × N patients.

    Attributes
    ----------
    axis : TimeAxis
        Days from the landmark, if there is one.
    event, data_set : (M,) arrays of int
    """

    axis: TimeAxis
    event: np.ndarray
    data_set: np.ndarray


def stacked(memory: Memory, study: Study, endpoint: str, landmark: int | None) -> Stacked:
    """All data sets of a study for one endpoint."""
    return memory.recall(_stacked, study, endpoint, landmark, room=PARTS)


def stacked_codes(memory: Memory, study: Study, variable_id: str) -> np.ndarray:
    """Each patient's group in a split, in all data sets below each other; (M,)."""
    return memory.recall(_stacked_codes, study, variable_id, room=PARTS)


def stacked_arms(memory: Memory, study: Study, set_id: str, pair: Pair | None) -> np.ndarray | None:
    """1 compared arm of a pair, 0 reference, -1 neither, in all data sets.

    None where a set has one of the two only, or without a pair.
    """
    return memory.recall(_stacked_arms, study, set_id, pair, room=PARTS)


def _stacked(memory: Memory, study: Study, endpoint: str, landmark: int | None) -> Stacked:
    outcomes = [one.outcomes[endpoint] for one in study.reconstructions]
    time = np.concatenate([np.maximum(one.time - (landmark or 0), 0) for one in outcomes])
    event = np.concatenate([one.event for one in outcomes])
    return Stacked(time_axis(time), event, np.repeat(np.arange(len(outcomes)), study.n))


def _stacked_codes(memory: Memory, study: Study, variable_id: str) -> np.ndarray:
    variable = study.variable(variable_id)
    return np.concatenate([split_codes(one, variable)[0] for one in study.reconstructions])


def _stacked_arms(
    memory: Memory, study: Study, set_id: str, pair: Pair | None
) -> np.ndarray | None:
    arms = [arm_codes(one, Cohort(study.id, set_id), pair) for one in study.reconstructions]
    return None if any(one is None for one in arms) else np.concatenate(arms)
