"""README.md and docs/contributing.md say what is there: pages, files and places."""

from __future__ import annotations

import re

from callbacks.pages import SERVED
from tests.house.files import ROOT

README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "docs" / "contributing.md").read_text("utf-8")


def test_the_table_of_pages_is_that_of_the_tabs():
    table = README.split("| page | what it answers |")[1].split("\n\n")[0]
    rows = re.findall(r"^\| ([^|-]+) \| ([^|]+) \|$", table, re.M)
    assert rows == [(one.page.label, one.page.question) for one in SERVED]


def test_every_file_is_described():
    table = README.split("| panel | columns |")[1].split("\n\n")[0]
    described = set(re.findall(r"`([a-z-]+\.csv)`", table.replace("columns of `km.csv`", "")))
    assert described == {name for one in SERVED for name in one.files}


def test_places_that_are_named_exist():
    named = re.findall(
        r"`((?:analysis|assets|callbacks|data|layouts|tests)/[\w./-]+)`", CONTRIBUTING
    )
    assert len(named) > 15
    assert not [place for place in named if not (ROOT / place).exists()]
