"""Made-up studies in memory and as counts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from data.study import ARM, Study, Variable
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
def ranges(two_arms) -> Both:
    """In memory every number is its ranges, as it enters a regression from counts."""
    return _with_ranges(two_arms)


@pytest.fixture(scope="package")
def three_arms_ranges(three_arms) -> Both:
    return _with_ranges(three_arms)


def _with_ranges(both: Both) -> Both:
    study = both.studies[0]
    return Both(replace(study, variables=tuple(map(as_levels, study.variables))), study)


def as_levels(variable: Variable) -> Variable:
    """A number as the ranges that it is split into."""
    return replace(variable, kind="ordinal", log=False) if variable.is_number else variable


@pytest.fixture(scope="package")
def soramic() -> dict[str, Both]:
    """A small study as it is, without what only its publication says; by page."""
    return _by_page(Both(bare(load_catalog().study("soramic"))))


@pytest.fixture(scope="package")
def edge_both(edges) -> dict[str, Both]:
    """The study in which every awkward view occurs; by page."""
    return _by_page(Both(edges))


@pytest.fixture(scope="package")
def without_some_arms(two_arms) -> dict[str, Both]:
    """Every seventh patient has no arm; by page."""
    study = two_arms.studies[0]
    arm = np.where(np.arange(study.n) % 7 == 0, -1, study.codes[ARM])
    return _by_page(Both(replace(study, codes={**study.codes, ARM: arm})))


def _by_page(both: Both) -> dict[str, Both]:
    """Numbers enter regressions by their ranges on one page."""
    return dict.fromkeys(("survival", "arms", "subgroups"), both) | {
        "prognostic": _with_ranges(both)
    }


def bare(study: Study) -> Study:
    """A study that is held against no publication."""
    return replace(study, evidence=None, reconstructions=(), provenance="simulated")


@pytest.fixture
def always_the_limit(monkeypatch):
    """In memory as of counts, however few the patients are."""
    for module in ("permutation", "min_p", "balance_chance"):
        monkeypatch.setattr(f"analysis.{module}.MOST_PERMUTED", 0)
    monkeypatch.setattr("analysis.permutation.MAX_EXACT", 0)
