"""The two-arm study's paper: medians, intervals, counts and p-values of every endpoint by arm."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.published_cells import printed_rows
from tests.shipped import load_catalog
from tests.views import Views

HERE = Path(__file__).parent
ENDPOINTS = {"OS": "os", "PFS": "pfs", "TTP": "ttp", "Hepatic PFS": "hepatic-pfs", "PPS": "pps"}
ARMS = ("RE + sorafenib", "Sorafenib")
# Of the columns that are no arm: the split and the level in which the paper's numbers are found.
RESPONSES = {
    "Between arms": ("arm", ""),
    "Disease control": ("disease-control", "Yes"),
    "Disease control against none": ("disease-control", ""),
    "Best response PD": ("disease-control", "No"),
    "Objective response against none": ("objective-response", ""),
}
MEDIAN = {"median": "value", "lower 95 %": "lower", "upper 95 %": "upper"}


def read_rows(name: str) -> list[dict]:
    return list(csv.DictReader(io.StringIO((HERE / name).read_text("utf-8"))))


def published() -> dict[tuple[str, str], dict[str, str]]:
    """What Table 2 and the text print, by endpoint and column."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for table in ("Table 2", "Text"):
        for (name, _), cells in printed_rows("soramic", table).items():
            for (column, statistic), printed in cells.items():
                # Hazard ratios are in test_prognostic.
                if name in ENDPOINTS and column != "Univariable":
                    found.setdefault((name, column), {})[statistic] = printed
    return found


PUBLISHED = published()
RECOMPUTED = read_rows("soramic_survival.csv")
views = Views(load_catalog(), "survival")


def context_and_group(endpoint: str, name: str):
    """The view and, unless the row is only about a test, the group of a published row."""
    by, label = RESPONSES.get(name, ("none" if name == "Overall" else "arm", name))
    context = views(f"study=soramic&endpoint={ENDPOINTS[endpoint]}&by={by}")
    if name == "Overall":
        return context, context.result.groups[0]
    groups = [group for group in context.result.groups if group.label == label]
    return context, groups[0] if groups else None


def months(days: float) -> str:
    return f"{days / 30.4375:.1f}"


def same_p(published: str, p: float) -> bool:
    """Whether a p-value is the printed one at its digits; this paper cuts off or rounds."""
    if published.startswith("<"):
        return p < float(published[1:])
    digits = len(published.partition(".")[2])
    cut = int(p * 10**digits) / 10**digits
    return published in (f"{p:.{digits}f}", f"{cut:.{digits}f}")


@pytest.mark.parametrize("key", PUBLISHED, ids=", ".join)
def test_the_published_row(key):
    context, group = context_and_group(*key)
    for statistic, printed in PUBLISHED[key].items():
        if statistic == "log-rank p":
            assert same_p(printed, context.result.test.p_value)
        elif statistic in MEDIAN:
            assert months(getattr(group.median, MEDIAN[statistic])) == printed
        else:
            assert getattr(group, statistic) == int(printed)


@pytest.mark.parametrize(
    "row", RECOMPUTED, ids=lambda row: f"{row['item']}, {row['group']}, {row['statistic']}"
)
def test_the_recomputed_cell(row):
    name = "Between arms" if row["group"] == "between arms" else row["group"]
    name = name.replace(" vs none", " against none")
    context, group = context_and_group(row["item"], name)
    statistic = row["statistic"]
    if statistic == "log-rank p":
        assert f"{context.result.test.p_value:.5f}" == row["recomputed"]
    elif statistic == "n":
        assert str(group.n) == row["recomputed"]
    else:
        part = {"median": "value", "median lower 95%": "lower", "median upper 95%": "upper"}
        # Months to one decimal were turned into whole days, which moves a time by half a day.
        found = getattr(group.median, part[statistic]) / 30.4375
        assert found == pytest.approx(float(row["recomputed"]), abs=0.5 / 30.4375 + 1e-9)
        assert f"{found:.1f}" == f"{float(row['recomputed']):.1f}"


def test_pfs_by_arm_as_the_abstract_has_it():
    result = views("study=soramic&endpoint=pfs&by=arm").result
    read = {
        g.label: tuple(map(months, (g.median.value, g.median.lower, g.median.upper)))
        for g in result.groups
    }
    assert read == {"RE + sorafenib": ("8.9", "6.3", "9.9"), "Sorafenib": ("5.4", "4.1", "7.4")}
    assert f"{result.test.p_value:.3f}" == "0.022"
    assert result.n == 177


def test_every_endpoint_and_both_arms_are_compared():
    assert set(PUBLISHED) >= {(endpoint, arm) for endpoint in ENDPOINTS for arm in ARMS}
    assert sum(len(cells) for cells in PUBLISHED.values()) == 57 + 6
