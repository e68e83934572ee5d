"""Header, tabs, cohort line and the pages that stand in for a view."""

from __future__ import annotations

from dataclasses import replace

import pytest

from callbacks.pages import OPTION_NAMES, PAGES
from data.address import default_view, read_address
from data.catalog import Catalog
from data.cohort import select
from data.minima import Disclosure
from layouts.frame.shell import badge, broken_page, failed, frame, no_study_page, top
from layouts.shared.theme import LIGHT
from tests.trees import named, text, with_class, with_id, with_prop


def top_of(catalog, query: str, path: str = "/survival"):
    reading = read_address(path, f"?{query}", catalog, OPTION_NAMES)
    return reading, top(reading.study, reading.view, PAGES, reading, LIGHT)


def chips(tree) -> dict[str, str]:
    """Words and addresses of the removable filters."""
    return {
        text(one).removesuffix(" ×"): one["href"]
        for one in with_class(tree, "chip")
        if "href" in one
    }


QUERY = "study=soramic&endpoint=os&by=bclc&bclc=c&pvi=yes&age-years=60..70,missing&ci=plain"


def test_the_cohort_line_says_who_is_in_view(all_studies):
    reading, tree = top_of(all_studies, QUERY)
    n = int(select(reading.study, reading.view.cohort).sum())
    assert text(with_id(tree, "cohort-n")) == str(n)
    line = text(with_class(tree, "cohort-line"))
    assert line.startswith(f"{n} of 177 patients")
    counts = [select(one, reading.view.cohort).sum() for one in reading.study.reconstructions]
    assert f"[{min(counts)}–{max(counts)} across 20 data sets]" in line
    assert "all analysed" in line
    assert list(chips(tree)) == [
        "BCLC C",
        "Portal vein invasion Yes",
        "Age 60 to 70 years or Missing",
    ]


def test_a_chip_removes_exactly_its_filter(all_studies):
    reading, tree = top_of(all_studies, QUERY)
    removed = dict(zip(chips(tree).values(), reading.view.cohort.filters, strict=True))
    for href, one in removed.items():
        path, _, query = href.partition("?")
        without = read_address(path, f"?{query}", all_studies, OPTION_NAMES)
        assert without.notes == ()
        assert without.view.cohort == reading.view.cohort.without(one.variable)
        assert (without.view.endpoint, without.view.by) == ("os", "bclc")
        assert without.view.options == reading.view.options


def test_clear_all_keeps_everything_but_the_filters(all_studies):
    reading, tree = top_of(all_studies, QUERY)
    (clear,) = (one for one in with_class(tree, "quiet-link") if text(one) == "Clear all")
    path, _, query = clear["href"].partition("?")
    cleared = read_address(path, f"?{query}", all_studies, OPTION_NAMES).view
    assert cleared.cohort.filters == ()
    assert (cleared.endpoint, cleared.by, cleared.options) == ("os", "bclc", reading.view.options)


def test_without_a_filter_nothing_can_be_removed(all_studies):
    _, tree = top_of(all_studies, "study=soramic")
    assert chips(tree) == {}
    assert "No filter" in text(tree)
    assert "Clear all" not in text(tree)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("study=soramic", ["RE + sorafenib 73", "Sorafenib 104"]),
        ("study=soramic&bclc=c", ["RE + sorafenib 51", "Sorafenib 75"]),
        ("study=nct01900002&set=enrolled", ["RE + sorafenib 34", "Sorafenib only 4"]),
        ("study=nct01900002", []),
    ],
)
def test_patients_are_counted_for_each_arm_of_the_set(all_studies, query, words):
    _, tree = top_of(all_studies, query)
    assert [text(one) for one in with_class(tree, "cohort-arm")] == words


def test_what_a_link_asked_in_vain_is_visible(all_studies):
    reading, tree = top_of(all_studies, "study=soramic&bclc=z&nonsense=1&endpoint=xyz")
    notes = with_id(tree, "notes")
    assert notes["role"] == "alert"
    for note in reading.notes:
        assert note in text(notes)
    assert len(reading.notes) == 3


def test_a_range_that_was_widened_is_no_part_that_could_not_be_used(all_studies):
    study = replace(all_studies.study("soramic"), disclosure=Disclosure(10, 5))
    studies = Catalog((study,))
    _, tree = top_of(studies, "study=soramic&target-lesion-mm=20..50")
    said = text(with_id(tree, "notes"))
    assert "bounds stand where at least 5 patients lie between two" in said
    assert "could not be used" not in said
    _, tree = top_of(studies, "study=soramic&target-lesion-mm=20..50&nobody=1")
    said = text(with_id(tree, "notes"))
    assert said.index("could not be used") < said.index("nobody") < said.index("bounds stand")


def test_a_sound_link_shows_no_note(all_studies):
    _, tree = top_of(all_studies, "study=soramic")
    assert text(with_id(tree, "notes")) == ""


def test_a_tab_for_each_page_that_exists(all_studies):
    reading, tree = top_of(all_studies, QUERY)
    tabs = with_class(tree, "page-tab")
    with_tab = [page for page in PAGES if not page.under]
    assert [text(tab) for tab in tabs] == [page.label for page in with_tab]
    assert [text(tab) for tab in with_class(tree, "current")] == ["Survival"]
    assert [text(tab) for tab in with_prop(tree, "aria-current", "page")] == ["Survival"]
    for tab, page in zip(tabs, with_tab, strict=True):
        path, _, query = tab["href"].partition("?")
        view = read_address(path, f"?{query}", all_studies, OPTION_NAMES).view
        assert view.page == page.id
        assert view.cohort == reading.view.cohort


def test_everything_in_the_frame_has_a_name():
    """A reader who sees nothing of it hears what each button, list and field is for."""
    tree = frame()
    for one in named(tree, "button"):
        assert one.get("aria-label") or text(one).strip(), one
    for one in named(tree, "select") + named(tree, "input"):
        assert one["aria-label"]
    for dialog in named(tree, "dialog"):
        assert with_id(dialog, dialog["aria-labelledby"])
    ids = [one["id"] for one in with_prop(tree, "id")]
    assert len(ids) == len(set(ids))
    for one in with_prop(tree, "aria-controls") + with_prop(tree, "popovertarget"):
        assert one.get("aria-controls", one.get("popovertarget")) in ids


def test_a_broken_study_shows_each_sentence(all_studies):
    (broken,) = all_studies.broken
    words = text(broken_page(broken))
    assert "“broken” could not be loaded" in words
    assert broken.problems
    for problem in broken.problems:
        assert problem.sentence in words
    (sentence,) = (problem.sentence for problem in broken.problems)
    assert sentence.startswith("patients.csv, column “os_days”, row 2: the time -3 is negative.")


def test_a_server_without_studies_says_what_to_do(all_studies):
    empty = Catalog((), all_studies.broken, ("The folder of further studies does not exist.",))
    words = text(no_study_page(empty))
    assert "No study can be shown" in words
    assert "STUDIES_DIR" in words
    assert "does not exist" in words
    assert "os_days" in words


@pytest.mark.parametrize(
    ("study", "words"),
    [
        ("soramic", "Reconstructed from published tables — not patient records"),
        ("edges", "Simulated patients — not patient records"),
    ],
)
def test_the_badge_says_what_the_rows_are_and_leads_to_the_evidence(all_studies, study, words):
    study = all_studies.study(study)
    (link,) = with_class(badge(study, default_view(study, "survival")), "badge")
    assert text(link) == words
    assert link["href"] == f"/evidence?study={study.id}"


def test_the_badge_keeps_the_cohort_and_drops_the_options_of_the_page(all_studies):
    query = "?study=soramic&bclc=c&ci=plain"
    reading = read_address("/survival", query, all_studies, OPTION_NAMES)
    (link,) = with_class(badge(reading.study, reading.view), "badge")
    assert link["href"] == "/evidence?study=soramic&bclc=c"


def test_the_provenance_stands_on_the_page_of_a_telephone_too(all_studies):
    _, tree = top_of(all_studies, "study=soramic")
    (line,) = with_class(tree, "badge-line")
    assert "not patient records" in text(line)
    (link,) = with_class(line, "badge")
    assert link["href"] == "/evidence?study=soramic"


def test_a_failed_panel_is_announced_and_names_itself():
    (panel,) = with_class(failed("The numbers"), "failed")
    assert panel["role"] == "alert"
    assert text(panel).startswith("The numbers could not be computed for this view.")


def test_landmarks_of_the_page_have_names(all_studies):
    tree = frame()
    assert with_prop(tree, "aria-label", "Filters")
    assert with_prop(tree, "href", "#page")
    _, tree = top_of(all_studies, "study=soramic")
    assert with_prop(tree, "aria-label", "Pages")
    assert with_class(tree, "cohort-line")[0]["role"] == "status"


@pytest.mark.parametrize(
    ("path", "query", "title"),
    [
        (
            "/survival",
            "study=soramic&endpoint=os&bclc=c&pvi=yes",
            "SORAMIC substudy · overall survival · all analysed · BCLC C · "
            "Portal vein invasion Yes · n = 85",
        ),
        ("/arms", "study=soramic", "SORAMIC substudy · Compare arms · progression-free survival"),
        ("/arms", "study=soramic&show=response", "SORAMIC substudy · Compare arms · all analysed"),
        ("/safety", "study=nct01900002", "NCT01900002 · Safety · treated with both · n = 34"),
    ],
)
def test_a_slide_says_study_endpoint_and_cohort(all_studies, path, query, title):
    _, tree = top_of(all_studies, f"{query}&present=on", path)
    said = text(with_class(tree, "slide-title")).replace("\u00a0", " ")
    assert said.startswith(title)
    # Without the slide the heading is heard only.
    _, tree = top_of(all_studies, query, path)
    assert "slide-title" not in str(tree)


def test_a_page_without_data_is_muted_and_stays_within_reach(all_studies):
    _, tree = top_of(all_studies, "study=soramic")
    tabs = {text(one): one for one in with_class(tree, "page-tab")}
    assert tabs["Safety"]["class"] == "page-tab absent"
    assert tabs["Safety"]["title"] == "Not recorded in this study"
    assert tabs["Safety"]["href"].startswith("/safety")
    assert tabs["Compare arms"]["class"] == "page-tab"
