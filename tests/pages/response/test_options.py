"""Options of the Response page: what a link may say, and what is dropped."""

import pytest

from callbacks.pages import OPTION_NAMES, PAGES
from data.catalog import load_catalog
from layouts.response import options as response_options
from layouts.response import page as response
from layouts.shared.parts import WORDS
from tests.studies.responses import write_responses
from tests.trees import with_prop
from tests.views import Views, page_named


@pytest.fixture(scope="module")
def views(tmp_path_factory) -> Views:
    return Views(load_catalog(write_responses(tmp_path_factory.mktemp("own"))), "response")


def read(views, query: str):
    reading = views.read(query)
    return response_options.read_options(reading.study, reading.view)


def test_the_page_stands_between_prognostic_factors_and_safety():
    ids = [page.id for page in PAGES]
    place = ids.index("response")
    assert ids[place - 1] == "prognostic"
    assert "safety" in ids[place + 1 :]
    assert OPTION_NAMES["response"] == response_options.NAMES


def test_defaults(views):
    options, notes = read(views, "study=soramic")
    assert notes == []
    assert (options.view, options.show, options.month, options.ci) == ("best", "all", None, "log")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("view=everything", "“view” can be best"),
        ("show=nobody", "“show” can be all"),
        ("ci=exact", "“ci” can be"),
        ("present=maybe", "“present” can be on, off"),
        ("month=0", "“month” is a number of months above 0"),
        ("month=-2", "“month” is a number of months above 0"),
        ("month=soon", "“month” is a number of months above 0"),
        ("month=nan", "“month” is a number of months above 0"),
        ("month=9999", "“month” is a number of months above 0"),
        ("month=0.001", "“month” is a number of months above 0"),
    ],
)
def test_what_cannot_be_used_is_said(views, query, said):
    options, notes = read(views, f"study=soramic&{query}")
    assert len(notes) == 1
    assert notes[0].startswith(said)
    assert options == response_options.ResponseOptions()


def test_a_landmark_before_the_assessment_is_known_is_refused(views):
    options, notes = read(views, "study=nct01900002&month=2")
    assert options.month is None
    assert notes == [
        "The response is known by day 112 only: a landmark of 2 months would be before it, so day "
        "112 is used."
    ]
    assert read(views, "study=nct01900002&month=4")[1] == []
    # Where the day of each response is known any landmark will do.
    assert read(views, "study=soramic&month=2")[0].month == 2


def test_landmarks_on_offer(views):
    choices = response_options.month_choices
    one = views.catalog.study("nct01900002")
    two = views.catalog.study("soramic")
    assert list(choices(one, None)) == ["auto", "4", "6", "9", "12"]
    assert list(choices(two, 7.5)) == ["auto", "2", "3", "4", "6", "7.5", "9", "12"]
    assert choices(one, None)["auto"] == "From week 16"
    # It records days of response: no need to wait until the last assessment on day 183.
    assert choices(two, None)["auto"] == "From week 16"
    # 16 weeks where the study says nothing.
    assert choices(views.catalog.study("lanes"), None)["auto"] == "From week 16"


@pytest.mark.parametrize(
    "query",
    [
        "study=soramic&view=course&show=responders&month=4&ci=plain&by=ecog&endpoint=os",
        "study=nct01900002&view=landmark&month=6",
        "study=lanes",
        "study=guarded&view=by&by=stage",
    ],
)
def test_every_control_has_its_value_and_its_place(views, query):
    reading = views.read(query)
    page = page_named("response")
    values = page.control_values(reading.study, reading.view)
    controls = with_prop(page.build(reading.study, reading.view), "data-control")
    places = [(one["data-control"], one["data-part"]) for one in controls]
    assert sorted(places) == sorted(
        (name, part) for name, parts in values.items() for part in parts
    )
    assert (
        dict(reading.view.options).items()
        <= {name: str(parts["value"]) for name, parts in values.items()}.items()
    )


def test_no_dead_control(views):
    guarded = views.read("study=guarded")
    values = response.control_values(guarded.study, guarded.view)
    assert "show" not in values
    assert set(values) == {"view", "by", "endpoint", "month", "ci"}


def test_the_response_is_no_variable_to_split_it_by(views):
    study = views.catalog.study("lanes")
    offered = [value for _, members in response.by_choices(study) for value in members]
    assert offered[0] == "none"
    assert "best" not in offered
    assert {"arm", "stage", "late", "age"} <= set(offered)


def test_files_that_would_hold_nothing_are_not_offered(views):
    def files(query):
        reading = views.read(query)
        page = response.response_page(reading.study, reading.view)
        return {one["data-file"] for one in with_prop(page, "data-file")} - {WORDS}

    assert files("study=lanes") == set(response.DOWNLOADS)
    assert files("study=guarded") == set(response.DOWNLOADS) - {
        "waterfall.csv",
        "time-to-response.csv",
    }
