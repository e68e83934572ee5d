"""The pages of the registry in each engine: every file as of the same patients in memory."""

from __future__ import annotations

from dataclasses import replace

import pytest

from callbacks.memory import Memory
from data.study import Study
from tests.callbacks.counted.same import Both

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


def _of_counting(said: str) -> bool:
    """Whether a difference is that a study says where it was counted."""
    return said.startswith(("words:", "method:")) and "Counted in the database" in said
