"""Ranges over the reconstructions against each of them asked alone, as a study of its own."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import replace
from types import SimpleNamespace

import pytest

from analysis.survival import kaplan_meier
from callbacks.arms.ranges import _mean_gained
from callbacks.pages import SERVED
from data.catalog import Catalog
from layouts.prognostic.table import levels_of
from layouts.shared.words import DAYS_PER
from tests.views import PageViews

PANELS = sorted(name.removesuffix(".csv") for one in SERVED for name in one.files)
RANGED = ("survival", "subgroups", "arms", "prognostic", "overview", "response")
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
    assert_range(across.get(("p",)), [view.result.test.p_value for view in views])
    for place in range(len(views[0].result.groups)):
        groups = [view.result.groups[place] for view in views]
        assert_range(across.get(("n", place)), [group.n for group in groups])
        assert_range(across.get(("events", place)), [group.events for group in groups])
        assert_range(across.get(("median", place)), [group.median.value for group in groups])
        year = [group.curve.at([365.25]).survival[0] for group in groups]
        assert_range(across.get(("survival-12", place)), year)
        means = [area_to(group.curve, context.result.horizon) for group in groups]
        assert_range(across.get(("restricted-mean", place)), means)


@pytest.mark.parametrize("query", ["study=soramic&endpoint=os", FILTERED])
def test_subgroups(soramic, alone, query):
    across = ask(soramic, "subgroups", query).across.ranges
    views = alone("subgroups", query)
    screens = [view.result.screen for view in views]
    for row in range(len(screens[0].n)):
        assert_range(across.get(("n", row)), [screen.n[row] for screen in screens])
        assert_range(across.get(("median", row)), [screen.median[row] for screen in screens])
    overall = [view.result.overall_effect for view in views]
    assert_range(across.get(("hazard-ratio", "all")), [one.hazard_ratio for one in overall])
    for side in (0, 1):
        assert_range(across.get(("arm-events", "all", side)), [one.events[side] for one in overall])
    for place in range(len(views[0].variables)):
        assert_range(across.get(("p", place)), [screen.p_value[place] for screen in screens])
        assert_range(across.get(("holm", place)), [view.result.holm[place] for view in views])
        effects = [view.result.effects[place] for view in views]
        for side in (0, 1):
            own = [effect.levels[0].n[side] for effect in effects]
            assert_range(across.get(("arm-n", place, 0, side)), own)
            own = [effect.levels[0].events[side] for effect in effects]
            assert_range(across.get(("arm-events", place, 0, side)), own)
        interaction = across.get(("interaction", place))
        assert_range(interaction, [effect.p_value for effect in effects])
        for level in range(len(effects[0].levels)):
            found = across.get(("hazard-ratio", place, level))
            assert_range(found, [effect.levels[level].hazard_ratio for effect in effects])


def test_the_effect_of_the_arm(soramic, alone):
    across = ask(soramic, "arms", FILTERED).across.ranges
    results = [view.result for view in alone("arms", FILTERED)]
    ratios = [result.cox.hazard_ratio[0] for result in results]
    assert_range(across.get(("hazard-ratio",)), ratios)
    assert_range(across.get(("log-rank",)), [result.groups.test.p_value for result in results])
    for i, month in enumerate((12, 24)):
        gained = [result.landmarks[i].value for result in results]
        assert_range(across.get((f"difference-{month}",)), gained)
    tau = ask(soramic, "arms", FILTERED).result.restricted_mean.tau
    for key, p in (
        (("cox-p",), [one.cox.p_value[0] for one in results]),
        (("hazards",), [one.hazards.global_test.p_value for one in results]),
        (("difference-12-p",), [one.landmarks[0].p_value for one in results]),
    ):
        assert_range(across.get(key), p)
    means = [[area_to(one.groups.groups[i].curve, tau) for one in results] for i in (0, 1)]
    gained = [ours - theirs for ours, theirs in zip(*means, strict=True)]
    assert_range(across.get(("rmst-difference",)), gained)
    for place in range(2):
        medians = [result.groups.groups[place].median.value for result in results]
        assert_range(across.get(("median", place)), medians)


@pytest.mark.parametrize(("tau", "expected"), [(8, 1.0), (12, math.nan)])
def test_a_mean_up_to_a_day_that_an_arm_does_not_reach(tau, expected):
    # Ours: 4 of 4 until day 10 (area 8); theirs: half from day 6 on (6 + 1), censored on day 10.
    ours, theirs = (
        SimpleNamespace(n=len(time), curve=kaplan_meier(time, event))
        for time, event in (([10, 10, 10, 10], [0, 0, 0, 0]), ([6, 10], [1, 0]))
    )
    assert _mean_gained(ours, theirs, tau)[0] == pytest.approx(expected, nan_ok=True)


def test_the_adjusted_effect_and_the_response(soramic, alone):
    query = f"{FILTERED}&show=balance&adjust=child-pugh,ecog"
    across = ask(soramic, "arms", query).across.ranges
    fits = [view.result.adjusted.adjusted for view in alone("arms", query)]
    assert_range(across.get(("ratio", "adjusted")), [fit.hazard_ratio[0] for fit in fits])
    views = alone("arms", query)
    assert_range(across.get(("model-p", "adjusted")), [fit.p_value[0] for fit in fits])
    for place, variable in enumerate(views[0].result.variables):
        own = [view.result.balances[place].smd for view in views]
        assert_range(across.get(("smd", variable.id)), own)
        assert_range(across.get(("smd-size", variable.id)), [abs(smd) for smd in own])
    query = f"{FILTERED}&show=competing"
    across = ask(soramic, "arms", query).across.ranges
    for place in range(2):
        groups = [view.result.groups[place] for view in alone("arms", query)]
        incidence = [group.event_incidence.at(365.25)[0] for group in groups]
        assert_range(across.get(("event", 12, place)), incidence)
    query = f"{FILTERED}&show=response"
    across = ask(soramic, "arms", query).across.ranges
    results = [view.result for view in alone("arms", query)]
    tests = [result.objective.fisher.p_value for result in results]
    assert_range(across.get(("fisher", "objective")), tests)
    for place in range(2):
        rates = [result.objective.rates[place].value for result in results]
        assert_range(across.get(("rate", "objective", place)), rates)


def test_prognostic_factors(soramic, alone):
    query = f"{FILTERED}&endpoint=os"
    context = ask(soramic, "prognostic", query)
    views = alone("prognostic", query)
    for place in range(len(context.variables)):
        for level, row in enumerate(levels_of(context, place)):
            if row["reference"]:
                continue
            own = [levels_of(view, place)[level] for view in views]
            found = context.across.ranges.get(("univariable", row["term"]))
            assert_range(found, [one["univariable"][0] for one in own])
            if row["multivariable"] is not None:
                found = context.across.ranges.get(("multivariable", row["term"]))
                assert_range(found, [one["multivariable"][0] for one in own])


@pytest.mark.parametrize(
    ("page", "query", "printed"),
    [
        ("survival", "study=soramic", [("p",), ("median", 0), ("median", 1)]),
        ("survival", "study=soramic&by=none&endpoint=os", [("median", 0)]),
        ("survival", "study=soramic&by=none&arm=sorafenib&endpoint=pps", [("median", 0)]),
        ("overview", "study=soramic", [("card", "os", 0), ("median", "target-lesion-mm", 1)]),
        ("arms", "study=soramic", [("hazard-ratio",), ("log-rank",), ("median", 0)]),
        ("arms", "study=soramic&show=balance", [("ratio", "crude")]),
        ("prognostic", "study=soramic", [("univariable", "sex=Male"), ("p", "child-pugh=B")]),
        # Filters that hold every level leave out nobody.
        ("survival", "study=soramic&child-pugh=a,b", [("p",), ("median", 0), ("median", 1)]),
    ],
)
def test_what_the_publication_prints_has_no_range(soramic, page, query, printed):
    across = ask(soramic, page, query).across.ranges
    assert not set(printed) & set(across)


def test_a_printed_number_that_the_data_contradict_is_not_fixed(soramic):
    # The paper prints 2.6; the data sets give about 3.5.
    found = ask(soramic, "prognostic", "study=soramic").across.ranges
    assert found["multivariable", "child-pugh=B"].low > 2.7
    # The arm in the same model is printed, and kept: 1/1.4.
    assert ("multivariable", "arm=RE + sorafenib") not in found


def test_what_filters_leave_nobody_of_may_exist_in_other_data_sets(soramic):
    query = "study=soramic&by=none&child-pugh=b&hepatitis-c=yes&albi-grade=2"
    for extra in ("", "&pvi=yes", "&ecog=1", "&ecog=1&pvi=yes", "&extrahepatic-spread=yes"):
        context = ask(soramic, "survival", query + extra)
        if not context.result.n:
            break
    assert not context.result.n
    assert context.across.ranges["n", 0].low == 0 < context.across.ranges["n", 0].high


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
    assert float(row["value_across_low"]) == pytest.approx(across["hazard-ratio",].low)
    assert float(row["value_across_high"]) == pytest.approx(across["hazard-ratio",].high)
    median = rows["median Sorafenib"]
    months = across["median", 1].low / DAYS_PER["months"]
    assert float(median["value_across_low"]) == pytest.approx(months)


def test_the_overview(soramic, alone):
    across = ask(soramic, "overview", FILTERED).across.ranges
    views = alone("overview", FILTERED)
    assert_range(across.get(("n", 0)), [view.n for view in views])
    for place, card in enumerate(views[0].endpoints):
        medians = [view.endpoints[place].whole.median.value for view in views]
        assert_range(across.get(("card", card.endpoint.id, 0)), medians)
        for arm in (0, 1):
            own = [view.endpoints[place].arms[arm] for view in views]
            found = across.get(("card", card.endpoint.id, arm + 1))
            assert_range(found, [one.median.value for one in own])
            found = across.get(("card-events", card.endpoint.id, arm + 1))
            assert_range(found, [one.events for one in own])
    for place, row in enumerate(views[0].rows):
        summaries = [view.rows[place].summary for view in views]
        for column in range(len(views[0].sizes)):
            if row.variable.is_number:
                found = across.get(("median", row.variable.id, column))
                assert_range(found, [summary.median[column] for summary in summaries])
                continue
            for level in range(len(row.variable.levels)):
                found = across.get(("count", row.variable.id, level, column))
                assert_range(found, [summary.counts[column, level] for summary in summaries])


def test_the_response(soramic, alone):
    across = ask(soramic, "response", FILTERED).across.ranges
    results = [view.result for view in alone("response", FILTERED)]
    for group in range(3):
        rates = [result.sums[0].rates[group].value for result in results]
        assert_range(across.get(("rate", "objective", group)), rates)
    tests = [result.sums[0].fisher.p_value for result in results]
    assert_range(across.get(("fisher", "objective")), tests)
    query = f"{FILTERED}&view=by&by=none"
    across = ask(soramic, "response", query).across.ranges
    views = alone("response", query)
    whole = [view.result.whole for view in views]
    assert_range(across.get(("rate",)), [one.value for one in whole])
    for place, (variable, labels, _) in enumerate(views[0].result.factors):
        tests = [view.result.factors[place][2].p_value for view in views]
        assert_range(across.get(("fisher", variable.id)), tests)
        for level in range(len(labels)):
            rates = [view.result.factors[place][2].levels[level].rate for view in views]
            assert_range(across.get(("n", variable.id, level)), [rate.n for rate in rates])
            found = across.get(("rate", variable.id, level))
            assert_range(found, [rate.value if rate.n else math.nan for rate in rates])


def test_survival_from_a_landmark(soramic, alone):
    query = f"{FILTERED}&view=landmark&endpoint=os"
    across = ask(soramic, "response", query).result.survival.across.ranges
    results = [view.result.survival.result for view in alone("response", query)]
    assert_range(across.get(("p",)), [result.test.p_value for result in results])
    for place in range(2):
        medians = [result.groups[place].median.value for result in results]
        assert_range(across.get(("median", place)), medians)
