"""Each study is read by itself: one that takes long keeps nobody waiting for the others."""

from __future__ import annotations

import threading

import pytest

from data.apart.folders import BeingRead, Folders


@pytest.fixture
def studies(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "study.toml").write_text(name)
    return [tmp_path / "a", tmp_path / "b"]


class Reads:
    """Gives what stands in study.toml, and waits where it is told to."""

    def __init__(self):
        self.read = []
        self.hold = {}

    def __call__(self, path):
        self.read.append(path.name)
        if path.name in self.hold:
            assert self.hold[path.name].wait(60)
        text = (path / "study.toml").read_text()
        if text == "fails":
            raise ValueError(text)
        return text


def test_only_what_has_changed_is_read_again(studies):
    reads = Reads()
    folders = Folders(reads)
    assert list(folders.begin(studies)().values()) == ["a", "b"]
    (studies[1] / "study.toml").write_text("changed")
    assert list(folders.begin(studies)().values()) == ["a", "changed"]
    assert sorted(reads.read) == ["a", "b", "b"]


def test_what_takes_long_is_being_read_and_the_others_are_there(studies, monkeypatch):
    monkeypatch.setattr("data.apart.folders.PATIENCE_AT_FIRST", 0.2)
    reads = Reads()
    reads.hold["a"] = threading.Event()
    folders = Folders(reads)
    first, second = folders.begin(studies)().values()
    assert isinstance(first, BeingRead)
    assert first.problems[0].sentence.startswith("a: the study is being read.")
    assert second == "b"
    assert not folders.at_rest
    reads.hold["a"].set()
    assert list(folders.begin(studies)().values()) == ["a", "b"]
    assert reads.read.count("a") == 1, "it is not begun anew by who asks meanwhile"
    assert folders.finished == 2


def test_an_error_of_the_server_is_said_of_that_study(studies):
    (studies[0] / "study.toml").write_text("fails")
    first, second = Folders(Reads()).begin(studies)().values()
    assert "could not have it read (ValueError)" in str(first)
    assert second == "b"


def test_a_copy_of_the_process_reads_what_was_being_read(studies, monkeypatch):
    """It has the results so far, and none of the threads."""
    monkeypatch.setattr("data.apart.folders.PATIENCE_AT_FIRST", 0.2)
    reads = Reads()
    reads.hold["a"] = threading.Event()
    folders = Folders(reads)
    folders.begin(studies)()
    folders._begin_anew()
    reads.hold.clear()
    assert folders.at_rest
    assert list(folders.begin(studies)().values()) == ["a", "b"]
