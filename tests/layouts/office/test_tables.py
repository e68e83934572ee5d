"""A table of a slide: what has room, and what does not."""

from __future__ import annotations

import pytest
from lxml import etree

from layouts.office.tables import CUT, SIZES, fitted, table_xml, without_first
from layouts.office.word_table import word_table_xml
from layouts.office.words import one_line, sound, written
from layouts.shared.html import tag
from layouts.slides.tables import tables_of, text_table

ROWS = [(f"Row {i}", str(i)) for i in range(40)]
TABLE = text_table(("Name", "n"), ROWS, groups=(3, 7))


def texts(xml: str, name: str) -> list[str]:
    return [one.text or "" for one in etree.fromstring(xml).iter() if one.tag.endswith(f"}}{name}")]


def test_what_has_room_is_kept_whole_in_the_largest_letters():
    small = text_table(("Name", "n"), ROWS[:3])
    made = fitted(small, 400, 200)
    assert (made.left_out, made.rows, made.grid.size) == (0, 3, SIZES[0])
    assert made.width <= 400


@pytest.mark.parametrize("height", [60, 150, 300])
def test_what_has_no_room_is_counted(height):
    made = fitted(TABLE, 300, height)
    kept = len(made.heights) - 1
    assert made.left_out == 40 - kept
    assert kept == 1 or made.height <= height - CUT
    assert made.grid.size == SIZES[-1] >= 12
    assert f"Row {kept - 1}" in texts(table_xml(made), "t")
    assert f"Row {kept}" not in texts(table_xml(made), "t")


def test_a_name_of_rows_below_does_not_end_a_table():
    for height in range(60, 400, 12):
        made = fitted(TABLE, 300, height)
        last = made.grid.table.rows[-1]
        assert last.kind != "group" or len(made.heights) == 2


def test_the_rest_of_a_table_has_its_heads():
    rest = without_first(TABLE, 38)
    assert [row.cells[0].lines[0].text for row in rest.rows] == ["Name", "Row 38", "Row 39"]


def test_drawings_are_left_out_with_their_column():
    html = tag(
        "table",
        tag("caption", "Effects"),
        tag("thead", tag("tr", tag("th", "Effect"), tag("th", class_="drawing"), tag("th", "HR"))),
        tag(
            "tbody",
            tag(
                "tr",
                tag("th", "Arm", scope="row"),
                tag("td", tag("span", class_="plot"), class_="drawing"),
                tag("td", "0.69"),
            ),
        ),
    )
    (table,) = tables_of(html)
    assert table.caption == "Effects"
    cells = [[line.text for cell in row.cells for line in cell.lines] for row in table.rows]
    assert cells == [["Effect", "HR"], ["Arm", "0.69"]]


def test_cells_over_several_columns_are_sound_in_both_kinds_of_files():
    html = tag(
        "table",
        tag("thead", tag("tr", [tag("th", text) for text in "ABC"])),
        tag(
            "tbody",
            tag("tr", tag("th", "one", rowspan=2), tag("td", "two", colspan=2)),
            tag("tr", tag("td", "three"), tag("td", "four")),
        ),
    )
    (table,) = tables_of(html)
    made = fitted(table, 300, 300)
    slide = etree.fromstring(table_xml(made))
    rows = [one for one in slide if one.tag.endswith("}tr")]
    assert [len([c for c in row if c.tag.endswith("}tc")]) for row in rows] == [3, 3, 3]
    assert slide.xpath("//@gridSpan | //@rowSpan | //@hMerge | //@vMerge") == ["2", "2", "1", "1"]
    word = etree.fromstring(word_table_xml(made, "A <table>"))
    rows = [one for one in word if one.tag.endswith("}tr")]
    assert [len([c for c in row if c.tag.endswith("}tc")]) for row in rows] == [3, 2, 3]
    assert texts(word_table_xml(made, ""), "t") == ["A", "B", "C", "one", "two", "three", "four"]


def test_no_file_holds_what_xml_cannot():
    assert sound("a\x00b\x0bc\ud800d\ufffee\tf") == "a\ufffdb\ufffdc\ufffdd\ufffde\tf"
    assert written('<a b="&">') == "&lt;a b=&quot;&amp;&quot;&gt;"
    assert one_line("n\u00a0=\u00a07\n in  two\tlines ") == "n\u00a0=\u00a07 in two lines"
