"""Published cells of response, as printed, against what the Response page shows.

Percentages and medians are printed partly rounded and partly cut off, so that they may differ by
one in the last digit; counts and limits may not.
"""

import pytest

from tests.views import Views

# Table 3 of the single-arm trial, CT at week 16 of 34 patients.
TABLE_3 = {"pr": (12, 35.3), "sd": (16, 47.1), "pd": (4, 11.8), "off-study": (2, 5.8)}
# Table 2 of the two-arm trial: counts and percentages overall, RE + sorafenib, sorafenib.
TABLE_2 = {
    "cr": ((14, 7.9), (10, 13.7), (4, 3.8)),
    "pr": ((62, 35.0), (35, 47.9), (27, 26.0)),
    "sd": ((60, 33.9), (16, 21.9), (44, 42.3)),
    "pd": ((41, 23.1), (12, 16.4), (29, 27.9)),
    "objective": ((76, 42.9), (45, 61.6), (31, 29.8)),
    "shrinkage": ((73, 41.2), (44, 60.2), (29, 27.8)),
}
# Medians and means of Table 2: overall, RE + sorafenib, sorafenib.
TIME = ((3.5, 3.6), (3.5, 3.8), (3.1, 3.3))
DEPTH = ((36.6, 41.9), (64.8, 56.0), (18.0, 30.4))
LAST_DIGIT = 0.1 + 1e-9


@pytest.fixture(scope="module")
def views(all_studies) -> Views:
    return Views(all_studies, "response")


def rows(context) -> dict:
    """Rates by row, all patients first and then the arms."""
    return {
        row.name: (row.rates[-1], *row.rates[:-1])
        for row in (*context.result.categories, *context.result.sums)
    }


@pytest.mark.parametrize("name", TABLE_3)
def test_week_16(views, name):
    context = views("study=nct01900002")
    count, percent = TABLE_3[name]
    (rate,) = rows(context)[name]
    assert (rate.events, rate.n) == (count, 34)
    assert 100 * rate.value == pytest.approx(percent, abs=LAST_DIGIT)


def test_week_16_adds_up(views):
    found = rows(views("study=nct01900002"))
    assert set(TABLE_3) | {"objective", "control"} == set(found)
    assert sum(found[name][0].events for name in TABLE_3) == 34
    assert (found["objective"][0].events, found["control"][0].events) == (12, 28)


def test_nobody_more_responded_among_all_enrolled(views):
    """The paper says nothing of the four with sorafenib alone; its twelve responders stay."""
    context = views("study=nct01900002&set=enrolled")
    whole, treated, alone = rows(context)["objective"]
    assert (whole.events, whole.n) == (12, 38)
    assert (treated.events, treated.n, alone.events, alone.n) == (12, 34, 0, 4)


@pytest.mark.parametrize("name", TABLE_2)
def test_best_response_by_arm(views, name):
    context = views("study=soramic")
    assert [group.label for group in context.groups] == [
        "RE + sorafenib",
        "Sorafenib",
        "All patients",
    ]
    for rate, (count, percent), n in zip(
        rows(context)[name], TABLE_2[name], (177, 73, 104), strict=True
    ):
        assert (rate.events, rate.n) == (count, n)
        assert 100 * rate.value == pytest.approx(percent, abs=LAST_DIGIT)


def test_disease_control(views):
    """Printed as 61 (79.2 %), which no count out of 73 gives; its interval is that of 61 of 73."""
    whole, combined, alone = rows(views("study=soramic"))["control"]
    assert (whole.events, combined.events, alone.events) == (136, 61, 75)
    assert f"{100 * combined.lower:.1f}–{100 * combined.upper:.1f}" == "73.0–91.2"


def test_printed_tests(views):
    sums = {row.name: row for row in views("study=soramic").result.sums}
    assert sums["objective"].chi_square.p_value < 0.001
    assert sums["shrinkage"].chi_square.p_value < 0.001
    # Printed 0.075: cut off, not rounded.
    assert 0.075 <= sums["control"].chi_square.p_value < 0.076


def test_time_to_response(views):
    context = views("study=soramic&view=course")
    assert context.result.responders == (45, 31, 76)
    order = (context.whole, 0, 1)
    for place, (median, mean) in zip(order, TIME, strict=True):
        one = context.result.spreads[place]
        assert one.median == pytest.approx(median, abs=LAST_DIGIT)
        assert one.mean == pytest.approx(mean, abs=LAST_DIGIT)


def test_depth_of_response(views):
    """Printed as shrinkage; on the page shrinkage is below 0."""
    context = views("study=soramic&view=depth")
    assert context.result.waterfall.n == 136
    for place, (median, mean) in zip((context.whole, 0, 1), DEPTH, strict=True):
        one = context.result.spreads[place]
        assert -one.median == pytest.approx(median, abs=LAST_DIGIT)
        assert -one.mean == pytest.approx(mean, abs=LAST_DIGIT)


def test_every_patient_without_a_bar_progressed(views):
    """Depth is known for the 136 with disease control, so the other 41 are those with PD."""
    assert views("study=soramic&view=depth").result.waterfall.unmeasured.tolist() == [
        0,
        0,
        0,
        41,
        0,
    ]
