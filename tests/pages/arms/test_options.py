"""Options of Compare arms and Prognostic factors: what a link may say, and what is dropped."""

import pytest

from callbacks.pages import OPTION_NAMES
from data.address import read_address
from layouts.arms import options as arm_options
from layouts.arms import page as arms
from layouts.prognostic import options as prognostic_options
from layouts.prognostic import page as prognostic
from tests.views import page_named


def read(catalog, page: str, query: str):
    reading = read_address(f"/{page}", f"?{query}", catalog, OPTION_NAMES)
    assert not reading.notes
    return reading.study, reading.view


def arm_read(catalog, query: str):
    return arm_options.read_options(*read(catalog, "arms", query))


def test_defaults(all_studies):
    options, notes = arm_read(all_studies, "study=soramic")
    assert notes == []
    assert (options.show, options.tau, options.adjust, options.stratify) == (
        "effect",
        None,
        ("child-pugh",),
        (),
    )
    assert arm_read(all_studies, "study=nct01900002")[0].adjust == ()


def test_lists_keep_the_studys_order_and_may_be_empty(all_studies):
    options, notes = arm_read(all_studies, "study=soramic&adjust=age-years,bclc&stratify=ecog")
    assert (options.adjust, options.stratify, notes) == (("bclc", "age-years"), ("ecog",), [])
    assert arm_read(all_studies, "study=soramic&adjust=none")[0].adjust == ()
    assert arm_read(all_studies, "study=soramic&tau=18.5")[0].tau == 18.5


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("show=everything", "“show” can be effect"),
        ("ci=exact", "“ci” can be"),
        ("tau=-3", "“tau” is a number of months"),
        ("tau=soon", "“tau” is a number of months"),
        ("tau=nan", "“tau” is a number of months"),
        ("adjust=best-response", "“adjust” takes baseline variables; “best-response” is none."),
        ("adjust=arm", "“adjust” takes baseline variables; “arm” is none."),
        ("stratify=luck", "“stratify” takes baseline variables; “luck” is none."),
    ],
)
def test_what_cannot_be_used_is_said(all_studies, query, said):
    _, notes = arm_read(all_studies, f"study=soramic&{query}")
    assert len(notes) == 1
    assert notes[0].startswith(said)


@pytest.mark.parametrize(
    ("query", "model", "said"),
    [
        ("study=soramic", ("arm", "child-pugh"), ""),
        ("study=nct01900002", (), ""),
        ("study=nct01900002&model=p", ("p",), ""),
        ("study=soramic&model=none", (), ""),
        ("study=soramic&model=ecog,p,arm", ("p", "arm", "ecog"), ""),
        ("study=soramic&model=ets,ecog", ("ecog",), "“ets” is none"),
    ],
)
def test_the_model(all_studies, query, model, said):
    options, notes = prognostic_options.read_options(*read(all_studies, "prognostic", query))
    assert options.model == model
    assert bool(notes) == bool(said)
    assert said in "".join(notes)


def test_an_unknown_order(all_studies):
    _, notes = prognostic_options.read_options(*read(all_studies, "prognostic", "order=luck"))
    assert notes == ["“order” can be study, p; study is used."]


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("arms", "study=soramic&show=balance&tau=24&adjust=ecog&stratify=bclc&endpoint=os"),
        ("prognostic", "study=soramic&model=p&order=p&endpoint=os"),
    ],
)
def test_controls_show_what_the_link_says(all_studies, page, query):
    study, view = read(all_studies, page, query)
    module = {"arms": arms, "prognostic": prognostic}[page]
    values = module.control_values(study, view)
    for part in query.split("&")[1:]:
        name, text = part.split("=")
        (value,) = values[name].values()
        assert value in (text, text.split(","))
    assert set(page_named(page).control_defaults(study, view)) == set(values)
