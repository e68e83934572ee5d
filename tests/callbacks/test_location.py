"""The address answered: rail, page, badge and the state that the browser keeps."""

from __future__ import annotations

import json

import pytest

from callbacks.pages import OPTION_NAMES
from callbacks.reading import read_request
from layouts.survival.options import read_options
from tests.callbacks.asking import ask


def show(app, client, search: str, rail_key: str | None = None, pathname: str = "/survival"):
    data = {"pathname": pathname, "search": search, "theme": "light", "screen": "standard"}
    return ask(app, client, "rail-key", {"request.data": data}, {"rail-key.data": rail_key})


def components_of(tree: object):
    """Every component with a link in a tree of JSON."""
    if isinstance(tree, list):
        for one in tree:
            yield from components_of(one)
    elif isinstance(tree, dict):
        if "href" in tree.get("props", {}):
            yield tree
        yield from components_of(tree.get("props", {}).get("children"))


def test_a_first_request_gets_the_whole_page(dash_app, client):
    answer = show(dash_app, client, "?study=soramic&bclc=c")
    assert set(answer) == {
        "filters",
        "presets",
        "rail-key",
        "top",
        "page",
        "badge",
        "view",
        "present",
    }
    view = answer["view"]["data"]
    assert set(view["made"]) == set(view["values"]) - {"study"}
    assert view["page"] == "survival"
    assert view["search"] == "?study=soramic&bclc=c"
    assert view["values"]["bclc"] == {"levels": ["c"]}
    assert view["values"]["endpoint"] == {"value": "pfs"}
    assert view["values"]["study"] == {"value": "soramic"}
    assert view["values"]["set"] == {"value": "analysed"}
    request = answer["page"]["children"][0]["props"]
    assert (request["id"], request["data"]["search"]) == ("survival-request", view["search"])


def test_a_further_request_leaves_rail_and_page_alone(dash_app, client):
    """They are on the screen, perhaps under the reader's hand; only what they say changes."""
    key = show(dash_app, client, "?study=soramic")["rail-key"]["data"]
    answer = show(dash_app, client, "?study=soramic&bclc=c", key)
    assert "filters" not in answer
    assert "page" not in answer
    assert answer["view"]["data"]["made"] == []
    assert answer["view"]["data"]["rail"]["now"]["bclc/c"] == 126


def test_another_page_leaves_the_filters_alone(dash_app, client):
    key = show(dash_app, client, "?study=soramic")["rail-key"]["data"]
    answer = show(dash_app, client, "?study=soramic&bclc=c", key, "/subgroups")
    assert "filters" not in answer
    assert "page" in answer
    view = answer["view"]["data"]
    assert "endpoint" in view["made"]
    assert "bclc" not in view["made"]


def test_presets_keep_what_was_chosen_since(dash_app, client):
    """They are links, so that a choice made after the filters were drawn must be in them."""
    key = show(dash_app, client, "?study=soramic")["rail-key"]["data"]
    answer = show(dash_app, client, "?study=soramic&endpoint=os", key)
    links = [one["props"]["href"] for one in components_of(answer["presets"]["children"])]
    assert links
    assert all(link.startswith("/survival?study=soramic&endpoint=os&") for link in links)


@pytest.mark.parametrize("search", ["?study=edges", "?study=nct01900002&set=enrolled", ""])
def test_another_study_or_set_gets_a_fresh_rail(dash_app, client, search):
    key = show(dash_app, client, "?study=soramic")["rail-key"]["data"]
    answer = show(dash_app, client, search, key)
    assert "filters" in answer
    assert "set" in answer["view"]["data"]["made"]


def test_defaults_are_what_a_link_leaves_out(dash_app, client):
    answer = show(dash_app, client, "?study=soramic&by=bclc&endpoint=os&ci=plain&set=analysed")
    defaults = answer["view"]["data"]["defaults"]
    assert defaults["by"] == {"value": "arm"}
    assert defaults["endpoint"] == {"value": "pfs"}
    assert defaults["ci"] == {"value": "log"}
    assert defaults["bclc"] == {"levels": []}
    assert defaults["set"] == {"value": "analysed"}


def test_what_is_drawn_by_default_depends_on_the_split(dash_app, client):
    view = show(dash_app, client, "?study=soramic&by=best-response")["view"]["data"]
    assert view["defaults"]["show"] == {"levels": ["censored", "risk"]}
    assert view["values"]["show"] == view["defaults"]["show"]


def test_every_control_has_a_value_and_a_default(dash_app, client, all_studies):
    for study in all_studies.studies:
        view = show(dash_app, client, f"?study={study.id}")["view"]["data"]
        assert set(view["values"]) - {"study"} == set(view["defaults"])


def test_a_broken_study_shows_its_sentences_and_no_filters(dash_app, client):
    answer = show(dash_app, client, "?study=broken")
    assert answer["filters"]["children"] == []
    assert answer["presets"]["children"] is None
    assert answer["view"]["data"]["page"] is None
    assert "the time -3 is negative" in json.dumps(answer["page"], ensure_ascii=False)
    assert answer["badge"]["children"] is None


def test_present_links_there_and_back(dash_app, client):
    answer = show(dash_app, client, "?study=soramic&bclc=c")["present"]
    assert answer == {"href": "/survival?study=soramic&bclc=c&present=on", "children": "Present"}
    answer = show(dash_app, client, "?study=soramic&bclc=c&present=on")["present"]
    assert answer["href"] == "/survival?study=soramic&bclc=c"
    assert answer["children"] == "Leave presentation"


@pytest.mark.parametrize("pathname", ["/", "/survival", "/survival/", "/nowhere"])
def test_every_path_leads_to_a_page(dash_app, client, pathname):
    answer = show(dash_app, client, "?study=soramic", pathname=pathname)
    first = "survival" if "survival" in pathname else "overview"
    assert answer["view"]["data"]["page"] == first
    noted = "There is no page" in json.dumps(answer["top"])
    assert noted == (pathname == "/nowhere")


def test_controls_and_page_read_one_address_alike(dash_app, client, all_studies):
    search = "?study=soramic&by=bclc&unit=days&x=3..24&show=weibull,band&landmarks=6"
    values = show(dash_app, client, search)["view"]["data"]["values"]
    reading = read_request(
        {"pathname": "/survival", "search": search}, all_studies, OPTION_NAMES
    ).reading
    options, _ = read_options(reading.study, reading.view)
    assert values["unit"]["value"] == options.unit
    assert values["x"]["range"] == list(options.x)
    assert values["show"]["levels"] == list(options.show)
    assert values["landmarks"]["levels"] == list(options.landmark_texts())
