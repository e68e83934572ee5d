"""What the page is about: nested cohorts of patients like one."""

from __future__ import annotations

from dataclasses import dataclass

from data.address import View
from data.cohort import Cohort, Filter
from data.likeness import Entry
from data.study import Endpoint, Study, Variable
from data.window import Window
from layouts.overview.context import ShareCard
from layouts.safety.context import SafetyContext
from layouts.shared.ranges import NOTHING, Across
from layouts.similar.options import SimilarOptions
from layouts.survival.context import SurvivalContext

# The first cohort with so many is in focus: below, half a dozen patients decide a median.
FOCUS_PATIENTS = 20
FOCUS_EVENTS = 10
# By what the order of dropping is.
DECLARED, ASSOCIATION, OWN = "declared", "association", "own"


@dataclass(frozen=True)
class Criterion:
    """One characteristic of the patient.

    Attributes
    ----------
    filter : Filter
        Who is like the patient in it, as on every page.
    window : Window or None
        Of a number.
    """

    variable: Variable
    entry: Entry
    filter: Filter
    window: Window | None

    def words(self, study: Study) -> str:
        """``BCLC C``, ``Age 62 to 72 years``."""
        return self.filter.sentence(study)


@dataclass(frozen=True, eq=False)
class Step:
    """One of the nested cohorts.

    Attributes
    ----------
    kept, dropped : tuple of Criterion
    cohort : Cohort
    survival : SurvivalContext or None
        By arm, where the set has two or more; None where nothing may be said.
    response, severe : ShareCard or None
        Objective response, and any adverse event of grade 3 or more: of all, then of each arm.
    withheld : str
        Why nothing may be said, in a sentence.
    reason : str
        Why it cannot be in focus, in a few words; empty where it can.
    across : Across
        Ranges of the response over the data sets that fit the publication equally well; see
        layouts.similar.numbers.
    """

    kept: tuple[Criterion, ...]
    dropped: tuple[Criterion, ...]
    cohort: Cohort
    survival: SurvivalContext | None
    response: ShareCard | None = None
    severe: ShareCard | None = None
    withheld: str = ""
    reason: str = ""
    across: Across = NOTHING

    @property
    def n(self):
        """Patients with the endpoint; what stands in place of few."""
        return self.survival.result.n


@dataclass(frozen=True, eq=False)
class SimilarContext:
    """Everything the page states.

    Attributes
    ----------
    view : View
        As asked for; what describes the patient is in its options.
    criteria : tuple of Criterion
        The one that is kept longest first.
    ordered_by : str
        ``DECLARED``, ``ASSOCIATION`` or ``OWN``.
    arms : tuple of (label, place)
        Arms of the set, empty with fewer than two.
    steps : tuple of Step
        From all characteristics to none; one more than there are.
    focus : int or None
        Place of the cohort in focus; None where none is large enough.
    given : SurvivalContext or None
        The cohort in focus, of those still at risk at the month that is asked for.
    safety : SafetyContext or None
        Adverse events of the cohort in focus.
    """

    study: Study
    view: View
    options: SimilarOptions
    endpoint: Endpoint
    criteria: tuple[Criterion, ...]
    ordered_by: str
    arms: tuple[tuple[str, int], ...]
    steps: tuple[Step, ...]
    focus: int | None
    given: SurvivalContext | None = None
    safety: SafetyContext | None = None

    @property
    def in_focus(self) -> Step | None:
        """The cohort in focus."""
        return None if self.focus is None else self.steps[self.focus]

    @property
    def drawn(self) -> SurvivalContext | None:
        """Whose curves are drawn."""
        return self.given or (self.in_focus and self.in_focus.survival)

    @property
    def places(self) -> tuple[int, ...]:
        """Places of the groups that stand in the table: the arms of the set, or all together."""
        return tuple(place for _, place in self.arms) or (0,)

    @property
    def shown_view(self) -> View:
        """The view for links: without what describes the patient."""
        return self.view.with_options(**dict.fromkeys(("mine", "order"), None))


def too_small(n: int, events: int, endpoint: Endpoint) -> str:
    """Why a cohort cannot be in focus, in a few words; empty where it can."""
    if n < FOCUS_PATIENTS:
        return f"fewer than {FOCUS_PATIENTS} patients"
    if events < FOCUS_EVENTS:
        return f"fewer than {FOCUS_EVENTS} events of {endpoint.label}"
    return ""
