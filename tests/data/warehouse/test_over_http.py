"""A registry in a folder whose patients are in Parquet, over HTTP: every file as of its rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.catalog import Catalog
from data.importing.toml import written
from data.load import load_study
from tests.data.warehouse.put import declared
from tests.pages.counted.both import application_over, same_csv
from tests.studies import registry
from tests.views import BY_ID

PAGES = ("overview", "survival", "safety")


@pytest.fixture(scope="module")
def clients(in_memory, sources, tmp_path_factory):
    """Of the study in memory, and of the folder with `[source]`."""
    folder = tmp_path_factory.mktemp("folder") / "registry"
    folder.mkdir()
    raw = declared(registry.STUDY, sources["duckdb"]).raw
    (folder / "study.toml").write_text(written(raw), "utf-8")
    studies = (replace(in_memory, notes=()), load_study(folder))
    return [application_over(Catalog((one,), ())).server.test_client() for one in studies]


@pytest.mark.parametrize("page", PAGES)
def test_every_file(clients, page):
    for panel in BY_ID[page].files:
        texts = []
        for client in clients:
            found = client.get(f"/download/{panel}?study=registry&stage=a,b")
            assert found.status_code == 200, (panel, found.get_data(as_text=True))
            texts.append(_rows(found.get_data(as_text=True)))
        same_csv(*texts)


def _rows(text: str) -> str:
    """Without the lines about where the numbers come from."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("#"))
