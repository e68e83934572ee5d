"""The one way to a page's numbers."""

from __future__ import annotations

import ast
import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest

from callbacks.disclosure.about import NotShown
from callbacks.disclosure.door import stated
from callbacks.memory import Memory
from callbacks.pages import OPTION_NAMES, SERVED
from data.address import default_view, read_address
from data.catalog import load_catalog
from data.minima import Disclosure
from layouts.shared.look import Look
from layouts.shared.theme import LIGHT

ROOT = Path(__file__).parents[3]
SHIPPED = load_catalog()
GUARDED = replace(
    SHIPPED.study("soramic"),
    disclosure=Disclosure(10, 5),
    single_patients=False,
    reconstructions=(),
)


def test_nobody_asks_a_page_but_the_door():
    askers = []
    for file in sorted((ROOT / "callbacks").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            called = getattr(node, "func", None)
            if isinstance(called, ast.Attribute) and called.attr in {"ask", "counted", "asked_of"}:
                askers.append(file.relative_to(ROOT).as_posix())
    assert set(askers) == {"callbacks/disclosure/door.py"}


# Every part of a page; the first is what it shows first.
PARTS = {
    "arms": (
        "",
        "show=balance",
        "show=adjusted",
        "show=time",
        "show=power",
        "show=competing",
        "show=response",
    ),
    "dosimetry": ("", "view=activity"),
    "response": ("", "view=depth", "view=course", "view=by", "view=landmark"),
    "survival": ("", "curve=incidence"),
    "subgroups": ("", "show=effect"),
    "overview": ("", "of=all"),
}
# Their curves have a step for each patient.
COURSES = {"lasting", "states"}
VIEWS = [(served, part) for served in SERVED for part in PARTS.get(served.page.id, ("",))]


@pytest.mark.parametrize(
    ("served", "part"), VIEWS, ids=[f"{one.page.id}-{part}" for one, part in VIEWS]
)
def test_every_part_of_every_page_has_a_rule(served, part):
    view = default_view(GUARDED, served.page.id)
    name, _, value = part.partition("=")
    view = view.with_options(**{name: value}) if part else view
    options, notes = served.page.read_options(GUARDED, view)
    assert not notes
    if served.page.id in COURSES:
        with pytest.raises(NotShown, match="is a day of one patient"):
            stated(Memory((GUARDED,)), served, GUARDED, view, options)
        return
    found = stated(Memory((GUARDED,)), served, GUARDED, view, options)
    assert served.words(found.context).sentence
    shown = served.show(found.context, Look(LIGHT, "standard", False))
    assert not re.search(r"\bnan\b", str(shown))
    if served.picture is not None:
        assert not re.search(r"\bnan\b", str(served.picture(found.context, "svg")))


def test_a_page_without_a_rule_states_nothing():
    unknown = replace(SERVED[0], ask=lambda *asked: object())
    with pytest.raises(NotShown, match="This page is not shown"):
        stated(Memory((GUARDED,)), unknown, GUARDED, default_view(GUARDED, "overview"), None)


@pytest.mark.parametrize("study", SHIPPED.studies, ids=lambda one: one.id)
def test_the_shipped_studies_are_what_they_were(study, client):
    """Nothing stands between what their pages ask and what leaves: words and files."""
    memory = Memory(SHIPPED.studies)
    assert not study.disclosure.protects
    assert study.disclosure == Disclosure(1, 1)
    for served in SERVED:
        page = served.page
        view = read_address(f"/{page.id}", f"?study={study.id}", SHIPPED, OPTION_NAMES).view
        options, _ = page.read_options(study, view)
        context = served.ask(memory, study, view, options)
        said = "".join(f"{line}\n" for line in served.words(context).all() if line)
        assert client.get(f"/words/{page.id}?study={study.id}").text == said
        for name, file in served.files.items():
            if file.read is not None:
                continue
            answer = client.get(f"/download/{name}?study={study.id}").text
            rows = [row for row in file.rows(context) if any(v is not None for v in row.values())]
            told = list(csv.DictReader(io.StringIO(answer)))
            assert len(told) == len(rows)
            for shown, free in zip(told, rows, strict=True):
                for column, value in free.items():
                    if isinstance(value, float) and value == value and abs(value) < 1e300:
                        assert float(shown[column]) == value
