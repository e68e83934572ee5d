"""What a survival view is about: the result together with study, cohort and options."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.competing_risks import CompetingRisks
from analysis.cox.two_groups import HazardRatio
from analysis.survival_groups import SurvivalGroups
from data.address import View, published_view
from data.cohort import Cohort, without_idle
from data.study import ARM, Endpoint, Study, Variable
from layouts.charts.frame import MOST_GROUPS_NAMED
from layouts.shared.competing_numbers import of_groups
from layouts.shared.nobody import nobody
from layouts.shared.numbers import Number, p_key
from layouts.shared.ranges import NOTHING, Across
from layouts.shared.theme import Theme
from layouts.shared.words import p_number, patients, time_value, within
from layouts.survival.numbers import HAZARD_RATIO, LOG_RANK, median, numbers_of, of_ratio
from layouts.survival.options import RECONSTRUCTIONS, SurvivalOptions
from layouts.survival.printed import NOTHING_PRINTED, PrintedView

# What a reader takes from the test of a sentence: the side of 0.05 on which its p stands.
DECIDED = ("whether p is below 0.05", p_key(LOG_RANK), 0.05)


@dataclass(frozen=True, eq=False)
class SurvivalContext:
    """A survival result and everything that must be said beside it.

    Attributes
    ----------
    split : Variable or None
        The variable that makes the groups.
    result : SurvivalGroups
        Times in days, from the landmark if there is one.
    in_cohort : int
        Patients that pass set and filters.
    without_endpoint : int
        Of these, patients who do not have the endpoint (no progression, say).
    before_landmark : int
        Of these, patients whose follow-up ended, or who had the event, by the landmark.
    landmark_days : int or None
        Day from which time is counted because a variable is known only by then, or because the
        reader asks about those who are still at risk then.
    incidence : tuple of CompetingRisks or None
        Of each group, where the study declares what competes with the event; else empty.
    ratio : HazardRatio or None
        Of the two groups of ``compared``; None where there are not two.
    across : Across
        Ranges over the data sets that fit the publication equally well; keys are a statistic and
        the place of its group.
    reconstructed : tuple of SurvivalGroups
        The same view in each of those data sets.
    printed : PrintedView
        What the publication prints of the view.
    """

    study: Study
    view: View
    endpoint: Endpoint
    options: SurvivalOptions
    split: Variable | None
    result: SurvivalGroups
    in_cohort: int
    without_endpoint: int
    before_landmark: int
    landmark_days: int | None
    incidence: tuple[CompetingRisks | None, ...] = ()
    ratio: HazardRatio | None = None
    across: Across = NOTHING
    reconstructed: tuple[SurvivalGroups, ...] = ()
    printed: PrintedView = NOTHING_PRINTED

    @property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers of the view (see layouts.survival.numbers)."""
        ratio = [of_ratio(self.ratio)] if self.ratio else []
        return (*numbers_of(self.result, self.options), *ratio, *of_groups(self.incidence))

    @property
    def compared(self) -> tuple[int, int] | None:
        """Places of the one group that is compared and of its reference; None of more than two.

        The reference is that of the Cox regressions: the reference arm, else the first level.
        """
        shown = [place for place, group in enumerate(self.result.groups) if group.n]
        if self.split is None or len(shown) != 2 or shown[1] >= len(self.split.levels):
            return None
        first, second = shown
        other = self.split.id == ARM and second == self.study.reference
        return (first, second) if other else (second, first)

    @property
    def cohort(self) -> Cohort:
        return self.view.cohort

    @property
    def by_arm(self) -> bool:
        """Whether the groups are the arms, which have colours of their own."""
        return self.split is None or self.split.id == ARM

    @property
    def many(self) -> bool:
        """Whether there are more groups than colours can tell apart."""
        return len(self.result.shown) > MOST_GROUPS_NAMED

    def coloured(self, theme: Theme) -> Theme:
        """The theme with the colours of the groups of this view."""
        if self.by_arm:
            return theme
        if self.many:
            ids = [level.id for level in self.split.levels]
            return theme.picking(tuple(map(ids.index, self.options.picked)))
        ordered = self.split.kind == "ordinal" or self.split.is_number
        return theme.for_split(False, len(self.split.levels) if ordered else 0)

    @property
    def determined(self) -> bool:
        """Whether the publication determines this view."""
        return not self.options.alive and published_view(self.study, self.view, self.endpoint)

    @property
    def filtered(self) -> bool:
        """Whether a filter leaves out patients of the set."""
        return bool(without_idle(self.study, self.cohort).filters)

    @property
    def exploratory(self) -> bool:
        """Whether groups are compared, or picked, in a way that the trial did not plan."""
        compares = len(self.result.shown) > 1 and not self.split.prespecified
        return compares or self.filtered

    @property
    def illustrative(self) -> bool:
        """Whether the publication leaves open what is shown."""
        return self.study.reconstructed and not self.determined

    @property
    def drawn_beside(self) -> tuple[SurvivalGroups, ...]:
        """The view in the other data sets, if the reader asked for their curves."""
        return self.reconstructed if self.options.shows(RECONSTRUCTIONS) else ()

    @property
    def after_baseline(self) -> tuple[Variable, ...]:
        """Variables in use that were known only after treatment began."""
        used = [one.variable for one in self.cohort.filters]
        used += [self.split.id] if self.split else []
        variables = (self.study.variable(name) for name in dict.fromkeys(used))
        return tuple(variable for variable in variables if variable.after_baseline)

    def group_name(self, label: str) -> str:
        """A level that can be understood where no heading names its variable.

        ``Child–Pugh A`` and ``Sex: Female`` need their variable, ``Hepatitis B only`` does not.
        """
        if self.split is None or self.split.id == ARM:
            return label
        if not self.split.is_number and _speaks_for_itself(label):
            return label
        return f"{self.split.label}{': ' if label.isalpha() and len(label) > 1 else ' '}{label}"

    def who(self, group) -> str:
        """A group in a sentence: ``with sorafenib``, ``without cirrhosis``."""
        levels = self.split.levels if self.split else ()
        if 0 <= group.position < len(levels) and levels[group.position].phrase:
            return levels[group.position].phrase
        if self.by_arm:
            return f"with {within(group.label, self.study)}"
        return f"with {self.group_name(group.label)}"

    @property
    def group_names(self) -> tuple[str, ...]:
        """The groups as they are named where no heading names their variable."""
        return tuple(self.group_name(group.label) for group in self.result.groups)

    @property
    def endpoint_word(self) -> str:
        """The endpoint within a sentence: ``PFS``, ``hepatic PFS``."""
        label = self.endpoint.label
        word = label if any(part.isupper() for part in label.split()) else self.endpoint.name
        return within(word, self.study)

    @property
    def given(self) -> str:
        """Who is followed where time begins anew: ``alive at 6 months``; empty at the start."""
        if not self.options.alive:
            return ""
        return f"{within(self.endpoint.curve, self.study)} at {self.options.alive:g} months"

    @property
    def origin(self) -> str:
        """From when time is counted."""
        if self.landmark_days is None:
            return self.endpoint.origin
        return f"day {self.landmark_days} after {self.endpoint.origin}"

    @property
    def decimals(self) -> int:
        """Digits of a median, as the study's publication prints them."""
        return self.study.decimals


def empty_sentence(context: SurvivalContext) -> str:
    """Why there is nothing to draw, and what to do."""
    if not context.in_cohort:
        return nobody(context.study, context.view.cohort)
    if context.without_endpoint == context.in_cohort:
        return (
            f"None of the {patients(context.in_cohort)} has "
            f"{within(context.endpoint.name, context.study)}: it exists only for "
            f"{context.endpoint.population}."
        )
    if context.landmark_days is not None and context.before_landmark:
        return f"Nobody in this cohort was still followed at day {context.landmark_days}."
    return f"No patient of this cohort has a value of {context.split.label}."


def median_across(context: SurvivalContext, place: int, unit: str) -> str:
    """The range of the median of a group by its place, in a unit; empty where there is none."""

    def words(days: float) -> str:
        return time_value(days, unit, context.decimals)

    shown = words(context.result.groups[place].median.value)
    return context.across.words(median(place), shown, words, "not reached")


def median_beside(context: SurvivalContext, group, unit: str) -> str:
    """The same behind its median in a sentence."""
    place = next(i for i, one in enumerate(context.result.groups) if one is group)
    text = median_across(context, place, unit)
    return f" [{text}]" if text else ""


def test_across(context: SurvivalContext) -> str:
    """The range of the p of the log-rank test; empty where there is none."""
    p = context.result.test.p_value
    return context.across.words(p_key(LOG_RANK), p_number(p), p_number, "no test")


def test_beside(context: SurvivalContext) -> str:
    """The same behind its p in a sentence."""
    text = test_across(context)
    return f" [{text}]" if text else ""


def ratio_across(context: SurvivalContext) -> str:
    """The range of the hazard ratio; empty where there is none."""
    value = context.ratio.value
    return context.across.words(HAZARD_RATIO, f"{value:.2f}", "{:.2f}".format)


def ratio_interval(context: SurvivalContext) -> str:
    """``0.50–0.95``: the limits of the hazard ratio."""
    return f"{context.ratio.lower:.2f}–{context.ratio.upper:.2f}"


def _speaks_for_itself(label: str) -> bool:
    """Whether a level is understood without its variable: a long word, or words that say what."""
    words = label.split()
    longest = max(map(len, words))
    return longest > 8 if len(words) == 1 else longest > 3
