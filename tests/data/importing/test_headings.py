"""Words of headings: without accents and capitals, whole, in five languages."""

from __future__ import annotations

import pytest

from data.importing.column import date_order, event_word
from data.importing.headings import known_endpoints, personal, plain, says, unit_of


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Überleben (Monate)", "uberleben monate"),
        ("VitalStatus", "vital status"),
        ("OS_MONTHS", "os months"),
        ("osmonths", "os months"),
        ("Größe", "grosse"),
        ("  ", ""),
    ],
)
def test_a_heading_is_read_word_by_word(heading, words):
    assert plain(heading) == words


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("OS (months)", "months"),
        ("Dauer in Tagen", "days"),
        ("survie (mois)", "months"),
        ("随访时间（月）", "months"),
        ("os_m", "months"),
        ("M stage", ""),
        ("time", ""),
        ("seguimiento en años", "years"),
    ],
)
def test_the_unit_stands_in_the_heading(heading, unit):
    assert unit_of(heading) == unit


def test_a_phrase_fits_whole_words():
    assert says("Date of death", ["death"]) == 2
    assert says("death", ["death"]) == 3
    assert says("deathly", ["death"]) == 0
    assert says("Todesdatum", ["tod*"]) == 3
    # The longest phrase tells which endpoint is meant.
    assert known_endpoints("Progression-free survival")[0].name == "Progression-free survival"


@pytest.mark.parametrize("heading", ["ECOG", "Nomogram", "Ortsgruppe", "geboostert", "e-mailed"])
def test_what_only_sounds_personal_is_not(heading):
    assert personal(heading) == ""


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["2015-03-04", "2016-12-31 10:15:00"], "ymd"),
        (["04.03.2015"], "dmy"),
        (["04/03/2015", "13/03/2015"], "dmy"),
        (["04/03/2015", "03/13/2015"], "mdy"),
        (["04/03/2015"], "dmy or mdy"),
        (["13/13/2015"], ""),
        (["04MAR2015", "5 Mar 2016"], "named"),
        (["04/03/2015", "2015-01-01"], ""),
        (["13/03/2015", "03/13/2015"], ""),
        (["12"], ""),
    ],
)
def test_the_order_of_a_date(cells, order):
    assert date_order(cells) == order


def test_a_figure_before_a_word_decides():
    assert event_word("0:DECEASED") == "censored"
    assert event_word("1 = dead") == "event"
    assert event_word("Décédé") == "event"
    assert event_word("2:X") == ""
