"""A study whose every text is hostile: shown as text, on all pages and in all files."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

import app as application
from callbacks.pages import PAGES
from data.catalog import SHIPPED, Catalog
from data.load import read_study
from data.sources.folder import FolderSource
from settings import Settings
from tests.data.conftest import write_base
from tests.fuzz.hostile import HOSTILE, KnownKeys, Spoiling, leaves, spoil
from tests.fuzz.inputs import Links, drawn, written
from tests.fuzz.test_pages import POST, page_body
from tests.fuzz.watch import MARK, guarded, quiet_log, sound
from tests.studies.edges import write_studies
from tests.trees import components, parsed, text
from tests.views import BY_ID

# Keys of which no study has an example, because none of them is ever shown: how a file is read,
# and which cells of it mean what.
NOT_SHOWN = {
    "adverse_events.grades",
    "adverse_events.treatment_emergent",
    "causes[].column",
    "endpoints[].missing_codes",
    "patients.date_order",
    "patients.missing_codes",
    *(
        f"{table}.{key}"
        for table in ("patients", "tables[]")
        for key in ("decimal", "encoding", "separator", "sheet")
    ),
    "tables[].missing_codes",
    "tables[].patient",
}
# Presets of events and their categories hold terms to their words, printed tables the levels.
WITHOUT = ("adverse_events.presets", "dosimetry.toxicity_preset", "published_subgroups")
# What a figure may hold beside text.
MARKS = re.compile(r'</?b>|<br>|<span style="color:[#\w(),. ]+">|</span>|<extra></extra>')
NUMBER = re.compile(r"[-+]?\d+(\.\d+)?(e-?\d+)?|-?Inf")
TURNS = "\u202e"
TESTS_CASES = Path(__file__).parents[1] / "studies" / "cases"
# What the small studies do not have: other names of columns, cells and files, and which of a list a
# thing is. The categories of events are hostile as cells.
ELSEWHERE = (
    "adverse_events.categories[]",
    "adverse_events.onset_day",
    "adverse_events.presets[].id",
    "endpoints[].censored_values[]",
    "endpoints[].context",
    "endpoints[].end",
    "endpoints[].event_date",
    "endpoints[].event_date[]",
    "endpoints[].event_values[]",
    "endpoints[].first_of[]",
    "endpoints[].last_contact",
    "endpoints[].start",
    "dosimetry.toxicity_preset",
    "reconstructions",
    "response.depth_is",
    "response.time",
    "similar.windows.target-lesion-mm",
    "variables[].levels[]",
    "variables[].map",
    "variables[].missing_codes[]",
)


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory) -> dict[str, Spoiling]:
    """Small studies with as many kinds of parts as there are, and one that is shipped."""
    root = tmp_path_factory.mktemp("hostile")
    made = {
        "x-base": spoil(write_base(root / "base").path, WITHOUT),
        "x-tables": spoil(write_base(root / "tables").path, ("dosimetry.toxicity_preset",)),
        "x-leave": spoil(TESTS_CASES / "leave"),
        "x-edges": spoil(write_studies(root / "edges") / "edges"),
    }
    structure = frozenset().union(*(one.structure for one in made.values()))
    without = (*WITHOUT, "adverse_events.categories")
    made["x-nct"] = spoil(SHIPPED / "nct01900002", without, False, structure)
    # The name of a folder is an id, and ids are short ASCII.
    return {name: replace(one, study=replace(one.study, id=name)) for name, one in made.items()}


@pytest.fixture(scope="module")
def app(spoiled, tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    for name in spoiled:
        (folder / name).mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "callbacks.current.load_study_apart", lambda path, *_: spoiled[path.name].study
        )
        return application.create_app(Settings(studies_dir=folder))


def test_a_text_of_every_key_is_hostile_or_structure(spoiled, tmp_path, monkeypatch):
    """A key that is new is found here: give it to one of these studies."""
    known = KnownKeys(monkeypatch)
    folders = (
        write_base(tmp_path / "base").path,
        write_studies(tmp_path / "edges") / "edges",
        *(one.parent for one in SHIPPED.glob("*/study.toml")),
        *(one.parent for one in TESTS_CASES.glob("*/study.toml")),
    )
    for folder in folders:
        read_study(FolderSource(folder))
    assert known.asked - known.given == NOT_SHOWN & known.asked
    assert known.asked >= NOT_SHOWN
    hostile = frozenset().union(*(one.keys for one in spoiled.values()))
    assert len(hostile) >= 50
    tried = hostile.union(*(one.structure for one in spoiled.values()))
    texts = {
        place for folder in folders for place, *_ in leaves(FolderSource(folder).declaration())
    }
    assert sorted(_without_names(texts) - _without_names(tried)) == sorted(ELSEWHERE)


def test_it_is_shown_as_text(app, spoiled):
    client = app.server.test_client()
    catalog = Catalog(tuple(one.study for one in spoiled.values()))
    chance = drawn("pages")[0]
    links = Links(catalog, chance)
    seen = {"html": 0, "figure": 0, "svg": 0, "csv": 0, "words": 0}

    def asked(page: str, what: str, query: str, wanted: str = "") -> dict:
        data = {"search": query, "wanted": wanted}
        with guarded():
            answer = client.post(POST, json=page_body(app, page, data, what))
            text_ = sound(answer, query)
        if answer.status_code == 204:
            return {}
        return json.loads(text_)["response"][f"{what}-answer"]["data"]

    with quiet_log():
        for study in catalog.studies:
            for page in PAGES:
                plain = f"?study={study.id}"
                kinds = {plain: "svg"}
                if study.n < 10:
                    kinds[written(links.query_of(study, page.id, 0), chance)] = "png"
                for query, kind in kinds.items():
                    view = asked(page.id, "view", query)
                    for markup in (*view["frame"].values(), *view["places"].values()):
                        seen["html"] += only_text(markup)
                    seen["html"] += only_text(view["studies"])
                    seen["figure"] += drawn_as_text(view["figure"])
                    picture = asked(page.id, "picture", query, kind)
                    seen["svg"] += in_picture(picture)
                    said = client.get(f"/words/{page.id}{query}")
                    assert said.mimetype == "text/plain"
                    assert TURNS not in said.text
                    seen["words"] += said.text.count(MARK)
                    for file in BY_ID[page.id].files:
                        seen["csv"] += no_formula(client.get(f"/download/{file}{query}"))
                for name in BY_ID[page.id].drawers:
                    seen["html"] += only_text(asked(page.id, "drawer", plain, name)["body"])
            seen["html"] += only_text(client.get(f"/glossary?study={study.id}").text)
    assert min(seen.values()) > 50, seen


def only_text(markup: str) -> int:
    """How often HTML holds the hostile text, all of it as text."""
    tree = parsed(markup)
    for one in components(tree):
        assert MARK.lower() not in one.name
        assert one.name not in ("script", "iframe", "object") or not text(one)
        # The one form of the product, which sends nothing.
        assert one.name != "form" or one.attributes["class"] == "mine-form"
        for name, value in one.attributes.items():
            assert MARK.lower() not in name
            assert not name.startswith("on"), (name, value)
            if name in ("href", "src", "action", "style") and value:
                assert MARK not in value.partition("?")[0], (name, value)
                assert not value.strip().lower().startswith("javascript")
    assert TURNS not in text(tree)
    return text(tree).count(MARK)


def drawn_as_text(figure) -> int:
    """How often the texts of a figure hold it, with nothing that plotly would read as more."""
    count = 0
    for one in texts_of(figure):
        if MARK in one:
            count += 1
            assert "<" not in MARKS.sub("", one), one
            assert f"%{{{MARK}" not in one
        assert "%&#123;" not in one.replace(f"%&#123;{MARK}", ""), "plotly is to fill that in"
        assert TURNS not in one
    return count


def texts_of(part):
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list):
        for one in part.values() if isinstance(part, dict) else part:
            yield from texts_of(one)


def in_picture(answer: dict) -> int:
    """The same of what is saved: a figure, or a table that is an SVG already."""
    assert "failed" not in answer
    if not answer:
        return 0
    assert re.fullmatch("[a-zA-Z0-9-]+", answer["name"])
    if "svg" not in answer:
        return drawn_as_text(answer["figure"])
    tree = ElementTree.fromstring(answer["svg"])
    for one in tree.iter():
        assert MARK not in one.tag
        for name, value in one.attrib.items():
            assert not name.startswith("on")
            assert MARK not in name + value
    return "".join(tree.itertext()).count(MARK)


def no_formula(answer) -> int:
    """How often a file holds it, in no cell that a spreadsheet runs."""
    if answer.status_code != 200:
        assert answer.status_code in (400, 403)
        return 0
    assert MARK not in answer.headers["Content-Disposition"]
    for row in csv.reader(io.StringIO(answer.text)):
        for cell in row:
            assert cell[:1] not in ("=", "+", "-", "@") or NUMBER.fullmatch(cell), cell
            assert TURNS not in cell
    return answer.text.count(MARK)


def test_what_is_wrong_with_a_hostile_study_is_text(tmp_path, monkeypatch):
    folder = write_base(tmp_path / "own")
    path = folder.path / "patients.csv"
    sign = HOSTILE.replace('"', '""')
    path.write_text(path.read_text().replace("Stage C", f'"{sign}"').replace("afp_ng", f'"{sign}"'))
    toml = (folder.path / "study.toml").read_text()
    (folder.path / "study.toml").write_text(f"{json.dumps(MARK + '<b>')} = 1\n{toml}")
    folder.path.rename(folder.path.with_name(f"<{MARK} onerror=x>"))
    app = application.create_app(Settings(studies_dir=tmp_path / "own"))
    client = app.server.test_client()
    name = quote(f"<{MARK} onerror=x>")
    answer = client.post(POST, json=page_body(app, "survival", {"search": f"?study={name}"}))
    view = json.loads(answer.text)["response"]["view-answer"]["data"]
    assert only_text(view["frame"]["page"]) > 2
    assert only_text(view["studies"])


def _without_names(places: set[str]) -> set[str]:
    """Places without the keys that a study chooses itself, such as the variables of a filter."""
    return {re.sub(r"(filters|rule|map|event_dates|grades)\..*", r"\1", one) for one in places}
