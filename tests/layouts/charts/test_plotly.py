"""The smaller library that draws: the right version, unchanged, and enough for every figure."""

from __future__ import annotations

import ast
import hashlib
import re

import plotly.graph_objs
import pytest
from plotly.basedatatypes import BaseTraceType
from plotly.offline import get_plotlyjs_version

from tests.house.files import ROOT, modules

VENDOR = ROOT / "assets" / "vendor"
(BUNDLE,) = VENDOR.glob("plotly-basic-*.min.js")
TEXT = BUNDLE.read_text("utf-8")
# Every kind of trace that plotly knows.
KINDS = {
    name.lower()
    for name in plotly.graph_objs.__all__
    for kind in [getattr(plotly.graph_objs, name)]
    if isinstance(kind, type) and issubclass(kind, BaseTraceType)
}


def drawn_by(text: str) -> set[str]:
    """The kinds of traces that a bundle can draw."""
    return set(re.findall(r'moduleType:"trace",name:"(\w+)"', text))


def kinds_in(tree: ast.AST) -> set[str]:
    """Kinds of traces that code writes as the ``type`` of a dict."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if getattr(key, "value", None) == "type" and isinstance(value, ast.Constant):
                    found.add(value.value)
    return found & KINDS


def test_it_is_of_the_version_that_dash_brings():
    version = get_plotlyjs_version()
    assert BUNDLE.name == f"plotly-basic-{version}.min.js"
    assert f"plotly.js (basic - minified) v{version}" in TEXT[:200]


def test_it_is_unchanged_and_its_licence_is_beside_it():
    lines = (VENDOR / "checksums.txt").read_text("utf-8").splitlines()
    sums = {name: digest for digest, name in map(str.split, lines)}
    assert sums == {BUNDLE.name: hashlib.sha256(BUNDLE.read_bytes()).hexdigest()}
    assert "MIT" in (VENDOR / "LICENSE-plotly.txt").read_text("utf-8")


def test_it_draws_every_trace_that_is_used():
    used = set().union(*(kinds_in(module.tree) for module in modules() if module.room == "layouts"))
    assert {"scatter", "bar"} <= used
    assert used <= drawn_by(TEXT)


@pytest.mark.parametrize("kind", ["violin", "heatmap", "box"])
def test_a_trace_that_it_cannot_draw_would_be_noticed(kind):
    assert kinds_in(ast.parse(f'{{"type": "{kind}", "x": []}}')) == {kind}
    assert kind not in drawn_by(TEXT)


def test_it_comes_first_and_is_kept_for_a_year(client):
    page = client.get("/").text
    address = re.search(rf'src="(/assets/vendor/{re.escape(BUNDLE.name)}\?m=[^"]+)"', page)[1]
    answer = client.get(address, headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert "immutable" in answer.headers["Cache-Control"]
    assert len(answer.data) < 450_000
