"""Nothing runs over the edge: every page with what needs most room, on a few of the screens.

``make layout`` looks at all studies, filters and screens with the same eyes; see ``layout_grid``.
"""

from __future__ import annotations

import pytest

from data.catalog import load_catalog
from tests.browser.conftest import serving
from tests.browser.dashboard import Dashboard
from tests.browser.layout_grid import faults, look, write_layout_studies
from tests.browser.layout_states import SCREENS, awkward, states
from tests.browser.tab import Tab

# A telephone, the smallest desktop and paper find nearly all that the other screens do.
LOOKED_AT = tuple(one for one in SCREENS if one.name in ("1280", "paper", "390"))
HARDEST = (
    "long2 overview",
    "long3 overview",
    "long3 survival by v5",
    "many40 survival by g",
    "long2 subgroups",
    "long2 arms effect",
    "long2 arms balance",
    "long2 arms competing",
    "long2 arms response",
    "long2 prognostic",
    "long2 response best",
    "long2 response by",
    "long2 response landmark",
    "long2 safety",
    "simresp2 dosimetry agreement",
    "long2 context",
    "soramic evidence cells",
    "soramic evidence made",
    "soramic subgroups",
    "large survival by v5",
)


@pytest.fixture(scope="module")
def wide(chromium, tmp_path_factory):
    """A dashboard over the studies that need room, and their states by name."""
    root = write_layout_studies(tmp_path_factory.mktemp("wide"))
    found = {one.name: one for study in load_catalog(root).studies for one in states(study)}
    with serving(root, tmp_path_factory.mktemp("server") / "log.txt") as server:
        tab = Tab(chromium, server, "light")
        yield Dashboard(tab), found
        tab.close()


@pytest.mark.parametrize("name", HARDEST)
def test_everything_keeps_to_its_place(wide, name):
    dashboard, found = wide
    assert look(dashboard, found[name], LOOKED_AT) == {}


def test_the_eyes_see_what_is_wrong(wide):
    """Each kind of fault, put on a page on purpose."""
    dashboard, _ = wide
    dashboard.page.set_viewport_size({"width": 1280, "height": 800})
    dashboard.open("study=soramic")
    screen = SCREENS[0]
    assert faults(dashboard.page, screen) == []
    put = "html => document.querySelector('.footnote').innerHTML = html"
    for kind, html in {
        "wide": '<div style="width:2000px">x</div>',
        "past": '<span style="display:block;width:300px"><i style="display:block;width:350px">x',
        "cut": '<span style="display:block;overflow:hidden;width:20px">Radioembolization</span>',
        "sideways": '<div style="overflow-x:auto;width:90px"><p style="width:200px">x</p></div>',
        "overlap": '<p>One</p><p style="margin-top:-24px">Two</p>',
        "ellipsis": "A long na…",
    }.items():
        dashboard.page.evaluate(put, html)
        assert kind in {fault.partition(":")[0] for fault in faults(dashboard.page, screen)}


SIZES = """() => {
  const sizes = new Set(), weights = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    if (!node.data.trim() || holder.closest("svg, script, style") || !holder.checkVisibility()) {
      continue;
    }
    const style = getComputedStyle(holder);
    sizes.add(parseFloat(style.fontSize));
    weights.add(style.fontWeight);
  }
  return [[...sizes], [...weights]];
}"""


@pytest.mark.parametrize("name", ["soramic overview", "soramic arms effect", "nct01900002 safety"])
def test_five_sizes_and_three_weights(wide, name):
    dashboard, found = wide
    dashboard.page.set_viewport_size({"width": 1440, "height": 900})
    path, _, query = found[name].address(present=False).partition("?")
    dashboard.open(query, path)
    sizes, weights = dashboard.page.evaluate(SIZES)
    assert {*sizes} <= {12, 13, 14, 16, 22}
    assert {*weights} <= {"400", "500", "600"}


def test_awkward_filters_are_awkward():
    """Each study has its six kinds of filters, as far as its variables have such."""
    study = load_catalog().study("soramic")
    found = awkward(study)
    assert list(found) == ["rare", "several", "longest", "empty", "one arm", "common"]
    state = next(one for one in states(study) if one.name == "soramic survival, empty")
    assert len(found["several"]) == 4
    assert state.view.cohort.filters == found["empty"]
