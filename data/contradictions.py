"""What the files say of one patient that cannot all be true: a response after death.

Each cell can be read, so the study opens; which of two cells is wrong only its owner knows. The
study says what was found in its notes, and nothing is repaired by guessing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from data.checking.problems import Problem, listed
from data.outcomes import EndpointData
from data.sections.adverse_events import AdverseEvents
from data.sections.comparison import Comparison
from data.sections.further_tables import file_of
from data.sections.section import Reading
from data.study import Endpoint

DAYS_OF_A_MONTH = 30.4375
DEATH_GRADE = 5
DATES = "Correct one of the two dates"


@dataclass(frozen=True)
class Found:
    """Patients, or rows of a table, of one kind of contradiction.

    Attributes
    ----------
    file, column, fix : str
        As in `Problem`.
    kind : str
        What is wrong, as a clause without a number of any patient.
    rows : tuple of (int, str)
        Row as an editor counts, and the clause with that row's own days.
    """

    file: str
    column: str
    kind: str
    fix: str
    rows: tuple[tuple[int, str], ...]

    def sentences(self, single_patients: bool) -> list[str]:
        """One sentence a row; only their number where no single patient may be shown."""
        if not single_patients:
            n = len(self.rows)
            where = "1 row" if n == 1 else f"{n} rows"
            said = Problem(self.file, f"in {where} {self.kind}", self.fix, self.column)
            return [said.sentence]
        problems = [Problem(self.file, said, self.fix, self.column, row) for row, said in self.rows]
        return [one.sentence for one in listed(problems)]


def contradictions(reading: Reading) -> tuple[str, ...]:
    """Sentences that name file, column, row and remedy; those of one kind stand together.

    Parameters
    ----------
    reading : Reading
        Of a study that was found sound.
    """
    single = reading.declaration.fields["single_patients"]
    found = [*_of_endpoints(reading), *_of_response(reading), *_of_events(reading)]
    return tuple(said for one in found if one.rows for said in one.sentences(single))


def _comparison(reading: Reading) -> Comparison:
    return reading.values.get("comparison") or Comparison()


def _death(reading: Reading) -> str:
    """The endpoint whose event is death; empty where the study does not declare it."""
    response, events = _comparison(reading).response, reading.values.get("adverse_events")
    declared = [response.survival] if response else []
    declared += [events.columns.death] if events else []
    return next(filter(None, declared), "")


def _together(reading: Reading, one: str, other: str) -> bool:
    """Whether the days of two endpoints are declared and start together."""
    endpoints = reading.declaration.endpoints_by_id
    if not one or not other or one == other:
        return False
    first, second = endpoints[one], endpoints[other]
    return first.origin == second.origin and first.later_origin == second.later_origin


def _end(death: EndpointData, i: int) -> str:
    """``the death on day 106``, ``the last contact on day 60``."""
    return f"the {'death' if death.event[i] else 'last contact'} on day {_day(death, i)}"


def _day(data: EndpointData, i: int) -> str:
    """A patient's day, with one decimal where days have fractions."""
    return f"{data.time[i]:.0f}" if data.time.dtype.kind == "i" else f"{data.time[i]:.1f}"


def _of_endpoints(reading: Reading) -> Iterator[Found]:
    """Progression against death, and against the endpoint that counts both."""
    comparison, death = _comparison(reading), _death(reading)
    competing, response = comparison.competing, comparison.response
    alone = [response.progression] if response else []
    alone += [competing.event] if competing else []
    both = [competing.composite] if competing else []
    for name in dict.fromkeys(alone + both):
        if _together(reading, name, death):
            yield _after_death(reading, name, death)
    if competing and _together(reading, competing.event, competing.composite):
        yield _later_than_both(reading, competing.event, competing.composite)
        if _together(reading, competing.composite, death):
            yield _neither(reading, competing.event, competing.composite, death)


def _endpoint(reading: Reading, name: str) -> tuple[Endpoint, EndpointData]:
    return reading.declaration.endpoints_by_id[name], reading.outcomes[name]


def _rows(reading: Reading, wrong: np.ndarray, words) -> tuple[tuple[int, str], ...]:
    """The rows of the patients' file with their clauses."""
    rows = reading.patients.index
    return tuple((int(rows[i]), words(i)) for i in np.flatnonzero(wrong))


def _after_death(reading: Reading, name: str, death: str) -> Found:
    """An event of progression that comes later than the patient was known to live."""
    (endpoint, data), ended = _endpoint(reading, name), reading.outcomes[death]
    wrong = data.known & ended.known & (data.event == 1) & (data.time > ended.time)
    return Found(
        reading.patients_file,
        endpoint.time_column,
        f"the event of {endpoint.label} comes after death or the last contact",
        DATES,
        _rows(
            reading,
            wrong,
            lambda i: (
                f"the event of {endpoint.label} on day {_day(data, i)} comes after {_end(ended, i)}"
            ),
        ),
    )


def _later_than_both(reading: Reading, event: str, composite: str) -> Found:
    """A time of progression later than that of progression or death."""
    (endpoint, data), (whole, both) = _endpoint(reading, event), _endpoint(reading, composite)
    known = data.known & both.known
    wrong = known & ((data.time > both.time) | ((data.event == 1) & (both.event == 0)))

    def words(i: int) -> str:
        if data.time[i] > both.time[i]:
            later = f"day {_day(data, i)} of {endpoint.label} is later than day {_day(both, i)} of"
            return f"{later} {whole.label}, which counts the same event"
        return f"{endpoint.label} has an event and {whole.label}, which counts it too, has none"

    return Found(
        reading.patients_file,
        endpoint.time_column,
        f"{endpoint.label} does not agree with {whole.label}, which counts the same event",
        "Correct one of the two endpoints",
        _rows(reading, wrong, words),
    )


def _neither(reading: Reading, event: str, composite: str, death: str) -> Found:
    """An event of progression or death of somebody who neither progressed nor died."""
    (alone, data), (whole, both) = _endpoint(reading, event), _endpoint(reading, composite)
    dead, ended = _endpoint(reading, death)
    known = data.known & both.known & ended.known
    wrong = known & (both.event == 1) & (data.event == 0) & (ended.event == 0)
    said = f"{whole.label} has an event although neither {alone.label} nor {dead.label} has one"
    return Found(
        reading.patients_file,
        whole.event_column,
        said,
        "Correct one of the event flags",
        _rows(reading, wrong, lambda i: said),
    )


def _of_response(reading: Reading) -> Iterator[Found]:
    """A response later than the patient was known to live."""
    response, death = _comparison(reading).response, _death(reading)
    if response is None or not response.time or not death:
        return
    variable = reading.declaration.variables_by_id[response.time]
    cells, months = reading.patients[variable.column], reading.numbers[variable.id]
    ended = reading.outcomes[death]
    # Months are rounded: half of a cell's last digit later is not too late.
    digits = np.array([len(cell.partition(".")[2]) for cell in cells])
    earliest = (months - 0.5 * 10.0**-digits) * DAYS_OF_A_MONTH
    wrong = ended.known & np.isfinite(months) & (earliest > ended.time)
    yield Found(
        reading.patients_file,
        variable.column,
        "the response comes after death or the last contact",
        DATES,
        _rows(
            reading,
            wrong,
            lambda i: f"the response at month {cells.iloc[i]} comes after {_end(ended, i)}",
        ),
    )


def _of_events(reading: Reading) -> Iterator[Found]:
    """Adverse events of the dead, and deaths that nobody died."""
    events, death = reading.values.get("adverse_events"), _death(reading)
    if events is None or not death:
        return
    endpoint, ended = _endpoint(reading, death)
    file = file_of(reading, events.columns.table)
    rows = events.rows
    who = events.patient
    lived = ended.known[who] & (ended.event[who] == 0)
    deadly = np.array([grade.low == DEATH_GRADE for grade in events.grades], bool)[events.grade]
    said = f"the grade is 5, death, and {endpoint.label} has no event of this patient"
    yield Found(
        file,
        events.columns.grade,
        said,
        "Correct the grade or the event flag",
        tuple((int(rows[i]), said) for i in np.flatnonzero(deadly & lived)),
    )
    if events.onset is not None and not endpoint.later_origin:
        yield _late_onset(events, ended, file, rows)


def _late_onset(events: AdverseEvents, ended: EndpointData, file: str, rows) -> Found:
    """An adverse event that began later than the patient was known to live."""
    who, onset = events.patient, events.onset
    late = ended.known[who] & (np.nan_to_num(onset, nan=-1.0) > ended.time[who])
    return Found(
        file,
        events.columns.onset_day,
        "the event began after death or the last contact",
        DATES,
        tuple(
            (int(rows[i]), f"the event began on day {onset[i]:.0f}, after {_end(ended, who[i])}")
            for i in np.flatnonzero(late)
        ),
    )
