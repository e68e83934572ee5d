"""The figure dict of the Survival page against the result it draws."""

from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.event_table import at_risk_rows
from layouts.charts.curve_traces import FEW_AT_RISK
from layouts.charts.end_labels import apart
from layouts.charts.frame import CURVES_AT_LEAST, MOST_GROUPS_NAMED, Frame, label_lines
from layouts.charts.km import km_figure
from layouts.charts.steps import height_on_curve
from layouts.shared.graph import message_figure
from layouts.shared.theme import DARK, FONT, LIGHT, group_style
from layouts.shared.words import DAYS_PER
from tests.cases import case_views

ALL_SHOWN = "show=band,censored,median,events"
QUERIES = (
    "study=soramic",
    "study=soramic&by=none",
    "study=soramic&endpoint=pps&by=best-response",
    "study=nct01900002&endpoint=ttrp&by=pathology-detail",
    "study=nct01900002&endpoint=os&by=tnm&unit=years",
    "study=soramic&unit=days&curve=incidence",
    "study=soramic&by=best-response&ci=plain",
    "study=edges&endpoint=quiet",
    "study=edges&by=cell&age=45..47",
    "study=edges&by=site&ci=log-log",
    "study=edges&by=none&age=45..45",
)


def draw(context, theme=LIGHT, frame=None, fitted=None) -> dict:
    return km_figure(
        context.result,
        names=context.group_names,
        curve_name=context.endpoint.curve,
        event_name=context.endpoint.event_name,
        origin=context.origin,
        options=context.options,
        theme=theme,
        frame=frame or Frame(),
        fitted=fitted,
        others=context.drawn_beside,
    )


def curve_points(figure: dict, group, colour: str) -> list[tuple[float, float]]:
    """Corners of a group's visible curve, its dimmed end included, without the doubled joint."""
    points = []
    for trace in figure["data"]:
        visible = trace["mode"] == "lines" and trace["line"].get("shape") == "hv"
        if visible and trace["line"]["width"] == 2 and trace["name"] == group.label:
            assert trace["line"]["color"] == colour
            points += zip(trace["x"], trace["y"], strict=True)
    return list(dict.fromkeys(points))


def named(figure: dict, name: str) -> list[dict]:
    return [trace for trace in figure["data"] if trace["name"] == name]


@pytest.mark.parametrize("query", QUERIES)
def test_the_figure_is_plain_data_without_a_hole(views, query):
    """NaN is no JSON; the browser would refuse the answer."""
    figure = draw(views(query))
    assert json.loads(json.dumps(figure, allow_nan=False)) == figure


@pytest.mark.parametrize("query", QUERIES)
def test_the_curve_is_the_estimate(views, query):
    context = views(query)
    figure, unit = draw(context), DAYS_PER[context.options.unit]
    for group in context.result.shown:
        points = curve_points(figure, group, group_style(group.position, LIGHT).colour)
        expected = dict.fromkeys([(0.0, float(height_on_curve(np.ones(1), context.options)[0]))])
        shares = group.curve.survival
        if context.options.curve == "incidence":
            shares = 1 - shares
        for time, share in zip(group.curve.time, shares, strict=True):
            expected[round(time / unit, 4), round(100 * float(share), 3)] = None
        assert points == list(expected)


@pytest.mark.parametrize("query", QUERIES)
def test_the_band_is_the_interval_and_stays_in_the_picture(views, query):
    context = views(f"{query}&{ALL_SHOWN}")
    figure = draw(context)
    assert all(0 <= y <= 100 for trace in figure["data"] if "fill" in trace for y in trace["y"])
    for group in context.result.shown:
        known = np.isfinite(group.curve.lower)
        bands = named(figure, f"{group.label}, confidence band")
        if not known.any():
            continue
        drawn = set(bands[0]["y"]) if bands else set()
        first_hole = len(known) if known.all() else int(np.argmin(known))
        for limit in (group.curve.lower, group.curve.upper):
            for share in limit[:first_hole]:
                assert float(height_on_curve(np.array([share]), context.options)[0]) in drawn


@pytest.mark.parametrize("query", QUERIES)
def test_each_censored_time_has_its_tick_on_the_curve(views, query):
    context = views(f"{query}&{ALL_SHOWN}")
    figure = draw(context)
    for group in context.result.shown:
        traces = named(figure, f"{group.label}, censored")
        censored = group.curve.n_censor > 0
        assert len(traces) == int(censored.any())
        if traces:
            heights = height_on_curve(group.curve.survival[censored], context.options)
            assert traces[0]["y"] == heights.tolist()


@pytest.mark.parametrize("query", QUERIES)
def test_a_median_line_falls_where_the_median_is(views, query):
    context = views(f"{query}&{ALL_SHOWN}")
    figure = draw(context)
    for group in context.result.shown:
        lines = named(figure, f"{group.label}, median")
        reached = np.isfinite(group.median.value)
        assert len(lines) == int(reached)
        if lines:
            at = round(group.median.value / DAYS_PER[context.options.unit], 4)
            assert (lines[0]["x"], lines[0]["y"]) == ([0, at, at], [50, 50, 0])


def test_what_is_switched_off_is_not_drawn(views):
    figure = draw(views("study=soramic&show=none"))
    names = {trace["name"] for trace in figure["data"]}
    assert names == {"RE + sorafenib", "Sorafenib"}
    assert not [trace for trace in figure["data"] if "fill" in trace]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_group_keeps_its_look_when_a_filter_empties_another(views, theme):
    whole = draw(views("study=edges&by=site"), theme)
    part = draw(views("study=edges&by=site&site=three,five"), theme)
    labels = {trace["name"] for trace in part["data"]} - {"Risk table"}
    assert {label for label in labels if ", " not in label} == {"Three", "Five"}
    for label in ("Three", "Five"):
        looks = [
            {
                (t["line"]["color"], t["line"].get("dash"))
                for t in named(figure, label)
                if t["line"]["width"] == 2
            }
            for figure in (whole, part)
        ]
        assert looks[0] == looks[1]
        assert len(looks[0]) == 1


def test_the_end_is_dimmed_where_few_are_at_risk(views):
    context = views("study=soramic")
    figure = draw(context)
    for group in context.result.shown:
        clear, dim = (trace for trace in named(figure, group.label) if trace["line"]["width"] == 2)
        assert (clear["opacity"], dim["opacity"]) == (1.0, 0.45)
        assert dim["x"][0] == clear["x"][-1]
        enough = max(FEW_AT_RISK, group.n / 10)
        at = int(np.argmax(group.curve.n_risk < enough))
        assert dim["x"][0] == round(group.curve.time[at] / DAYS_PER["months"], 4)


@pytest.mark.parametrize("query", QUERIES)
def test_one_hover_reads_all_groups_at_one_time(views, query):
    """Each group answers at every time of any group, up to its own last follow-up."""
    context = views(query)
    figure, unit = draw(context), DAYS_PER[context.options.unit]
    times = [group.curve.time for group in context.result.shown]
    days = np.concatenate([[0], np.unique(np.concatenate(times))])
    for group in context.result.shown:
        (hover,) = (t for t in figure["data"] if "hovertemplate" in t and t["name"] == group.label)
        mine = days[days <= group.curve.time[-1]]
        assert hover["x"] == np.round(mine / unit, 4).tolist()
        read = group.curve.at(mine)
        assert hover["y"] == height_on_curve(read.survival, context.options).tolist()
        assert hover["text"][0].endswith(f"{group.n} at risk")
        assert hover["text"][-1].startswith(f"{hover['y'][-1]:.0f} %")
        assert hover["text"][-1].endswith(f", {group.curve.n_risk[-1]} at risk")


def test_a_hover_says_the_interval_and_the_time_in_one_digit(views):
    context = views("study=soramic")
    figure = draw(context)
    assert figure["layout"]["xaxis"]["unifiedhovertitle"] == {"text": "%{x:.1f} months"}
    first = context.result.shown[0]
    hover = next(t for t in figure["data"] if "hovertemplate" in t)
    read = first.curve.at([12 * 30.4375])
    months = np.array(hover["x"])
    at_a_year = int(np.searchsorted(months, 12, side="right")) - 1
    survival, low, high = (100 * float(x[0]) for x in (read.survival, read.lower, read.upper))
    said = f"{survival:.0f} % ({low:.0f}–{high:.0f}), {hover['text'][at_a_year].split(', ')[1]}"
    assert hover["text"][at_a_year] == said


def test_only_the_hover_curves_answer_to_the_pointer(views):
    figure = draw(views("study=soramic"))
    answering = [trace for trace in figure["data"] if trace.get("hoverinfo") != "skip"]
    assert [trace["name"] for trace in answering] == ["RE + sorafenib", "Sorafenib"]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("events", ["", "&show=events"])
@pytest.mark.parametrize("frame", [Frame(), Frame(narrow=True)], ids=str)
def test_the_risk_table_counts_under_every_tick(views, query, events, frame):
    context = views(query + events)
    figure = draw(context, frame=frame)
    ticks = figure["layout"]["xaxis"]["tickvals"]
    (table,) = named(figure, "Risk table")
    counts = at_risk_rows(context.result.table, np.asarray(ticks) * DAYS_PER[context.options.unit])
    expected = []
    for index, group in enumerate(context.result.groups):
        if not group.n:
            continue
        a, c, e = (rows[index] for rows in (counts.at_risk, counts.censored, counts.events))
        assert (a + c + e == group.n).all()
        expected += [*a, *c, *e] if context.options.shows("events") else [*a]
    assert table["text"] == [str(cell) for cell in expected]
    assert table["x"] == ticks * (len(expected) // len(ticks))
    rows = sorted(set(table["y"]), reverse=True)
    low, high = figure["layout"]["yaxis2"]["range"]
    assert all(low < y < high for y in rows)
    assert len(rows) * len(ticks) == len(expected)


@pytest.mark.parametrize("frame", [Frame(height=300), Frame(height=300, narrow=True)], ids=str)
@pytest.mark.parametrize("query", QUERIES)
def test_the_curves_have_room_whatever_stands_under_them(views, query, frame):
    layout = draw(views(f"{query}&show=events"), frame=frame)["layout"]
    inner = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    low, high = layout["yaxis"]["domain"]
    assert inner * (high - low) >= CURVES_AT_LEAST * (0.9 if frame.narrow else 1) - 1


def test_of_many_groups_those_that_are_picked_are_named_and_counted():
    plain, picked = (
        case_views()("survival", f"study=many40&by=g{more}") for more in ("", "&pick=site-7,site-3")
    )
    assert len(plain.result.shown) > MOST_GROUPS_NAMED
    for context, names in ((plain, []), (picked, ["Site 3", "Site 7"])):
        theme = context.coloured(LIGHT)
        figure = draw(context, theme)
        assert (
            sorted(label["text"] for label in end_labels(figure) if label["xshift"] == 8) == names
        )
        lines = [t for t in figure["data"] if t["mode"] == "lines" and t["line"]["width"] == 2]
        coloured = {t["name"] for t in lines if t["line"]["color"] != LIGHT.line}
        assert sorted(coloured) == names
        assert len({t["name"] for t in lines}) == len(context.result.shown)
    # In colours of their own, in the order in which they were picked.
    theme = picked.coloured(LIGHT)
    assert [group_style(place, theme).colour for place in (6, 2)] == list(LIGHT.others[:2])
    (table,) = named(draw(picked, theme), "Risk table")
    counts = {group.label: group.n for group in picked.result.groups}
    assert int(table["text"][0]) == counts["Site 3"]


def test_groups_with_an_order_are_a_ramp(views):
    def lightness(colour: str) -> float:
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    context = views("study=nct01900002&by=tnm")
    for theme, sign in ((LIGHT, -1), (DARK, 1)):
        colours = context.coloured(theme).groups
        steps = [sign * lightness(colour) for colour in colours]
        assert steps == sorted(steps)
        assert len(set(colours)) == len(context.split.levels)


def test_curves_and_risk_table_share_one_axis(views):
    figure = draw(views("study=soramic"))
    assert named(figure, "Risk table")[0].get("xaxis", "x") == "x"
    layout = figure["layout"]
    assert "xaxis2" not in layout
    assert layout["yaxis2"]["domain"][1] < layout["yaxis"]["domain"][0]


def test_the_axes_say_what_they_show(views):
    figure = draw(views("study=soramic&unit=days&curve=incidence"))
    assert figure["layout"]["xaxis"]["title"]["text"] == "Days since randomisation"
    assert figure["layout"]["annotations"][0]["text"] == "Progression or death, cumulative %"
    figure = draw(views("study=soramic&by=objective-response"))
    assert figure["layout"]["xaxis"]["title"]["text"] == "Months since day 183 after randomisation"
    assert figure["layout"]["annotations"][0]["text"] == "Progression-free, %"


def test_the_axis_begins_and_ends_where_the_reader_says(views):
    figure = draw(views("study=soramic&x=6..24"))
    assert figure["layout"]["xaxis"]["range"] == [6, 24]
    ticks = figure["layout"]["xaxis"]["tickvals"]
    assert (ticks[0], ticks[-1]) == (6, 24)
    figure = draw(views("study=soramic&x=6..24&unit=years"))
    assert figure["layout"]["xaxis"]["range"] == [0.5, 2]


def test_a_fitted_curve_has_the_colour_of_its_group(views):
    days, share = np.array([0.0, 100.0]), np.array([1.0, 0.5])
    figure = draw(views("study=soramic"), fitted={1: (days, share)})
    (fit,) = named(figure, "Weibull fit")
    assert fit["line"]["color"] == LIGHT.groups[1]
    assert fit["y"] == [100.0, 50.0]


def end_labels(figure: dict) -> list[dict]:
    return [a for a in figure["layout"]["annotations"] if a["x"] == 1 and a["yref"] == "y"]


@pytest.mark.parametrize(
    "query", ["study=nct01900002&by=pathology-detail", "study=edges&by=site", "study=soramic"]
)
def test_names_at_the_ends_do_not_touch(views, query):
    context = views(query)
    figure, frame = draw(context), Frame()
    labels = sorted(end_labels(figure), key=lambda label: label["y"])
    assert len(labels) == len(context.result.shown)
    layout = figure["layout"]
    inner = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    domain = layout["yaxis"]["domain"]
    pixels_a_percent = inner * (domain[1] - domain[0]) / 103
    for below, above in pairwise(labels):
        distance = (above["y"] - below["y"]) * pixels_a_percent
        lines = (below["text"].count("<br>") + above["text"].count("<br>") + 2) / 2
        assert distance >= lines * frame.text, (below["text"], above["text"])


def test_a_telephone_has_no_room_for_names_at_the_ends(views):
    context = views("study=soramic")
    assert end_labels(draw(context, frame=Frame(narrow=True))) == []
    assert len(end_labels(draw(context))) == 2


@given(
    st.lists(st.floats(0, 100), min_size=1, max_size=12).map(sorted),
    st.lists(st.floats(1, 8), min_size=12, max_size=12),
)
def test_moved_apart_in_order_and_never_on_top_of_each_other(places, gaps):
    gaps = gaps[: len(places)]
    moved = apart(places, gaps)
    for i in range(1, len(moved)):
        assert moved[i] - moved[i - 1] >= (gaps[i] + gaps[i - 1]) / 2 - 1e-9
    assert moved[-1] + gaps[-1] / 2 <= 102 + 1e-9
    if sum(gaps) <= 102:
        assert moved[0] - gaps[0] / 2 >= -1e-9


@given(st.floats(0, 90), st.floats(1, 8))
def test_a_single_name_with_room_stays_where_its_curve_ends(place, gap):
    assert apart([place], [gap]) == [max(place, gap / 2)]


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=20), min_size=1, max_size=8))
def test_a_long_name_is_wrapped_without_losing_a_word(words):
    label = " ".join(words)
    lines = label_lines(label)
    assert " ".join(lines) == label
    assert all(len(line) <= 22 for line in lines)


@given(st.integers(23, 300))
def test_a_word_longer_than_a_line_is_broken(letters):
    lines = label_lines(f"of {'x' * letters}")
    assert max(map(len, lines)) == 22
    assert "".join(lines) == f"of{'x' * letters}"


def test_a_message_in_place_of_curves():
    figure = message_figure("No patient passes these filters. Without sex 12 would.", 540, "#1")
    assert figure["data"] == []
    (words,) = figure["layout"]["annotations"]
    assert words["text"].replace("<br>", " ").startswith("No patient passes these filters.")
    # In the dashboard's own type, and narrow enough for a telephone of 390 pixels.
    assert words["font"]["family"] == FONT
    longest = max(len(line) for line in words["text"].split("<br>"))
    assert 0.55 * words["font"]["size"] * longest < 340
    assert figure["layout"]["height"] == 540


def test_the_curves_of_other_data_sets_are_one_faint_line_a_group(views):
    context = views("study=soramic&bclc=c&endpoint=os&show=data-sets")
    figure = draw(context)
    faint = [trace for trace in figure["data"] if trace["name"].endswith("other data sets")]
    assert len(faint) == len(context.result.groups)
    for place, trace in enumerate(faint):
        assert trace["line"]["color"] == group_style(place, LIGHT).colour
        assert trace["opacity"] < 0.5
        assert len(trace["x"]) == len(trace["y"])
        ends = [i for i, x in enumerate(trace["x"]) if x is None]
        assert len(ends) == len(context.reconstructed) == 20
        # Each line begins with everybody and ends with its data set's last survival.
        starts = [0, *(end + 1 for end in ends[:-1])]
        assert [(trace["x"][i], trace["y"][i]) for i in starts] == [(0.0, 100.0)] * 20
        last = [trace["y"][end - 1] for end in ends]
        expected = [100 * one.groups[place].curve.survival[-1] for one in context.reconstructed]
        np.testing.assert_allclose(last, expected, atol=1e-3)
    names = [trace["name"] for trace in figure["data"]]
    assert names.index(faint[-1]["name"]) < names.index(context.result.groups[0].label)


def test_no_faint_line_unless_asked_for(views):
    figure = draw(views("study=soramic&bclc=c&endpoint=os"))
    assert not [trace for trace in figure["data"] if trace["name"].endswith("other data sets")]
