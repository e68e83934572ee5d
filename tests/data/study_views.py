"""Strategies for selections and views of any study."""

from __future__ import annotations

from hypothesis import strategies as st

from data.address import NO_SPLIT, View
from data.cohort import Cohort, Filter
from data.study import MISSING_ID, Study, Variable

PAGES = {"survival": frozenset({"ci", "unit"}), "overview": frozenset()}
finite = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9)


@st.composite
def filters(draw, variable: Variable) -> Filter:
    """A filter on a variable, its levels in the study's order."""
    if variable.is_number:
        low, high = sorted((draw(finite), draw(finite)))
        return Filter(variable.id, draw(st.sampled_from([(), (MISSING_ID,)])), low, high)
    ids = list(dict.fromkeys([*(level.id for level in variable.levels), MISSING_ID]))
    chosen = draw(st.sets(st.sampled_from(ids), min_size=1))
    return Filter(variable.id, tuple(level_id for level_id in ids if level_id in chosen))


@st.composite
def cohorts(draw, study: Study) -> Cohort:
    """A cohort with a few filters, in the study's order."""
    filtered = draw(st.sets(st.sampled_from([v.id for v in study.variables]), max_size=4))
    chosen = draw(st.sampled_from(study.analysis_sets))
    made = [draw(filters(v)) for v in study.variables if v.id in filtered]
    return Cohort(study.id, chosen.id, tuple(made))


@st.composite
def views(draw, study: Study) -> View:
    """Any view of a study that its pages can show."""
    page = draw(st.sampled_from(sorted(PAGES)))
    options = draw(
        st.dictionaries(st.sampled_from(sorted(PAGES[page])), st.text(max_size=20))
        if PAGES[page]
        else st.just({})
    )
    return View(
        page,
        draw(cohorts(study)),
        draw(st.sampled_from([endpoint.id for endpoint in study.endpoints])),
        draw(st.sampled_from([NO_SPLIT, *(v.id for v in study.variables)])),
        tuple(sorted(options.items())),
    )
