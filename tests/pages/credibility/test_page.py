"""Credibility of a subgroup: what the product answers, what the reader does, and the level."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.credibility import Answer, Level
from callbacks.credibility.page import SERVED, show, words
from callbacks.credibility.rows import credibility_rows
from callbacks.disclosure.door import stated
from callbacks.memory import Memory
from callbacks.subgroups.page import show as show_subgroups
from data.address import read_address
from data.catalog import Catalog
from data.minima import Disclosure
from layouts.shared.look import Look
from layouts.shared.theme import LIGHT
from layouts.subgroups import numbers
from tests.trees import parsed, with_class
from tests.views import OPTION_NAMES, PageViews, Views

PFS = "study=soramic&endpoint=pfs"


@pytest.fixture(scope="module")
def credibility(all_studies) -> Views:
    return Views(all_studies, "credibility")


def said(context) -> str:
    return words(context).sentence.replace("\u00a0", " ")


def answers(context) -> list[Answer | None]:
    return [one.answer for one in context.answered]


def test_the_smallest_interaction_is_assessed(credibility, all_studies):
    context = credibility(PFS)
    subgroups = PageViews(all_studies)("subgroups", PFS)
    effects = subgroups.result.effects
    tested = [
        e.p_value for i, e in enumerate(effects) if e.tested and not subgroups.has_few_events(i)
    ]
    assert context.p == min(tested)
    assert context.tested == sum(one.tested for one in effects)
    # The ranges are those of the Subgroups page.
    key = context.p_key
    assert context.across.of(key).low == pytest.approx(subgroups.across.of(key).low)
    assert context.across.of(key).high == pytest.approx(subgroups.across.of(key).high)
    ratio = numbers.hazard_ratio(numbers.within(context.position, 1))
    assert context.across.of(ratio).low == pytest.approx(subgroups.across.of(ratio).low)


def test_effects_come_first_then_the_test_then_the_level(credibility):
    text = said(credibility(PFS))
    parts = ["hazard ratio No 0.99 (95 % CI ", "Yes 0.40 (", "interaction p = 0.011", "very low"]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)
    assert "use the effect in all patients" in text
    assert "as far as the questions are answered: very low" in text
    told = said(credibility(f"{PFS}&iceman-direction=no&iceman-prior=no"))
    assert "Credibility of the difference: very low" in told


def test_what_the_product_knows_and_what_it_does_not(credibility):
    context = credibility(PFS)
    unclear, definitely = Answer.PROBABLY_REDUCED, Answer.DEFINITELY_REDUCED
    assert answers(context) == [unclear, unclear, unclear, definitely, None]
    assert context.level is Level.VERY_LOW
    assert "19 interactions are tested" in context.answered[3].reason
    assert "Answer what you know above" in " ".join(words(context).cautions)


@pytest.mark.parametrize(
    ("query", "level"),
    [
        ("iceman-direction=yes", Level.LOW),
        ("iceman-direction=yes&iceman-prior=yes&iceman-number=yes", Level.MODERATE),
        ("iceman-direction=yes&iceman-prior=no&iceman-number=yes", Level.LOW),
        ("iceman-direction=unclear&iceman-number=unclear", Level.VERY_LOW),
    ],
)
def test_the_readers_answers_make_the_level(credibility, query, level):
    context = credibility(f"{PFS}&{query}")
    assert context.level is level
    assert [one.by_reader for one in context.answered].count(True) == query.count("iceman")
    by = {one["answered_by"] for one in credibility_rows(context)}
    assert by == {"reader", "study"}


def test_a_number_along_all_of_its_values_is_another_test(credibility, all_studies):
    context = credibility(f"{PFS}&modifier=age-years&iceman-cuts=yes")
    along = PageViews(all_studies)("along", f"{PFS}&along=age-years")
    assert context.p == along.effect.test.p_value
    cut = credibility(f"{PFS}&modifier=age-years")
    assert cut.p != context.p
    assert "spline" in words(context).method
    assert answers(cut)[-1] is Answer.PROBABLY_REDUCED


def test_without_a_suggestion_nothing_is_assessed(credibility):
    context = credibility(f"{PFS}&modifier=age-years")
    assert context.p > 0.1
    assert "nothing is assessed" in said(context)
    assert show(context, Look(LIGHT))["table"] == ""
    assert not list(credibility_rows(context))
    assert SERVED.drawn(context) is None


@pytest.mark.parametrize(
    "query",
    [
        "study=nct01900002",
        "study=edges",
        f"{PFS}&age-years=1..2",
        f"{PFS}&arm=sorafenib",
        f"{PFS}&age-years=60..61",
    ],
)
def test_what_cannot_be_assessed_says_why(credibility, query):
    context = credibility(query)
    assert said(context).endswith(".")
    assert SERVED.finding(context)
    assert words(context).method
    assert show(context, Look(LIGHT)) is not None


def test_answers_that_are_none_are_noted(all_studies):
    address = f"?{PFS}&modifier=size&iceman-prior=perhaps"
    reading = read_address("/credibility", address, all_studies, OPTION_NAMES)
    options, notes = SERVED.page.read_options(reading.study, reading.view)
    assert options.answers == {}
    assert "“modifier” takes a baseline variable; “size” is none." in notes
    assert "“iceman-prior” can be auto, no, unclear, likely, yes" in " ".join(notes)


def test_the_slide_is_the_table(credibility):
    drawn = SERVED.drawn(credibility(PFS))
    assert drawn.figure is None
    assert len(drawn.table.rows) == 7
    assert SERVED.finding(credibility(PFS)).startswith("Exploratory: PFS with RE + sorafenib")


def test_a_row_with_a_suggested_interaction_leads_here(all_studies):
    context = PageViews(all_studies)("subgroups", PFS)
    table = parsed(show_subgroups(context, Look(LIGHT))["table"])
    ways = [one for one in with_class(table, "way") if "credibility" in one["href"]]
    small = [
        variable.id
        for i, (variable, one) in enumerate(
            zip(context.variables, context.result.effects, strict=True)
        )
        if one.p_value < 0.1 and not context.has_few_events(i)
    ]
    assert small
    assert [one["href"].rpartition("modifier=")[2] for one in ways] == small


def test_a_protected_study_hides_small_levels_and_keeps_the_test(all_studies):
    study = replace(
        all_studies.study("soramic"),
        disclosure=Disclosure(10, 5),
        single_patients=False,
        reconstructions=(),
    )
    catalog = Catalog((study,))
    reading = read_address(
        "/credibility", f"?{PFS}&modifier=extrahepatic-spread", catalog, OPTION_NAMES
    )
    options, _ = SERVED.page.read_options(study, reading.view)
    context = stated(Memory(catalog.studies), SERVED, study, reading.view, options).context
    # Six patients of an arm have extrahepatic spread.
    text = said(context)
    assert "Yes" not in text
    assert "interaction p" in text
