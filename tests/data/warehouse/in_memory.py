"""A study in memory that answers as one in a database does: the right answers, in plain pandas."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from data.cohort import select
from data.study import Study
from data.warehouse.counts import Counts
from data.warehouse.no_rows import NO_ROWS
from data.warehouse.question import (
    Cause,
    Grade,
    Happened,
    Level,
    Passes,
    Question,
    Rows,
    SevereCause,
    SevereTime,
    Site,
    Term,
    Time,
    Value,
    Who,
)


@dataclass(frozen=True, eq=False)
class InMemory:
    """Answers questions about a study whose patients are here; see `data.warehouse.counts`."""

    study: Study

    @property
    def n(self) -> int:
        return self.study.n

    @property
    def missing(self) -> frozenset[str]:
        study = self.study
        return frozenset(one.id for one in study.variables if (study.codes[one.id] < 0).any())

    @property
    def sites(self) -> tuple[str, ...]:
        return ("here",)

    @property
    def as_of(self) -> str:
        return "28 November 2026"

    def count(self, question: Question) -> tuple[Counts, ...]:
        frame = _rows(self.study, question.who, question.rows)
        return tuple(
            _counted(self.study, frame, grouping, question.sums) for grouping in question.groupings
        )

    def statement(self, question: Question) -> str:
        return "SELECT count(*)"

    def due(self) -> bool:
        return False

    def answers(self) -> bool:
        return True


def counted(study: Study) -> Study:
    """The same study without its rows: whoever wants them is told that they are not here."""
    adverse_events = study.adverse_events
    if adverse_events is not None:
        adverse_events = replace(adverse_events, patient=None, term=None, grade=None, onset=None)
    return replace(
        study,
        patient_ids=(),
        codes=NO_ROWS,
        numbers=NO_ROWS,
        outcomes=NO_ROWS,
        adverse_events=adverse_events,
        reconstructions=(),
        counted=InMemory(study),
    )


def _rows(study: Study, who: Who, rows: Rows) -> pd.DataFrame:
    """Place of each patient that is counted, once for each thing that is."""
    if rows is Rows.FIRST_SEVERE:
        return _first_severe(study, who)
    chosen = select(study, who.cohort)
    if who.endpoint:
        outcome = study.outcomes[who.endpoint]
        chosen &= outcome.known
        if who.after is not None:
            chosen &= outcome.time > who.after
    if rows is Rows.PATIENTS:
        return pd.DataFrame({"patient": np.flatnonzero(chosen)})
    table = study.adverse_events
    frame = pd.DataFrame({"patient": table.patient, "term": table.term, "grade": table.grade})
    frame = frame[chosen[frame["patient"]]]
    if rows is Rows.WORST_OF_TERM:
        frame = frame.groupby(["patient", "term"], as_index=False)["grade"].max()
    if rows is Rows.WORST:
        frame = frame.groupby("patient", as_index=False)["grade"].max()
    return frame


def _first_severe(study: Study, who: Who) -> pd.DataFrame:
    table = study.adverse_events
    death = study.outcomes[table.columns.death]
    frame = pd.DataFrame({"patient": table.patient, "grade": table.grade, "onset": table.onset})
    severe = frame[frame["grade"] >= table.first_severe].groupby("patient")["onset"].min()
    onset = severe.reindex(range(study.n))
    undated = onset.isna().to_numpy() & np.isin(np.arange(study.n), severe.index)
    dated = onset.notna().to_numpy()
    time = np.where(dated, onset, np.where(undated, np.nan, death.time))
    cause = np.where(dated, 1, np.where(undated, -1, np.where(death.event == 1, 2, 0)))
    chosen = select(study, who.cohort) & (death.known | undated)
    patient = np.flatnonzero(chosen)
    return pd.DataFrame({"patient": patient, "time": time[patient], "cause": cause[patient]})


def _counted(study: Study, frame: pd.DataFrame, grouping, sums) -> Counts:
    patient = frame["patient"].to_numpy()
    cells = pd.DataFrame(index=range(len(frame)))
    for place, column in enumerate(grouping):
        cells[place] = _cells(study, frame, column, patient)
    products = {}
    for names in sums:
        product = np.prod([study.numbers[name][patient] for name in names], axis=0)
        products[names] = pd.Series(product, index=cells.index)
    if not grouping:
        key = np.zeros(len(cells), int)
    else:
        key = cells.groupby(list(cells.columns), dropna=False, sort=True).ngroup().to_numpy()
    size = int(key.max(initial=-1)) + 1
    n = np.bincount(key, minlength=max(size, 0 if grouping else 1)).astype(np.int64)
    first = np.zeros(size, int)
    first[key[::-1]] = np.arange(len(key))[::-1]
    found, of = {}, {}
    for names, product in products.items():
        has = np.isfinite(product.to_numpy())
        found[names] = np.bincount(key[has], product.to_numpy()[has], minlength=n.size)
        of[names] = np.bincount(key[has], minlength=n.size).astype(np.int64)
    columns = {one: cells[place].to_numpy()[first] for place, one in enumerate(grouping)}
    return Counts(columns, n, found, of)


def _cells(study: Study, frame: pd.DataFrame, column, patient: np.ndarray) -> np.ndarray:
    match column:
        case Level(variable):
            return study.codes[variable][patient].astype(np.int64)
        case Value(variable):
            return study.numbers[variable][patient]
        case Time(endpoint):
            outcome = study.outcomes[endpoint]
            return np.where(outcome.known, outcome.time, -1)[patient]
        case Happened(endpoint):
            return study.outcomes[endpoint].event[patient].astype(np.int64)
        case Cause(endpoint):
            return study.outcomes[endpoint].cause[patient].astype(np.int64)
        case Site():
            return np.zeros(len(patient), np.int64)
        case Term():
            return frame["term"].to_numpy()
        case Grade():
            return frame["grade"].to_numpy()
        case Passes(one):
            return one.mask(study)[patient].astype(np.int64)
        case SevereTime():
            return frame["time"].to_numpy()
        case SevereCause():
            return frame["cause"].to_numpy()
    raise ValueError(f"no such column: {column}")
