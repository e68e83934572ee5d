"""What some files are understood to be: one table of patients, perhaps one of adverse events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from data.importing.adverse_events import EventTable, guess_events
from data.importing.answers import answered_columns, answered_endpoints, answered_roles
from data.importing.arms import ArmsGuess, guess_arms
from data.importing.by_dates import dated
from data.importing.column import Column
from data.importing.endpoints import paired
from data.importing.guess import ASKED, DOUBTFUL, EndpointGuess, Guess, Question
from data.importing.headings import endpoint_of, role_words, says
from data.importing.known import with_known
from data.importing.roles import guess_ids, guess_role
from data.reading.raw import RawTable


@dataclass(frozen=True, eq=False)
class Given:
    """A file with its table.

    Attributes
    ----------
    name : str
        The file's name.
    table : RawTable
    """

    name: str
    table: RawTable


@dataclass(frozen=True, eq=False)
class Understanding:
    """What was understood of some files, with whatever somebody has said of them.

    Attributes
    ----------
    given : tuple of Given
    patients : Given
        The one with the patients.
    guesses : tuple of Guess
        Of the columns of ``patients``, in the order of the file.
    endpoints : tuple of EndpointGuess
        The first is the one that pages show first.
    arms : ArmsGuess or None
    events : EventTable or None
        The table of adverse events.
    passed_over : tuple of (file, why)
        Files that are not used.
    questions : tuple of Question
        What must be answered before there is a study.
    answers : mapping of key to text
        What somebody has said.
    """

    given: tuple[Given, ...]
    patients: Given
    guesses: tuple[Guess, ...]
    endpoints: tuple[EndpointGuess, ...]
    arms: ArmsGuess | None
    events: EventTable | None
    passed_over: tuple[tuple[str, str], ...]
    questions: tuple[Question, ...]
    answers: Mapping[str, str]

    @property
    def id_column(self) -> Guess | None:
        return next((one for one in self.guesses if one.role == "id"), None)

    @property
    def variables(self) -> list[Guess]:
        return [one for one in self.guesses if one.role == "variable"]


def understand(given: Sequence[Given], answers: Mapping[str, str] | None = None) -> Understanding:
    """What some files are, each guess with how sure it is.

    Parameters
    ----------
    given : sequence of Given
        At least one.
    answers : mapping of key to text
        What somebody has said, see `data.importing.answers`; it counts before every guess.
    """
    answers = dict(answers or {})
    tables = [(one, columns_of(one, answers, i == 0)) for i, one in enumerate(_by_use(given))]
    patients, columns = tables[0]
    guesses = guess_ids([guess_role(column) for column in columns])
    guesses = answered_roles(guesses, answers)
    found = paired(guesses)
    found += dated(guesses, {one.id for one in found})
    found = answered_endpoints(found, guesses, answers)
    by_name = {one.name: one.column for one in guesses}
    found = [_enough(with_known(one, by_name), answers) for one in found]
    guesses = _after_endpoints(guesses, found, answers)
    first = endpoint_of("death").id
    found = sorted(found, key=lambda one: one.id != first)
    arms = guess_arms(guesses, answers)
    events, passed_over = None, []
    ids = next((set(one.column.cells) for one in guesses if one.role == "id"), set())
    for one, others in tables[1:]:
        made, why = guess_events(one.name, others, ids)
        if made and events is None:
            events = made
        else:
            passed_over.append((one.name, why or "a second table of adverse events"))
    questions = [question for one in found for question in one.questions]
    questions += _of_patients(guesses, found, patients)
    return Understanding(
        given=tuple(given),
        patients=patients,
        guesses=tuple(guesses),
        endpoints=tuple(found),
        arms=arms,
        events=events,
        passed_over=tuple(passed_over),
        questions=tuple(questions),
        answers=answers,
    )


def columns_of(given: Given, answers: Mapping[str, str], first: bool) -> list[Column]:
    """The columns of a table."""
    table = given.table
    made = []
    for position, name in enumerate(table.cells.columns):
        cells = tuple(table.cells.iloc[:, position])
        labels = table.value_labels.get(name, {})
        column = Column(given.name, name, cells, table.labels.get(name, ""), value_labels=labels)
        made.append(column)
    return answered_columns(made, answers) if first else made


def _by_use(given: Sequence[Given]) -> list[Given]:
    """The table of patients before all others: it has one row for each."""

    def fit(one: Given) -> tuple[int, int]:
        guesses = guess_ids([guess_role(column) for column in columns_of(one, {}, False)])
        has_id = any(guess.role == "id" for guess in guesses)
        ends = paired(guesses)
        ends += dated(guesses, set())
        return (2 * bool(ends) + has_id, -len(one.table.cells))

    return sorted(given, key=fit, reverse=True) if len(given) > 1 else list(given)


def _enough(guess: EndpointGuess, answers: Mapping[str, str]) -> EndpointGuess:
    """The endpoint without the question whether a few patients are enough, if that was said."""
    key = f"{guess.id}.use"
    if answers.get(key) != "yes" or key not in [one.key for one in guess.questions]:
        return guess
    return replace(guess, sure=DOUBTFUL, questions=())


def _after_endpoints(
    guesses: list[Guess], found: list[EndpointGuess], answers: Mapping[str, str]
) -> list[Guess]:
    """The guesses, those of times, events and dates that no endpoint uses left out."""
    used = {name for one in found for name in one.columns}
    made = []
    for one in guesses:
        said = f"role:{one.name}" in answers
        if one.role in ("time", "event", "date") and one.name not in used and not said:
            one = replace(one, role="left out", why=f"{one.why}, and no endpoint needs it")
        made.append(one)
    return made


def _of_patients(
    guesses: list[Guess], found: list[EndpointGuess], patients: Given
) -> list[Question]:
    """What must be known of the table itself."""
    questions = []
    names = tuple(one.name for one in guesses)
    if not any(one.role == "id" for one in guesses):
        doubled = _doubled_id(guesses)
        if doubled:
            text = (
                f"{patients.name} has several rows for one patient (“{doubled}”), as a table with "
                "a row for each visit has. Which file has one row a patient, or which column ids?"
            )
            questions.append(Question("id", text, names))
    if not found:
        text = (
            "Which columns are the time and the event of an endpoint? None was found by heading "
            "and content."
        )
        questions.append(Question("endpoint", text, names))
    return questions


def _doubled_id(guesses: list[Guess]) -> str:
    for one in guesses:
        if says(one.name, role_words("id")) and len(one.column.counts) < len(one.column.cells):
            return one.column.name
    return ""


def doubtful(understood: Understanding) -> list[Guess]:
    """The guesses of columns, the least sure first."""
    return sorted(understood.guesses, key=lambda one: (one.sure, one.role == "left out"))


def certain(understood: Understanding) -> bool:
    """Whether nothing that an endpoint needs is open."""
    return not understood.questions and all(one.sure > ASKED for one in understood.endpoints)
