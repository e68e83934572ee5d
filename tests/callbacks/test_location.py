"""The address answered: rail, page, badge and what every control shows."""

from __future__ import annotations

import logging

import pytest

import app as application
import callbacks.curves
from callbacks.pages import OPTION_NAMES, PAGES
from callbacks.reading import read_request
from layouts.survival.options import read_options
from settings import Settings
from tests.callbacks.asking import drawer_of, picture_of, view_of
from tests.trees import named, parsed, text, with_prop


def test_a_first_request_gets_the_whole_page(dash_app, client):
    answer = view_of(dash_app, client, "/survival?study=soramic&bclc=c")
    assert set(answer) == {
        "search",
        "page",
        "key",
        "frame",
        "studies",
        "values",
        "defaults",
        "beside",
        "forgets",
        "rail",
        "finding",
        "pin",
        "present",
        "places",
        "classes",
        "data",
        "figure",
        "links",
        "copied",
        "saved",
    }
    assert set(answer["frame"]) == {"top", "presets", "badge", "filters", "page"}
    assert answer["page"] == "survival"
    assert answer["search"] == "?study=soramic&bclc=c"
    assert answer["values"]["bclc"] == {"levels": ["c"]}
    assert answer["values"]["endpoint"] == {"value": "pfs"}
    assert answer["values"]["study"] == {"value": "soramic"}
    assert answer["values"]["set"] == {"value": "analysed"}
    assert answer["places"]["survival-sentence"].count("Median PFS was")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_whatever_an_answer_fills_has_a_place_on_its_page(dash_app, client, all_studies, page):
    for study in all_studies.studies:
        answer = view_of(dash_app, client, f"/{page.id}?study={study.id}")
        # A place may stand in what fills another one.
        made = [answer["frame"]["page"], *answer["places"].values()]
        ids = [one["id"] for text in made for one in with_prop(parsed(text), "id")]
        assert len(ids) == len(set(ids))
        figure = {answer["figure"]["id"]} if answer["figure"] else set()
        wanted = set(answer["places"]) | set(answer["classes"]) | figure
        # What a study does not have is not on its page either.
        missing = {one for one in wanted - set(ids) if answer["places"].get(one) != ""}
        assert missing == set()


def test_a_further_request_leaves_rail_and_page_alone(dash_app, client):
    """They are on the screen, perhaps under the reader's hand; only what they say changes."""
    key = view_of(dash_app, client, "/survival?study=soramic")["key"]
    answer = view_of(dash_app, client, "/survival?study=soramic&bclc=c", key=key)
    assert set(answer["frame"]) == {"top", "presets", "badge"}
    assert answer["key"] == key
    assert answer["rail"]["now"]["bclc/c"] == 126


def test_another_page_leaves_the_filters_alone(dash_app, client):
    key = view_of(dash_app, client, "/survival?study=soramic")["key"]
    answer = view_of(dash_app, client, "/subgroups?study=soramic&bclc=c", key=key)
    assert "filters" not in answer["frame"]
    assert "page" in answer["frame"]
    assert answer["key"] != key


def test_presets_keep_what_was_chosen_since(dash_app, client):
    """They are links, so that a choice made after the filters were drawn must be in them."""
    key = view_of(dash_app, client, "/survival?study=soramic")["key"]
    answer = view_of(dash_app, client, "/survival?study=soramic&endpoint=os", key=key)
    links = [one["href"] for one in named(parsed(answer["frame"]["presets"]), "a")]
    assert links
    assert all(link.startswith("/survival?study=soramic&endpoint=os&") for link in links)


@pytest.mark.parametrize("search", ["?study=edges", "?study=nct01900002&set=enrolled", ""])
def test_another_study_or_set_gets_a_fresh_rail(dash_app, client, search):
    key = view_of(dash_app, client, "/survival?study=soramic")["key"]
    answer = view_of(dash_app, client, f"/survival{search}", key=key)
    assert {"filters", "page"} <= set(answer["frame"])


def test_defaults_are_what_a_link_leaves_out(dash_app, client):
    address = "/survival?study=soramic&by=bclc&endpoint=os&ci=plain&set=analysed"
    defaults = view_of(dash_app, client, address)["defaults"]
    assert defaults["by"] == {"value": "arm"}
    assert defaults["endpoint"] == {"value": "pfs"}
    assert defaults["ci"] == {"value": "log"}
    assert defaults["bclc"] == {"levels": []}
    assert defaults["set"] == {"value": "analysed"}


def test_what_is_drawn_by_default_depends_on_the_split(dash_app, client):
    answer = view_of(dash_app, client, "/survival?study=soramic&by=best-response")
    assert answer["defaults"]["show"] == {"levels": ["censored", "risk"]}
    assert answer["values"]["show"] == answer["defaults"]["show"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_every_control_has_a_value_and_a_default(dash_app, client, all_studies, page):
    for study in all_studies.studies:
        answer = view_of(dash_app, client, f"/{page.id}?study={study.id}")
        assert set(answer["values"]) - {"study"} == set(answer["defaults"])
        frame = answer["frame"]
        made = "".join((frame["filters"], frame["page"], *answer["places"].values()))
        controls = {one["data-control"] for one in with_prop(parsed(made), "data-control")}
        # The study's switch stands in the header.
        assert controls <= set(answer["values"])


def test_a_broken_study_shows_its_sentences_and_no_filters(dash_app, client):
    answer = view_of(dash_app, client, "/survival?study=broken")
    frame = answer["frame"]
    assert "the time -3 is negative" in frame["page"]
    assert {frame[name] for name in ("filters", "presets", "badge", "top")} == {""}
    assert answer["page"] is None
    assert answer["values"] == {"study": {"value": "broken"}}
    assert not {"places", "figure", "links"} & set(answer)


def test_the_switcher_lists_good_and_broken_studies(dash_app, client):
    good, broken = named(
        parsed(view_of(dash_app, client, "/survival?study=soramic")["studies"]), "optgroup"
    )
    offered = [one["value"] for one in named(good, "option")]
    assert offered == ["nct01900002", "soramic", "edges"]
    assert [one["value"] for one in with_prop(good, "selected")] == ["soramic"]
    assert (broken["label"], [one["value"] for one in named(broken, "option")]) == (
        "Could not be loaded",
        ["broken"],
    )
    chosen = parsed(view_of(dash_app, client, "/survival?study=broken")["studies"])
    assert [text(one) for one in with_prop(chosen, "selected")] == ["broken"]


def test_present_links_there_and_back(dash_app, client):
    answer = view_of(dash_app, client, "/survival?study=soramic&bclc=c")["present"]
    there = "/survival?study=soramic&bclc=c&present=on"
    assert answer == {"on": False, "href": there, "words": "Present"}
    answer = view_of(dash_app, client, "/survival?study=soramic&bclc=c&present=on")["present"]
    back = "/survival?study=soramic&bclc=c"
    assert answer == {"on": True, "href": back, "words": "Leave presentation"}


@pytest.mark.parametrize("pathname", ["/", "/survival", "/survival/", "/nowhere"])
def test_every_path_leads_to_a_page(dash_app, client, pathname):
    answer = view_of(dash_app, client, f"{pathname}?study=soramic")
    first = "survival" if "survival" in pathname else "overview"
    assert answer["page"] == first
    noted = "There is no page" in answer["frame"]["top"]
    assert noted == (pathname == "/nowhere")


def test_controls_and_page_read_one_address_alike(dash_app, client, all_studies):
    search = "?study=soramic&by=bclc&unit=days&x=3..24&show=weibull,band&landmarks=6"
    values = view_of(dash_app, client, f"/survival{search}")["values"]
    reading = read_request(
        {"pathname": "/survival", "search": search}, all_studies, OPTION_NAMES
    ).reading
    options, _ = read_options(reading.study, reading.view)
    assert values["unit"]["value"] == options.unit
    assert values["x"]["range"] == list(options.x)
    assert values["show"]["levels"] == list(options.show)
    assert values["landmarks"]["levels"] == list(options.landmark_texts())


@pytest.mark.parametrize("name", [None, "", "none", ["table"], {"table": 1}, "__class__"])
@pytest.mark.parametrize("what", ["drawer", "picture"])
def test_what_a_page_does_not_have_is_not_answered(dash_app, client, what, name):
    asked = {"drawer": drawer_of, "picture": picture_of}[what]
    assert asked(dash_app, client, "/survival?study=soramic", name) is None


def test_what_is_asked_of_no_page_is_not_answered(dash_app, client):
    assert drawer_of(dash_app, client, "/overview?study=soramic", "table") is None
    assert picture_of(dash_app, client, "/survival?study=broken", "svg") is None
    assert drawer_of(dash_app, client, "/survival?study=broken", "table") is None


def test_drawers_say_of_which_view_they_are(dash_app, client):
    answer = drawer_of(dash_app, client, "/survival?study=edges&by=stage", "table")
    assert (answer["search"], answer["name"]) == ("?study=edges&by=stage", "table")
    assert answer["title"] == "Data table"


def test_a_drawer_or_a_picture_that_fails_says_so(studies_dir, monkeypatch, caplog):
    """With a patient's number in the message, which stays out of the answer and of the log."""

    def fails(*_, **__):
        raise FloatingPointError("patient SECRET-7 has 4711 days")

    monkeypatch.setattr(callbacks.curves, "survival_by_group", fails)
    broken = application.create_app(Settings(studies_dir=studies_dir))
    client = broken.server.test_client()
    with caplog.at_level(logging.ERROR):
        drawer = drawer_of(broken, client, "/survival?study=soramic&bclc=c", "table")
        picture = picture_of(broken, client, "/survival?study=soramic&bclc=c", "svg")
    assert "could not be computed" in drawer["body"]
    said = "The survival curves could not be computed for this view."
    assert picture == {"failed": said, "kind": "svg"}
    assert "FloatingPointError" in caplog.text
    assert "SECRET" not in caplog.text + str(drawer)
