"""A server with two workers as in production: one dies, a study changes and vanishes."""

from __future__ import annotations

import csv
import io
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.load.server import Server
from tests.studies.edges import PATIENTS, write_studies

FEWER = PATIENTS[: PATIENTS.rindex("P19")]
WHOLE, ONE_FEWER = {"A": "10", "B": "10"}, {"A": "10", "B": "9"}
PATIENCE = 60


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_studies(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="module")
def server(folder, tmp_path_factory):
    """A server over these studies whose log is in a file."""
    if not Path("/proc/self/stat").exists():
        pytest.fail("Processes are read from /proc, as on the hospital's server: run it on Linux.")
    with (
        (tmp_path_factory.mktemp("log") / "log").open("wb") as log,
        Server(folder, log=log) as made,
    ):
        yield made


def sizes(server) -> dict[str, str] | str:
    """Patients by arm, or the sentence in their place; over a connection of its own."""
    address = f"http://127.0.0.1:{server.port}/download/survival-summary.csv?study=edges"
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            rows = csv.DictReader(io.TextIOWrapper(answer, "utf-8"))
            return {row["group"]: row["n"] for row in rows}
    except urllib.error.HTTPError as error:
        with error:
            return error.read().decode() if error.code == 400 else f"status {error.code}"


def until(server, wanted, before) -> None:
    """Ask until the answer is what is wanted.

    Until then it is the one before, or none because the study is being read; no other.
    """
    end, in_a_row = time.monotonic() + PATIENCE, 0
    while in_a_row < 20:
        found = sizes(server)
        if isinstance(found, str) and isinstance(wanted, str) and found.startswith(wanted):
            found = wanted
        assert found in (wanted, before, "status 503")
        in_a_row = in_a_row + 1 if found == wanted else 0
        assert time.monotonic() < end


def test_a_worker_that_dies_is_not_missed(server):
    assert sizes(server) == WHOLE
    gone = server.kill_worker()
    assert [sizes(server) for _ in range(20)] == [WHOLE] * 20
    end = time.monotonic() + PATIENCE
    while gone in server.workers() or len(server.workers()) < 2:
        assert time.monotonic() < end
        time.sleep(0.02)
    assert [sizes(server) for _ in range(20)] == [WHOLE] * 20


def test_a_study_that_changes_and_vanishes(server, folder):
    assert sizes(server) == WHOLE
    new = folder / "edges" / "patients.new"
    new.write_text(FEWER, "utf-8")
    new.rename(folder / "edges" / "patients.csv")
    until(server, ONE_FEWER, before=WHOLE)
    (folder / "edges").rename(folder / "_edges")
    until(server, "There is no study “edges”", before=ONE_FEWER)
    (folder / "_edges").rename(folder / "edges")
