"""What ADaM data sets say of a study, as ``study.toml`` would say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from data.checking.problems import Problem, StudyError
from data.checking.slug import slug
from data.importing.adverse_events import EventTable
from data.importing.arms import guess_arms
from data.importing.column import Column
from data.importing.declare import declaration_of
from data.importing.guess import EndpointGuess, Guess
from data.importing.headings import endpoint_of, endpoints
from data.importing.roles import guess_role
from data.importing.understanding import Given, Understanding, columns_of
from data.reading.raw import RawTable
from data.sources.adam_response import RESPONSE, best_response, response_section
from data.sources.adam_times import PATIENT, Times, times_of

# Columns of the arm as planned, the first that is there.
ARMS = ("TRT01P", "TRTP", "ARM", "TRT01A", "ACTARM")
# Populations of the Implementation Guide, the first that is there is shown first.
POPULATIONS = {
    "ITTFL": "intention to treat",
    "FASFL": "full analysis set",
    "MITTFL": "modified intention to treat",
    "RANDFL": "randomised",
    "ENRLFL": "all who were enrolled",
    "SAFFL": "safety",
    "EFFFL": "efficacy",
    "PPROTFL": "per protocol",
    "PPSFL": "per protocol set",
}
SAFETY = "SAFFL"
# What adsl knows of the course and the end of the study, which nobody knew at its start.
_LATER = (
    "DTH",
    "EOS",
    "EOT",
    "DCS",
    "DCR",
    "DCD",
    "DIS",
    "DSR",
    "LDD",
    "ADTH",
    "LST",
    "COMP",
    "AEWITH",
    "TRTDUR",
    "CUMDOSE",
    "AVGDD",
    "VISNUM",
    "RFEN",
    "TRTED",
)
# Who somebody is, and where and by whom treated.
_ADMINISTRATIVE = ("STUDYID", "SUBJID", "SITEID", "INVID", "INVNAM", "AGEU", "SITEGR")
_EVENT_CATEGORIES = ("AEBODSYS", "AESOC")


@dataclass(frozen=True, eq=False)
class AdamTables:
    """The data sets of a folder.

    Attributes
    ----------
    files : mapping of data set to file
    tables : mapping of data set to RawTable
    """

    files: Mapping[str, str]
    tables: Mapping[str, RawTable]


def patients_with_times(given: AdamTables) -> tuple[RawTable, list[Times]]:
    """adsl with a time and a censoring code for each parameter of adtte, and the best response."""
    adsl = given.tables["adsl"]
    if PATIENT not in adsl.cells:
        fix = "Add it as ADaM defines it"
        problem = Problem(given.files["adsl"], "the column is missing", fix, PATIENT)
        raise StudyError([problem])
    times = times_of(given.tables["adtte"], given.files["adtte"])
    cells = adsl.cells.loc[:, [name for name in adsl.cells if name]]
    for one in times:
        cells = cells.join(one.rows, on=PATIENT)
    if "adrs" in given.tables:
        response = best_response(given.tables["adrs"].cells)
        cells = cells if response is None else cells.join(response, on=PATIENT)
    return replace(adsl, cells=cells.fillna("")), times


def declaration_of_adam(
    given: AdamTables, patients: RawTable, times: list[Times], study_id: str
) -> dict:
    """The declaration of the study."""
    file = given.files["adsl"]
    columns = columns_of(Given(file, patients), {}, False)
    arm = next((one for one in ARMS if one in patients.cells), "")
    flags = [one for one in POPULATIONS if one in patients.cells]
    guesses = [_guess(one, arm, flags, columns, times) for one in columns]
    death = endpoint_of("death").id
    found = sorted((_endpoint(one, len(patients.cells)) for one in times), key=_order)
    understood = Understanding(
        given=(Given(file, patients),),
        patients=Given(file, patients),
        guesses=tuple(guesses),
        endpoints=tuple(found),
        arms=guess_arms(guesses, {}),
        events=_events(given),
        passed_over=(),
        questions=(),
        answers={"title": _title(patients, study_id), f"label:{RESPONSE}": "Best response"},
    )
    made, _ = declaration_of(understood, study_id)
    made["design"] = f"{len(patients.cells)} patients, from ADaM data sets."
    sets = _analysis_sets(patients, flags)
    if sets:
        made["analysis_sets"] = sets
    if "adverse_events" in made:
        made["adverse_events"] |= _of_events(given, flags)
        if "onset_day" in made["adverse_events"] and death not in [one.id for one in found]:
            del made["adverse_events"]["onset_day"]
    if RESPONSE in patients.cells:
        made |= response_section(patients.cells[RESPONSE])
    return made


def _title(patients: RawTable, study_id: str) -> str:
    studies = set(patients.cells.get("STUDYID", ())) - {""}
    return studies.pop() if len(studies) == 1 else study_id


def _guess(
    column: Column, arm: str, flags: list[str], columns: list[Column], times: list[Times]
) -> Guess:
    """What a column of adsl is, by its name in the standard."""
    name = column.name
    if name == PATIENT:
        return Guess(column, "id", "as in ADaM")
    if name == arm:
        return Guess(column, "arm", "as in ADaM", kind="categorical")
    if name in flags or name == RESPONSE:
        return Guess(column, "variable", "as in ADaM", kind="categorical")
    for one in times:
        if name in (one.time, one.event):
            return Guess(column, "time" if name == one.time else "event", "from adtte")
    left_out = Guess(column, "left out", "as in ADaM")
    if name.startswith((*_LATER, *_ADMINISTRATIVE)) or name.endswith("FL"):
        return left_out
    if name.startswith(("TRT", "ARM", "ACTARM", "AP0")) or _is_twin(column, columns):
        return left_out
    # What sounds like an endpoint in adsl is none: those are in adtte.
    found = guess_role(replace(column, label=column.label))
    return found if found.role == "variable" else left_out


def _is_twin(column: Column, columns: list[Column]) -> bool:
    """Whether a column is the number of another one's levels: AGEGR1N of AGEGR1."""
    names = {one.name for one in columns}
    return column.name.endswith("N") and column.name[:-1] in names and column.numbers is not None


def _endpoint(one: Times, n: int) -> EndpointGuess:
    known = one.known
    lacking = n - one.rows[one.time].astype(bool).sum()
    return EndpointGuess(
        id=known.id if known else slug(one.code) or "endpoint",
        label=known.label if known else one.code,
        name=known.name if known else one.label,
        event_name=known.event if known else one.event_words or "Event",
        curve=known.curve if known else "",
        population=f"patients with {one.code} in adtte" if lacking > 0 else "",
        time=one.time,
        unit=one.unit,
        event=one.event,
        event_values=one.events,
        censored_values=one.censored,
        why=f"{one.code}, {one.label}",
    )


def _order(one: EndpointGuess) -> int:
    """Endpoints that have a name of their own before others, in the order of that list."""
    names = [known.id for known in endpoints()]
    return names.index(one.id) if one.id in names else len(names)


def _analysis_sets(patients: RawTable, flags: list[str]) -> list[dict]:
    return [
        {
            "id": slug(name),
            "label": POPULATIONS[name],
            "description": patients.labels.get(name, name),
            "rule": {slug(name): ["y"]},
        }
        for name in flags
        if "Y" in set(patients.cells[name])
    ]


def _events(given: AdamTables) -> EventTable | None:
    """adae as a table of adverse events; None where it lacks what such a table needs."""
    if "adae" not in given.tables:
        return None
    cells = given.tables["adae"].cells
    grade = next((one for one in ("AETOXGR", "AESEV") if one in cells and any(cells[one])), "")
    term = next((one for one in ("AEDECOD", "AETERM") if one in cells), "")
    if PATIENT not in cells or not grade or not term:
        return None
    category = next((one for one in _EVENT_CATEGORIES if one in cells and all(cells[one])), "")
    onset = "ASTDY" if "ASTDY" in cells and all(cells["ASTDY"]) else ""
    return EventTable(given.files["adae"], PATIENT, term, grade, category, onset, "as in ADaM")


def _of_events(given: AdamTables, flags: list[str]) -> dict:
    """What the section of adverse events says beside its columns."""
    cells = given.tables["adae"].cells
    more = {}
    if "TRTEMFL" in cells:
        more["treatment_emergent"] = "TRTEMFL"
    if SAFETY in flags:
        more["set"] = slug(SAFETY)
    return more
