"""The numbers of all endpoints: R's, those of Compare arms, and those of the survival views."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.cox.fit import CoxFit
from layouts.arms.context import ArmContext
from layouts.endpoints.context import EndpointsContext
from layouts.endpoints.numbers import numbers_of
from layouts.shared.numbers import by_key, p_key
from layouts.survival.numbers import HAZARD_RATIO, LOG_RANK
from tests.views import BY_ID, PageViews

R = json.loads((Path(__file__).parents[2] / "golden/endpoints.json").read_text("utf-8"))
ENDPOINTS = ("pfs", "os", "ttp", "hepatic-pfs", "pps")


@pytest.fixture(scope="module")
def pages(all_studies) -> PageViews:
    return PageViews(all_studies)


@pytest.fixture(scope="module")
def soramic(pages) -> EndpointsContext:
    return pages("endpoints", "study=soramic")


def part(context: EndpointsContext, name: str):
    return next(one for one in context.parts if one.id == name)


@pytest.mark.parametrize("name", ENDPOINTS)
def test_they_are_rs(soramic, name):
    one, expected = part(soramic, name), R["endpoints"][name]
    for group, arm in zip(one.survival.result.groups, expected["arms"], strict=True):
        assert (group.n, group.events) == (arm["n"], arm["events"])
        median = (group.median.value, group.median.lower, group.median.upper)
        assert [str(x).replace("nan", "NA") for x in median] == [
            str(float(x)) if x != "NA" else x for x in arm["median"]
        ]
    assert one.survival.ratio.estimate == pytest.approx(expected["ratio"], rel=1e-8)
    gained = one.gained
    assert gained.tau == expected["tau"]
    assert (gained.value, gained.lower, gained.upper) == pytest.approx(expected["gained"], rel=1e-9)
    assert one.survival.result.test.p_value == pytest.approx(expected["p"], rel=1e-9)


def of_arms(pages, query: str) -> ArmContext:
    return pages("arms", query)


@pytest.mark.parametrize("name", ["os", "pps"])
def test_they_are_those_of_compare_arms(pages, name):
    filtered = "study=soramic&bclc=c&child-pugh=a"
    one = part(pages("endpoints", filtered), name)
    result = of_arms(pages, f"{filtered}&endpoint={name}").result
    cox: CoxFit = result.cox
    ratio = one.survival.ratio
    assert ratio.estimate == pytest.approx(
        (cox.hazard_ratio[0], cox.lower[0], cox.upper[0]), rel=1e-8
    )
    assert one.gained.value == pytest.approx(result.restricted_mean.value, rel=1e-12)
    assert one.gained.lower == pytest.approx(result.restricted_mean.lower, rel=1e-12)
    assert one.gained.tau == result.restricted_mean.tau


def test_their_ranges_are_those_of_survival_and_of_compare_arms(pages):
    query = "study=soramic&bclc=c"
    context = pages("endpoints", query)
    survival = pages("survival", f"{query}&endpoint=os").across
    for key in (HAZARD_RATIO, p_key(LOG_RANK), ("median", 0), ("events", 1)):
        ours, theirs = context.across.of((*key, "os")), survival.of(key)
        assert (ours.low, ours.high, ours.known) == (theirs.low, theirs.high, theirs.known)
    arms = of_arms(pages, f"{query}&endpoint=os").across
    ours, theirs = (
        across.of(("rmst-difference", *end))
        for across, end in (
            (context.across, ("os",)),
            (arms, ()),
        )
    )
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), rel=1e-9)


def test_the_file_has_them(soramic):
    rows = {row["endpoint"]: row for row in BY_ID["endpoints"].files["endpoints.csv"].rows(soramic)}
    assert list(rows) == ["PFS", "OS", "TTP", "Hepatic PFS", "Post-progression"]
    row, one = rows["OS"], part(soramic, "os")
    expected = R["endpoints"]["os"]
    assert (row["n"], row["n_re-sorafenib"], row["events_sorafenib"]) == (
        177,
        expected["arms"][0]["n"],
        expected["arms"][1]["events"],
    )
    assert row["median_sorafenib_upper"] == pytest.approx(
        expected["arms"][1]["median"][2] / 30.4375
    )
    names = ("hazard_ratio", "hazard_ratio_lower", "hazard_ratio_upper")
    assert [row[name] for name in names] == pytest.approx(expected["ratio"], rel=1e-8)
    assert row["rmst_difference"] == pytest.approx(expected["gained"][0] / 30.4375)
    assert row["p_value"] == one.survival.result.test.p_value
    assert row["compared"] == "RE + sorafenib"
    # What the columns of ranges hold is in the unit of the number before them.
    assert row["rmst_difference_across_low"] <= row["rmst_difference"]
    assert row["n_sorafenib_across_low"] == 104


def test_every_number_has_a_key_of_its_own_and_every_range_a_number(soramic):
    found = numbers_of(soramic)
    assert len(by_key(found)) == len(found)
    known = {key for one in found for key in (one.key, p_key(one.key))}
    shown = {("n",), ("events",), ("median",), HAZARD_RATIO, ("rmst-difference",), p_key(LOG_RANK)}
    ranges = {key for key in soramic.across.ranges if any(key[: len(one)] == one for one in shown)}
    assert ranges
    assert ranges <= known
