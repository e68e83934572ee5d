"""Who is in view."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.cohort import (
    Cohort,
    Filter,
    LevelCount,
    bounds,
    level_counts,
    level_numbers,
    masks_for_counting,
    select,
    set_mask,
)
from data.people import Some, everybody, level_sizes
from data.study import ARM, MISSING_ID
from tests.data.study_views import cohorts

EVERYBODY = Cohort("base", "everybody")


def counted(study, variable, now, total):
    """Counts of a variable's levels among some patients and among all of a set."""
    some, every = (Some(everybody(study), mask).levels(variable) for mask in (now, total))
    return level_counts(study, variable, some, every)


def chosen(study, *filters, analysis_set="everybody") -> list[str]:
    mask = select(study, Cohort(study.id, analysis_set, filters))
    return [name for name, inside in zip(study.patient_ids, mask, strict=True) if inside]


def test_analysis_sets(base):
    assert set_mask(base, "everybody").all()
    assert set_mask(base, "stage-known").tolist() == [False, True, True, True, False, True]
    assert chosen(base, analysis_set="stage-known") == ["P2", "P3", "P4", "P6"]


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (Filter("stage", ("stage-b",)), ["P1"]),
        (Filter("stage", ("stage-b", "d")), ["P1", "P4", "P6"]),
        (Filter("stage", ("missing",)), ["P5"]),
        (Filter("stage", ("stage-c", "missing")), ["P2", "P3", "P5"]),
        (Filter("ascites", ("missing",)), ["P3"]),
        (Filter("ascites", ("none",)), ["P1", "P4", "P5"]),
        (Filter("age", (), 50, 70), ["P2", "P3", "P5"]),
        (Filter("age", (), 50.5, 60.5), []),
        (Filter("age", ("missing",)), ["P4"]),
        (Filter("age", ("missing",), 80, 80), ["P4", "P6"]),
    ],
)
def test_one_filter(base, one, expected):
    assert chosen(base, one) == expected


def test_filters_must_all_hold(base):
    assert chosen(base, Filter("arm", ("b",)), Filter("stage", ("d",))) == ["P4", "P6"]
    assert chosen(base, Filter("arm", ("a",)), Filter("stage", ("d",))) == []


def test_taking_a_filter_off():
    stage, arm = Filter("stage", ("d",)), Filter("arm", ("a",))
    cohort = Cohort("base", "everybody", (stage, arm))
    assert cohort.without("stage").filters == (arm,)
    assert cohort.without("age") == cohort


def test_a_variable_is_counted_under_the_filters_of_the_others(base):
    cohort = Cohort("base", "everybody", (Filter("stage", ("stage-c",)), Filter("arm", ("a",))))
    masks = masks_for_counting(base, cohort)
    total = set_mask(base, "everybody")
    assert counted(base, base.variable("stage"), masks["stage"], total) == (
        LevelCount("stage-b", "Stage B", 1, 1),
        LevelCount("stage-c", "Stage C", 2, 2),
        LevelCount("d", "Stage D", 0, 2),
        LevelCount("missing", "Missing", 0, 1),
    )
    assert counted(base, base.variable("ascites"), masks["ascites"], total) == (
        LevelCount("none", "None", 0, 3),
        LevelCount("slight", "Slight", 1, 2),
        LevelCount("missing", "Missing", 1, 1),
    )


def test_arm_counts(base):
    # Nobody is in no arm.
    assert level_sizes(base, Cohort("base", "stage-known"), ARM).tolist() == [2, 2, 0]


def test_bounds_are_rounded_outwards_and_no_further(base):
    age, afp = base.variable("age"), base.variable("afp")
    assert bounds(age, base.numbers["age"]) == (40, 80)
    assert bounds(afp, base.numbers["afp"]) == (3.5, 1000)
    # 0.07 * 100 is a little over 7; its ceiling must not become 8.
    assert bounds(replace(afp, decimals=2), np.full(6, 0.07)) == (0.07, 0.07)
    assert bounds(age, base.numbers["age"][[3]]) is None


def test_bounds_hold_every_patient(catalog):
    for study in catalog.studies:
        for variable in study.variables:
            if variable.is_number:
                low, high = bounds(variable, study.numbers[variable.id])
                one = Filter(variable.id, (MISSING_ID,), low, high)
                assert one.mask(study).all(), variable.id


def test_sentences(base):
    age = Filter("age", ("missing",), 60, 75.5)
    cohort = Cohort("base", "stage-known", (Filter("stage", ("stage-c", "d")), age))
    assert cohort.sentence(base) == (
        "stage C or D · Stage C or Stage D · Age 60 to 75.5 years or Missing"
    )
    assert Filter("ascites", ("none",)).sentence(base) == "Ascites None"


def test_numbers_in_words_are_whole(base):
    assert Filter("afp", (), 0, 1234567).sentence(base) == "AFP 0 to 1234567"


def studies(catalog, base):
    return [*catalog.studies, base]


@given(st.data())
@settings(deadline=None)
def test_level_counts_add_up_to_the_cohort(catalog, base, data):
    for study in studies(catalog, base):
        cohort = data.draw(cohorts(study))
        total = set_mask(study, cohort.analysis_set)
        mask = select(study, cohort)
        filtered = {one.variable for one in cohort.filters}
        masks = masks_for_counting(study, cohort)
        for variable in study.variables:
            now = masks[variable.id]
            counts = counted(study, variable, now, total)
            assert sum(count.total for count in counts) == total.sum()
            assert sum(count.now for count in counts) == now.sum()
            if variable.id not in filtered:
                assert (now == mask).all()


@given(st.lists(st.tuples(st.integers(-1, 2), st.booleans()), max_size=30))
def test_many_patients_are_counted_the_same(patients):
    codes, mask = np.array(patients, int).reshape(-1, 2).T
    codes, mask = codes.astype(np.int8), mask.astype(bool)
    few = level_numbers(codes, 4, mask)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("data.cohort._MANY_PATIENTS", 0)
        assert level_numbers(codes, 4, mask).tolist() == few.tolist()


@given(st.data())
@settings(deadline=None)
def test_the_order_of_filters_does_not_matter(catalog, base, data):
    for study in studies(catalog, base):
        cohort = data.draw(cohorts(study))
        shuffled = tuple(data.draw(st.permutations(cohort.filters)))
        again = Cohort(cohort.study, cohort.analysis_set, shuffled)
        assert (select(study, again) == select(study, cohort)).all()


def test_every_level_and_missing_is_no_filter(catalog, base):
    for study in studies(catalog, base):
        for variable in study.variables:
            if variable.is_number:
                one = Filter(variable.id, (MISSING_ID,), -1e9, 1e9)
            else:
                one = Filter(variable.id, (*(level.id for level in variable.levels), MISSING_ID))
            assert one.mask(study).all(), variable.id


def test_ticking_a_level_gives_its_count(catalog, base):
    for study in studies(catalog, base):
        total = np.ones(study.n, bool)
        for variable in study.variables:
            for count in counted(study, variable, total, total):
                if not variable.is_number or count.level == MISSING_ID:
                    assert Filter(variable.id, (count.level,)).mask(study).sum() == count.now
