"""What tests of several rooms share: the studies, an application over them, a client."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from hypothesis import settings

from callbacks.pages import OPTION_NAMES
from data.catalog import Catalog, load_catalog
from data.study import Study
from settings import Settings
from tests.shipped import read_once
from tests.studies.edges import write_studies
from tests.views import Views

ROOT = Path(__file__).parents[1]
# No example is wrong because the machine was busy.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
# Looking for garbage again and again among what all tests share took longer than what some of them
# do, such as parsing every module of the house. What they leave is found all the same, later.
gc.set_threshold(50_000, 50, 20)


def pytest_collection_finish():
    """What was imported stays, as in a server that has begun to serve."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def no_haste():
    """A change is waited for, however busy the machine is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("data.apart.folders.PATIENCE", 60.0)
        yield


@pytest.fixture(scope="session", autouse=True)
def shipped_once():
    """The catalogs and applications of all tests share the shipped studies."""
    with read_once():
        yield


@pytest.fixture(scope="session")
def studies_dir(tmp_path_factory) -> Path:
    """A folder with one more sound study and a broken one."""
    return write_studies(tmp_path_factory.mktemp("studies"))


@pytest.fixture(scope="session")
def all_studies(studies_dir) -> Catalog:
    """The shipped studies, the edge study and the broken one."""
    return load_catalog(studies_dir, reserved=frozenset().union(*OPTION_NAMES.values()))


@pytest.fixture(scope="session")
def edges(all_studies) -> Study:
    """The study in which every awkward view occurs."""
    return all_studies.study("edges")


@pytest.fixture(scope="session")
def views(all_studies) -> Views:
    """Survival views by address."""
    return Views(all_studies, "survival")


@pytest.fixture(scope="session")
def dash_app(studies_dir):
    """An application over all studies."""
    import app

    return app.create_app(Settings(studies_dir=studies_dir))


@pytest.fixture(scope="session")
def client(dash_app):
    """A client of that application's server, without a browser or a port."""
    return dash_app.server.test_client()


def pytest_terminal_summary(terminalreporter):
    """What a test has to say of how it passed, recorded under ``said``, stands at the end."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "said" and report.when == "call":
                terminalreporter.write_line(f"{report.nodeid}: {value}")
