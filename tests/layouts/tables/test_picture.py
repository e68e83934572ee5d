"""Any table becomes a picture in which nothing touches; a long one says where it ends."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from data.address import default_view
from layouts.shared.html import joined, tag
from layouts.tables.picture import TALLEST, table_picture
from tests.drawings import beyond, overlapping, words
from tests.views import page_named

LABEL = st.text(st.characters(codec="utf-8"), max_size=120)
NUMBER = st.sampled_from(["", "12", "6.2 (4.9–7.8)", "not reached", "< 0.001", "104 (100.0)"])


def table(rows, names=("Name", "n", "p")) -> str:
    """A table of a page: its rows are a name and numbers."""
    head = tag("tr", (tag("th", name, scope="col") for name in names))
    body = joined(
        tag(
            "tr",
            tag("th", name, scope="row", class_="name level-name"),
            (tag("td", one, tag("span", "1–2", class_="across")) for one in numbers),
        )
        for name, *numbers in rows
    )
    return tag("table", tag("caption", "c"), tag("thead", head), tag("tbody", body))


def picture(study, html: str) -> dict:
    view = default_view(study, "overview")
    return table_picture(html, study, view, page_named("overview"), ["Said."], "svg")


@settings(deadline=None, max_examples=30)
@given(
    st.integers(1, 9).flatmap(
        lambda n: st.lists(st.tuples(LABEL, *[NUMBER] * n), min_size=1, max_size=6)
    )
)
def test_whatever_the_labels_nothing_lies_upon_another(edges, rows):
    svg = picture(edges, table(rows, ["Name", *(f"Column {i}" for i in rows[0][1:])]))["svg"]
    assert overlapping(svg) == []
    assert beyond(svg) == []


def test_long_names_wrap_and_many_columns_get_small_letters(edges):
    rows = [
        ("Portal vein thrombosis of the main trunk and both branches " * 3, *["12 (50.0)"] * 14)
    ]
    svg = picture(edges, table(rows, ["Name", *["Grade 1–2"] * 14]))["svg"]
    assert overlapping(svg) == []
    assert beyond(svg) == []
    assert "thrombosis of the main" in words(svg)


def test_signs_of_markup_are_written_as_they_are(edges):
    name = joined("AFP > 400 & bilirubin < 2", tag("span", ", n (%)"))
    found = words(picture(edges, table([(name, "12", "<0.001")]))["svg"])
    assert "AFP > 400 & bilirubin < 2, n (%)" in found
    assert "<0.001" in found


def test_a_long_table_ends_where_it_says(edges):
    rows = [(f"Row {i}", "12", "0.5") for i in range(900)]
    made = picture(edges, table(rows))
    assert made["height"] <= TALLEST + 300
    drawn = words(made["svg"]).count("Row ")
    assert 100 < drawn < 900
    assert f"The first {drawn} of 900 rows" in words(made["svg"])


def test_what_is_folded_away_and_links_that_only_change_the_page_are_left_out(edges):
    html = joined(
        tag("p", "Forty cells. ", tag("a", "Show all", href="/"), class_="looks"),
        tag("details", tag("summary", "The method"), tag("p", "Long.")),
    )
    svg = picture(edges, html)["svg"]
    assert "Forty cells." in words(svg)
    assert "Show all" not in words(svg)
    assert "Long." not in words(svg)
