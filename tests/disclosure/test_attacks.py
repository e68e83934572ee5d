"""Nobody can be told: the known attacks and two more on a copy of SORAMIC as patient data."""

from __future__ import annotations

import csv
import io
import json
import re
from itertools import pairwise
from urllib.parse import quote

import pytest

from data.catalog import load_catalog
from tests.callbacks.asking import body, drawer_of, picture_of, view_of
from tests.disclosure.attacker import CELL, LEAST, Attacker, number
from tests.disclosure.guarded import SHIPPED, guarded_app, write_guarded

# Columns that say what a row is about.
WORDS = ("variable", "level", "group", "estimate", "step", "category", "term", "model")
SENTENCE = "Fewer than 10 patients: not shown."
# Seven patients of the copy.
FEW = "study=guarded&child-pugh=b&bclc=c"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("guarded")


@pytest.fixture(scope="module")
def server(folder):
    return guarded_app(folder)


@pytest.fixture(scope="module")
def catalog(folder, server):
    return load_catalog(folder)


@pytest.fixture
def attacker(server, catalog, folder):
    return Attacker(server, catalog.study("guarded"), folder / "guarded")


def rows_of(server, address: str) -> list[dict]:
    answer = server.server.test_client().get(address)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text)))


# make disclosure asks ten thousand times
@pytest.mark.parametrize(("study", "requests"), [("guarded", 150), ("guarded-nct", 60)])
def test_who_asks_anything_learns_of_nobody(server, catalog, folder, study, requests):
    one = Attacker(server, catalog.study(study), folder / study, seed=7)
    one.around(f"study={study}")
    one.run(requests)
    assert one.answered
    assert not one.found, "\n".join(one.found[:10])


def test_the_program_finds_what_is_not_protected(server):
    # The same questions to the study as it is shipped.
    free = Attacker(server, load_catalog().study("soramic"), SHIPPED / "soramic", seed=3)
    free.run(60)
    assert any("is answered for" in one for one in free.found)
    assert any("differ by" in one for one in free.found)


def test_the_program_finds_nested_cohorts_that_differ_by_few(server):
    """Of the same study without protection they do."""
    free = Attacker(server, load_catalog().study("soramic"), SHIPPED / "soramic", seed=7)
    for _ in range(12):
        free.patient("study=soramic")
    assert any(line.startswith("similar.csv") and " keep " in line for line in free.found)


def test_few_have_no_numbers_anywhere(server):
    client = server.server.test_client()
    for address in (
        *(f"/download/{name}.csv?{FEW}" for name in ("km", "flow", "baseline", "subgroups")),
        *(f"/words/{page}?{FEW}" for page in ("overview", "survival", "safety", "context")),
    ):
        answer = client.get(address)
        assert (answer.status_code, answer.text) == (403, f"{SENTENCE}\n"), address
    request = {"pathname": "/survival", "search": f"?{FEW}", "wanted": "svg"}
    asked = body(server, "picture-answer.data", {"picture-request.data": request})
    assert client.post("/_dash-update-component", json=asked).status_code == 403
    for page in ("overview", "survival", "subgroups", "prognostic", "safety", "response"):
        answer = view_of(server, client, f"/{page}?{FEW}")
        said = f"{answer['places'][f'{page}-sentence']}{answer['figure']}"
        assert SENTENCE in said, page
        assert 'id="cohort-n">fewer than 10<' in answer["frame"]["top"]
        assert set(answer["links"].values()) <= {"#"}


def test_an_arm_that_is_small_from_a_landmark_on_has_no_balance(server):
    """Responders are known by a landmark; three patients of an arm without response reach it."""
    few = "study=guarded&albi-grade=1&objective-response=no"
    answer = server.server.test_client().get(f"/download/balance.csv?{few}")
    assert answer.status_code == 403
    assert rows_of(server, "/download/balance.csv?study=guarded&objective-response=no,yes")


def test_a_small_group_of_a_split_keeps_its_name_only(server):
    rows = rows_of(server, "/download/survival-summary.csv?study=guarded&bclc=c&by=child-pugh")
    small = next(row for row in rows if row["group"] == "B")
    assert (small["n"], small["events"], small["median"]) == ("<10", "<5", "NA")
    steps = rows_of(server, "/download/km.csv?study=guarded&bclc=c&by=child-pugh")
    assert {row["group"] for row in steps} == {"A"}
    answer = view_of(
        server, server.server.test_client(), "/survival?study=guarded&bclc=c&by=child-pugh"
    )
    assert "Fewer than 10 patients: not shown: B." in answer["places"]["survival-cautions"]
    assert "&lt; 10" in answer["places"]["survival-numbers"]


def test_cohorts_of_one_by_flow_and_their_days_by_km(attacker):
    """The attack that isolated 177 of 177: narrow by the patient's own values, then read days."""
    study, isolated = attacker.study, []
    levels = [one for one in study.variables if not one.is_number and not one.after_baseline]
    for place, patient in list(enumerate(attacker.patients))[::12]:
        parts = {"study": "guarded"}
        for variable in levels[:9]:
            parts[variable.id] = attacker._level(patient, variable)
            query = "&".join(f"{name}={quote(text)}" for name, text in parts.items())
            rows = attacker.rows(query)
            if len(rows) < LEAST:
                isolated += attacker.file("km.csv", query) + attacker.file("flow.csv", query)
                break
        assert place in attacker.rows(query)
    assert not isolated
    assert not attacker.found, attacker.found[:5]


def test_ranges_that_differ_by_one_patient(attacker):
    """The attack that told 612 of 612 adverse events: two ranges of the tumour's size."""
    column = attacker.study.variable("target-lesion-mm").column
    values = sorted({float(one[column]) for one in attacker.patients if one[column]})
    seen = set()
    for last in values[20:-5:9]:
        query = attacker.widened(f"study=guarded&target-lesion-mm={values[0]:g}..{last:g}")
        attacker.file("adverse-events.csv", query)
        seen.add(attacker.rows(query))
    sizes = sorted(map(len, seen))
    assert len(sizes) > 5
    assert min(b - a for a, b in pairwise(sizes)) >= CELL
    assert not attacker.found, attacker.found[:5]


def test_no_group_is_the_rest_of_a_whole(server, attacker):
    """One of our own: take the shown groups, with events and at risk, from the whole cohort."""
    for query in ("study=guarded", "study=guarded&bclc=c", "study=guarded&ecog=0,1"):
        (whole,) = attacker.file("survival-summary.csv", f"{query}&by=none") or [None]
        if whole is None:
            continue
        for variable in attacker.study.variables:
            if len(variable.levels) < 2:
                continue
            groups = attacker.file("survival-summary.csv", f"{query}&by={variable.id}")
            sizes = [number(row["n"]) for row in groups]
            rest = number(whole["n"]) - sum(n for n in sizes if n)
            assert not groups or rest == 0 or rest >= CELL or not any(sizes), (query, variable.id)
            told = [number(row["events"]) for row in groups]
            hidden = [n is None for n in told]
            if groups and not any(n is None for n in sizes) and any(hidden):
                # Hidden counts of events are two or more together.
                assert sum(hidden) > 1, (query, variable.id)
    assert not attacker.found, attacker.found[:5]


def test_no_day_of_an_event_by_asking_for_every_month(server):
    """One more: read survival at four times of one's own choice, again and again."""
    steps = rows_of(server, "/download/km.csv?study=guarded&by=none")
    heights = {1.0, *(float(row["survival"]) for row in steps)}
    read = set()
    for first in range(1, 24):
        months = [f"{first * 0.4 + i * 0.1:.1f}" for i in range(4)]
        address = (
            f"/download/survival-summary.csv?study=guarded&by=none&landmarks={','.join(months)}"
        )
        (row,) = rows_of(server, address)
        read |= {float(row[f"survival_{float(month):g}"]) for month in months}
    assert read <= heights
    assert all(int(row["n_event"]) >= CELL or row is steps[-1] for row in steps)
    client = server.server.test_client()
    for refused in ("arms.csv?study=guarded&tau=11", "response-survival.csv?study=guarded&month=4"):
        assert client.get(f"/download/{refused}").status_code == 400
    assert client.get("/download/km.csv?study=guarded&unit=days").status_code == 400


def test_no_payload_holds_a_day_or_a_patient(server):
    """Steps stand at tenths of a month in the figure, the picture and every drawer."""
    client = server.server.test_client()
    address = "/survival?study=guarded&by=none&show=band,median,risk,events"
    figures = [view_of(server, client, address)["figure"]["data"]]
    figures.append(picture_of(server, client, address, "svg")["figure"]["data"])
    for traces in figures:
        names = {trace["name"] for trace in traces}
        assert not any("censored" in name or "Weibull" in name for name in names)
        lines = [one for one in traces if one["mode"] == "lines"]
        times = [x for one in lines for x in one["x"] if x is not None]
        assert all(abs(10 * x - round(10 * x)) < 0.01 for x in times)
    for drawer in ("table", "method"):
        text = drawer_of(server, client, address, drawer)["body"]
        for days in re.findall(r"<td>(\d+\.\d\d)</td>", text):
            assert days.endswith("0"), days
        assert "read.csv" not in text
    for page in ("response?view=depth", "response?view=course", "dosimetry?view=response"):
        path, _, option = page.partition("?")
        for study in ("guarded", "guarded-nct"):
            answer = view_of(server, client, f"/{path}?study={study}&{option}")
            traces = (answer["figure"] or {"data": []})["data"]
            assert all(len(trace.get("x") or ()) < LEAST for trace in traces), page
            assert "customdata" not in json.dumps(traces)


def test_listing_and_marks_allow_no_more(server, catalog):
    assert catalog.study("guarded").adverse_events.columns.listing
    assert catalog.study("guarded-nct").dosimetry.columns.marks
    client = server.server.test_client()
    term = catalog.study("guarded").adverse_events.terms[0].id
    answer = view_of(server, client, f"/safety?study=guarded&terms={term}")
    assert "patient-lines" not in answer["places"]["safety-table"]


def test_what_is_shown_is_what_an_unprotected_study_says(server):
    """Medians, means, rates, ratios and p at their printed digits; only steps and counts differ."""
    asked = (
        ("survival-summary.csv", "by=arm"),
        ("survival-summary.csv", "by=none&endpoint=os"),
        ("survival-summary.csv", "by=bclc&endpoint=os"),
        ("survival-summary.csv", "by=child-pugh&bclc=c"),
        ("logrank.csv", "by=bclc"),
        ("arms.csv", "endpoint=os"),
        ("arms.csv", "bclc=c"),
        ("subgroups.csv", "endpoint=os"),
        ("prognostic.csv", "endpoint=os"),
        ("balance.csv", ""),
        ("baseline.csv", ""),
        ("flow.csv", "bclc=c"),
        ("response-categories.csv", ""),
    )
    compared = 0
    for file, query in asked:
        told = rows_of(server, f"/download/{file}?study=guarded&{query}")
        known = rows_of(server, f"/download/{file}?study=soramic&{query}")
        named = {_name(row): row for row in known}
        for row in told:
            free = named[_name(row)]
            for name, cell in row.items():
                shown = number(cell)
                if shown is None or name not in free:
                    continue
                digits = len(cell.partition(".")[2])
                assert shown == pytest.approx(float(free[name]), abs=0.51 * 10**-digits + 1e-9), (
                    file,
                    query,
                    name,
                    row,
                    free,
                )
                compared += 1
    assert compared > 1500


def _name(row: dict) -> tuple:
    """What a row is about: its words."""
    return tuple(row[name] for name in WORDS if name in row)


def test_a_study_may_say_otherwise(tmp_path):
    write_guarded(tmp_path)
    file = tmp_path / "guarded" / "study.toml"
    text = file.read_text("utf-8")
    file.write_text(
        f"{text}\n[disclosure]\nminimum_cohort = 3\nminimum_cell = 1\nsingle_patients = true\n",
        "utf-8",
    )
    study = load_catalog(tmp_path).study("guarded")
    assert (study.disclosure.minimum_cohort, study.disclosure.minimum_cell) == (3, 1)
    assert study.single_patients
