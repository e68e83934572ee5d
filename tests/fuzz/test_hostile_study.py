"""A study whose every word is a piece of HTML: shown as words, on all pages and in all files."""

from __future__ import annotations

import re
import shutil

import pytest

import app as application
from callbacks.pages import PAGES
from data.catalog import SHIPPED, load_catalog
from settings import Settings
from tests.fuzz.inputs import Links, drawn, written
from tests.fuzz.test_pages import POST, page_body
from tests.fuzz.watch import MARK, guarded, quiet_log, sound
from tests.studies.edges import write_studies
from tests.views import PANELS

TAG = f"<img src=x onerror={MARK}>"
# Words that stand in study.toml only; names of levels stand in the tables too.
WORDS = (
    "title",
    "tagline",
    "design",
    "question",
    "citation",
    "name",
    "event_name",
    "curve",
    "origin",
    "meaning",
    "short",
    "provenance_note",
    "differs",
    "disclosure",
    "what",
    "published",
    "made",
    "note",
    "caution",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The edge study with tags in all words, and the shipped ones with tags in most."""
    root = write_studies(tmp_path_factory.mktemp("hostile"))
    _spoil(root / "edges", (*WORDS, "label"))
    for path in SHIPPED.iterdir():
        made = root / f"x-{path.name}"
        shutil.copytree(path, made)
        _spoil(made, WORDS)
        text = (made / "study.toml").read_text("utf-8")
        (made / "study.toml").write_text(text.replace(f'id = "{path.name}"', f'id = "{made.name}"'))
    return root


def _spoil(folder, keys) -> None:
    path = folder / "study.toml"
    pattern = re.compile(rf'\b({"|".join(keys)}) = "([^"\n]+)"')
    text, number = pattern.subn(rf'\1 = "\2 {TAG}"', path.read_text("utf-8"))
    assert number > 5
    path.write_text(text, "utf-8")


def test_every_word_is_shown_as_a_word(folder):
    catalog = load_catalog(folder)
    hostile = [study for study in catalog.studies if TAG in study.title]
    assert len(hostile) >= 3, [one.sentence for broken in catalog.broken for one in broken.problems]
    app = application.create_app(Settings(studies_dir=folder))
    client = app.server.test_client()
    links = Links(catalog, drawn("pages")[0])
    escaped = 0
    with quiet_log():
        for study in hostile:
            for page in [page.id for page in PAGES] * 2:
                query = written(links.query_of(study, page, 0), drawn("files")[0])
                with guarded():
                    answer = client.post(POST, json=page_body(app, page, {"search": query}))
                    escaped += sound(answer, query).count("&lt;img src")
                data = {"search": query, "wanted": "svg"}
                with guarded():
                    answer = client.post(POST, json=page_body(app, page, data, "picture"))
                    sound(answer, query)
            for name in ("table", "method"):
                data = {"search": f"?study={study.id}", "wanted": name}
                with guarded():
                    answer = client.post(POST, json=page_body(app, "survival", data, "drawer"))
                    sound(answer, name)
            for panel in PANELS:
                answer = client.get(f"/download/{panel}.csv?study={study.id}")
                sound(answer, panel)
                assert MARK not in answer.headers.get("Content-Disposition", "")
            sound(client.get(f"/glossary?study={study.id}"))
    assert escaped > 100
