"""Groups of patients that a study names: its arms, its analysis sets, its presets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Arm:
    """A treatment arm; ``level`` is the level id of the variable ``arm``.

    ``reference`` marks the arm that a hazard ratio compares with: below 1 favours the other arm.
    """

    level: str
    label: str
    short: str
    reference: bool = False


@dataclass(frozen=True)
class Pair:
    """Two arms of a study by their places among its arms: which is compared, and with which."""

    compared: int
    reference: int

    @property
    def places(self) -> frozenset[int]:
        """The two without their order."""
        return frozenset((self.compared, self.reference))


@dataclass(frozen=True)
class AnalysisSet:
    """Who is analysed: the patients whose variables have one of the ruled levels.

    ``rule`` holds (variable id, level ids) pairs that must all hold; empty means everybody.
    ``published`` says that the publication's tables describe this set.
    """

    id: str
    label: str
    description: str
    rule: tuple[tuple[str, tuple[str, ...]], ...] = ()
    default: bool = False
    published: bool = False


@dataclass(frozen=True)
class Preset:
    """A named selection offered above the filters; ``filters`` as in a link's query."""

    label: str
    filters: tuple[tuple[str, str], ...]


def rule_mask(rule, variables, codes, n: int) -> np.ndarray:
    """Patients for whom every (variable id, level ids) pair of a rule holds; shape (n,)."""
    mask = np.ones(n, bool)
    for variable_id, level_ids in rule:
        variable = next(v for v in variables if v.id == variable_id)
        wanted = [i for i, level in enumerate(variable.levels) if level.id in level_ids]
        mask &= np.isin(codes[variable_id], wanted)
    return mask
