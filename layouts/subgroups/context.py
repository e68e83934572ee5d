"""What a subgroup view is about: the result together with study, cohort and options."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from analysis.subgroups import Subgroups
from data.address import View
from data.cohort import without_idle
from data.patient_groups import Pair
from data.sections.published import PublishedSubgroups
from data.study import Endpoint, Study, Variable
from layouts.shared.pairs import arms_of
from layouts.shared.ranges import NOTHING, Across
from layouts.shared.words import FEW_EVENTS
from layouts.subgroups.options import ADJUSTED, EVERY_GROUP, SubgroupOptions, groups_of

LANDMARKS = ("12", "24")


@dataclass(frozen=True, eq=False)
class SubgroupContext:
    """A subgroup result and everything that must be said beside it.

    Attributes
    ----------
    variables : tuple of Variable
        Those analysed, in the order of the result.
    labels : tuple of tuple of str
        Names of each variable's groups, "Missing" among them where it is one.
    total : tuple of tuple of int
        Patients of each group in the whole analysis set, for levels that a filter emptied.
    in_cohort, with_endpoint : int
        Patients that pass set and filters, and those of them who have the endpoint.
    landmark_days : int or None
        Day from which time is counted because a filter's variable is known only by then.
    pair : Pair or None
        The arms whose effect stands in the forest; None with fewer than two arms.
    across : Across
        Ranges over the data sets that fit the publication equally well; keys are a statistic and
        a row of the screen (``all`` for everybody), or the place of a variable (and a level).
    """

    study: Study
    view: View
    endpoint: Endpoint
    options: SubgroupOptions
    variables: tuple[Variable, ...]
    labels: tuple[tuple[str, ...], ...]
    result: Subgroups
    in_cohort: int
    with_endpoint: int
    landmark_days: int | None
    pair: Pair | None = None
    across: Across = NOTHING

    @property
    def n(self) -> int:
        """Patients analysed: with the endpoint, and still followed at the landmark if any."""
        return self.result.overall.n

    @property
    def unfiltered(self) -> bool:
        """Whether the publication's own cohort is on screen."""
        chosen = self.study.analysis_set(self.view.cohort.analysis_set)
        return chosen.published and not without_idle(self.study, self.view.cohort).filters

    @property
    def paper(self) -> PublishedSubgroups | None:
        """The publication's table for this endpoint."""
        return self.study.published_subgroups.get(self.endpoint.id)

    def printed_p(self, position: int) -> float:
        """The log-rank p of a variable as printed; NaN where the view is not the paper's."""
        if self.paper is None or not self.unfiltered or self.landmark_days is not None:
            return math.nan
        name = self.variables[position].id
        rows = (row.cells["p"] for (of, _), row in self.paper.rows.items() if of == name)
        return next((p for p in rows if math.isfinite(p)), math.nan)

    @property
    def shows_paper(self) -> bool:
        """Whether the paper's cells stand beside the recomputed ones."""
        return self.options.published and self.unfiltered and self.paper is not None

    @property
    def shows_effects(self) -> bool:
        """Whether the effect of the arm in each level is in the table."""
        return bool(self.result.effects) and self.options.show != "medians"

    @property
    def shows_survival(self) -> bool:
        """Whether medians and rates of each level are in the table."""
        return not (self.result.effects and self.options.show == "effect")

    @property
    def shows_medians(self) -> bool:
        """Whether any median in the table is reached."""
        result = self.result
        known = (math.isfinite(result.overall.median.value), *np.isfinite(result.screen.median))
        return self.shows_survival and any(known)

    @property
    def arms(self) -> tuple[str, str] | None:
        """Names of the compared arm and the reference, where arms are compared."""
        if not self.result.effects:
            return None
        compared, reference = arms_of(self.study, self.pair)
        return compared.label, reference.label

    def has_few_events(self, position: int) -> bool:
        """Whether the interaction test of a variable rests on too few events to be read."""
        effect = self.result.effects[position]
        return effect.tested and effect.fewest_events < FEW_EVENTS

    def p_values(self, kind: str) -> np.ndarray:
        """One p-value of a kind for each variable; NaN without a test."""
        result = self.result
        return {
            "log-rank": result.screen.p_value,
            "permutation": result.permutation.p_value,
            "holm": result.holm,
            "benjamini-hochberg": result.benjamini_hochberg,
            "westfall-young": result.permutation.p_adjusted,
        }[kind]

    def order(self) -> list[int]:
        """Positions of the variables to show, in the order asked for."""
        options = self.options
        shown = [i for i in range(len(self.variables)) if self._is_asked_for(i)]
        if options.order == "name":
            return sorted(shown, key=lambda i: self.variables[i].label.casefold())
        if options.order == "published":
            return shown
        if options.order == "group":
            groups = list(groups_of(self.study).values())
            return sorted(shown, key=lambda i: groups.index(self.variables[i].group))
        kind = "log-rank" if options.order == "p" else "westfall-young"
        if options.order == "adjusted" and options.p in ADJUSTED:
            kind = options.p
        values = self.p_values(kind)
        # Without a test last; equal p-values keep the first order.
        return sorted(shown, key=lambda i: (not math.isfinite(values[i]), values[i], i))

    def _is_asked_for(self, position: int) -> bool:
        variable, options = self.variables[position], self.options
        if options.group != EVERY_GROUP and groups_of(self.study)[options.group] != variable.group:
            return False
        wanted = options.search.casefold()
        names = (variable.label, *self.labels[position])
        return not wanted or any(wanted in name.casefold() for name in names)
