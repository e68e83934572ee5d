"""What stands around a slide's content."""

from __future__ import annotations

import pytest

from layouts.board.slide import first_clause, plain


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        (
            "Kaplan–Meier, log transform (as R survfit); log-rank.",
            "Kaplan–Meier, log transform (as R survfit)",
        ),
        (
            "Shares of all (whether evaluable; or not). Then more.",
            "Shares of all (whether evaluable; or not)",
        ),
        ("One clause only.", "One clause only"),
        ("p = 0.05 is no end; this is", "p = 0.05 is no end"),
        ("", ""),
    ],
)
def test_a_method_in_a_clause(text, clause):
    assert first_clause(text) == clause


def test_text_of_html_keeps_its_no_break_spaces():
    assert plain('<abbr title="x">HR</abbr>  0.69 &lt;\u00a01') == "HR 0.69 <\u00a01"
