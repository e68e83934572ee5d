"""What a view of the monitoring is about: the rule, what it says of each arm, and how it works."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.monitoring import Boundary, Operating, Rule
from analysis.proportions import Proportion
from data.address import View
from data.study import Study
from layouts.monitoring.options import ANY, RESPONSES, MonitoringOptions
from layouts.shared.few import Few
from layouts.shared.ranges import NOTHING, Across
from layouts.shared.words import within

IN_SENTENCE = {"objective": "an objective response", "control": "disease control"}


@dataclass(frozen=True)
class Monitored:
    """One arm, or all patients.

    Attributes
    ----------
    label : str
    position : int
        Place among the study's arms; 0 where it has none.
    share : Proportion
        Patients with the event of all whose data say.
    mean, lower, upper : float
        Posterior of the rate with its 95 % credible interval.
    probability : float
        That the rate lies on the side on which the trial stops.
    predictive : float
        That the rule says stop after the patients still to come.
    orders : float
        Of all orders in which these patients may have come, the share in which the trial stops.
    """

    label: str
    position: int
    share: Proportion
    mean: float
    lower: float
    upper: float
    probability: float
    predictive: float
    orders: float

    @property
    def told(self) -> bool:
        """Whether anything of its events is said."""
        return not isinstance(self.share.events, Few)


@dataclass(frozen=True, eq=False)
class MonitoringContext:
    """The rule, and what it says.

    Attributes
    ----------
    limits : Boundary or None
        Up to the patients of the largest arm; None where there is an obstacle.
    operating : Operating or None
    groups : tuple of Monitored
        Those with patients, the compared arms before the reference.
    in_cohort, measured : int
        Patients who pass the filters, and those of them whose data say about the event.
    obstacle : str
        Why there is nothing, in a sentence; empty otherwise.
    """

    study: Study
    view: View
    options: MonitoringOptions
    rule: Rule
    limits: Boundary | None
    operating: Operating | None
    groups: tuple[Monitored, ...]
    in_cohort: int
    measured: int
    obstacle: str
    across: Across = NOTHING

    @property
    def event(self) -> str:
        """The event within a sentence."""
        chosen = self.options.event
        if not self.options.toxicity:
            return IN_SENTENCE[RESPONSES[chosen]]
        if chosen == ANY:
            return "an adverse event of grade ≥ 3"
        term = next(one for one in self.study.adverse_events.terms if one.id == chosen)
        return f"{within(term.label, self.study)} of grade ≥ 3"

    @property
    def side(self) -> str:
        """Where the rate must lie for the trial to stop: ``above`` or ``below``."""
        return self.rule.stops
