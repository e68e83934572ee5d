"""What a view of prognostic factors is about: the result with study, cohort and options."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.prognostic import Prognostic
from data.address import View
from data.study import Endpoint, Study, Variable
from layouts.prognostic.options import FOUND, PrognosticOptions
from layouts.shared.ranges import NOTHING, Across


@dataclass(frozen=True, eq=False)
class PrognosticContext:
    """Prognostic factors and everything that must be said beside them.

    Attributes
    ----------
    variables : tuple of Variable
        Those analysed, in the order of ``result.univariable``.
    in_cohort, with_endpoint : int
        Patients that pass set and filters, and those of them analysed: with the endpoint, and
        still followed at the landmark if there is one.
    landmark_days : int or None
    across : Across
        Ranges over the data sets that fit the publication equally well; keys are a statistic and
        the name of a term.
    """

    study: Study
    view: View
    endpoint: Endpoint
    options: PrognosticOptions
    variables: tuple[Variable, ...]
    result: Prognostic
    in_cohort: int
    with_endpoint: int
    landmark_days: int | None
    across: Across = NOTHING

    @property
    def data_driven(self) -> bool:
        """Whether the p-values themselves chose the multivariable model."""
        return FOUND in self.options.model

    def label(self, name: str) -> str:
        """A variable's name on the screen."""
        return self.study.variable(name).label

    def order(self) -> list[int]:
        """Positions of the variables in the order asked for."""
        places = range(len(self.variables))
        if self.options.order != "p":
            return list(places)
        p = [one.p_value for one in self.result.univariable]
        # NaN, without a test, stands last.
        return sorted(places, key=lambda i: (p[i] != p[i], p[i], i))
