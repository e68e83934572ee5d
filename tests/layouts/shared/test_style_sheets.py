"""Type, space and colour come from one file, and no rule hangs on the order of the files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ASSETS = Path(__file__).parents[3] / "assets"
SHEETS = sorted(ASSETS.glob("*.css"))
OTHERS = [sheet for sheet in SHEETS if sheet.name != "tokens.css"]
ORDER = "@layer tokens, base, parts, pages, present, print;"
# Set for one element: where the page is made, or by a script.
SET_ELSEWHERE = {"--share", "--from", "--to"}
SPACED = r"(?:margin|padding)(?:-\w+)*|(?:row-|column-)?gap"
MEASURE = re.compile(r"(?<![\w-])\.?\d[\d.]*(?:px|pt|em|rem)\b")

each = pytest.mark.parametrize("sheet", OTHERS, ids=lambda sheet: sheet.name)


def read(sheet: Path) -> str:
    """A style sheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.S)


def declarations(sheet: Path, names: str) -> list[tuple[str, str]]:
    """Name and value of every declaration whose name matches."""
    return re.findall(rf"(?<![\w-])({names})\s*:\s*([^;{{}}]+)", read(sheet))


def tokens() -> dict[str, str]:
    """The tokens of the light theme by name."""
    block = re.search(r":root\s*\{(.*?)\}", read(ASSETS / "tokens.css"), re.S)[1]
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", block))


def test_there_are_five_sizes_on_one_scale():
    sizes = {name: value for name, value in tokens().items() if name.startswith("--type-")}
    assert list(sizes) == [f"--type-{i}" for i in range(1, 6)]
    for value in sizes.values():
        assert re.fullmatch(r"calc\(\d+px \* var\(--scale\)\)", value)


def test_there_are_three_weights():
    weights = [value for value in tokens().values() if re.fullmatch(r"\d00", value)]
    assert len(weights) == len(set(weights)) == 3


def test_there_are_seven_spaces():
    spaces = [value for name, value in tokens().items() if name.startswith("--space-")]
    assert len(spaces) == 7
    assert spaces == sorted(set(spaces), key=lambda value: int(value.removesuffix("px")))


@each
def test_sizes_and_weights_of_type_are_tokens(sheet: Path):
    used = declarations(sheet, "font-size|font-weight")
    allowed = r"var\(--(?:type-[1-5]|regular|medium|strong)\)"
    assert [one for one in used if not re.fullmatch(allowed, one[1].strip())] == []
    assert [one for one in declarations(sheet, "font") if one[1].strip() != "inherit"] == []


@each
def test_spaces_are_tokens(sheet: Path):
    """Lengths within ``calc`` follow what is drawn: a column, or half a window."""
    for name, value in declarations(sheet, SPACED):
        outside = re.sub(r"calc\([^()]*(?:\([^()]*\)[^()]*)*\)", "", value)
        assert not MEASURE.search(outside), f"{name}: {value}"


@each
def test_colours_are_tokens(sheet: Path):
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*[;}])|\b(?:rgb|hsl)a?\(", read(sheet)) == []


def test_what_is_used_is_defined():
    text = "".join(read(sheet) for sheet in SHEETS)
    used = set(re.findall(r"var\((--[\w-]+)", text))
    assert used - set(re.findall(r"(--[\w-]+)\s*:", text)) <= SET_ELSEWHERE
    unused = set(tokens()) - used
    assert not unused


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_layers_decide_and_not_the_order_in_which_files_are_loaded(sheet: Path):
    """Each names the order first, and nothing stands outside of it."""
    text = read(sheet).strip()
    assert text.startswith(ORDER)
    outside = re.sub(
        r"@layer \w+ \{.*?\n\}|@font-face \{.*?\n\}", "", text[len(ORDER) :], flags=re.S
    )
    assert not outside.strip()


def test_a_sheet_is_in_one_layer():
    for sheet in OTHERS:
        layers = re.findall(r"@layer (\w+) \{", read(sheet))
        assert len(layers) == 1, sheet.name
