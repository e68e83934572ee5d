"""Compare arms and Prognostic factors over the server's own address, and their files."""

from __future__ import annotations

import io
import logging
import math

import pandas as pd
import pytest

from callbacks.arms.page import SERVED as ARMS
from callbacks.prognostic.page import SERVED as PROGNOSTIC
from tests.callbacks.asking import failing_app, view_of
from tests.views import Views

PANELS = [name.removesuffix(".csv") for name in (*ARMS.files, *PROGNOSTIC.files)]
PAGES = ("arms", "prognostic")
QUERIES = (
    "study=soramic",
    "study=soramic&bclc=c&ci=plain",
    "study=nct01900002",
    "study=nct01900002&set=enrolled",
    "study=edges",
    "study=edges&age=200..300",
    "study=soramic&age-years=58..58",
    "study=soramic&endpoint=pps",
)


@pytest.fixture(scope="module")
def views(all_studies) -> Views:
    return Views(all_studies, "arms")


@pytest.mark.parametrize("section", ["effect", "balance", "competing", "response"])
@pytest.mark.parametrize("query", ["study=soramic", "study=nct01900002", "study=edges"])
def test_one_answer_carries_all_of_a_section(dash_app, client, query, section):
    answer = view_of(dash_app, client, f"/arms?{query}&show={section}")
    assert answer["places"]["arms-sentence"]
    assert answer["classes"]["arms-body"] == f"arms {section}"
    assert answer["search"] == f"?{query}&show={section}"
    assert bool(answer["places"]["arms-side"]) == bool(answer["figure"]["data"])


def test_the_prognostic_answer(dash_app, client):
    answer = view_of(dash_app, client, "/prognostic?study=soramic&model=p")
    assert "<table" in answer["places"]["prognostic-table"]
    assert "20 factors" in answer["places"]["prognostic-looks"]
    assert answer["search"] == "?study=soramic&model=p"


@pytest.mark.parametrize("page", PAGES)
def test_notes_stand_with_the_cautions(dash_app, client, page):
    option = {"arms": "tau=soon", "prognostic": "order=luck"}[page]
    answer = view_of(dash_app, client, f"/{page}?study=soramic&{option}")
    assert option.partition("=")[0] in answer["places"][f"{page}-cautions"]


@pytest.mark.parametrize("page", PAGES)
def test_a_failure_leaves_no_old_numbers_and_logs_no_value(studies_dir, caplog, page):
    app = failing_app(page, studies_dir, "P17 had an event")
    with caplog.at_level(logging.ERROR):
        answer = view_of(app, app.server.test_client(), f"/{page}?study=soramic")
    assert "could not be computed" in answer["places"].pop(f"{page}-sentence")
    assert set(answer["places"].values()) == {""}
    if page == "arms":
        assert answer["figure"]["data"] == []
    assert "RuntimeError" in caplog.text
    assert "P17" not in caplog.text


def fetch(client, panel: str, query: str) -> pd.DataFrame:
    answer = client.get(f"/download/{panel}.csv?{query}")
    assert answer.status_code == 200, answer.text
    return pd.read_csv(io.StringIO(answer.text), float_precision="round_trip")


@pytest.mark.parametrize(
    "panel", [name.removesuffix(".csv") for name in (*ARMS.files, *PROGNOSTIC.files)]
)
@pytest.mark.parametrize("query", QUERIES)
def test_every_file_of_every_view(client, panel, query):
    if panel == "prognostic":
        query = query.replace("&ci=plain", "")
    table = fetch(client, panel, query)
    assert table.columns[-1] == "provenance"
    assert len(table.columns) > 4


def test_columns_of_the_files(client):
    estimates = ["estimate", "value", "lower", "upper", "p_value"]
    single = fetch(client, "arms", "study=nct01900002&set=enrolled")
    assert list(single.columns) == [*estimates, "provenance"]
    # With the range over the data sets that fit the publication equally well.
    ranges = [
        f"{name}_across_{end}" for name in ("value", "p_value") for end in ("low", "high", "n")
    ]
    ranged = [*estimates, *ranges, "provenance"]
    assert list(fetch(client, "arms", "study=soramic").columns) == ranged
    assert list(fetch(client, "response", "study=soramic").columns) == [
        "group",
        "n",
        "responders",
        "rate",
        "rate_lower",
        "rate_upper",
        "CR",
        "PR",
        "SD",
        "PD",
        "Not evaluable",
        "n_across_low",
        "n_across_high",
        "n_across_n",
        "rate_across_low",
        "rate_across_high",
        "rate_across_n",
        "provenance",
    ]
    ratio = ["hazard_ratio", "hazard_ratio_lower", "hazard_ratio_upper", "p_value"]
    columns = list(fetch(client, "prognostic", "study=soramic").columns)
    assert columns[:8] == ["variable", "level", "n", "events", *ratio]
    assert columns[8:14] == [f"multivariable_{name}" for name in ("n", "events", *ratio)]
    assert columns[14] == "likelihood_ratio_p"


def test_the_estimates_come_back(client, views):
    table = fetch(client, "arms", "study=soramic&endpoint=os").set_index("estimate")
    result = views("study=soramic&endpoint=os").result
    assert table.loc["hazard_ratio", "value"] == result.cox.hazard_ratio[0]
    assert table.loc["hazard_ratio", "p_value"] == result.cox.p_value[0]
    assert math.isclose(
        table.loc["hazard_ratio_inverse", "lower"] * table.loc["hazard_ratio", "upper"], 1
    )
    assert table.loc["rmst_difference", "value"] == result.restricted_mean.value / 30.4375
    assert table.loc["survival_difference_12", "lower"] == result.landmarks[0].lower
    assert table.loc["permutation_statistic", "p_value"] == result.permutation.p_value
    assert table.loc["n RE + sorafenib", "value"] == 73


def test_a_file_is_that_of_its_section_whatever_the_link_shows(client):
    one = fetch(client, "balance", "study=soramic&show=response&adjust=ecog")
    assert "smd" in one.columns
    assert len(fetch(client, "adjusted", "study=soramic&show=effect&adjust=ecog")) == 3


def test_the_factors_come_back(client, views):
    table = fetch(client, "prognostic", "study=soramic")
    context = Views(views.catalog, "prognostic")("study=soramic")
    fit = context.result.multivariable
    row = table[(table["variable"] == "Child–Pugh") & (table["level"] == "B")].iloc[0]
    assert row["multivariable_hazard_ratio"] == fit.hazard_ratio[1]
    assert (row["n"], row["multivariable_n"]) == (12, 177)
    assert table[table["variable"] == "ECOG"]["multivariable_hazard_ratio"].isna().all()


def test_incidence_adds_up(client):
    table = fetch(client, "competing", "study=soramic")
    last = table.groupby(["group", "cause"]).last()["incidence"].groupby("group").sum()
    assert (last <= 1 + 1e-12).all()
    progression = table[table["one_minus_kaplan_meier"].notna()]
    assert (progression["one_minus_kaplan_meier"] >= progression["incidence"] - 1e-12).all()


def test_a_file_refuses_what_a_page_would_note(client):
    assert client.get("/download/arms.csv?study=soramic&tau=soon").status_code == 400
    assert client.get("/download/prognostic.csv?study=soramic&model=luck").status_code == 400
