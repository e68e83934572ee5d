"""What an effect along a number is about: the result together with study, cohort and options."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.effect_along import EffectAlong
from analysis.stepp import Stepp
from data.address import View
from data.cohort import without_idle
from data.patient_groups import Pair
from data.study import Endpoint, Study
from layouts.along.options import AlongOptions
from layouts.shared.few import Few
from layouts.shared.pairs import arms_of
from layouts.shared.ranges import NOTHING, Across
from layouts.shared.words import minus


@dataclass(frozen=True, eq=False)
class AlongContext:
    """An effect along a number and everything that must be said beside it.

    Attributes
    ----------
    effect : EffectAlong or None
        None where the study has no number, or nobody is in view.
    stepp : Stepp or None
        The windows; None without two arms, and where they are not shown.
    pair : Pair or None
        The arms that are compared; None where the effect is that of the number itself.
    in_cohort, with_endpoint : int
        Patients that pass set and filters, and those of them who have the endpoint (and came to
        the landmark, if there is one).
    without_value : int
        Those of them without the number, or in neither arm.
    landmark_days : int or None
        Day from which time is counted because a filter's variable is known only by then.
    numbers : int
        How many numbers of the study could be looked at.
    across : Across
        Ranges over the data sets that fit the publication equally well.
    """

    study: Study
    view: View
    endpoint: Endpoint
    options: AlongOptions
    effect: EffectAlong | None
    stepp: Stepp | None
    pair: Pair | None
    in_cohort: int
    with_endpoint: int
    without_value: int | Few
    landmark_days: int | None
    numbers: int
    across: Across = NOTHING

    @property
    def n(self) -> int:
        """Patients analysed."""
        return self.effect.n if self.effect else 0

    @property
    def arms(self) -> tuple[str, str] | None:
        """Names of the compared arm and the reference; None where no arms are compared."""
        if self.pair is None:
            return None
        compared, reference = arms_of(self.study, self.pair)
        return compared.label, reference.label

    @property
    def unfiltered(self) -> bool:
        """Whether the publication's own cohort is on screen."""
        chosen = self.study.analysis_set(self.view.cohort.analysis_set)
        return chosen.published and not without_idle(self.study, self.view.cohort).filters

    @property
    def unit(self) -> str:
        """The unit of the number behind a blank; empty where it has none."""
        unit = self.options.variable.unit
        return f" {unit}" if unit else ""

    def number(self, value: float) -> str:
        """A value of the number without its unit."""
        return minus(f"{value:,.{self.options.variable.decimals}f}")

    @property
    def axis_words(self) -> str:
        """Name and unit of the number."""
        unit = self.options.variable.unit
        return f"{self.options.variable.label}{f', {unit}' if unit else ''}"
