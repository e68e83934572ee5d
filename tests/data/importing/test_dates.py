"""Endpoints from dates: days from a start to the first of what happens, else the last contact."""

from __future__ import annotations

import pytest

from tests.data.importing.made_up import flags, ids, understood

START = [f"{i:02d}.03.2015" for i in range(13, 25)]
END = [f"{i:02d}.09.2016" for i in range(13, 25)]
PROGRESS = [*END[:5], *[None] * 7]

HEADINGS = [
    ("Datum Randomisierung", "Datum Progress", "Todesdatum", "Letzter Kontakt"),
    ("date of randomisation", "date of progression", "date of death", "date of last follow-up"),
    ("Randomization date", "Relapse date", "Death date", "Last contact date"),
    (
        "Date de randomisation",
        "Date de progression",
        "Date de décès",
        "Date des dernières nouvelles",
    ),
    ("Fecha de inclusión", "Fecha de progresión", "Fecha de muerte", "Fecha de último contacto"),
    ("入组日期", "进展日期", "死亡日期", "末次随访日期"),
]


@pytest.mark.parametrize(("start", "progression", "death", "last"), HEADINGS)
def test_dates_make_overall_and_progression_free_survival(start, progression, death, last):
    died = [*END[:8], *[None] * 4]
    found = understood({"id": ids(), start: START, progression: PROGRESS, death: died, last: END})
    os, pfs = found.endpoints
    assert (os.id, os.start, os.death, os.last_contact) == ("os", start, death, last)
    assert (pfs.id, pfs.start, pfs.progress, pfs.death) == ("pfs", start, progression, death)
    assert os.order == "dmy"
    assert not found.questions


def test_one_column_for_death_and_last_contact_goes_with_the_flag():
    columns = {
        "Patienten-Nr.": ids(),
        "Datum Randomisierung": START,
        "Datum Progress": PROGRESS,
        "Verstorben": flags(12, "ja", "nein"),
        "Datum Tod / letzter Kontakt": END,
    }
    os, pfs = understood(columns).endpoints
    assert (os.end, os.event, os.event_values) == (
        "Datum Tod / letzter Kontakt",
        "Verstorben",
        ("ja",),
    )
    assert pfs.progress == "Datum Progress"
    del columns["Verstorben"]
    assert {one.key for one in understood(columns).questions} == {"os.event", "pfs.event"}


def test_death_without_a_last_contact_is_asked():
    found = understood({"id": ids(), "start date": START, "date of death": PROGRESS})
    assert [one.key for one in found.questions] == ["os.last_contact"]


@pytest.mark.parametrize(
    ("cells", "order", "asked"),
    [
        (["03/04/2015"] * 11 + ["03/13/2015"], "mdy", False),
        (["03/04/2015"] * 11 + ["13/03/2015"], "dmy", False),
        (["2015-03-04"] * 12, "", False),
        (["03/04/2015"] * 12, "", True),
        (["04.03.2015"] * 12, "dmy", False),
    ],
)
def test_the_order_of_day_and_month_is_found_or_asked(cells, order, asked):
    columns = {"id": ids(), "start": cells, "last contact": cells, "date of death": cells}
    found = understood(columns)
    assert found.endpoints[0].order == order
    assert [one.key for one in found.questions] == (["os.order"] if asked else [])


def test_the_first_of_several_starts_is_the_randomisation():
    found = understood(
        {
            "id": ids(),
            "Date of diagnosis": START,
            "Date of randomization": START,
            "Date of last contact": END,
            "Date of death": PROGRESS,
        }
    )
    (os,) = found.endpoints
    assert os.start == "Date of randomization"
    assert "it could also start at “Date of diagnosis”" in os.why


def test_times_count_before_dates():
    found = understood(
        {
            "id": ids(),
            "start": START,
            "date of death": PROGRESS,
            "last contact": END,
            "os_days": range(600, 612),
            "os_event": flags(),
        }
    )
    assert [(one.id, one.time) for one in found.endpoints] == [("os", "os_days")]
