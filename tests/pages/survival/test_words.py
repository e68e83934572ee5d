"""Sentence, cautions and footnote of every kind of view."""

from __future__ import annotations

import re

import pytest

from layouts.survival.words import cautions, looks, sentence
from tests.views import footnote

NBSP = "\u00a0"


def plain(words: str) -> str:
    return words.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        # An empty cohort, for each reason that it can have.
        (
            "study=edges&age=200..300",
            "No patient passes these filters. Without the filter Age 200 to 300 years 20 patients "
            "would.",
        ),
        (
            "study=edges&endpoint=pps&arm=a",
            "None of the 10 patients has post-progression survival: "
            "it exists only for patients who progressed.",
        ),
        (
            "study=edges&by=response&age=45..47",
            "Nobody in this cohort was still followed at day 90.",
        ),
        ("study=edges&by=marker&age=51..51", "No patient of this cohort has a value of Marker."),
        # One patient, one group.
        (
            "study=edges&by=none&age=45..45",
            "Median OS was 0.0 months; 1 of 1 patient had the event.",
        ),
        (
            "study=soramic&by=none",
            "Median PFS was 6.2 months (95 % CI 4.9–7.8); 160 of 177 patients had the event.",
        ),
        (
            "study=soramic&arm=sorafenib",
            "Median PFS with sorafenib was 5.4 months (95 % CI 4.1–7.4); "
            "94 of 104 patients had the event.",
        ),
        (
            "study=edges&by=none&endpoint=pps",
            "Median PPS was 9.1 months (95 % CI 5.5–NR); 3 of 10 patients had the event.",
        ),
        # No event.
        (
            "study=edges&by=none&endpoint=quiet",
            "Median time to relapse was not reached; 0 of 20 patients had the event.",
        ),
        (
            "study=edges&endpoint=quiet&by=site",
            "Median time to relapse was not reached in any of 6 groups"
            "; log-rank: no test possible.",
        ),
        # Two, three and more groups.
        (
            "study=soramic",
            "Median PFS was 8.9 months (95 % CI 6.3–9.9) with RE + sorafenib and 5.4 months "
            "(4.1–7.4) with sorafenib; hazard ratio with RE + sorafenib 0.69 (0.50–0.95); 66 of 73 "
            "and 94 of 104 had the event; log-rank p = 0.022.",
        ),
        (
            "study=edges&by=stage",
            "Median OS was 10.1 months (limits) with Stage B, 11.6 months (limits) with Stage C "
            "and not reached with Stage: Missing; 5 of 5, 10 of 10 and 0 of 5 had the event; "
            "log-rank p = 0.031.",
        ),
        (
            "study=edges&by=site",
            "Median OS ranged from 10.1 months (Three) to 21.0 months (Six) over 6 groups; "
            "15 of 20 patients had the event; log-rank p = 0.749.",
        ),
        (
            "study=edges&by=many",
            "Median OS ranged from 9.8 months (m5) to 12.3 months (m3 and m7) over 8 groups; "
            "not reached in the other groups; 15 of 20 patients had the event; log-rank p = 0.362.",
        ),
        # Times after progression, and in other units.
        (
            "study=soramic&endpoint=pps",
            "Median post-progression survival was 7.9 months (95 % CI 6.0–13.3) with "
            "RE + sorafenib and 7.5 months (6.0–11.5) with sorafenib; hazard ratio with RE + "
            "sorafenib 1.04 (0.69–1.57) [0.96–1.04]; 33 of 38 and 73 of 78 had the event; log-rank "
            "p = 0.863. In brackets: range across 20 data sets that fit the paper as well.",
        ),
        (
            "study=nct01900002&unit=years",
            "Median PFS was 0.86 years (printed; 95 % CI 0.48–1.20); 33 of 34 patients had the "
            "event.",
        ),
        (
            "study=nct01900002",
            "Median PFS was 10.32 months (printed; 95 % CI 5.78–14.36); 33 of 34 patients had the "
            "event.",
        ),
    ],
)
def test_the_sentence(views, query, words):
    said = plain(sentence(views(query)))
    if "(limits)" in words:
        said = re.sub(r"\((95 % CI )?[\d.]+–[\d.NR]+\)", "(limits)", said)
    assert said == words


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("study=soramic", []),
        ("study=soramic&bclc=c&by=none", []),
        ("study=edges", []),
        ("study=edges&age=200..300", []),
        ("study=soramic&bclc=c", ["Illustrative"]),
        (
            "study=soramic&by=best-response&endpoint=pps",
            ["Illustrative", "Only patients who", "Fewer than 5 events in CR"],
        ),
        ("study=soramic&endpoint=pps", ["Only patients who progressed: 116 of 177"]),
        (
            "study=edges&by=marker",
            [
                "4 patients without a value of Marker are in no group",
                "Fewer than 5 events in Low and Middle",
            ],
        ),
        (
            "study=edges&by=marker&age=47..53",
            [
                "1 patient without a value of Marker is in no group",
                "Fewer than 5 events in Middle and High",
            ],
        ),
        ("study=edges&by=response", ["Landmark analysis: Response", "Fewer than 5 events in Yes"]),
        (
            "study=soramic&objective-response=yes",
            ["Illustrative", "Landmark analysis", "A filter on something measured after"],
        ),
        (
            "study=soramic&time-of-dpr-months=0..3",
            [
                "Illustrative",
                "Time of deepest response is known only after",
                "A filter on something",
            ],
        ),
        (
            "study=nct01900002&sorafenib-dose-reduced=no",
            [
                "Illustrative",
                "Sorafenib dose reduced because of adverse events is known only after",
            ],
        ),
        ("study=nct01900002&set=enrolled&by=none", ["Illustrative"]),
        ("study=edges&by=none&age=45..45", ["Only 1 event: estimates are unstable."]),
        (
            "study=soramic&by=none&endpoint=ttp&curve=incidence&show=weibull",
            [
                "The Kaplan–Meier median of TTP counts death without progression as censoring",
                "1 − Kaplan–Meier counts death without progression as censoring",
                "The Weibull curve is a model of two numbers",
            ],
        ),
        (
            "study=soramic&by=none&endpoint=ttp",
            ["The Kaplan–Meier median of TTP counts death without progression as censoring"],
        ),
        ("study=soramic&by=none&endpoint=os", []),
    ],
)
def test_the_cautions_in_their_order(views, query, expected):
    said = cautions(views(query))
    assert len(said) == len(expected), said
    for words, beginning in zip(said, expected, strict=True):
        assert words.startswith(beginning)
        assert words.endswith(".")


def test_a_landmark_says_how_many_are_counted_and_how_many_are_not(views):
    context = views("study=soramic&by=objective-response")
    (words,) = [text for text in cautions(context) if text.startswith("Landmark")]
    assert "time starts at day 183" in words
    assert "only the 93 patients" in words
    assert "(84 were not)" in words
    assert context.result.n + context.before_landmark == 177


@pytest.mark.parametrize("of_set", ["treated", "enrolled"])
def test_a_study_without_randomisation_has_none_to_break(views, of_set):
    context = views(f"study=nct01900002&response-week16=pr&set={of_set}")
    assert len(context.study.arms) == 2
    said = " ".join(cautions(context))
    assert "Landmark analysis" in said
    assert "randomisation" not in said
    assert "breaks the randomisation" in " ".join(cautions(views("study=edges&response=yes")))


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        (
            "study=soramic",
            [
                "95 % CI by Greenwood, log transform (as R survfit)",
                "log-rank test, 1 degree of freedom",
                "a month is 30.4375 days",
                "SORAMIC substudy, all analysed, n = 177.",
                "numbers with a range in brackets it does not fix.",
                "Reconstructed from published tables — not patient records.",
            ],
        ),
        ("study=soramic&ci=log-log", ["log-log transform"]),
        ("study=soramic&ci=plain", ["plain transform"]),
        ("study=soramic&by=best-response&endpoint=pps", ["3 degrees of freedom", "not determine"]),
        ("study=soramic&bclc=c&by=none", ["all analysed · BCLC C, n = 126", "it does not fix."]),
        ("study=edges", ["Simulated patients — not patient records."]),
    ],
)
def test_the_footnote_says_method_cohort_and_provenance(views, query, parts):
    words = plain(footnote(views(query)))
    assert [part for part in parts if part not in words] == []


@pytest.mark.parametrize("query", ["study=soramic&by=none", "study=edges&age=200..300"])
def test_no_test_no_word_about_one(views, query):
    context = views(query)
    assert "log-rank" not in footnote(context)
    assert looks(context) == ""


def test_only_a_reconstructed_study_speaks_of_its_publication(views):
    assert "publication" not in footnote(views("study=edges"))
    assert not any("Illustrative" in text for text in cautions(views("study=edges&stage=b")))


def test_how_often_one_may_look(views):
    assert looks(views("study=soramic")) == "Pre-specified comparison; one test on this page."
    words = looks(views("study=edges&by=stage"))
    assert words.startswith("Exploratory: one test on this page, not adjusted")
    assert "offers 8 splits, of which about 0.4 would" in words
