"""The server's time for a Survival callback of the shipped studies, beside the core's work."""

from __future__ import annotations

import json
from collections.abc import Callable
from unittest.mock import patch

import numpy as np

import app as application
from callbacks.memory import Memory
from data.catalog import load_catalog
from settings import Settings
from tests.bench.cohorts import Cohort
from tests.bench.timing import Timing, take_turns, timed
from tests.bench.works import curves, curves_in_lifelines
from tests.callbacks.asking import body, view_of

CASES = (("nct01900002", "pvt"), ("soramic", "arm"))


def measure(seconds: float) -> dict[tuple[str, int], dict[str, Timing]]:
    """Times by study and number of patients."""
    catalog = load_catalog()
    results = {}
    for study_id, by in CASES:
        data = patients(catalog.study(study_id), by)
        n_groups = int(data.group.max()) + 1
        ours, theirs = curves(data, n_groups), curves_in_lifelines(data, n_groups)
        assert abs(ours()[1] - theirs()[1]) < 1e-9, "not the same work"
        contenders = {
            "numbers": timed(ours),
            "lifelines": timed(theirs),
            "uncached": timed(callback(study_id, by, uncached=True)),
            "remembered": timed(callback(study_id, by, uncached=False)),
        }
        results[study_id, data.group.size] = take_turns(contenders, seconds)
    return results


def patients(study, by: str) -> Cohort:
    """The first endpoint and a variable, for the patients of the default set."""
    codes = study.codes[by]
    outcome = study.outcomes[study.default_endpoint.id]
    rows = outcome.known & (codes >= 0)
    for variable_id, level_ids in study.default_set.rule:
        levels = study.variable(variable_id).levels
        wanted = [i for i, level in enumerate(levels) if level.id in level_ids]
        rows &= np.isin(study.codes[variable_id], wanted)
    time, event, group = outcome.time[rows], outcome.event[rows], codes[rows]
    return Cohort(time[None, :], event[None, :], group, group[None, :], group[:, None])


def callback(study_id: str, by: str, uncached: bool) -> Callable[[], object]:
    """A whole Survival callback over the server: address in, figure and numbers as JSON out.

    Uncached, every call begins with nothing remembered but the studies.
    """
    app, memory = app_and_memory()
    client = app.server.test_client()
    address = {"pathname": "/survival", "search": f"?study={study_id}&by={by}"}
    look = {"theme": "light", "screen": "standard"}
    # The page is on the screen already.
    key = view_of(app, client, f"/survival?study={study_id}")["key"]
    data = address | look | {"key": key}
    asked = json.dumps(body(app, "view-answer.data", {"view-request.data": data}))
    kind = "application/json"

    def work():
        if uncached:
            memory.forget()
        answer = client.post("/_dash-update-component", data=asked, content_type=kind)
        assert b"Risk table" in answer.data
        return answer

    return work


def app_and_memory():
    """An app, and the object in which it remembers its answers."""
    made: list[Memory] = []

    def watched(studies) -> Memory:
        made.append(Memory(studies))
        return made[-1]

    with patch("callbacks.current.Memory", watched):
        app = application.create_app(Settings())
    (memory,) = made
    return app, memory
