"""Ranges over the reconstructions against each of them asked alone, as a study of its own."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.event_table import time_axis
from analysis.reconstruction_range import Range
from analysis.survival_groups import survival_by_group
from callbacks.arms.ranges import of_groups
from callbacks.pages import SERVED
from callbacks.ranges import across_of, settle
from data.catalog import Catalog
from data.patient_groups import Pair
from layouts.arms import event_numbers
from layouts.arms import numbers as arms
from layouts.overview import numbers as overview
from layouts.prognostic import numbers as prognostic
from layouts.prognostic.levels import levels_of
from layouts.response import numbers as response
from layouts.shared.numbers import STATISTIC, Number, by_key, p_key
from layouts.shared.words import DAYS_PER
from layouts.subgroups import numbers as subgroups
from layouts.survival import numbers as survival
from tests.views import PageViews

PANELS = sorted(name.removesuffix(".csv") for one in SERVED for name in one.files)
# The numbers of each page that has ranges.
RANGED = {
    "survival": lambda context: context.numbers,
    "subgroups": lambda context: subgroups.numbers_of(context.result),
    "arms": arms.numbers_of_view,
    "prognostic": prognostic.numbers_of,
    "overview": overview.numbers_of,
    "response": lambda context: response.numbers_of(context.result),
}
FILTERED = "study=soramic&bclc=c&hepatitis-c=yes"


def ask(study, page: str, query: str):
    return PageViews(Catalog((study,)))(page, query)


@pytest.fixture(scope="module")
def soramic(all_studies):
    return all_studies.study("soramic")


@pytest.fixture
def alone(soramic):
    """A view of every reconstruction as if it were the study itself."""

    def each(page: str, query: str):
        return [
            ask(replace(one, reconstructions=()), page, query) for one in soramic.reconstructions
        ]

    return each


def assert_range(found, values):
    known = [value for value in map(float, values) if math.isfinite(value)]
    if not known or (len(known) == len(values) and math.isclose(max(known), min(known))):
        assert found is None
        return
    assert found.low == pytest.approx(min(known), rel=1e-6)
    assert found.high == pytest.approx(max(known), rel=1e-6)
    assert (found.known, found.n) == (len(known), len(values))


def area_to(curve, day: float) -> float:
    """Area under a curve up to a day, step by step; NaN where the curve ends before it."""
    if not curve.n or (curve.time[-1] < day and curve.survival[-1] > 0):
        return math.nan
    area, survival, since = 0.0, 1.0, 0.0
    for time, then in zip(curve.time, curve.survival, strict=True):
        if time > day:
            break
        area += survival * (time - since)
        survival, since = then, time
    return area + survival * (day - since)


VALUES = st.one_of(st.just(math.nan), st.floats(-1e6, 1e6))


@given(st.lists(st.tuples(VALUES, st.floats(0, 1)), min_size=1, max_size=6), st.randoms())
def test_ranges_are_of_value_and_p_in_any_order(pairs, random):
    key, n = ("ratio", 0), len(pairs) + 1
    numbers = [Number(key, value, p=p) for value, p in pairs]
    random.shuffle(numbers)
    across = across_of(n, numbers)
    known = [value for value, _ in pairs if math.isfinite(value)]
    found = across.ranges.get(key)
    # One data set has no such number at all.
    assert (found is None) == (not known)
    if known:
        assert (found.low, found.high) == (min(known), max(known))
        assert (found.known, found.n) == (len(known), n)
    p = [p for _, p in pairs]
    found = across.ranges[p_key(key)]
    assert (found.low, found.high, found.known) == (min(p), max(p), len(p))


def test_what_is_the_same_everywhere_and_a_statistic_have_no_range():
    same = [Number(("n", 0), 12), Number(("n", 0), 12)]
    test = [Number(("log-rank",), x, p=p, unit=STATISTIC) for x, p in ((1.0, 0.3), (2.0, 0.16))]
    across = across_of(2, [*same, *test])
    assert set(across.ranges) == {p_key(("log-rank",))}
    assert across.of(("n", 0)) == Range(12, 12, 2, 2)
    printed = settle(across, {p_key(("log-rank",))})
    assert set(printed.ranges) == set()
    # It is not said beside its number, and the file holds it all the same.
    assert printed.of(p_key(("log-rank",))) == Range(0.16, 0.3, 2, 2)
    assert printed.of(("log-rank",)) == Range(1.0, 2.0, 2, 2)


def test_twenty_data_sets_and_the_shipped_one_is_among_them(soramic):
    assert len(soramic.reconstructions) == 20
    first = soramic.reconstructions[0]
    assert first.patient_ids == soramic.patient_ids
    for endpoint in soramic.endpoints:
        ours, theirs = soramic.outcomes[endpoint.id], first.outcomes[endpoint.id]
        assert ours.time.tolist() == theirs.time.tolist()
        assert ours.event.tolist() == theirs.event.tolist()
    for variable in soramic.variables:
        assert soramic.codes[variable.id].tolist() == first.codes[variable.id].tolist()


@pytest.mark.parametrize("query", [FILTERED, f"{FILTERED}&endpoint=os&by=albi-grade"])
def test_survival(soramic, alone, query):
    context = ask(soramic, "survival", query)
    across = context.across.ranges
    views = alone("survival", query)
    assert_range(across.get(p_key(survival.LOG_RANK)), [view.result.test.p_value for view in views])
    for place in range(len(views[0].result.groups)):
        groups = [view.result.groups[place] for view in views]
        assert_range(across.get(survival.patients(place)), [group.n for group in groups])
        assert_range(across.get(survival.events(place)), [group.events for group in groups])
        assert_range(across.get(survival.median(place)), [group.median.value for group in groups])
        year = [group.curve.at([365.25]).survival[0] for group in groups]
        assert_range(across.get(survival.survival("12", place)), year)
        means = [area_to(group.curve, context.result.horizon) for group in groups]
        assert_range(across.get(survival.restricted_mean(place)), means)


@pytest.mark.parametrize("query", ["study=soramic&endpoint=os", FILTERED])
def test_subgroups(soramic, alone, query):
    across = ask(soramic, "subgroups", query).across.ranges
    views = alone("subgroups", query)
    screens = [view.result.screen for view in views]
    for row in range(len(screens[0].n)):
        assert_range(across.get(subgroups.patients(row)), [screen.n[row] for screen in screens])
        assert_range(across.get(subgroups.median(row)), [screen.median[row] for screen in screens])
    overall = [view.result.overall_effect for view in views]
    assert_range(
        across.get(subgroups.hazard_ratio(subgroups.everywhere())),
        [one.hazard_ratio for one in overall],
    )
    for side in (0, 1):
        assert_range(
            across.get(subgroups.arm_events(subgroups.everywhere(), side)),
            [one.events[side] for one in overall],
        )
    for place in range(len(views[0].variables)):
        assert_range(
            across.get(p_key(subgroups.test("log-rank", place))),
            [screen.p_value[place] for screen in screens],
        )
        assert_range(
            across.get(p_key(subgroups.test("holm", place))),
            [view.result.holm[place] for view in views],
        )
        effects = [view.result.effects[place] for view in views]
        for side in (0, 1):
            own = [effect.levels[0].n[side] for effect in effects]
            assert_range(across.get(subgroups.arm_patients(subgroups.within(place, 0), side)), own)
            own = [effect.levels[0].events[side] for effect in effects]
            assert_range(across.get(subgroups.arm_events(subgroups.within(place, 0), side)), own)
        interaction = across.get(p_key(subgroups.interaction(place)))
        assert_range(interaction, [effect.p_value for effect in effects])
        for level in range(len(effects[0].levels)):
            found = across.get(subgroups.hazard_ratio(subgroups.within(place, level)))
            assert_range(found, [effect.levels[level].hazard_ratio for effect in effects])


def test_the_effect_of_the_arm(soramic, alone):
    across = ask(soramic, "arms", FILTERED).across.ranges
    results = [view.result for view in alone("arms", FILTERED)]
    ratios = [result.cox.hazard_ratio[0] for result in results]
    assert_range(across.get(arms.HAZARD_RATIO), ratios)
    assert_range(
        across.get(p_key(arms.LOG_RANK)), [result.groups.test.p_value for result in results]
    )
    for i, month in enumerate((12, 24)):
        gained = [result.landmarks[i].value for result in results]
        assert_range(across.get(arms.difference_at(month)), gained)
    tau = ask(soramic, "arms", FILTERED).result.restricted_mean.tau
    for key, p in (
        (p_key(arms.HAZARD_RATIO), [one.cox.p_value[0] for one in results]),
        (p_key(arms.HAZARDS), [one.hazards.global_test.p_value for one in results]),
        (p_key(arms.difference_at(12)), [one.landmarks[0].p_value for one in results]),
    ):
        assert_range(across.get(key), p)
    means = [[area_to(one.groups.groups[i].curve, tau) for one in results] for i in (0, 1)]
    gained = [ours - theirs for ours, theirs in zip(*means, strict=True)]
    assert_range(across.get(arms.MEAN_GAINED), gained)
    for place in range(2):
        medians = [result.groups.groups[place].median.value for result in results]
        assert_range(across.get(arms.median(place)), medians)


@pytest.mark.parametrize(("tau", "expected"), [(8, 1.0), (12, math.nan)])
def test_a_mean_up_to_a_day_that_an_arm_does_not_reach(tau, expected):
    # Ours: 4 of 4 until day 10 (area 8); theirs: half from day 6 on (6 + 1), censored on day 10.
    axis, event = time_axis([10, 10, 10, 10, 6, 10]), np.array([0, 0, 0, 0, 1, 0])
    arm = np.array([0, 0, 0, 0, 1, 1])
    groups = survival_by_group(axis, event, arm, ("Ours", "Theirs"), np.ones(6, bool))
    found = by_key(of_groups(groups, Pair(0, 1), tau))[arms.MEAN_GAINED]
    assert found.value == pytest.approx(expected, nan_ok=True)


def test_the_adjusted_effect_and_the_response(soramic, alone):
    query = f"{FILTERED}&show=balance&adjust=child-pugh,ecog"
    across = ask(soramic, "arms", query).across.ranges
    fits = [view.result.adjusted.adjusted for view in alone("arms", query)]
    assert_range(across.get(arms.model_ratio("adjusted")), [fit.hazard_ratio[0] for fit in fits])
    views = alone("arms", query)
    assert_range(across.get(p_key(arms.model_ratio("adjusted"))), [fit.p_value[0] for fit in fits])
    for place, variable in enumerate(views[0].result.variables):
        own = [view.result.balances[place].smd for view in views]
        assert_range(across.get(arms.smd(variable.id)), own)
        assert_range(across.get(arms.smd_size(variable.id)), [abs(smd) for smd in own])
    query = f"{FILTERED}&show=competing"
    across = ask(soramic, "arms", query).across.ranges
    for place in range(2):
        groups = [view.result.groups[place] for view in alone("arms", query)]
        incidence = [group.event_incidence.at(365.25)[0] for group in groups]
        assert_range(across.get(event_numbers.incidence(12, place)), incidence)
    query = f"{FILTERED}&show=response"
    across = ask(soramic, "arms", query).across.ranges
    results = [view.result for view in alone("arms", query)]
    tests = [result.objective.fisher.p_value for result in results]
    assert_range(across.get(p_key(event_numbers.fisher("objective"))), tests)
    for place in range(2):
        rates = [result.objective.rates[place].value for result in results]
        assert_range(across.get(event_numbers.rate("objective", place)), rates)


@pytest.mark.parametrize("cohort", [FILTERED, "study=soramic&bclc=c"])
def test_prognostic_factors(soramic, alone, cohort):
    query = f"{cohort}&endpoint=os"
    context = ask(soramic, "prognostic", query)
    views = alone("prognostic", query)
    alike = [view.result.univariable for view in views]
    for place, variable in enumerate(context.variables):
        found = context.across.of(p_key(prognostic.variable_alone(variable.id)))
        values = [one[place].p_value for one in alike]
        known = [p for p in values if math.isfinite(p)]
        if not known:
            assert found is None
            continue
        assert (found.low, found.high) == pytest.approx((min(known), max(known)), rel=1e-5)
    counts = [sum(one.p_value < 0.05 for one in own) for own in alike]
    assert_range(context.across.ranges.get(prognostic.FOUND), counts)
    assert_tests_of_hazards(context, views)
    concordance = [view.result.multivariable.concordance for view in views]
    assert_range(context.across.ranges.get(prognostic.CONCORDANCE), concordance)
    for place in range(len(context.variables)):
        for level, row in enumerate(levels_of(context, place)):
            if row["reference"]:
                continue
            own = [levels_of(view, place)[level] for view in views]
            found = context.across.ranges.get(prognostic.alone(row["term"]))
            assert_range(found, [one["univariable"][0] for one in own])
            if row["multivariable"] is not None:
                found = context.across.ranges.get(prognostic.together(row["term"]))
                assert_range(found, [one["multivariable"][0] for one in own])


def assert_tests_of_hazards(context, views):
    """Of every variable alone and in the model, to 1e-8 of the test of each data set's own fit."""
    tests = [prognostic.tests_of(view.result) for view in views]
    for key, kind in (
        (prognostic.hazards_alone, "hazards"),
        (prognostic.likelihood_ratio, "likelihood_ratio"),
        (prognostic.model_hazards, "model"),
        (prognostic.changing, "changing"),
    ):
        for name in getattr(tests[0], kind):
            of_test = p_key(key(name))
            values = np.array([getattr(one, kind).get(name, math.nan) for one in tests])
            found = context.across.of(of_test)
            if np.isnan(values).all():
                assert found is None
                continue
            limits = (np.nanmin(values), np.nanmax(values))
            # Near 1 the likelihood ratio moves as the root of the likelihood's last digits.
            slack = 1e-8 if kind != "likelihood_ratio" else 1e-5
            assert (found.low, found.high) == pytest.approx(limits, rel=0, abs=slack)
            assert found.known == np.isfinite(values).sum()
            assert context.across.below[of_test] == (values < 0.05).sum()
    counts = [sum(p < 0.05 for p in one.changing.values()) for one in tests]
    assert_range(context.across.ranges.get(prognostic.CHANGING), counts)
    p = [view.result.hazards.global_test.p_value for view in views]
    assert_range(context.across.ranges.get(p_key(prognostic.GLOBAL_HAZARDS)), p)


SURVIVAL = [p_key(survival.LOG_RANK), survival.median(0), survival.median(1)]
OVERVIEW = [overview.card_median("os", 0), overview.median("target-lesion-mm", 1)]
EFFECT = [
    arms.HAZARD_RATIO,
    arms.HAZARD_RATIO_INVERSE,
    p_key(arms.HAZARD_RATIO),
    p_key(arms.LOG_RANK),
    arms.median(0),
]
PROGNOSTIC = [prognostic.alone("sex=Male"), p_key(prognostic.alone("child-pugh=B"))]


@pytest.mark.parametrize(
    ("page", "query", "printed"),
    [
        ("survival", "study=soramic", SURVIVAL),
        ("survival", "study=soramic&by=none&endpoint=os", [survival.median(0)]),
        ("survival", "study=soramic&by=none&arm=sorafenib&endpoint=pps", [survival.median(0)]),
        ("overview", "study=soramic", OVERVIEW),
        ("arms", "study=soramic", EFFECT),
        ("arms", "study=soramic&show=balance", [arms.model_ratio("crude")]),
        ("prognostic", "study=soramic", PROGNOSTIC),
        # Filters that hold every level leave out nobody.
        ("survival", "study=soramic&child-pugh=a,b", SURVIVAL),
    ],
)
def test_what_the_publication_prints_has_no_range(soramic, page, query, printed):
    context = ask(soramic, page, query)
    assert set(printed) <= keys_of(RANGED[page](context))
    assert not set(printed) & set(context.across.ranges)


def keys_of(numbers) -> set:
    """Keys of numbers and of their p."""
    keys = by_key(numbers).keys()
    return {*keys, *map(p_key, keys)}


@pytest.mark.parametrize("query", ["study=soramic&endpoint=os", FILTERED])
@pytest.mark.parametrize(
    ("page", "option"),
    [
        *((page, "") for page in RANGED),
        ("survival", "&by=albi-grade"),
        ("arms", "&show=balance&adjust=child-pugh&stratify=ecog"),
        ("arms", "&show=adjusted&adjust=child-pugh"),
        ("arms", "&show=time"),
        ("arms", "&show=competing"),
        ("arms", "&show=response"),
        ("arms", "&show=power"),
        ("response", "&view=depth"),
        ("response", "&view=by"),
    ],
)
def test_a_range_is_that_of_a_number_of_the_page(soramic, page, option, query):
    context = ask(soramic, page, query + option)
    numbers = RANGED[page](context)
    assert len(by_key(numbers)) == len(numbers)
    # The publication fixes the whole response of all patients, and nothing of these few.
    assert context.across.any or query != FILTERED
    assert context.across.ranges.keys() <= keys_of(numbers)


def test_a_printed_number_that_the_data_contradict_is_not_fixed(soramic):
    # The paper prints 2.6; the data sets give about 3.5.
    found = ask(soramic, "prognostic", "study=soramic").across.ranges
    assert found[prognostic.together("child-pugh=B")].low > 2.7
    # The arm in the same model is printed, and kept: 1/1.4.
    assert prognostic.together("arm=RE + sorafenib") not in found


def test_what_filters_leave_nobody_of_may_exist_in_other_data_sets(soramic):
    query = "study=soramic&by=none&child-pugh=b&hepatitis-c=yes&albi-grade=2"
    for extra in ("", "&pvi=yes", "&ecog=1", "&ecog=1&pvi=yes", "&extrahepatic-spread=yes"):
        context = ask(soramic, "survival", query + extra)
        if not context.result.n:
            break
    assert not context.result.n
    found = context.across.ranges[survival.patients(0)]
    assert found.low == 0 < found.high


def test_a_study_of_one_data_set_has_no_ranges(all_studies):
    study = all_studies.study("nct01900002")
    for page in RANGED:
        if page != "arms":
            assert ask(study, page, "study=nct01900002&sex=male").across.n == 0


def test_nobody_in_view_has_no_ranges(soramic):
    query = "study=soramic&bclc=a-b&extrahepatic-spread=yes"
    assert not ask(soramic, "survival", query).across.any


@pytest.mark.parametrize("query", ["study=soramic", FILTERED])
@pytest.mark.parametrize("panel", PANELS)
def test_every_number_of_a_file_lies_in_its_range(client, panel, query):
    """The shipped data are one of the twenty data sets."""
    answer = client.get(f"/download/{panel}.csv?{query}")
    assert answer.status_code == 200
    for row in csv.DictReader(io.StringIO(answer.text)):
        for name in [key.removesuffix("_across_low") for key in row if key.endswith("_across_low")]:
            low, high = (row[f"{name}_across_{end}"] for end in ("low", "high"))
            if "NA" in (low, high, row[name]):
                # Nothing that is not fixed, or a number that this data set does not have.
                continue
            slack = 1e-6 * max(1.0, abs(float(row[name])))
            assert float(low) - slack <= float(row[name]) <= float(high) + slack, (name, row)


def test_the_file_holds_the_range(client, soramic):
    answer = client.get(f"/download/arms.csv?{FILTERED}")
    rows = {row["estimate"]: row for row in csv.DictReader(io.StringIO(answer.text))}
    across = ask(soramic, "arms", FILTERED).across.ranges
    row = rows["hazard_ratio"]
    assert float(row["value_across_low"]) == pytest.approx(across[arms.HAZARD_RATIO].low)
    assert float(row["value_across_high"]) == pytest.approx(across[arms.HAZARD_RATIO].high)
    median = rows["median Sorafenib"]
    months = across[arms.median(1)].low / DAYS_PER["months"]
    assert float(median["value_across_low"]) == pytest.approx(months)


def test_the_overview(soramic, alone):
    across = ask(soramic, "overview", FILTERED).across.ranges
    views = alone("overview", FILTERED)
    assert_range(across.get(overview.patients(0)), [view.n for view in views])
    for place, card in enumerate(views[0].endpoints):
        medians = [view.endpoints[place].whole.median.value for view in views]
        assert_range(across.get(overview.card_median(card.endpoint.id, 0)), medians)
        for arm in (0, 1):
            own = [view.endpoints[place].arms[arm] for view in views]
            found = across.get(overview.card_median(card.endpoint.id, arm + 1))
            assert_range(found, [one.median.value for one in own])
            found = across.get(overview.card_events(card.endpoint.id, arm + 1))
            assert_range(found, [one.events for one in own])
    for place, row in enumerate(views[0].rows):
        summaries = [view.rows[place].summary for view in views]
        for column in range(len(views[0].sizes)):
            if row.variable.is_number:
                found = across.get(overview.median(row.variable.id, column))
                assert_range(found, [summary.median[column] for summary in summaries])
                continue
            for level in range(len(row.variable.levels)):
                found = across.get(overview.level_count(row.variable.id, level, column))
                assert_range(found, [summary.counts[column, level] for summary in summaries])


def test_the_response(soramic, alone):
    across = ask(soramic, "response", FILTERED).across.ranges
    results = [view.result for view in alone("response", FILTERED)]
    for group in range(3):
        rates = [result.sums[0].rates[group].value for result in results]
        assert_range(across.get(response.share("objective", group)), rates)
    tests = [result.sums[0].fisher.p_value for result in results]
    assert_range(across.get(p_key(response.fisher("objective"))), tests)
    query = f"{FILTERED}&view=by&by=none"
    across = ask(soramic, "response", query).across.ranges
    views = alone("response", query)
    whole = [view.result.whole for view in views]
    assert_range(across.get(response.rate(response.EVERYBODY)), [one.value for one in whole])
    for place, (variable, labels, _) in enumerate(views[0].result.factors):
        tests = [view.result.factors[place][2].p_value for view in views]
        assert_range(across.get(p_key(response.fisher(variable.id))), tests)
        for level in range(len(labels)):
            rates = [view.result.factors[place][2].levels[level].rate for view in views]
            assert_range(
                across.get(response.patients((variable.id, level))), [rate.n for rate in rates]
            )
            found = across.get(response.rate((variable.id, level)))
            assert_range(found, [rate.value if rate.n else math.nan for rate in rates])


def test_survival_from_a_landmark(soramic, alone):
    query = f"{FILTERED}&view=landmark&endpoint=os"
    across = ask(soramic, "response", query).result.survival.across.ranges
    results = [view.result.survival.result for view in alone("response", query)]
    assert_range(across.get(p_key(survival.LOG_RANK)), [result.test.p_value for result in results])
    for place in range(2):
        medians = [result.groups[place].median.value for result in results]
        assert_range(across.get(survival.median(place)), medians)
