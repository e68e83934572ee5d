"""Colours that everybody can read, and a colour and line for each group that stay with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from layouts.shared.theme import (
    DARK,
    DASHES,
    LIGHT,
    Theme,
    group_style,
    swatch_background,
    theme_named,
    translucent,
)

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
CSS = (Path(__file__).parents[3] / "assets" / "tokens.css").read_text("utf-8")


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@THEMES
def test_text_is_read_on_the_page(theme: Theme):
    for colour in (theme.ink, theme.quiet, theme.caution):
        assert contrast(colour, theme.page) >= 4.5, colour


@THEMES
def test_curves_are_seen_on_the_page(theme: Theme):
    for colour in (theme.ink, *theme.groups, *theme.others):
        assert contrast(colour, theme.page) >= 3, colour


@THEMES
def test_grades_drawn_as_lines_are_seen_and_grow_in_strength(theme: Theme):
    seen = [contrast(colour, theme.page) for colour in theme.severity_line]
    assert len(seen) == len(theme.severity)
    assert seen[0] >= 3
    assert seen == sorted(set(seen))


@THEMES
def test_twenty_groups_differ_in_colour_or_line(theme: Theme):
    for by_arm, colours in ((True, 5), (False, 4)):
        split = theme.for_split(by_arm)
        styles = [group_style(position, split) for position in range(20)]
        assert len(set(styles)) == 20
        assert len({style.colour for style in styles[:colours]}) == colours


@THEMES
def test_only_the_arms_have_the_colours_of_the_arms(theme: Theme):
    split = theme.for_split(by_arm=False)
    drawn = {group_style(position, split).colour for position in range(20)}
    assert not drawn & set(theme.groups[:2])


@THEMES
def test_swatches_differ_as_the_lines_do(theme: Theme):
    split = theme.for_split(by_arm=False)
    assert len({swatch_background(group_style(position, split)) for position in range(20)}) == 20


@THEMES
def test_the_first_four_groups_differ_in_line_too(theme: Theme):
    """Who sees no colours, or prints in grey, has the lines."""
    assert [group_style(i, theme).dash for i in range(4)] == list(DASHES[:4])


@THEMES
def test_the_whole_cohort_is_drawn_in_ink(theme: Theme):
    assert (group_style(-1, theme).colour, group_style(-1, theme).dash) == (theme.ink, "solid")


def test_a_group_has_its_line_in_both_themes():
    for position in range(-1, 40):
        assert group_style(position, LIGHT).dash == group_style(position, DARK).dash


def test_the_first_two_colours_are_those_of_the_arms():
    assert LIGHT.groups[:2] == ("#0072B2", "#D55E00")


@pytest.mark.parametrize(
    ("name", "theme"), [("dark", DARK), ("light", LIGHT), (None, LIGHT), ("<script>", LIGHT)]
)
def test_a_theme_by_its_name(name, theme):
    assert theme_named(name) is theme


def test_a_colour_made_translucent():
    assert translucent("#0072B2", 0.13) == "rgba(0,114,178,0.13)"


@pytest.mark.parametrize(("theme", "selector"), [(LIGHT, ":root"), (DARK, '[data-theme="dark"]')])
def test_figure_and_page_have_the_same_colours(theme: Theme, selector: str):
    """The figure takes them from Python, the page from CSS."""
    block = re.search(re.escape(selector) + r"\s*\{(.*?)\}", CSS, re.S)[1]
    declared = dict(re.findall(r"--(\w+):\s*(#[0-9a-fA-F]{6})", block))
    for name in ("ink", "quiet", "page", "caution"):
        assert declared[name] == getattr(theme, name), name
    for name in ("ink", "quiet", "accent", "caution"):
        for ground in ("page", "rail"):
            assert contrast(declared[name], declared[ground]) >= 4.5, (name, ground)
