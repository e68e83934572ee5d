"""What a protected study tells of a view is the same from counts as from rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from callbacks.disclosure.about import NotShown
from callbacks.disclosure.door import stated
from callbacks.pages import OPTION_NAMES
from data.address import read_address
from data.catalog import Catalog
from data.minima import Disclosure
from tests.callbacks.counted.same import Both, rows_apart
from tests.views import BY_ID

VIEWS = (
    ("survival", "by=stage&site=one&endpoint=ttp"),
    ("survival", "by=rare"),
    ("survival", "by=afp"),
    ("arms", "endpoint=ttp&stage=b,c"),
    ("arms", "show=balance&adjust=stage&stratify=site"),
    ("arms", "show=competing&endpoint=ttp"),
    ("subgroups", "stage=c&site=one"),
    ("prognostic", "model=stage,sex"),
)


@pytest.fixture(scope="module")
def held(two_arms) -> Both:
    return Both(replace(two_arms.studies[0], disclosure=Disclosure(20, 10)))


@pytest.mark.parametrize(("page", "query"), VIEWS)
def test_a_view(held, ranges, page, query, always_the_limit):
    both = held
    if page == "prognostic":
        rows = replace(ranges.studies[0], disclosure=Disclosure(20, 10))
        both = Both(rows, held.studies[0])
    one, other = (_told(study, memory, page, query) for study, memory in both.each())
    assert one[0] == other[0]
    for ours, theirs in zip(one[1:], other[1:], strict=True):
        assert rows_apart(ours, theirs) == []


def _told(study, memory, page: str, query: str) -> tuple:
    """What stands beside the view, and the rows of its files; or why there is nothing."""
    served = BY_ID[page]
    address = f"?study={study.id}&{query}"
    view = read_address(f"/{page}", address, Catalog((study,)), OPTION_NAMES).view
    options, _ = served.page.read_options(study, view)
    try:
        found = stated(memory, served, study, view, options)
    except NotShown as held:
        return (str(held),)
    words = served.words(found.context)
    files = (file for file in served.files.values() if file.read is None)
    rows = [list(file.rows(found.context)) for file in files]
    return (found.notes, words.sentence, words.cautions), *rows
