"""The same studies in memory and without their rows, each behind an application of its own."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass, replace
from unittest.mock import patch

import numpy as np
from dash import Dash
from flask.testing import FlaskClient

import app as application
from data.catalog import Catalog
from data.outcomes import EndpointData
from data.study import Study
from settings import Settings
from tests.callbacks.asking import view_of
from tests.data.warehouse.in_memory import counted

CLOSE = 1e-9


@dataclass(frozen=True, eq=False)
class Both:
    """Two applications with the same studies: one has their rows, the other counts only."""

    rows: tuple[Dash, FlaskClient]
    counts: tuple[Dash, FlaskClient]

    def texts(self, path: str) -> tuple[tuple[int, str], tuple[int, str]]:
        """Status and text of an address, of both."""
        answers = (client.get(path) for _, client in (self.rows, self.counts))
        first, second = ((one.status_code, one.get_data(as_text=True)) for one in answers)
        return first, second

    def views(self, address: str) -> tuple[dict, dict]:
        """What both write to the screen."""
        return view_of(*self.rows, address), view_of(*self.counts, address)


def both(*studies: Study) -> Both:
    """Both applications over some studies, without other data sets that fit them."""
    alone = tuple(replace(one, reconstructions=()) for one in studies)
    rows = application_over(Catalog(alone, ()))
    counts = application_over(Catalog(tuple(counted(one) for one in alone), ()))
    return Both((rows, rows.server.test_client()), (counts, counts.server.test_client()))


def application_over(catalog: Catalog) -> Dash:
    """An application over studies that no folder holds."""
    with patch("callbacks.current.load_catalog", lambda *_, **__: catalog):
        return application.create_app(Settings())


def same_csv(first: str, second: str) -> None:
    """Fail where two files differ by more than rounding."""
    ours, theirs = (list(csv.reader(io.StringIO(text))) for text in (first, second))
    assert len(ours) == len(theirs)
    for line, (mine, other) in enumerate(zip(ours, theirs, strict=True)):
        assert len(mine) == len(other), line
        for column, (a, b) in enumerate(zip(mine, other, strict=True)):
            assert _same(a, b), (line, ours[0][column], a, b)


def _same(a: str, b: str) -> bool:
    if a == b:
        return True
    try:
        return math.isclose(float(a), float(b), rel_tol=CLOSE, abs_tol=CLOSE)
    except ValueError:
        return False


def grown(study: Study, n: int, seed: int = 9) -> Study:
    """A made-up study of n patients, each of whom is one of a study's."""
    drawn = np.random.default_rng(seed).integers(study.n, size=n)
    events = study.adverse_events
    if events is not None:
        rows = [np.flatnonzero(events.patient == one) for one in range(study.n)]
        each = [rows[one] for one in drawn]
        every = np.concatenate(each)
        events = replace(
            events,
            patient=np.repeat(np.arange(n), [one.size for one in each]),
            term=events.term[every],
            grade=events.grade[every],
            onset=None if events.onset is None else events.onset[every],
        )
    outcomes = {name: _of(one, drawn) for name, one in study.outcomes.items()}
    return replace(
        study,
        id=f"{study.id}-grown",
        patient_ids=tuple(f"G{i}" for i in range(n)),
        codes={name: codes[drawn] for name, codes in study.codes.items()},
        numbers={name: numbers[drawn] for name, numbers in study.numbers.items()},
        outcomes=outcomes,
        adverse_events=events,
        reconstructions=(),
        evidence=None,
    )


def _of(outcome: EndpointData, rows: np.ndarray) -> EndpointData:
    return outcome.of(rows)
