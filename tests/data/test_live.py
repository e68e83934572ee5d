"""A folder that changes while it is used: one whole state after another, never a mixture."""

from __future__ import annotations

import os
import threading
import time

import pytest

from data.live import QUIET, Live


class Clock:
    """A clock that is ahead of the files by so much; ahead, every change is long ago."""

    def __init__(self, ahead: float = 10 * QUIET):
        self.ahead = ahead

    def __call__(self) -> float:
        return time.time() + self.ahead


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "patients.csv").write_text("a")
    return tmp_path


def reader(folder):
    """What a folder holds, by name, and how often it was read."""
    reads = []

    def read():
        reads.append(1)
        return {path.name: path.read_text() for path in sorted(folder.rglob("*.csv"))}

    return read, reads


def seen(live: Live):
    """What is current when the folder is looked at again at once."""
    live._look_again = 0.0
    return live.current()


def test_a_folder_that_does_not_change_is_read_once(folder):
    read, reads = reader(folder)
    live = Live(folder, read, Clock())
    assert seen(live) is seen(live)
    assert len(reads) == 1


def test_without_a_folder_nothing_is_ever_read_again():
    live = Live(None, lambda: object(), Clock())
    assert live.current() is live.current()


def edited(folder):
    (folder / "one" / "patients.csv").write_text("b")


def added(folder):
    (folder / "two").mkdir()
    (folder / "two" / "more.csv").write_text("m")


def removed(folder):
    (folder / "one" / "patients.csv").unlink()


def renamed(folder):
    (folder / "one" / "patients.csv").rename(folder / "one" / "others.csv")


def replaced_by_one_of_the_same_size_and_date(folder):
    path = folder / "one" / "patients.csv"
    before = path.stat()
    (folder / "one" / "new").write_text("z")
    os.utime(folder / "one" / "new", ns=(before.st_atime_ns, before.st_mtime_ns))
    (folder / "one" / "new").rename(path)


CHANGES = [edited, added, removed, renamed, replaced_by_one_of_the_same_size_and_date]


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_seen(folder, change):
    read, _ = reader(folder)
    live = Live(folder, read, Clock())
    before = live.current()
    change(folder)
    now = seen(live)
    assert now == read()
    assert now != before
    assert before == {"patients.csv": "a"}, "whoever holds the old state keeps it"


def test_a_folder_that_vanishes_and_comes_back(folder):
    read, _ = reader(folder)
    live = Live(folder, read, Clock())
    away = folder.with_name("away")
    folder.rename(away)
    assert seen(live) == {}
    away.rename(folder)
    assert seen(live) == {"patients.csv": "a"}


def test_what_is_still_being_written_is_left_alone(folder):
    read, _ = reader(folder)
    clock = Clock(0)
    live = Live(folder, read, clock)
    edited(folder)
    assert seen(live) == {"patients.csv": "a"}
    clock.ahead = QUIET + 1
    assert seen(live) == {"patients.csv": "b"}


def test_a_file_from_the_future_is_not_waited_for(folder):
    """A file server whose clock is ahead; the change must not be waited for."""
    read, _ = reader(folder)
    live = Live(folder, read, Clock(-3600))
    edited(folder)
    assert seen(live) == {"patients.csv": "b"}


def test_hidden_folders_do_not_count(folder):
    """The catalog passes over them too."""
    read, reads = reader(folder)
    live = Live(folder, read, Clock())
    for name in (".git", "_old"):
        (folder / name).mkdir()
    seen(live)
    reads.clear()
    (folder / ".git" / "index.csv").write_text("i")
    (folder / "_old" / "old.csv").write_text("o")
    seen(live)
    assert not reads


def test_a_change_during_the_reading_is_seen_afterwards(folder):
    read, _ = reader(folder)

    def slow():
        found = read()
        if found == {"patients.csv": "a"}:
            edited(folder)
        return found

    live = Live(folder, slow, Clock())
    assert seen(live) == {"patients.csv": "b"}


def test_what_cannot_be_read_is_tried_again(folder, caplog):
    read, _ = reader(folder)
    fails = [False]

    def failing():
        if fails[0]:
            raise OSError("no")
        return read()

    live = Live(folder, failing, Clock())
    edited(folder)
    fails[0] = True
    for _ in range(3):
        assert seen(live) == {"patients.csv": "a"}, "the old state is kept"
    assert [record.levelname for record in caplog.records] == ["ERROR"], "and said once"
    assert live.current() == {"patients.csv": "a"}
    fails[0] = False
    assert seen(live) == {"patients.csv": "b"}


def test_many_at_once_read_it_once_and_get_the_new_state(folder):
    read, reads = reader(folder)

    def slow():
        found = read()
        time.sleep(0.1)
        return found

    live = Live(folder, slow, Clock())
    edited(folder)
    reads.clear()
    got = []
    threads = [threading.Thread(target=lambda: got.append(seen(live))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [{"patients.csv": "b"}] * 8
    assert len(reads) == 1


def test_looking_at_a_large_folder_takes_a_small_part_of_the_time(folder, monkeypatch):
    read, _ = reader(folder)
    live = Live(folder, read, Clock())
    looks = []
    state = live._state

    def slow():
        looks.append(1)
        time.sleep(0.02)
        return state()

    monkeypatch.setattr(live, "_state", slow)
    end = time.monotonic() + 0.2
    while time.monotonic() < end:
        live.current()
    assert len(looks) == 1
