"""Foreign libraries read in a process of their own: whatever becomes of it, the server is told."""

from __future__ import annotations

import random
import sys

import pyreadstat
import pytest

from data.checking.problems import StudyError
from data.reading import apart
from data.reading.kinds import STATISTICAL, FileKind
from data.reading.raw import AS_FOUND, LIMITS, Limits
from data.reading.table import read_table
from tests.data.reading.test_statistical import FRAME, write

KIND = FileKind("an SPSS file", STATISTICAL, "sav")
DAMAGED = (
    "patients.sav: it is an SPSS file that is damaged, or too large to be read. Open it in its "
    "program and save it anew, or save it as CSV UTF-8."
)


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "patients.sav"
    pyreadstat.write_sav(FRAME, made)
    return made


def refusal(path, limits: Limits = LIMITS) -> str:
    with pytest.raises(StudyError) as caught:
        apart.read_apart(path, KIND, AS_FOUND, limits, path.name)
    return str(caught.value)


@pytest.fixture
def instead(monkeypatch, tmp_path):
    """Another program in place of the reader."""

    def put(program: str) -> None:
        script = tmp_path / "reader"
        script.write_text(f"#!{sys.executable}\nimport os, sys\n{program}\n", "utf-8")
        script.chmod(0o755)
        monkeypatch.setattr(apart.sys, "executable", str(script))

    return put


@pytest.mark.parametrize(
    "program",
    [
        "os.abort()",
        "sys.exit(1)",
        "print('[1, \"A\"]')",
        "print('[1, \"A\"')",
        "print('{}')",
        'print(\'{"what": "x", "more": 1}\')',
        "os.write(1, bytes(range(256)))",
    ],
)
def test_a_reader_that_breaks_off_is_a_damaged_file(path, instead, program):
    instead(program)
    assert refusal(path) == DAMAGED


def test_a_reader_that_never_ends_is_stopped(path, instead, monkeypatch):
    monkeypatch.setattr(apart, "SECONDS", 0.2)
    instead("import time; time.sleep(60)")
    assert refusal(path) == DAMAGED


def test_a_reader_that_tells_too_much_is_stopped(path, instead):
    instead('while True: print(\'[1, "A", "B"]\')')
    said = refusal(path, Limits(memory=1))
    assert said.startswith("patients.sav: its table takes more than 1 MB of memory")


def test_it_sees_none_of_the_servers_settings(path, instead, monkeypatch):
    monkeypatch.setenv("PASSWORD_HASH", "secret")
    instead("sys.exit(1) if 'PASSWORD_HASH' in os.environ else print('{\"what\": \"x\"}')")
    grid = apart.read_apart(path, KIND, AS_FOUND, LIMITS, path.name)
    assert (grid.rows, grid.what) == ([], "x")


@pytest.mark.parametrize("seed", [1, 164, 175])
def test_a_file_with_wrong_bytes_does_not_end_the_server(path, seed):
    """Read where it is asked for, these break the library off, and with it the program."""
    write(path, "sav")
    spoilt, chance = bytearray(path.read_bytes()), random.Random(seed)
    for _ in range(chance.choice([1, 3, 20])):
        spoilt[chance.randrange(4, len(spoilt))] = chance.randrange(256)
    path.write_bytes(bytes(spoilt))
    with pytest.raises(StudyError) as caught:
        read_table(path)
    assert caught.value.problems[0].file == "patients.sav"
