"""The safety view: its table and side as HTML, its words, its edge cases."""

from __future__ import annotations

import re

import pytest

from data.catalog import load_catalog
from data.checking.slug import slug
from layouts.safety.side import safety_side
from layouts.safety.table import safety_table
from layouts.safety.words import cautions, sentence
from layouts.shared.theme import DARK, LIGHT
from tests.studies.edges import write_studies
from tests.studies.safety import write_events
from tests.views import PageViews, footnote

ALT = slug("Raised <b>ALT</b>")


@pytest.fixture(scope="module")
def views(tmp_path_factory) -> PageViews:
    root = write_events(tmp_path_factory.mktemp("safety"))
    return PageViews(load_catalog(write_studies(root)))


def row(table: str, term: str) -> str:
    (found,) = re.findall(rf'<tbody data-term="{term}">(.*?)</tbody>', table)
    return found


def cells(text: str) -> list[str]:
    return [re.sub("<.*?>", "", one).strip() for one in re.findall(r"<td.*?</td>", text)]


def test_a_row_of_one_arm(views):
    table = safety_table(views("safety", "study=nct01900002"), LIGHT)
    assert cells(row(table, "fatigue"))[:6] == [
        "10 (29.4)",
        "3 (8.8)",
        "0",
        "13 (38.2)",
        "3 (8.8)",
        "22–56",
    ]
    assert table.count("data-term=") == 52
    # The numbers stand in the bar, on the colours of the theme.
    assert f"background:{LIGHT.severity[1]}" in row(table, "fatigue")
    assert ">10</span>" in row(table, "fatigue")
    assert f"background:{DARK.severity[1]}" in safety_table(
        views("safety", "study=nct01900002"), DARK
    )


def test_the_head_says_which_grades_are_a_band(views):
    one = safety_table(views("safety", "study=nct01900002"), LIGHT)
    assert 'Grade 1–2 <span class="kind">band</span>' in one
    assert "Grade 5" not in one
    assert "Grades 1–2 are given as one band." in footnote(views("safety", "study=nct01900002"))
    assert "band" not in safety_table(views("safety", "study=events"), LIGHT)


def test_patients_and_events_are_told_apart(views):
    table = safety_table(views("safety", "study=nct01900002"), LIGHT)
    (head,) = re.findall(r'<tbody class="overall".*?</tbody>', table)
    assert cells(head)[3] == "34 (100.0)"
    assert "204" in cells(head)


def test_two_arms_stand_mirrored_with_their_difference(views):
    context = views("safety", "study=events")
    assert [label for label, _ in context.arms] == ["Arm A", "Arm B"]
    table = safety_table(context, LIGHT)
    nausea = row(table, "nausea")
    # Arm A: P00 at worst grade 3, P02 at 1; arm B: P01 at 2.
    assert context.counts.n.tolist() == [10, 10]
    assert 'data-statistic="difference">+10 (' in nausea
    assert "right:50.00%" in nausea
    assert "left:50.00%" in nausea
    assert "Arm A, n = 10" in table
    assert "Newcombe" in footnote(context)


def test_labels_of_a_study_are_escaped(views):
    table = safety_table(views("safety", f"study=events&terms={ALT}"), LIGHT)
    assert "Raised &lt;b&gt;ALT&lt;/b&gt;" in table
    assert "<b>ALT" not in table


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("group=liver-related", 7),
        ("group=dermatological-events", 7),
        ("search=NAUSEA", 1),
        ("min=20", 11),
        ("level=severe&min=10", 2),
        ("search=nothing-like-it", 0),
    ],
)
def test_the_terms_asked_for(views, query, terms):
    table = safety_table(views("safety", f"study=nct01900002&{query}"), LIGHT)
    assert table.count("data-term=") - 1 == terms
    assert ("No adverse event of this selection" in table) == (terms == 0)


def test_by_frequency_the_most_frequent_comes_first(views):
    table = safety_table(views("safety", "study=nct01900002&order=frequency"), LIGHT)
    assert re.findall(r'data-term="([^"]+)"', table)[1] == "diarrhea"
    assert "group-row" not in table
    table = safety_table(views("safety", "study=nct01900002&order=frequency&level=severe"), LIGHT)
    assert re.findall(r'data-term="([^"]+)"', table)[1] == "hypertension"


def test_an_opened_term_splits_its_patients_without_small_cells(views):
    context = views("safety", "study=nct01900002&terms=fatigue")
    table = safety_table(context, LIGHT)
    detail = row(table, "fatigue")
    assert "10/25 (40 %)" in detail
    assert not context.patients
    for split in context.split:
        shown = split.with_term[~split.hidden]
        assert not (shown == 1).any()
    assert 'aria-expanded="true"' in detail
    assert 'href="/safety?study=nct01900002"' in detail


def test_a_study_that_allows_it_lists_single_patients(views):
    table = safety_table(views("safety", "study=events&terms=nausea"), LIGHT)
    assert "P00 · worst grade 3" in table
    assert ">few<" not in table


def test_first_severe_events_over_time(views):
    context = views("safety", "study=events")
    (_, _, first), (_, _, second) = context.first_severe.groups
    # P05 has no known onset and is left out; P00 and P06 are in arm A, P03 in arm B.
    assert (first.events, second.events, context.first_severe.left_out) == (2, 1, 1)
    side = safety_side(context, LIGHT)
    assert "<svg" in side
    assert "1 without a known day of onset are left out" in side
    assert "3 of 19 patients had an event of grade ≥ 3" in side
    assert "does not record" in safety_side(views("safety", "study=nct01900002"), LIGHT)


def test_treatment_received_stands_beside_the_table(views):
    side = safety_side(views("safety", "study=nct01900002"), LIGHT)
    assert "20 (3–90) weeks" in side
    assert "622 (466–800) mg" in side
    assert "23 (67.6)" in side


def test_a_study_without_adverse_events_says_so_in_one_sentence(views):
    context = views("safety", "study=soramic")
    assert sentence(context) == "SORAMIC substudy has no data on adverse events."
    assert (safety_table(context, LIGHT), safety_side(context, LIGHT)) == ("", "")
    assert cautions(context) == []
    assert footnote(context) == (
        "Nothing is computed in this view. SORAMIC substudy, all analysed, n\u00a0=\u00a0177. "
        "Reconstructed from published tables — not patient records."
    )


def test_nobody_in_view(views):
    context = views("safety", "study=nct01900002&age-years=1..2")
    assert sentence(context).startswith("No patient passes")
    assert safety_table(context, LIGHT) == ""
    assert safety_side(context, LIGHT) == ""


def test_patients_of_whom_nothing_was_recorded(views):
    context = views("safety", "study=nct01900002&set=enrolled&arm=sorafenib")
    assert sentence(context) == "No adverse events were recorded for the patients on screen."
    assert any("0 of 4 on screen" in text for text in cautions(context))


def test_one_patient_and_none_with_an_event(views):
    one = views("safety", "study=events&age=51..51")
    assert one.recorded == 1
    assert "Only 1 patient" in cautions(one)[-1]
    assert safety_table(one, LIGHT)
    none = views("safety", "study=events&age=75..83")
    assert sentence(none).startswith("None of")


def test_the_sentence_counts_patients(views):
    said = sentence(views("safety", "study=nct01900002"))
    assert said.startswith("34 of 34 patients (100 %) had an adverse event; worst grade 3 in 16")
    assert "diarrhea (14)" in said
    assert "(3)" in sentence(views("safety", "study=nct01900002&level=severe"))


def test_a_filtered_view_is_illustrative(views):
    assert cautions(views("safety", "study=nct01900002")) == []
    assert cautions(views("safety", "study=nct01900002&pvt=yes"))[0].startswith("Illustrative")


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_numbers_are_read_on_the_severity_ramp(theme):
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    tones = [luminance(one) for one in theme.severity]
    assert tones == sorted(tones, reverse=theme is LIGHT)
    for tone, text in zip(tones, map(luminance, theme.severity_text), strict=True):
        assert (max(tone, text) + 0.05) / (min(tone, text) + 0.05) >= 4.0


@pytest.fixture(scope="module")
def ungraded(tmp_path_factory) -> PageViews:
    """The small study with an event without a grade, and one that began before treatment."""
    root = write_events(tmp_path_factory.mktemp("ungraded"))
    table, toml = root / "events" / "toxicity.csv", root / "events" / "study.toml"
    text = table.read_text("utf-8").replace("Nausea,2,10", "Nausea,,10")
    table.write_text(f"{text}P07,Gut,Nausea,MILD,-2\n", "utf-8")
    declared = toml.read_text("utf-8").replace(
        'onset_day = "day"', 'onset_day = "day"\ntreatment_emergent = true'
    )
    toml.write_text(declared, "utf-8")
    return PageViews(load_catalog(root))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_an_event_without_a_grade_has_a_column_and_no_severity(ungraded, theme):
    context = ungraded("safety", "study=events")
    table = safety_table(context, theme)
    assert 'title="Events whose grade is not recorded"' in table
    assert f"background:{theme.grid}" in row(table, "nausea")
    assert sum(context.total(severe=False)) == sum(context.counts.counts.sum(axis=(0, 2)))
    assert cautions(context)[-1] == (
        "1 row of the table has no grade: counted at any grade, and not at grade ≥ 3."
    )


def test_events_before_treatment_are_left_out_and_counted(ungraded):
    context = ungraded("safety", "study=events")
    assert "1 row of events that are not of the treatment is left out." in footnote(context)
    assert context.table.left_out == 1
