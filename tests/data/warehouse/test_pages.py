"""The pages of the registry in each engine: every file as of the same patients in memory."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest

from callbacks.memory import Memory
from data.cohort import Cohort, Filter
from data.people import cohort_n, level_sizes
from data.study import Study
from data.warehouse.question import SITE
from tests.callbacks.counted.conftest import as_levels
from tests.callbacks.counted.same import Both
from tests.data.warehouse.conftest import ALL

VIEWS = (
    ("survival", ""),
    ("survival", "by=stage&endpoint=pfs&ecog=0,1"),
    ("survival", "by=age&endpoint=either&afp=20..500,missing"),
    ("survival", "by=cirrhosis&endpoint=any"),
    ("subgroups", ""),
    ("subgroups", "endpoint=first&stage=a,b"),
    ("arms", ""),
    ("arms", "endpoint=pfs&set=staged"),
    ("overview", ""),
    ("safety", ""),
)
FACTORS = ("", "model=p&endpoint=pfs", "model=stage,age,afp&order=p")


class Held(Both):
    """A study in memory, and the same in a database."""

    def __init__(self, study: Study, counted: Study):
        self.studies = (study, counted)
        self.memories = [Memory((one,)) for one in self.studies]


@pytest.mark.parametrize(("page", "query"), VIEWS)
def test_every_file(in_memory, database, page, query, monkeypatch):
    for module in ("permutation", "min_p", "balance_chance"):
        # Some of these cohorts are small; counts have the limit of permutations only.
        monkeypatch.setattr(f"analysis.{module}.MOST_PERMUTED", 0)
    # What is said of single patients who contradict themselves needs rows.
    held = Held(replace(in_memory, notes=()), database)
    found = [one for one in held.differences(page, query) if not _of_counting(one)]
    assert found == []


@pytest.mark.parametrize(("page", "query"), VIEWS if ALL else VIEWS[1::4])
def test_every_file_of_three_sites(in_memory, of_three, page, query, monkeypatch):
    """In memory the site is one more variable of every patient."""
    for module in ("permutation", "min_p", "balance_chance"):
        monkeypatch.setattr(f"analysis.{module}.MOST_PERMUTED", 0)
    site = (np.arange(in_memory.n) % 3).astype(np.int8)
    codes = MappingProxyType({**in_memory.codes, SITE: site})
    known = replace(in_memory, notes=(), variables=of_three.variables, codes=codes)
    held = Held(known, of_three)
    found = [one for one in held.differences(page, query) if not _of_counting(one)]
    assert found == []


@pytest.mark.parametrize("query", FACTORS)
def test_prognostic_factors(in_memory, database, query, monkeypatch):
    for module in ("permutation", "min_p"):
        monkeypatch.setattr(f"analysis.{module}.MOST_PERMUTED", 0)
    # From counts numbers enter by their ranges.
    ranges = tuple(map(as_levels, in_memory.variables))
    held = Held(replace(in_memory, notes=(), variables=ranges), database)
    found = [one for one in held.differences("prognostic", query) if not _of_counting(one)]
    assert found == []


def test_patients_of_the_rail_and_the_cohort_line(in_memory, database):
    """The same counts beside every level, for every filter."""
    for filters in ((), (Filter("stage", ("a", "b")),)):
        cohort = Cohort(in_memory.id, in_memory.default_set.id, filters)
        other = replace(cohort, study=database.id)
        assert cohort_n(database, other) == cohort_n(in_memory, cohort)
        for one in in_memory.variables:
            ours = level_sizes(in_memory, cohort, one.id)
            assert list(level_sizes(database, other, one.id)) == list(ours), one.id


def _of_counting(said: str) -> bool:
    """Whether a difference is that a study says where it was counted."""
    return said.startswith(("words:", "method:")) and "Counted in the database" in said
