"""Endpoints from pairs of a time and an event: matched, turned the right way, in the right unit."""

from __future__ import annotations

import pytest

from data.importing.guess import ASKED, CERTAIN
from tests.data.importing.made_up import days, flags, ids, understood

# Heading of the time, of the event, its cells, the endpoint and the unit.
PAIRS = [
    ("os_time", "os_event", ("1", "0"), "os", "days"),
    ("OS_MONTHS", "OS_STATUS", ("1:DECEASED", "0:LIVING"), "os", "months"),
    ("OS_DAYS", "OS_STATUS", ("DECEASED", "LIVING"), "os", "days"),
    ("time", "status", ("1", "0"), "time-to-event", "days"),
    ("time", "status", ("Dead", "Alive"), "os", "days"),
    ("futime", "death", ("1", "0"), "os", "days"),
    ("fu (days)", "Dead", ("TRUE", "FALSE"), "os", "days"),
    ("Survival time [weeks]", "Vital status", ("dead", "alive"), "os", "weeks"),
    ("follow-up (years)", "died", ("yes", "no"), "os", "years"),
    ("pfsdays", "pfsevent", ("1.0", "0.0"), "pfs", "days"),
    ("PFS (months)", "Progression or death", ("1", "0"), "pfs", "months"),
    ("ttp_days", "progression", ("Y", "N"), "ttp", "days"),
    ("DFS_MONTHS", "DFS_STATUS", ("1:Recurred/Progressed", "0:DiseaseFree"), "dfs", "months"),
    ("AVAL", "CNSR", ("0", "1"), "time-to-event", "days"),
    ("surv_days", "alive", ("no", "yes"), "os", "days"),
    ("os_days", "os_censored", ("no", "yes"), "os", "days"),
    ("T", "E", ("1", "0"), "time-to-event", "days"),
    ("duration", "observed", ("True", "False"), "time-to-event", "days"),
    ("Überlebenszeit (Monate)", "Verstorben", ("ja", "nein"), "os", "months"),
    ("Gesamtüberleben in Tagen", "Status", ("verstorben", "lebt"), "os", "days"),
    ("Progressionsfreies Überleben (Tage)", "Progress", ("Ja", "Nein"), "pfs", "days"),
    ("Délai de suivi (jours)", "Décès", ("oui", "non"), "os", "days"),
    ("survie globale (mois)", "statut vital", ("décédé", "vivant"), "os", "months"),
    ("Tiempo de seguimiento (meses)", "Fallecido", ("Sí", "No"), "os", "months"),
    ("supervivencia (días)", "estado vital", ("muerto", "vivo"), "os", "days"),
    ("生存时间（月）", "生存状态", ("死亡", "存活"), "os", "months"),
    ("随访时间（天）", "死亡", ("是", "否"), "os", "days"),
]


@pytest.mark.parametrize(("time", "event", "cells", "endpoint", "unit"), PAIRS)
def test_a_pair_is_found_by_its_headings(time, event, cells, endpoint, unit):
    found = understood({"patient": ids(), time: days(), event: flags(12, *cells)})
    (one,) = found.endpoints
    assert (one.id, one.time, one.event, one.unit) == (endpoint, time, event, unit)
    assert one.event_values == (cells[0],)
    assert one.censored_values == (cells[1],)
    assert not found.questions


def test_two_endpoints_of_one_file_keep_their_own_columns():
    found = understood(
        {
            "id": ids(),
            "PFS_MONTHS": [n / 100 for n in days()],
            "OS_MONTHS": [n / 50 for n in days()],
            "OS_STATUS": flags(12, "1:DECEASED", "0:LIVING"),
            "PFS_STATUS": flags(12, "1:PROGRESSION", "0:CENSORED"),
        }
    )
    pairs = {one.id: (one.time, one.event) for one in found.endpoints}
    assert pairs == {"os": ("OS_MONTHS", "OS_STATUS"), "pfs": ("PFS_MONTHS", "PFS_STATUS")}
    # The first is the one that pages show first.
    assert found.endpoints[0].id == "os"


def test_of_two_units_the_finer_is_used():
    found = understood(
        {"id": ids(), "os_months": range(12), "os_days": days(), "os_status": flags()}
    )
    assert [(one.time, one.unit) for one in found.endpoints] == [("os_days", "days")]


def test_several_reasons_for_censoring_are_all_none():
    cells = ["0", "0", "1", "2", "0", "3"] * 2
    found = understood({"USUBJID": ids(), "AVAL": days(), "CNSR": cells})
    (one,) = found.endpoints
    assert one.event_values == ("0",)
    assert set(one.censored_values) == {"1", "2", "3"}


def test_a_flag_of_one_and_two_is_asked_unless_those_with_one_were_followed_longer():
    early = [2 if n <= 800 else 1 for n in days()]
    (one,) = understood({"id": ids(), "time": days(), "status": early}).endpoints
    assert one.event_values == ("2",)
    assert not one.questions
    late = [1 if n <= 800 else 2 for n in days()]
    found = understood({"id": ids(), "time": days(), "status": late})
    assert [one.key for one in found.questions] == ["time-to-event.event_values"]
    assert found.endpoints[0].sure == ASKED


def test_three_values_are_asked_and_the_question_counts_them():
    cells = ["0", "1", "2"] * 4
    found = understood({"id": ids(), "time": days(), "status": cells})
    question, further = found.questions
    assert further.key == "time-to-event.none"
    assert question.choices == ("0", "1", "2")
    assert "“0” (4), “1” (4), “2” (4)" in question.text
    said = {"time-to-event__event_values": "1|2"}
    found = understood({"id": ids(), "time": days(), "status": cells}, **said)
    (one,) = found.endpoints
    assert one.event_values == ("1", "2")
    assert one.censored_values == ("0",)
    assert not found.questions
    assert one.sure == CERTAIN


@pytest.mark.parametrize(
    ("times", "unit"),
    [
        (days(), "days"),
        ([n * 5 for n in range(1, 13)], ""),
        ([n * 1.37 for n in range(1, 13)], ""),
        ([n * 8.51 for n in range(1, 13)], "months"),
    ],
)
def test_a_unit_that_the_heading_does_not_say_is_told_by_size_or_asked(times, unit):
    found = understood({"id": ids(), "os_time": times, "os_event": flags()})
    assert found.endpoints[0].unit == unit
    assert [one.key for one in found.questions] == ([] if unit else ["os.unit"])
    said = understood({"id": ids(), "os_time": times, "os_event": flags()}, os__unit="weeks")
    assert said.endpoints[0].unit == "weeks"
    assert not said.questions


def test_a_time_without_an_event_is_asked():
    found = understood({"id": ids(), "os_days": days(), "age": days()})
    assert [one.key for one in found.questions] == ["os.event"]


def test_no_endpoint_at_all_is_asked():
    found = understood({"id": ids(), "age": days(), "sex": flags(12, "f", "m")})
    assert [one.key for one in found.questions] == ["endpoint"]


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("ECOG performance status", ("0", "1")),
        ("HBV status", ("positive", "negative")),
        ("Age (years)", range(40, 52)),
        ("Disease duration (months)", range(12)),
        ("Duration of treatment (days)", days()),
    ],
)
def test_what_sounds_like_an_endpoint_and_is_none(heading, cells):
    values = list(cells) if len(cells) == 12 else flags(12, *cells)
    columns = {"id": ids(), heading: values, "os_days": days(), "os_event": flags()}
    found = understood(columns)
    assert [one.time for one in found.endpoints] == ["os_days"]
    assert [one.name for one in found.variables] == [heading]


def test_an_endpoint_that_few_patients_have_is_asked():
    cells = ["DECEASED", "LIVING", *["UNKNOWN"] * 10]
    found = understood({"PATIENT_ID": ids(), "OS_MONTHS": days(), "OS_STATUS": cells})
    (question,) = found.questions
    assert question.key == "os.use"
    assert "2 of 12 patients" in question.text


def test_an_endpoint_that_some_lack_says_who_has_it():
    cells = ["Dead", "Alive", "Unknown", *["Dead"] * 9]
    (one,) = understood({"id": ids(), "os_days": days(), "os_status": cells}).endpoints
    assert one.population
    assert "1 of 12" in one.why


def test_a_flag_called_censored_is_written_both_ways():
    """In GBSG2, a data set of R's, 1 in “cens” stands for the event."""
    late = ["0" if n > 800 else "1" for n in days()]
    (asked,) = understood({"id": ids(), "time": days(), "cens": late}).questions
    assert asked.key == "time-to-event.event_values"
    turned = ["1" if n > 800 else "0" for n in days()]
    found = understood({"id": ids(), "time": days(), "cens": turned})
    assert not found.questions
    assert found.endpoints[0].event_values == ("0",)


def test_roles_that_are_said_make_an_endpoint():
    columns = {"id": ids(), "week": range(1, 13), "arrest": flags()}
    assert [one.key for one in understood(columns).questions] == ["endpoint"]
    said = {"role:week": "time", "role:arrest": "event"}
    found = understood(columns, **said)
    (one,) = found.endpoints
    assert (one.time, one.event, one.unit) == ("week", "arrest", "weeks")
    assert not found.questions


def test_a_column_without_a_heading_is_no_answer():
    found = understood({"": range(1, 13), "id": ids(), "os_days": days(), "os_event": flags()})
    assert [one.id for one in found.endpoints] == ["os"]
