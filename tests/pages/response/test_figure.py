"""Figures and tables of the Response page, on patients whose response is worked out by hand."""

import re

import numpy as np
import pytest

from data.catalog import load_catalog
from layouts.charts.category_ramp import NONE, ramp, ramp_steps
from layouts.charts.frame import Frame
from layouts.response.by import response_by_table
from layouts.response.course_side import course_side, share_by
from layouts.response.figure import categories_of, response_view_figure
from layouts.response.side import best_side, depth_side, number
from layouts.shared.theme import DARK, LIGHT, group_style
from tests.studies.responses import write_responses
from tests.views import Views

FRAME, PHONE = Frame(480), Frame(470, 11.5, narrow=True)


@pytest.fixture(scope="module")
def views(tmp_path_factory) -> Views:
    return Views(load_catalog(write_responses(tmp_path_factory.mktemp("own"))), "response")


def figure(views, query: str, frame: Frame = FRAME, theme=LIGHT) -> dict:
    return response_view_figure(views(query), theme, frame)


def words(made: dict) -> str:
    return " ".join(a["text"].replace("<br>", " ") for a in made["layout"].get("annotations", []))


def test_the_worst_evaluable_category_has_one_place_on_the_ramp():
    assert ramp_steps((True, True, True, True, False)) == (0, 1, 2, 3, NONE)
    assert ramp_steps((True, True, True, False, False)) == (1, 2, 3, NONE, NONE)
    assert ramp_steps((True, True, False)) == (2, 3, NONE)
    assert ramp_steps((True,) * 6) == (0, 1, 2, 3, 3, 3)


def test_off_study_and_missing_are_no_step_of_the_ramp(views):
    names, steps = categories_of(views("study=lanes"))
    assert names == ("CR", "PR", "SD", "PD", "Off study", "Missing")
    assert steps == (0, 1, 2, 3, NONE, NONE)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_ramp_has_as_many_colours_thin_or_not(theme):
    assert len(ramp(theme)[0]) == len(ramp(theme, thin=True)[0]) == len(ramp(theme)[1]) == NONE + 1


def test_the_waterfall_shows_shrinkage_below_zero(views):
    made = figure(views, "study=lanes&view=depth")
    bars = {x: y for trace in made["data"] for x, y in zip(trace["x"], trace["y"], strict=True)}
    assert [bars[i] for i in range(1, 6)] == [30, 5, -30, -45, -100]
    assert {t["name"] for t in made["data"]} == {"CR (1)", "PR (2)", "SD (1)", "PD (1)"}
    marks = sorted(shape["y0"] for shape in made["layout"]["shapes"])
    assert marks == [-30, 0, 20]
    title = made["layout"]["xaxis"]["title"]["text"]
    assert title.startswith("5 of 8 patients, one bar each")
    low, high = made["layout"]["yaxis"]["range"]
    assert low < -100
    assert high > 30
    assert not re.search(r"P\d", str(made))


def test_a_declared_change_keeps_its_sign(tmp_path):
    root = write_responses(tmp_path)
    toml = root / "lanes" / "study.toml"
    key = 'depth = "depth"\n'
    toml.write_text(toml.read_text("utf-8").replace(key, f'{key}depth_is = "change"\n'), "utf-8")
    patients = root / "lanes" / "patients.csv"
    # The same depths with the other sign.
    turned = patients.read_text("utf-8").replace(",CR,100", ",CR,-100").replace(",PD,-30", ",PD,30")
    turned = turned.replace(",PR,45", ",PR,-45").replace(",PR,30", ",PR,-30")
    patients.write_text(turned.replace(",SD,-5", ",SD,5"), "utf-8")
    context = Views(load_catalog(root), "response")("study=lanes&view=depth")
    assert context.result.waterfall.change.tolist() == [30, 5, -30, -45, -100]


def test_the_swimmer_puts_each_event_on_its_lane(views):
    made = figure(views, "study=lanes&view=course")
    by_name = {trace["name"]: trace for trace in made["data"]}
    month = 30.4375
    # From top to bottom: P1 900, P5 500, P2 400, P6 300, P3 200, P8 120, P4 90, P7 50 days.
    ends = {
        place: end
        for trace in made["data"]
        if trace["mode"] == "lines"
        for place, end in zip(trace["y"][1::3], trace["x"][1::3], strict=True)
    }
    expected = [900, 500, 400, 300, 200, 120, 90, 50]
    np.testing.assert_allclose(
        [ends[i] for i in range(7, -1, -1)], np.array(expected) / month, atol=5e-4
    )
    assert dict(zip(by_name["Response (2)"]["y"], by_name["Response (2)"]["x"], strict=True)) == {
        7: pytest.approx(61 / month, abs=5e-4),
        5: pytest.approx(152 / month, abs=5e-4),
    }
    assert sorted(by_name["Progression (4)"]["y"]) == [1, 3, 4, 5]
    assert sorted(by_name["Death (5)"]["y"]) == [1, 2, 3, 5, 6]
    assert sorted(by_name["Alive at last follow-up (3)"]["y"]) == [0, 4, 7]
    assert made["layout"]["xaxis"]["title"]["text"] == "Months since randomisation"
    assert not re.search(r"P\d", str(made))


def test_only_responders(views):
    made = figure(views, "study=lanes&view=course&show=responders")
    assert sum(len(t["y"]) // 3 for t in made["data"] if t["mode"] == "lines") == 3


def test_no_mark_of_a_single_patient_where_the_study_forbids_it(views):
    for query in (
        "study=guarded&view=depth",
        "study=guarded&view=course",
        "study=nct01900002&view=course",
        "study=nct01900002&view=depth",
    ):
        made = figure(views, query)
        assert made["data"] == [], query
        assert "disclosure-controlled" in words(made), query


def test_a_telephone_gets_a_taller_swimmer(views):
    tall = figure(views, "study=soramic&view=course", PHONE)["layout"]["height"]
    assert tall >= 5 * 177
    assert figure(views, "study=soramic&view=course")["layout"]["height"] < 600


@pytest.mark.parametrize("view", ["best", "depth", "course", "by", "landmark"])
@pytest.mark.parametrize(
    "query",
    ["study=lanes&age=47..47", "study=lanes&age=90..99", "study=lanes&arm=b", "study=guarded"],
)
@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_state_has_a_figure_or_a_sentence(views, query, view, theme):
    made = figure(views, f"{query}&view={view}", theme=theme)
    assert view == "by" or made["data"] or words(made)
    assert made["layout"]["height"] > 0


def cells(html: str, row: str) -> str:
    (found,) = re.findall(rf'<tr data-response="{row}".*?</tr>', html, re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found)).strip()


def test_every_category_has_its_row(views):
    html = best_side(views("study=lanes"), LIGHT)
    assert cells(html, "pr").startswith("PR 1 25.0 % (0.6–80.6) 1 25.0 % (0.6–80.6) 2 25.0 %")
    assert cells(html, "off-study").startswith("Off study 0 0.0 %")
    assert cells(html, "missing").startswith("Missing 0 0.0 %")
    assert cells(html, "objective").startswith("Objective response CR, PR 2 50.0 %")


def test_depth_beside_the_waterfall(views):
    html = depth_side(views("study=lanes&view=depth"), LIGHT)
    # Arm A: −100, −45, 5, 30; arm B: −30 alone.
    # The three without a measurement are in neither share.
    assert "−20 n = 4 (−59 to 11) −30 n = 1" in cells(html, "change")
    assert cells(html, "shrank").startswith(
        "Shrinkage by 30 % or more of patients measured 2 50.0 %"
    )
    assert cells(html, "grew").startswith("Growth by 20 % or more of patients measured 1 25.0 %")


def test_time_to_response_beside_the_swimmer(views):
    html = course_side(views("study=lanes&view=course"), LIGHT)
    assert "3.5 n = 2 (2.8 to 4.2) – 3.5 n = 2" in cells(html, "time")
    assert cells(html, "by-3") == "By 3 months of responders 50 % – 50 %"
    assert "does not record" in course_side(views("study=guarded&view=course"), LIGHT)


def test_a_share_is_read_at_and_after_its_step():
    curve = (np.array([2.0, 5.0]), np.array([0.5, 1.0]))
    assert [share_by(curve, month) for month in (1.9, 2, 4.9, 5, 60)] == [0, 0.5, 0.5, 1, 1]


def test_a_negative_number_has_a_minus_sign():
    assert [number(x, 1) for x in (-36.61, 0.0, -0.01, 5)] == ["−36.6", "0.0", "0.0", "5.0"]
    assert number(float("nan"), 1) == "–"


def test_the_table_by_variable_is_escaped_and_drawn(views):
    html = response_by_table(views("study=lanes&view=by&by=none"))
    assert "I &amp; II" in html
    assert "I & II" not in html
    assert html.count("<tbody data-variable=") == 3
    # All patients: 3 of 8.
    assert 'class="all" style="left:37.50%"' in html
    assert 'href="/response?study=lanes&amp;by=stage' in html
    assert response_by_table(views("study=lanes&view=by&by=best")) == ""


def test_the_waterfall_can_be_coloured_by_arm(views):
    query = "study=lanes&view=depth"
    plain, by_arm = (figure(views, f"{query}{more}") for more in ("", "&colour=arm"))
    arms = [arm.label for arm in views(query).study.arms]
    assert [bar["name"].rpartition(" (")[0] for bar in by_arm["data"]] == arms
    for place, bar in enumerate(by_arm["data"]):
        assert bar["marker"]["color"] == group_style(place, LIGHT).colour
    # The same bars in the same places.
    bars = [
        sorted((x, y) for bar in made["data"] for x, y in zip(bar["x"], bar["y"], strict=True))
        for made in (plain, by_arm)
    ]
    assert bars[0] == bars[1]
