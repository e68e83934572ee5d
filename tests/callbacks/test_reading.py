"""What the browser asks for, read once."""

import pytest

from callbacks.pages import OPTION_NAMES
from callbacks.reading import read_request
from layouts.shared.theme import DARK, LIGHT


def test_a_request_is_read(all_studies):
    request = read_request(
        {
            "pathname": "/survival",
            "search": "?study=soramic&bclc=c",
            "theme": "dark",
            "screen": "tall",
        },
        all_studies,
        OPTION_NAMES,
    )
    assert request.reading.study.id == "soramic"
    assert [one.variable for one in request.reading.view.cohort.filters] == ["bclc"]
    assert request.look.theme is DARK
    assert request.look.screen == "tall"
    assert request.search == "?study=soramic&bclc=c"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"pathname": None, "search": None, "theme": None, "screen": None},
        {"pathname": "/", "search": "", "theme": "pink", "screen": "enormous"},
        {"pathname": 7, "search": ["x"], "theme": 1, "screen": {}},
    ],
)
def test_whatever_is_unknown_has_its_default(all_studies, data):
    """The text comes from outside; it may be anything."""
    if isinstance(data.get("screen"), dict):
        data = {**data, "screen": "{}"}
    request = read_request(data, all_studies, OPTION_NAMES)
    assert request.reading.study is all_studies.studies[0]
    assert (request.look.theme, request.look.screen) == (LIGHT, "standard")


def test_a_study_that_could_not_be_loaded_is_told_apart_from_one_that_is_not_there(all_studies):
    def read(search: str):
        return read_request({"pathname": "/", "search": search}, all_studies, OPTION_NAMES).reading

    broken, unknown = read("?study=broken"), read("?study=nobody")
    assert (broken.study, broken.broken.id) == (None, "broken")
    assert unknown.study is not None
    assert unknown.notes
