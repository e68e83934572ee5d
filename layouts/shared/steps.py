"""By what step a number enters a regression: in the model and in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from analysis.sensible_unit import sensible_unit
from data.study import Study, Variable
from layouts.shared.words import listed

# Of a hazard ratio.
_MOST_DECIMALS = 8


@dataclass(frozen=True)
class Step:
    """What one unit of a number is in a regression.

    Attributes
    ----------
    per : float
        How many of the number's own units; of no meaning with ``log``.
    log : bool
        By the logarithm to base 2 instead.
    unit : str
        Of the number, as on the screen.
    """

    per: float
    log: bool = False
    unit: str = ""

    def of(self, values) -> np.ndarray:
        """The number in steps; NaN stays NaN."""
        values = np.asarray(values, dtype=float)
        return np.log2(values) if self.log else values / self.per

    @property
    def words(self) -> str:
        """``per 10 years``, ``per doubling``."""
        return "per doubling" if self.log else f"per {self.per:,.12g} {self.unit}".rstrip()


def step_of(study: Study, variable: Variable) -> Step:
    """The step that a study declares, else one from the spread of all its patients.

    Of all, so that a filter leaves the step as it is and hazard ratios can be compared.
    """
    if variable.per is None and not variable.log:
        return Step(sensible_unit(study.numbers[variable.id]), unit=variable.unit)
    return Step(variable.per or 1.0, variable.log, variable.unit)


def has_step(study: Study, variable: Variable) -> bool:
    """Whether a variable is a number that enters a regression as such, and not by its ranges.

    Of a study in a database patients are counted by ranges.
    """
    return variable.is_number and study.counted is None


def entering(study: Study, variables: Iterable[Variable]) -> str:
    """How the numbers of a model enter it: "numbers enter linearly, AFP by its logarithm"."""
    if study.counted is not None:
        return "numbers enter by their ranges, as patients are counted in the database"
    logged = [variable.label for variable in variables if variable.log]
    if not logged:
        return "numbers enter linearly"
    own = "its logarithm" if len(logged) == 1 else "their logarithms"
    return f"numbers enter linearly, {listed(logged)} by {own}"


def ratio_decimals(value: float, lower: float, upper: float) -> int:
    """Decimals of a hazard ratio and its limits: two, and more where all would read 1.00.

    A declared step can be small for a number; "1.00 (1.00–1.00), p < 0.001" says nothing.
    """
    if any(round(x, 2) != 1 for x in (value, lower, upper)) or value == 1:
        return 2
    needed = (places for places in range(3, _MOST_DECIMALS) if round(value, places) != 1)
    return next(needed, _MOST_DECIMALS)
