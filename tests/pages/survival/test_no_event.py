"""Nobody had the event: no statistic of 0 degrees of freedom, no caution about a p not there."""

import pytest

from tests.cases import case_views
from tests.views import BY_ID, PageViews

QUIET = "study=edges&endpoint=quiet"


@pytest.fixture(scope="module")
def words(all_studies):
    views = PageViews(all_studies)
    return lambda page, query: " ".join(BY_ID[page].words(views(page, query)).all())


@pytest.mark.parametrize("query", [QUIET, f"{QUIET}&by=site"])
def test_survival(words, query):
    said = words("survival", query)
    assert "log-rank: no test possible" in said
    assert "No patient had the event: estimates are unstable." in said
    assert "degrees of freedom" not in said
    assert "p-value" not in said


def test_arms(words):
    said = words("arms", QUIET)
    assert "log-rank no test possible" in said
    assert "p-value" not in said
    context = case_views()("arms", "study=zeroexp&g=early")
    few = " ".join(BY_ID["arms"].words(context).cautions)
    assert "Intervals are unreliable; nothing" in few


def test_subgroups_and_factors(words):
    said = words("subgroups", QUIET)
    assert "No interaction can be tested." in said
    assert "Read the interaction p" not in said
    assert "of 0 variables" not in said
    assert words("prognostic", QUIET).startswith(
        "No factor of Relapse can be tested: no patient had the event."
    )


def test_one_event_with_nobody_else_at_risk():
    context = case_views()("survival", "study=zeroexp&by=g&g=early,one")
    said = " ".join(BY_ID["survival"].words(context).all())
    assert "log-rank: no test possible" in said
    assert "Fewer than 5 events in early and one: estimates are unstable." in said
    assert "0 degrees" not in said
