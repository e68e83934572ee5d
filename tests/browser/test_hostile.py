"""A study whose words are markup: a browser shows them and does nothing that they say."""

from __future__ import annotations

import json
import re
import shutil
import time

import pytest
from playwright.sync_api import expect

from data.live import QUIET
from tests.studies.edges import PATIENTS, TOML

# Whatever of it ran, loaded or could be followed would be seen: by a name in the window, by a
# request that the watch does not allow, or by another address.
HOSTILE = (
    '<img src="https://elsewhere.test/i" onerror="window.ran = 1"><script>window.ran = 1</script>'
    '<a href="https://elsewhere.test/">link</a><b>bold</b>%{x}\u202e '
)
LEVELS = 'levels = [{ value = "A", label = "A", id = "a" }, { value = "B", label = "B", id = "b" }]'
WORDS = "title|tagline|design|question|name|event_name|curve|origin|competing|label|meaning|unit"


@pytest.fixture
def hostile(server, studies_dir):
    """The folder of a study that the server has not seen at its start."""
    spoilt = re.sub(
        rf'\b({WORDS}) = "([^"\n]+)"',
        lambda found: f"{found[1]} = {json.dumps(HOSTILE + found[2])}",
        TOML.replace('id = "edges"', 'id = "hostile"').replace('levels = ["A", "B"]', LEVELS),
    )
    folder = studies_dir / "hostile"
    folder.mkdir()
    (folder / "study.toml").write_text(spoilt, "utf-8")
    (folder / "patients.csv").write_text(PATIENTS, "utf-8")
    time.sleep(QUIET + 0.1)
    yield folder
    shutil.rmtree(folder)
    time.sleep(QUIET + 0.1)


def test_nothing_that_a_study_says_is_done(dashboard, hostile):
    page = dashboard.page
    said = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    for path in ("/overview", "/survival", "/subgroups", "/arms", "/evidence"):
        dashboard.open("study=hostile", path)
        expect(page.locator("#page")).to_contain_text("<script>window.ran = 1</script>")
        assert page.locator("#page img, #page script, a[href*=elsewhere]").count() == 0
        if path == "/survival":
            graph = page.locator("#survival-graph .nsewdrag").first
            graph.hover(position={"x": 80, "y": 60})
            expect(page.locator("#survival-graph .hoverlayer text").first).to_be_attached()
            assert page.locator("#survival-graph .hoverlayer a").count() == 0
            read = page.locator("#survival-graph .hoverlayer").text_content()
            assert "<b>bold</b>%{x}" in read
            assert re.match(r"\d+\.\d months", read), "what plotly fills in is filled in"
        assert page.url.endswith(f"{path}?study=hostile")
        assert page.evaluate("window.ran") is None
    assert said == []
    assert len(page.context.pages) == 1
