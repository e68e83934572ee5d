"""Studies in memory and without their rows, behind applications that are made once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from callbacks.pages import OPTION_NAMES
from data.catalog import Catalog, load_catalog
from data.minima import Disclosure
from tests.disclosure.guarded import write_guarded
from tests.pages.counted.both import Both, both, grown
from tests.studies.safety import write_events

LARGE = 2_300


@pytest.fixture(scope="package")
def together(tmp_path_factory) -> Catalog:
    """The shipped studies, made-up ones with adverse events, protected ones, and a large one.

    ``open`` is ``guarded`` without minima; ``open-grown`` and ``guarded-grown`` are large.
    """
    folder = tmp_path_factory.mktemp("counted")
    write_events(folder)
    write_guarded(folder)
    found = load_catalog(folder, reserved=frozenset().union(*OPTION_NAMES.values()))
    assert not found.broken
    guarded = found.study("guarded")
    free = replace(guarded, id="open", disclosure=Disclosure())
    more = (free, grown(free, LARGE), grown(guarded, LARGE))
    return Catalog((*found.studies, *more), ())


@pytest.fixture(scope="package")
def apps(together) -> Both:
    """Both applications over all of them."""
    return both(*together.studies)


@pytest.fixture(autouse=True)
def in_the_limit(monkeypatch) -> None:
    """In memory too the limit of permutations is taken whatever the number of patients.

    For one test at a time: others may come in between.
    """
    monkeypatch.setattr("analysis.balance_chance.MOST_PERMUTED", 0)
