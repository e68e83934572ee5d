"""Keys, the search among the filters, and what a screen reader is told, on one tab."""

from __future__ import annotations

import re
import struct
from xml.etree import ElementTree

from playwright.sync_api import expect

from tests.browser.tab import UNFOCUS

SORAMIC = "study=soramic"
SHOWN = """() => [...document.querySelectorAll("#rail [data-variable]")]
    .filter(one => one.checkVisibility()).length"""


def test_one_key_opens_the_list_which_gives_the_focus_back(dashboard):
    dashboard.open(SORAMIC)
    page = dashboard.page
    link = page.get_by_role("link", name="Safety", exact=True)
    link.focus()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    expect(keys.locator(":focus")).to_be_attached()
    own = keys.locator("dl").first.locator("dt")
    assert own.all_inner_texts() == ["?", "/", "↓", "↑", "a", "b", "p", "Esc"]
    # Under the list no other key is heard.
    page.keyboard.press("p")
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    expect(link).to_be_focused()
    assert "present" not in page.url


def test_keys_present_and_lead_back(dashboard):
    dashboard.open(SORAMIC)
    page = dashboard.page
    page.evaluate(UNFOCUS)
    page.keyboard.press("Alt+p")
    page.keyboard.press("Meta+p")
    page.keyboard.press("p")
    dashboard.at(f"{SORAMIC}&present=on")
    page.keyboard.press("Escape")
    dashboard.at(SORAMIC)


def test_no_key_is_heard_while_something_is_written(dashboard):
    dashboard.open(SORAMIC, "/overview")
    page = dashboard.page
    field = page.get_by_role("textbox", name="Search a variable or level")
    field.focus()
    page.keyboard.type("p?/")
    expect(field).to_have_value("p?/")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
    field.fill("")
    dashboard.at(SORAMIC)


def test_the_search_narrows_the_filters_and_arrows_go_through_them(dashboard):
    dashboard.open(SORAMIC)
    page = dashboard.page
    all_shown = page.evaluate(SHOWN)
    page.evaluate(UNFOCUS)
    page.keyboard.press("/")
    field = page.get_by_role("searchbox", name="Search the filters")
    expect(field).to_be_focused()
    page.keyboard.type("hepatitis")
    assert 0 < page.evaluate(SHOWN) < all_shown
    expect(page.locator("#rail-found")).to_contain_text(re.compile(r"\d+ of \d+ filters"))
    expect(dashboard.level("bclc", "c")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    first = page.evaluate("document.activeElement.closest('[data-variable]').dataset.variable")
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.closest('[data-variable]').dataset.variable")
    assert first != second
    page.keyboard.press("ArrowUp")
    assert first == page.evaluate(
        "document.activeElement.closest('[data-variable]').dataset.variable"
    )
    # What is ticked is a filter, as ever, and the search is not part of the link.
    page.keyboard.press("Space")
    dashboard.settled()
    assert first in page.url
    assert "hepatitis" in field.input_value()
    field.focus()
    page.keyboard.press("Escape")
    expect(field).to_have_value("")
    assert page.evaluate(SHOWN) >= all_shown


def test_figure_box_and_sentence_speak(dashboard):
    dashboard.open(SORAMIC)
    page = dashboard.page
    sentence = page.locator("#survival-sentence").inner_text()
    name = f"Survival curves with risk table {sentence}"
    expect(page.get_by_role("img", name=name)).to_be_visible()
    expect(page.locator("#survival-sentence")).to_have_attribute("aria-live", "polite")
    box = page.get_by_role("checkbox", name=re.compile(r"^BCLC: C, 126 of 126 patients$"))
    expect(box).to_be_attached()
    box.check()
    dashboard.at(f"{SORAMIC}&bclc=c")
    # The name follows the finding.
    name = f"Survival curves with risk table {page.locator('#survival-sentence').inner_text()}"
    expect(page.get_by_role("img", name=name)).to_be_visible()


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
