"""One place writes HTML, and what it is given can never become markup."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from layouts.shared.figure_text import bold, coloured, hover, in_lines
from layouts.shared.html import BREAK, joined, tag

LAYOUTS = Path(__file__).parents[3] / "layouts"
# The one writes elements of a page, the other the few tags that plotly reads.
WRITERS = ("shared/html.py", "shared/figure_text.py")
ELEMENT = re.compile(r"</?[a-z]")


def test_text_is_escaped_and_markup_is_kept():
    cell = tag("td", "a < b & “c”", BREAK, tag("b", 3), class_="x", data_level='"1"')
    assert cell == ('<td class="x" data-level="&quot;1&quot;">a &lt; b &amp; “c”<br><b>3</b></td>')
    assert isinstance(cell, Markup)


def test_children_may_be_nested_and_none_stands_for_nothing():
    rows = (tag("li", name) for name in "ab")
    assert tag("ul", rows, None, [["c", ""], 0]) == "<ul><li>a</li><li>b</li>c0</ul>"
    assert joined() == ""
    assert joined("<", tag("i")) == "&lt;<i></i>"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (True, "<a data-inside></a>"),
        (False, "<a></a>"),
        (None, "<a></a>"),
        (0, '<a data-inside="0"></a>'),
    ],
)
def test_an_attribute_may_stand_alone_or_be_left_out(value, written):
    assert tag("a", data_inside=value) == written


def test_elements_without_content():
    assert tag("col", class_="of-n") == '<col class="of-n">'
    assert tag("path", d="M0 100") == '<path d="M0 100"/>'


@given(st.text())
def test_no_text_opens_an_element(text):
    for made in (tag("td", text), tag("td", title=text)):
        assert made.count("<") == 2
    for made in (bold(text), coloured(text, "#000"), in_lines([text, text]), hover("{}", text)):
        assert text.count("<") == 0 or "&lt;" in made
    assert in_lines([text, text]).count("<") == 1


def test_text_of_a_figure_keeps_quotation_marks_as_plotly_knows_no_entity_for_them():
    assert bold('A "b" & c') == '<b>A "b" &amp; c</b>'
    assert coloured(bold("<5"), "#fff") == '<span style="color:#fff"><b>&lt;5</b></span>'
    assert hover("%{{y:.0f}} %") == "%{y:.0f} %<extra></extra>"
    assert hover("{}: %{{y}}", "%{x} <b>") == "%&#123;x} &lt;b>: %{y}<extra></extra>"


def _written(path: Path) -> list[str]:
    """Texts of a file that hold an element, but for its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        f"{path.relative_to(LAYOUTS)}: {node.value[:40]}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in said
        and ELEMENT.search(node.value)
    ]


def test_no_other_file_of_the_layouts_writes_an_element():
    # Office files hold markup of their own, whose texts are tried as hostile with the files.
    files = [
        one
        for one in LAYOUTS.rglob("*.py")
        if not str(one).endswith(WRITERS) and one.parent.name != "office"
    ]
    assert [found for one in files for found in _written(one)] == []
    assert _written(LAYOUTS / "shared" / "html.py")
