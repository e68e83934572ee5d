"""Figures of Compare arms: every section draws, in both themes, and says when it cannot."""

import json

import pytest

from layouts.arms.effect import effect_side
from layouts.arms.figure import arm_figure
from layouts.charts.interval import difference_axis, interval, signed
from layouts.charts.km import Frame
from layouts.shared.theme import DARK, LIGHT, group_style
from tests.views import Views

SECTIONS = ("effect", "balance", "competing", "response")
QUERIES = (
    "study=soramic",
    "study=nct01900002&set=enrolled",
    "study=soramic&child-pugh=b",
    "study=soramic&age-years=58..58",
    "study=nct01900002",
)


@pytest.fixture(scope="module")
def arms(all_studies) -> Views:
    return Views(all_studies, "arms")


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("show", SECTIONS)
@pytest.mark.parametrize("frame", [Frame(), Frame(narrow=True, text=11.5)], ids=["wide", "narrow"])
def test_every_section_draws(arms, query, show, frame):
    context = arms(f"{query}&show={show}")
    for theme in (LIGHT, DARK):
        figure = arm_figure(context, theme, frame)
        assert bool(figure["data"]) == (context.result is not None)
        assert figure["layout"]["height"] > 0
        # No NaN, which JSON does not have, and no numpy scalars.
        json.dumps(figure, allow_nan=False)


def test_arms_keep_their_colours(arms):
    figure = arm_figure(arms("study=soramic&show=competing"), LIGHT, Frame())
    lines = {t["line"]["color"] for t in figure["data"] if t.get("name") == "Sorafenib"}
    assert lines == {group_style(1, LIGHT).colour}


def test_the_love_plot_is_sorted_and_marks_what_is_relevant(arms):
    figure = arm_figure(arms("study=soramic&show=balance"), LIGHT, Frame())
    sizes = figure["data"][1]["x"]
    assert sizes == sorted(sizes)
    filled = [colour != LIGHT.page for colour in figure["data"][1]["marker"]["color"]]
    assert filled == [size > 0.1 for size in sizes]


def test_bars_add_up(arms):
    figure = arm_figure(arms("study=soramic&show=response"), LIGHT, Frame())
    for bar in (0, 1):
        assert abs(sum(trace["x"][bar] for trace in figure["data"]) - 100) < 0.01
    assert [trace["name"] for trace in figure["data"]] == ["CR", "PR", "SD", "PD"]


def test_tau_is_marked_when_it_was_chosen(arms):
    chosen = arm_figure(arms("study=soramic&tau=24"), LIGHT, Frame())["layout"]
    assert chosen["shapes"][0]["x0"] == 24
    assert "shapes" not in arm_figure(arms("study=soramic"), LIGHT, Frame())["layout"]


def test_differences_rise_from_left_to_right():
    axis = difference_axis((4.6, 0.4, 8.8))
    assert axis.ticks == (-10, 0, 10)
    assert 50 < float(axis.place(0.4)[:-1]) < float(axis.place(8.8)[:-1])
    assert 'class="range"' in interval((4.6, 0.4, 8.8), axis, null=0)
    far = interval((4.6, -20, 8.8), axis, null=0)
    assert 'class="range left"' in far
    assert "range" not in interval((float("nan"),) * 3, axis, null=0)


def test_each_block_says_which_side_favours_the_compared_arm(arms):
    side = effect_side(arms("study=soramic"), LIGHT)
    rows = {
        name: side.split(f'data-statistic="{name}"')[1].split("</tr>")[0]
        for name in ("hazard-ratio", "rmst-difference", "difference-12", "difference-24")
    }
    assert "← favours RE + sorafenib" in rows["hazard-ratio"]
    for name in ("rmst-difference", "difference-12"):
        assert "favours RE + sorafenib →" in rows[name]
    assert "favours" not in rows["difference-24"]


def test_signs():
    assert [signed(text) for text in ("3.1", "-0.4", "0.0", "0")] == ["+3.1", "−0.4", "0.0", "0"]
