"""A study that is read by another process is the same study, and costs this one nothing."""

from __future__ import annotations

import dataclasses
import os
import signal
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest

from data.apart import readers
from data.apart.passing import packed, unpacked
from data.apart.readers import MEGABYTE, given_files_apart, load_study_apart
from data.catalog import SHIPPED
from data.checking.problems import StudyError
from data.load import load_study
from data.reading.raw import LIMITS


def alike(one, other) -> bool:
    """Whether two values are the same through and through."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other, one.dtype.kind == "f")
    if isinstance(one, pd.DataFrame):
        return one.equals(other)
    if isinstance(one, Mapping):
        return list(one) == list(other) and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    if dataclasses.is_dataclass(one) and not isinstance(one, type):
        names = [field.name for field in dataclasses.fields(one)]
        return all(alike(getattr(one, name), getattr(other, name)) for name in names)
    return one == other or (one != one and other != other)


@pytest.mark.parametrize("name", sorted(path.name for path in SHIPPED.iterdir() if path.is_dir()))
def test_a_study_is_the_same_afterwards(name):
    here, there = load_study(SHIPPED / name), load_study_apart(SHIPPED / name)
    assert alike(here, there)
    with pytest.raises(TypeError):
        there.codes["x"] = None


def test_what_cannot_be_written_to_stays_so():
    array = np.arange(3)
    array.flags.writeable = False
    assert not unpacked(packed(array)).flags.writeable


def test_what_is_wrong_is_said_as_here(folder):
    folder.change("study.toml", 'time = "os_days"', 'time = "days_os"')
    with pytest.raises(StudyError) as caught:
        load_study_apart(folder.path)
    assert [one.sentence for one in caught.value.problems] == folder.sentences()


def test_tables_are_the_same(folder):
    ((name, table),) = (
        (one.name, one.table) for one in given_files_apart([folder.path / "patients.csv"], LIMITS)
    )
    assert (name, table.cells.shape) == ("patients.csv", (6, 10))


@pytest.fixture
def large(folder):
    """A study whose table takes a while and some memory."""
    wide = ",".join(["12.5"] * 500)
    header = ",".join(f"c{i}" for i in range(500))
    rows = (folder.path / "patients.csv").read_text().splitlines()
    lines = [f"{rows[0]},{header}", *[f"{row},{wide}" for row in rows[1:]]]
    lines += [f"X{i},A,Stage B,None,40,3,100,1,,,{wide}" for i in range(2_000)]
    (folder.path / "patients.csv").write_text("\n".join(lines) + "\n")
    return folder.path


@pytest.mark.parametrize(
    ("limit", "most", "said"),
    [
        ("SECONDS", 0.2, "with 1536 MB of memory and in 0 seconds"),
        ("MEMORY", 256 * MEGABYTE, "memory"),
    ],
)
def test_a_study_that_takes_too_much_is_refused_in_a_sentence(
    large, monkeypatch, limit, most, said
):
    monkeypatch.setattr(readers, limit, most)
    with pytest.raises(StudyError) as caught:
        load_study_apart(large)
    (problem,) = caught.value.problems
    assert said in problem.sentence
    assert problem.fix
    monkeypatch.undo()
    assert load_study_apart(large).n == 2_006, "the next is read as if nothing had happened"


def test_a_process_that_is_gone_is_replaced(folder):
    load_study_apart(folder.path)
    (reader, *_) = readers.READERS._idle
    os.kill(reader._process.pid, signal.SIGKILL)
    assert load_study_apart(folder.path).id == "base"


def test_no_process_is_shared_with_a_copy_of_the_server(folder):
    load_study_apart(folder.path)
    copy = os.fork()
    if not copy:
        os._exit(len(readers.READERS._idle))
    assert os.waitpid(copy, 0)[1] == 0
    assert load_study_apart(folder.path).id == "base"
