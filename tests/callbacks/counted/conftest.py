"""Made-up studies in memory and as counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.study import Study
from tests.callbacks.counted.same import Both
from tests.shipped import load_catalog
from tests.studies.many import many


@pytest.fixture(scope="package")
def large(tmp_path_factory) -> Both:
    """2,300 patients in two arms: permutations have their limit in memory too."""
    return Both(many(tmp_path_factory.mktemp("many") / "many2", 2, 2300))


@pytest.fixture(scope="package")
def two_arms(tmp_path_factory) -> Both:
    return Both(many(tmp_path_factory.mktemp("many") / "many2", 2, 600))


@pytest.fixture(scope="package")
def three_arms(tmp_path_factory) -> Both:
    return Both(many(tmp_path_factory.mktemp("many") / "many3", 3, 450))


@pytest.fixture(scope="package")
def soramic() -> Both:
    """A small study as it is, without what only its publication says."""
    return Both(bare(load_catalog().study("soramic")))


def bare(study: Study) -> Study:
    """A study that is held against no publication."""
    return replace(study, evidence=None, reconstructions=(), provenance="simulated")


@pytest.fixture
def always_the_limit(monkeypatch):
    """In memory as of counts, however few the patients are."""
    for module in ("permutation", "min_p", "balance_chance"):
        monkeypatch.setattr(f"analysis.{module}.MOST_PERMUTED", 0)
