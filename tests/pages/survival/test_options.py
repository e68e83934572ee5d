"""Every option of the Survival page as it stands in a link."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks.pages import OPTION_NAMES
from data.address import address, default_view, read_address
from layouts.shared.options import CI_TYPES
from layouts.survival.options import (
    CURVES,
    NAMES,
    SHOWN,
    SHOWN_BY_DEFAULT,
    UNITS,
    SurvivalOptions,
    read_options,
    shown_by_default,
)
from tests.shipped import load_catalog
from tests.views import page_named

CATALOG = load_catalog()
STUDY = CATALOG.study("soramic")


def read(by: str = "arm", **given: str) -> tuple[SurvivalOptions, list[str]]:
    view = default_view(STUDY, "survival").with_options(**given)
    return read_options(STUDY, replace(view, by=by))


def test_nothing_given_is_the_default():
    assert read() == (SurvivalOptions(), [])
    assert SurvivalOptions().landmark_texts() == ("12", "24")


@pytest.mark.parametrize(
    ("name", "text", "field", "value"),
    [
        *[("ci", one, "ci", one) for one in CI_TYPES],
        *[("unit", one, "unit", one) for one in UNITS],
        *[("curve", one, "curve", one) for one in CURVES],
        *[("show", one, "show", (one,)) for one in SHOWN],
        ("show", "none", "show", ()),
        ("show", "", "show", ()),
        ("show", "events,band", "show", ("band", "events")),
        ("show", ",".join(SHOWN), "show", tuple(SHOWN)),
        ("landmarks", "6", "landmarks", (6.0,)),
        ("landmarks", "24,6,12", "landmarks", (6.0, 12.0, 24.0)),
        ("landmarks", "4.5", "landmarks", (4.5,)),
        ("landmarks", "none", "landmarks", ()),
        ("x", "0..36", "x", (0.0, 36.0)),
        ("x", "6..12.5", "x", (6.0, 12.5)),
        ("cut", "67.5", "cut", 67.5),
        ("present", "on", "present", True),
        ("present", "off", "present", False),
    ],
)
def test_an_option_is_read(name, text, field, value):
    options, notes = read("age-years" if name == "cut" else "arm", **{name: text})
    assert (getattr(options, field), notes) == (value, [])


@pytest.mark.parametrize(
    ("name", "text", "field", "value"),
    [
        ("ci", "loglog", "ci", "log"),
        ("ci", "", "ci", "log"),
        ("unit", "weeks", "unit", "months"),
        ("curve", "hazard", "curve", "survival"),
        ("present", "yes", "present", False),
        ("show", "band,glitter", "show", ("band",)),
        ("landmarks", "soon", "landmarks", ()),
        ("landmarks", "6,6", "landmarks", (6.0,)),
        ("landmarks", "0", "landmarks", ()),
        ("landmarks", "nan", "landmarks", ()),
        ("landmarks", "inf", "landmarks", ()),
        ("landmarks", "-3,12", "landmarks", (12.0,)),
        ("landmarks", "1,2,3,4,5", "landmarks", (1.0, 2.0, 3.0, 4.0)),
        ("x", "36..0", "x", None),
        ("x", "6..6", "x", None),
        ("x", "12", "x", None),
        ("x", "0..nan", "x", None),
        ("x", "-1..5", "x", None),
        ("x", "0..1e9", "x", None),
        ("cut", "67.5", "cut", None),
    ],
)
def test_what_cannot_be_used_is_noted_and_the_rest_counts(name, text, field, value):
    options, notes = read(**{name: text})
    assert getattr(options, field) == value
    (note,) = notes
    assert f"“{name}”" in note
    assert note.endswith(".")


def test_every_option_of_the_page_is_tested_here():
    tried = {"ci", "unit", "curve", "show", "landmarks", "x", "pick", "alive", "cut"}
    tried.add("present")
    assert tried == NAMES == OPTION_NAMES["survival"]


def test_groups_are_picked_from_the_levels_of_the_split():
    options, notes = read(by="best-response", pick="pd,cr")
    assert (options.picked, notes) == (("pd", "cr"), [])
    options, (note,) = read(by="best-response", pick="pd,zz")
    assert options.picked == ("pd",)
    assert note == "“pick” takes levels of the split; “zz” is none."
    assert read(by="none", pick="pd")[0].picked == ()


def test_many_groups_start_without_bands_and_median_lines():
    options, _ = read(by="best-response")
    assert options.show == ("censored", "risk")
    view = default_view(STUDY, "survival")
    assert shown_by_default(STUDY, view) == SHOWN_BY_DEFAULT


@given(st.text(max_size=30), st.sampled_from(sorted(NAMES)))
def test_no_text_breaks_an_option(text, name):
    options, notes = read(**{name: text})
    assert isinstance(options, SurvivalOptions)
    assert len(notes) <= 1


months = st.integers(1, 2400).map(lambda quarter: quarter / 4)


@given(
    ci=st.sampled_from(sorted(CI_TYPES)),
    unit=st.sampled_from(UNITS),
    curve=st.sampled_from(sorted(CURVES)),
    show=st.sets(st.sampled_from(sorted(SHOWN))),
    landmarks=st.sets(months, max_size=4),
    x=st.tuples(months, months).filter(lambda pair: pair[0] < pair[1]),
)
def test_options_come_back_from_their_link(ci, unit, curve, show, landmarks, x):
    """As the browser writes them: lists with commas, an empty list as ``none``."""
    given_options = {
        "ci": ci,
        "unit": unit,
        "curve": curve,
        "show": ",".join(sorted(show)) or "none",
        "landmarks": ",".join(f"{m:g}" for m in sorted(landmarks)) or "none",
        "x": f"{x[0]:g}..{x[1]:g}",
    }
    view = default_view(STUDY, "survival").with_options(**given_options)
    path, _, query = address(view, STUDY).partition("?")
    reading = read_address(path, f"?{query}", CATALOG, OPTION_NAMES)
    assert reading.notes == ()
    options, notes = read_options(STUDY, reading.view)
    assert notes == []
    assert (options.ci, options.unit, options.curve) == (ci, unit, curve)
    assert set(options.show) == show
    assert options.landmarks == tuple(sorted(landmarks))
    assert options.x == x


def test_the_controls_show_what_the_link_says():
    view = default_view(STUDY, "survival").with_options(
        ci="plain", unit="days", curve="incidence", show="weibull", landmarks="6,18", x="3..24"
    )
    assert page_named("survival").control_values(STUDY, view) == {
        "endpoint": {"value": "pfs"},
        "by": {"value": "arm"},
        "ci": {"value": "plain"},
        "unit": {"value": "days"},
        "curve": {"value": "incidence"},
        "landmarks": {"levels": ["6", "18"]},
        "alive": {"value": "0"},
        "x": {"range": [3.0, 24.0]},
        "show": {"levels": ["weibull"]},
    }
