"""What a reader copies arrives on the clipboard, with https and without."""

from __future__ import annotations

import struct

import pytest
from playwright.sync_api import expect

SORAMIC = "study=soramic&endpoint=os&bclc=c"
PROVENANCE = "Reconstructed from published tables — not patient records; see the page Evidence"
READ = """async () => {
  const [item] = await window.held.read();
  const found = {};
  for (const type of item.types) {
    const part = await item.getType(type);
    found[type] = type === "image/png"
      ? Array.from(new Uint8Array(await part.slice(0, 24).arrayBuffer())) : await part.text();
  }
  return found;
}"""


@pytest.fixture
def page(dashboard):
    """A page whose clipboard can be read, also where the page itself has none."""
    page = dashboard.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    dashboard.open(SORAMIC)
    page.evaluate("window.held = navigator.clipboard")
    yield page
    page.evaluate("delete navigator.clipboard")
    page.context.clear_permissions()


def copy(page, what: str) -> dict:
    """Click the button; what is on the clipboard then."""
    page.get_by_role("button", name=f"Copy {what}").click()
    expect(page.locator(".copied")).to_have_text(f"Copied the {what}.")
    return page.evaluate(READ)


def is_the_table(page, found: dict) -> None:
    lines = found["text/plain"].splitlines()
    assert lines[0].startswith("SORAMIC substudy · overall survival · all analysed · BCLC C")
    assert lines[-1] == PROVENANCE
    (head,) = [line for line in lines if line.startswith("Treatment arm\t")]
    (row,) = [line for line in lines if line.startswith("Sorafenib\t75\t")]
    assert len(row.split("\t")) == len(head.split("\t")) == 4
    html = found["text/html"]
    for part in ("<table", ">Sorafenib</th>", ">75</td>", f"{PROVENANCE}</p>"):
        assert part in html
    assert "<script" not in html
    assert "class=" not in html


def test_sentence_table_and_picture(page):
    said = page.locator("#survival-sentence").inner_text().replace("\N{NO-BREAK SPACE}", " ")
    text = copy(page, "sentence")["text/plain"]
    assert text.splitlines()[0] == said
    assert text.splitlines()[-1] == PROVENANCE
    is_the_table(page, copy(page, "table"))
    head = bytes(copy(page, "picture")["image/png"])
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    # As it is saved: of double size.
    assert struct.unpack(">I", head[16:20]) == (2200,)
    link = page.get_by_role("link", name="Text", exact=True).get_attribute("href")
    assert link == f"/words/survival?{SORAMIC}"


def test_without_https(page):
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { configurable: true })")
    is_the_table(page, copy(page, "table"))
    assert PROVENANCE in copy(page, "sentence")["text/html"]
    button = page.get_by_role("button", name="Copy picture")
    button.click()
    expect(page.locator(".copied")).to_have_text(
        "A picture can be copied only under https. Save it as PNG and insert the file."
    )
    expect(button).to_be_focused()
