"""The figure on the screen and in files: aligned, complete, checked, and never an old one."""

from __future__ import annotations

import re
import struct
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

SORAMIC = "study=soramic"
UPDATES = re.compile("/_dash-update-component")
# What the numbers become from now on.
NOTE_NUMBERS = """() => {
  window.numbersSeen = [];
  const numbers = document.getElementById("survival-numbers");
  new MutationObserver(() => window.numbersSeen.push(numbers.textContent))
    .observe(numbers, { childList: true, subtree: true, characterData: true });
}"""
CENTRES = """elements => elements.map(element => {
  const box = element.getBoundingClientRect();
  return box.left + box.width / 2;
})"""


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1920, 1080), (390, 844)])
def test_the_risk_table_stands_under_its_ticks(open_page, width, height):
    dashboard = open_page(width, height)
    for query in (SORAMIC, "study=nct01900002&by=tnm"):
        dashboard.open(f"{query}&show=risk,events")
        graph = dashboard.page.locator("#survival-graph")
        ticks = graph.locator(".xtick text").evaluate_all(CENTRES)
        cells = graph.locator(".textpoint text").evaluate_all(CENTRES)
        assert len(ticks) >= 4
        assert len(cells) % len(ticks) == 0
        rows = [cells[i : i + len(ticks)] for i in range(0, len(cells), len(ticks))]
        assert len(rows) >= 6
        for row in rows:
            far = max(abs(cell - tick) for cell, tick in zip(row, ticks, strict=True))
            assert far <= 1, (query, far)


@pytest.mark.parametrize("width", [1440, 390])
def test_no_text_of_the_figure_is_cut_off(open_page, width):
    dashboard = open_page(width, 900)
    dashboard.open("study=nct01900002&by=pathology-detail")
    outside = dashboard.page.locator("#survival-graph").evaluate(
        """graph => {
          const frame = graph.getBoundingClientRect();
          const texts = ".xtick text, .textpoint text, .annotation-text";
          return Array.from(graph.querySelectorAll(texts))
            .filter(text => {
              const box = text.getBoundingClientRect();
              return box.left < frame.left - 1 || box.right > frame.right + 1;
            })
            .map(text => text.textContent);
        }"""
    )
    assert outside == []


def test_figure_and_numbers_fit_one_screen(dashboard):
    dashboard.open(SORAMIC)
    expect(dashboard.page.locator("#survival-sentence")).to_be_in_viewport(ratio=1)
    expect(dashboard.page.locator("#survival-graph")).to_be_in_viewport(ratio=1)
    expect(dashboard.cell("Sorafenib", "survival-24")).to_be_in_viewport(ratio=1)


def saved(dashboard, tmp_path, kind: str):
    with dashboard.page.expect_download() as download:
        dashboard.page.get_by_role("button", name=kind, exact=True).click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_the_svg_says_what_it_shows(dashboard, tmp_path):
    query = f"{SORAMIC}&bclc=c"
    dashboard.open(query)
    path = saved(dashboard, tmp_path, "SVG")
    assert path.name == "soramic-survival-pfs-bclc-c-reconstructed.svg"
    root = ElementTree.parse(path).getroot()
    texts = ["".join(node.itertext()) for node in root.iter("{http://www.w3.org/2000/svg}text")]
    words = " ".join(texts).replace("\u00a0", " ")
    test = dashboard.csv("logrank", query)[0]
    for part in (
        "Progression-free survival by Treatment arm",
        "SORAMIC substudy · all analysed · BCLC C · n = 126",
        f"Log-rank p = {float(test['p_value']):.3f}",
        "Reconstructed from published tables — not patient records",
        "Illustrative: the paper does not publish this combination.",
        "Patients at risk",
        "Months since randomisation",
    ):
        assert part in words, part
    for row in dashboard.csv("survival-summary", query):
        assert f"{row['group']}: n = {row['n']}, {row['events']} events" in words


def test_nothing_can_be_saved_where_nobody_is_in_view(dashboard):
    dashboard.open("study=edges&age=200..300")
    expect(dashboard.page.get_by_role("button", name="SVG")).to_be_hidden()
    assert dashboard.page.get_by_role("button", name="PNG").count() == 0


def test_the_png_is_a_picture_of_twice_the_size(dashboard, tmp_path):
    dashboard.open("study=edges&by=none")
    path = saved(dashboard, tmp_path, "PNG")
    assert path.name == "edges-survival-os.png"
    content = path.read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", content[16:24])
    assert width == 2200
    assert height > 1100


def test_the_links_to_the_numbers_are_those_of_the_view(dashboard, tmp_path):
    dashboard.open(f"{SORAMIC}&bclc=c")
    dashboard.level("pvi", "yes").check()
    query = f"{SORAMIC}&bclc=c&pvi=yes"
    dashboard.at(query)
    link = dashboard.page.get_by_role("link", name="CSV: Summary")
    expect(link).to_have_attribute("href", f"/download/survival-summary.csv?{query}")
    with dashboard.page.expect_download() as download:
        link.click()
    path = tmp_path / "summary.csv"
    download.value.save_as(path)
    first = path.read_text("utf-8").splitlines()[1].split(",")
    assert first[:3] == [
        dashboard.csv("survival-summary", query)[0][k] for k in ("group", "n", "events")
    ]


def test_the_second_witness_agrees(dashboard):
    dashboard.open(f"{SORAMIC}&bclc=c")
    page = dashboard.page
    page.get_by_role("button", name="How was this computed?").click()
    witness = page.locator("#witness")
    expect(witness).to_contain_text("Both agree.", timeout=20_000)
    drawer = page.get_by_role("dialog", name="How was this computed?")
    expect(drawer).to_contain_text('conf.type = "log"')
    expect(drawer).to_contain_text("KaplanMeierFitter")
    page.keyboard.press("Escape")
    expect(witness).to_be_hidden()


def test_the_data_table_opens_and_closes_by_keyboard(dashboard):
    dashboard.open(SORAMIC)
    page = dashboard.page
    page.get_by_role("button", name="Data table").focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog", name="Data table")
    expect(drawer.locator("caption").first).to_have_text("RE + sorafenib (n = 73, 66 events)")
    rows = dashboard.csv("km", SORAMIC)
    expect(drawer.locator("tbody tr")).to_have_count(len(rows))
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()


def test_without_an_answer_the_old_figure_is_not_shown_as_current(dashboard, watch):
    dashboard.open(SORAMIC)
    page = dashboard.page
    # The browser reports the request that is cut off here, and Dash the answer that is missing.
    watch.allow(r"^console error: Failed to load resource: net::ERR_FAILED$")
    watch.allow(r"^console error: Error: Callback failed: the server did not respond\.")
    page.route(UPDATES, lambda route: route.abort())
    dashboard.level("bclc", "c").check()
    expect(page.locator("body[data-pending]")).to_be_attached()
    # At first a mark says that an answer is awaited.
    expect(page.locator(".working")).to_be_visible()
    stale, old = page.locator(".stale"), page.locator(".columns")
    # What follows comes after eight seconds, which are not spent here.
    for one in (stale, old):
        expect(one).to_have_css("animation-delay", "8s")
    expect(stale).to_be_hidden()
    for one in (stale, old):
        one.evaluate("one => one.getAnimations().forEach(animation => animation.finish())")
    expect(old).to_have_css("opacity", "0.25")
    expect(stale).to_be_visible()
    expect(stale).to_contain_text("what is shown is not for these filters")
    page.unroute(UPDATES)
    # A refusal says why at once, and what is shown pales at once.
    watch.allow(r"^console error: Failed to load resource: .* status of 503")
    watch.allow(r"^console error: \{message: Callback error updating view-answer")
    page.route(UPDATES, lambda route: route.fulfill(status=503, body="Try again in a minute."))
    dashboard.level("sex", "male").check()
    expect(page.get_by_text("Try again in a minute.")).to_be_visible()
    expect(old).to_have_css("opacity", "0.25")
    page.unroute(UPDATES)
    dashboard.level("sex", "male").uncheck()
    dashboard.level("pvi", "yes").check()
    query = f"{SORAMIC}&bclc=c&pvi=yes"
    dashboard.at(query)
    dashboard.shows(query)
    expect(stale).to_be_hidden()


def test_a_slow_answer_never_replaces_a_later_one(dashboard):
    """Two quick clicks, and the answer to the first one comes last."""
    dashboard.open(SORAMIC)
    page = dashboard.page
    held = []

    def hold_the_first(route):
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route(UPDATES, hold_the_first)
    dashboard.level("bclc", "c").check()
    expect(page.locator("body[data-pending]")).to_be_attached()
    dashboard.level("bclc", "c").uncheck()
    dashboard.level("sex", "male").check()
    query = f"{SORAMIC}&sex=male"
    first, last = (
        dashboard.csv("survival-summary", q)[0]["n"] for q in (f"{SORAMIC}&bclc=c", query)
    )
    assert first != last
    expect(dashboard.cell("RE + sorafenib", "n")).to_have_text(last)
    assert held, "no answer was held back, so that none came late"
    page.evaluate(NOTE_NUMBERS)
    with page.expect_response(UPDATES):
        held[0].continue_()
    dashboard.at(query)
    dashboard.shows(query)
    assert page.evaluate("window.numbersSeen") == []


def test_what_is_printed_stands_under_what_was_recomputed(dashboard):
    dashboard.open("study=nct01900002&endpoint=os&by=cirrhosis")
    rows = dashboard.page.locator("#survival-numbers table").first.locator("tbody tr")
    expect(rows.nth(1).locator("th")).to_have_text("as printed")
    ours, printed = (
        rows.nth(i)
        .locator("td")
        .evaluate_all("all => all.map(e => e.getBoundingClientRect().right)")
        for i in (0, 1)
    )
    assert rows.nth(1).locator("th").inner_text() == "as printed"
    assert printed == ours
