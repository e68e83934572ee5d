"""Tables that are saved as pictures: offered where there is one, whole, nothing upon another."""

from __future__ import annotations

import struct
from xml.etree import ElementTree

from playwright.sync_api import expect

SORAMIC = "study=soramic"


def test_a_picture_is_offered_where_there_is_something_to_save(dashboard):
    button = dashboard.page.get_by_role("button", name="SVG", exact=True)
    for path, query, offered in (
        ("/safety", "study=nct01900002", 1),
        ("/safety", SORAMIC, 0),
        ("/response", f"{SORAMIC}&view=by", 1),
        ("/response", "study=nct01900002&view=depth", 0),
        ("/dosimetry", "study=nct01900002&view=activity", 1),
        ("/overview", "study=edges&age=200..300", 0),
    ):
        dashboard.open(query, path)
        expect(button).to_have_count(offered)


def test_a_table_is_saved_as_svg_and_png(dashboard, tmp_path):
    dashboard.open(SORAMIC, "/subgroups")
    page = dashboard.page
    for kind in ("SVG", "PNG"):
        with page.expect_download() as download:
            page.get_by_role("button", name=kind, exact=True).click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        assert path.name == f"soramic-subgroups-pfs-reconstructed.{kind.lower()}"
    root = ElementTree.parse(path.with_suffix(".svg")).getroot()
    content = path.read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    size = [2 * int(root.get(side)) for side in ("width", "height")]
    assert list(struct.unpack(">II", content[16:24])) == size


def test_nothing_of_a_saved_table_touches_in_the_fonts_of_this_machine(dashboard, tmp_path):
    """By the browser's own measure, and not by the widths that the picture was made with."""
    dashboard.open(SORAMIC, "/subgroups")
    page = dashboard.page
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG", exact=True).click()
    path = tmp_path / "table.svg"
    download.value.save_as(path)
    touching = page.evaluate(TOUCHING, path.read_text("utf-8"))
    assert touching == []


TOUCHING = """svg => {
  const place = document.createElement("div");
  place.innerHTML = svg;
  document.body.append(place);
  const width = place.firstChild.viewBox.baseVal.width;
  const all = [...place.querySelectorAll("text")].map(one => [one.textContent, one.getBBox()]);
  all.sort((one, other) => one[1].y - other[1].y);
  const found = all.filter(([, box]) => box.x < 0 || box.x + box.width > width).map(one => one[0]);
  all.forEach(([text, one], i) => {
    for (const [words, other] of all.slice(i + 1)) {
      if (other.y >= one.y + one.height) { break; }
      const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
      const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
      // The box of a text is higher than its letters.
      if (across > 0.5 && down > 3) { found.push([text, words]); }
    }
  });
  place.remove();
  return found;
}"""
