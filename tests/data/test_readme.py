"""data/README.md says what is true: its example loads, its tables and lists are the code's."""

import re
from pathlib import Path

import pytest

import data
from callbacks.pages import OPTION_NAMES
from data.address import default_view, read_address, search
from data.catalog import load_catalog
from data.checking.keys import Keys
from data.checking.slug import slug
from data.declaration import read_declaration
from data.grammar import GRAMMAR
from data.load import load_study

README = (Path(data.__file__).parent / "README.md").read_text("utf-8")
PAGES = {"survival": frozenset({"ci"})}


def block(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", README, re.M | re.S)
    return found


def section(heading: str) -> str:
    (found,) = re.findall(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", README, re.M | re.S)
    return found


@pytest.fixture
def example(tmp_path) -> Path:
    folder = tmp_path / "my-study"
    folder.mkdir()
    (folder / "study.toml").write_text(block("toml"), "utf-8")
    (folder / "patients.csv").write_text(block("csv"), "utf-8")
    return folder


def test_the_minimal_example_loads(example):
    study = load_study(example)
    assert study.n == 6
    assert [variable.id for variable in study.variables] == ["bclc", "age-years"]
    assert study.codes["bclc"].tolist() == [0, 1, 1, -1, 0, 1]
    assert study.outcomes["os"].event.sum() == 4
    assert search(default_view(study, "survival"), study) == "?study=my-study"
    catalog = load_catalog(example.parent)
    assert catalog.broken == ()
    reading = read_address("/survival", "?study=my-study&by=bclc", catalog, PAGES)
    assert (reading.view.by, reading.notes) == ("bclc", ())


def test_the_minimal_example_is_minimal(example):
    text = (example / "study.toml").read_text("utf-8")
    # The unit only makes the example readable.
    lines = [line for line in text.splitlines() if "=" in line and not line.startswith("unit")]
    for line in lines:
        (example / "study.toml").write_text(text.replace(f"{line}\n", "", 1), "utf-8")
        catalog = load_catalog(example.parent)
        assert [broken.id for broken in catalog.broken] == ["my-study"], line


SECTIONS = (
    "patients",
    "disclosure",
    "endpoints",
    "variables",
    "arms",
    "analysis_sets",
    "similar",
    "presets",
    "tables",
    "published_subgroups",
    "response",
    "competing",
    "causes",
    "regression",
    "plan",
    "flow",
    "adverse_events",
    "adverse_events.presets",
    "doses",
    "lesions",
    "dosimetry",
    "prescription",
    "evidence",
    "evidence.tolerance",
    "evidence.provenance",
)
SINGLE = {
    "patients",
    "disclosure",
    "response",
    "competing",
    "regression",
    "plan",
    "similar",
    "adverse_events",
    "lesions",
    "dosimetry",
    "prescription",
    "evidence",
    "evidence.tolerance",
}


def test_the_described_keys_are_those_that_are_read(declared, monkeypatch):
    read: dict[str, set[str]] = {}

    def note(keys: Keys) -> None:
        read.setdefault(keys.where.partition("[")[0], set()).update(keys.seen)

    monkeypatch.setattr(Keys, "finish", note)
    # Levels are tables of their own, described in words.
    declared["variables"] = [v | {"levels": []} for v in declared["variables"]]
    # Every way to say when an event was.
    declared["endpoints"] += [
        {"start": "a", "end": "b", "event": "c"},
        {"start": "a", "event_date": "b", "last_contact": "c"},
        {"first_of": ["os", "pps"]},
    ]
    declared |= {"reconstructions": "more.csv", "evidence": {"cells": "c.csv", "provenance": [{}]}}
    declared["causes"] = [{}]
    declared["similar"] = {}
    declared["plan"] = {}
    read_declaration(declared, "base")
    outer = {name for name in SECTIONS if "." not in name}
    described = {"": outer | keys_of("Head of the file")}
    described |= {
        name: keys_of(f"`[{name}]`" if name in SINGLE else f"`[[{name}]]`") for name in SECTIONS
    }
    for name in ("patients", "tables"):
        described[name] |= keys_of("Keys of a file")
    assert read == described


def keys_of(heading: str) -> set[str]:
    return set(re.findall(r"^\| `([\w ]+)` \|", section(heading), re.M))


def test_examples_of_ids():
    rows = re.findall(r"^\| (.+?) \| `(.+?)` \|$", section("How a label becomes an id"), re.M)
    assert len(rows) >= 5
    for label, made in rows:
        assert slug(label) == made


def test_reserved_ids_are_listed():
    (listed,) = re.findall(r"^Ids that no variable may have.*?: (.*)\.$", README, re.M)
    assert set(re.findall(r"`([a-z-]+)`", listed)) == GRAMMAR.union(*OPTION_NAMES.values())


def test_example_links_are_understood(catalog):
    links = re.findall(r"^\| `(/.+?)` \|", section("Links"), re.M)
    assert len(links) >= 5
    for link in links:
        pathname, mark, rest = link.partition("?")
        reading = read_address(pathname, mark + rest, catalog, PAGES)
        assert reading.notes == (), link
        assert reading.view is not None
