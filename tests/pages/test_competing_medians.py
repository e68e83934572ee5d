"""A median that takes a competing event for censoring says so, with the number beside it."""

from __future__ import annotations

import pytest

from tests.shipped import load_catalog
from tests.studies.claims import read_claims, said_of, shown_of

CENSORING = "The Kaplan–Meier median of TTP counts "


def caution(study, page: str, query: str) -> str:
    return next((said for said in said_of(study, page, query) if said.startswith(CENSORING)), "")


def test_soramic_by_arm():
    """R: 10.1 by survfit(Surv), 18.2 by survfit with two causes; 28 of 73 died first.

    In the other data sets R gives 14.0 to 20.5 months, and 28 to 30 who died first.
    """
    soramic = load_catalog().study("soramic")
    for page in ("survival", "arms"):
        said = caution(soramic, page, "study=soramic&endpoint=ttp")
        assert (
            "half by 18.2 months [14.0–20.5] with RE + sorafenib (Kaplan–Meier 10.1; 28 [28–30] of "
            "73 had death without progression first)" in said
        )
        assert said.endswith("In brackets: range across 20 data sets that fit the paper as well.")
    head = shown_of(soramic, "overview", "study=soramic")["head"]
    assert "Aalen–Johansen: half by 18.2 months [14.0–20.5]" in head


def test_an_arm_by_hand(tmp_path):
    """Sorafenib + 5-FU: the first of six dies on day 90 and another on day 300, both without
    progression; progression on days 350, 400 and 500, one patient censored on day 500. Incidence
    1/6, 2/6 and then 3/6 on day 500. Kaplan–Meier: 3/4, 2/4 on day 400, where it is flat to 500."""
    study = read_claims(tmp_path)
    said = caution(study, "survival", "endpoint=ttp&unit=days")
    assert (
        "half by 500 days with Sorafenib + 5-FU (Kaplan–Meier 450; 2 of 6 had Tod ohne Progress "
        "first)" in said
    )
    # One data set has no range.
    assert "[" not in said
    assert "half by 16.4 months with Sorafenib + 5-FU" in caution(study, "arms", "endpoint=ttp")


@pytest.mark.parametrize("page", ["survival", "subgroups", "arms"])
def test_every_page_with_such_a_median_says_so(tmp_path, page):
    study = read_claims(tmp_path)
    assert caution(study, page, "endpoint=ttp")
    assert not caution(study, page, "endpoint=pfs")


def test_without_the_endpoint_that_counts_both_only_the_caution_is_said(tmp_path):
    study = read_claims(tmp_path, {'[competing]\nevent = "ttp"\ncomposite = "pfs"\n': ""})
    assert caution(study, "survival", "endpoint=ttp").endswith("and often later.")
    assert "Aalen–Johansen" not in shown_of(study, "overview")["head"]


def test_where_half_never_have_the_event_its_share_is_said(tmp_path):
    """Gemcitabin: three of six progress, the others die first, one of whom after the last."""
    study = read_claims(tmp_path, patients=("330,1,150,1,150,1\nP10", "330,1,330,0,330,1\nP10"))
    assert "never half, 33 % at the end of follow-up with Gemcitabin" in caution(
        study, "survival", "endpoint=ttp"
    )


def test_the_words_by_address(client):
    said = client.get("/words/survival?study=soramic&endpoint=ttp").text
    assert "half by 18.2 months [14.0–20.5] with RE + sorafenib (Kaplan–Meier 10.1; 28 [28–" in said
    assert "Aalen–Johansen" not in client.get("/words/survival?study=soramic&endpoint=os").text
