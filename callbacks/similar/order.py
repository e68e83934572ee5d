"""In which order the characteristics of a patient are dropped."""

from __future__ import annotations

import numpy as np

from analysis.prognostic import prognostic_factors
from callbacks.groups import covariate_frame, in_analysis
from callbacks.memory import Memory
from data.cohort import Cohort, select
from data.study import Study
from layouts.similar.context import ASSOCIATION, DECLARED, OWN
from layouts.similar.options import SimilarOptions, criteria_of


def ordered(memory: Memory, study: Study, options: SimilarOptions) -> tuple[list[str], str]:
    """The variables that are entered, the one that is kept longest first, and by what.

    The reader's own order stands before what the study declares, and that before the strength of
    each variable alone; the weakest is dropped first.
    """
    names = [one.variable for one in options.mine]
    declared = study.similar.order
    first = [*options.order, *(name for name in declared if name not in options.order)]
    by = OWN if options.order else DECLARED
    rest = [name for name in names if name not in first]
    if rest:
        first += [name for name in memory.recall(_by_strength, study) if name in rest]
        by = by if options.order or declared else ASSOCIATION
    return sorted(names, key=first.index), by


def _by_strength(memory: Memory, study: Study) -> tuple[str, ...]:
    """Every characteristic by the p-value of its univariable Cox regression, the smallest first.

    Of the first endpoint in the default set: no filter and no patient changes it.
    """
    endpoint = study.default_endpoint.id
    cohort = Cohort(study.id, study.default_set.id)
    rows = in_analysis(study, endpoint, select(study, cohort), None)
    names = [one.id for one in criteria_of(study)]
    outcome = study.outcomes[endpoint]
    found = prognostic_factors(
        outcome.time[rows],
        outcome.event[rows],
        covariate_frame(study, names, rows),
        (),
        found=False,
    )
    # Without a test it is the weakest.
    p = {one.name: one.p_value if np.isfinite(one.p_value) else 2.0 for one in found.univariable}
    return tuple(sorted(names, key=lambda name: (p.get(name, 2.0), names.index(name))))
