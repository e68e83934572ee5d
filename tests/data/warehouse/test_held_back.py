"""What a protected study holds back is decided from counts as from rows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.catalog import load_catalog
from data.cohort import Cohort, Filter
from data.disclosure import answered, hidden_groups, snapped
from data.minima import Disclosure
from data.people import arms_held, cohort_n, events_n, level_sizes, levels_by_arm
from data.study import ARM
from data.way_back import ways_back
from tests.data.warehouse.in_memory import counted

SHIPPED = load_catalog()
STUDIES = {
    one.id: replace(one, reconstructions=(), disclosure=Disclosure(10, 5))
    for one in SHIPPED.studies
}
COUNTED = {name: counted(one) for name, one in STUDIES.items()}


@st.composite
def cohorts(draw, study) -> Cohort:
    """Filters between values that patients have."""
    made = []
    names = draw(
        st.lists(st.sampled_from([v.id for v in study.variables]), max_size=3, unique=True)
    )
    for name in names:
        variable = study.variable(name)
        missing = draw(st.sampled_from([(), ("missing",)]))
        if variable.is_number:
            values = sorted({one for one in study.numbers[name].tolist() if one == one})
            low, high = sorted(draw(st.tuples(*(st.sampled_from(values),) * 2)))
            made.append(Filter(name, missing, low, high))
        else:
            ids = [level.id for level in variable.levels]
            chosen = draw(st.sets(st.sampled_from(ids), min_size=1))
            made.append(Filter(name, (*(one for one in ids if one in chosen), *missing)))
    return Cohort(study.id, draw(st.sampled_from(study.analysis_sets)).id, tuple(made))


@pytest.mark.parametrize("name", STUDIES)
@given(st.data())
@settings(max_examples=60)
def test_as_from_rows(name, data):
    study, without = STUDIES[name], COUNTED[name]
    asked = data.draw(cohorts(study))
    cohort = snapped(study, asked)

    assert snapped(without, asked) == cohort
    for one in (asked, cohort):
        assert answered(without, one) == answered(study, one)
    split = data.draw(st.sampled_from([v.id for v in study.variables]))
    assert hidden_groups(without, cohort, split) == hidden_groups(study, cohort, split)
    assert ways_back(without, cohort) == ways_back(study, cohort)
    assert cohort_n(without, cohort) == cohort_n(study, cohort)
    assert (level_sizes(without, cohort, split) == level_sizes(study, cohort, split)).all()
    assert (levels_by_arm(without, cohort, split) == levels_by_arm(study, cohort, split)).all()
    endpoint = data.draw(st.sampled_from([one.id for one in study.endpoints]))
    assert events_n(without, cohort, endpoint) == events_n(study, cohort, endpoint)


@pytest.mark.parametrize("name", STUDIES)
def test_the_arms_of_a_set(name):
    for one in STUDIES[name].analysis_sets:
        found = arms_held(COUNTED[name], one.id)
        assert found == arms_held(STUDIES[name], one.id)
        sizes = level_sizes(STUDIES[name], Cohort(name, one.id), ARM)
        assert found == {place for place, n in enumerate(sizes[:-1]) if n}
