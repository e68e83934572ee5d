"""The file of the audit log: whole lines, by several processes, also after it was moved away."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from callbacks.server.audit_log import AuditLog, Unwritten

ROOT = Path(__file__).parents[3]


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "audit.jsonl"


def lines(path: Path) -> list[dict]:
    return [json.loads(one) for one in path.read_text("utf-8").splitlines()]


def test_a_line_is_json_in_letters_that_can_be_read(path):
    AuditLog(str(path)).write({"user": "Jörg\n\t", "rows": None, "half": "\ud800"})
    raw = path.read_bytes()
    assert raw.count(b"\n") == 1
    assert "Jörg" in raw.decode("utf-8")
    (line,) = lines(path)
    assert (line["user"], line["rows"]) == ("Jörg\n\t", None)
    assert path.stat().st_mode & 0o777 == 0o640


def test_what_was_written_before_stays(path):
    path.write_text('{"old":1}\n', "utf-8")
    AuditLog(str(path)).write({"new": 2})
    assert lines(path) == [{"old": 1}, {"new": 2}]


def test_processes_mix_no_lines(path):
    """Each writes lines longer than a pipe or a page takes at once."""
    audit = AuditLog(str(path))
    children = []
    for name in range(4):
        child = os.fork()
        if not child:
            for i in range(40):
                audit.write({"by": name, "i": i, "long": str(name) * 9000})
            os._exit(0)
        children.append(child)
    assert [os.waitpid(one, 0)[1] for one in children] == [0] * 4
    found = lines(path)
    assert len(found) == 160
    assert all(set(one["long"]) == {str(one["by"])} for one in found)
    for name in range(4):
        assert [one["i"] for one in found if one["by"] == name] == list(range(40))


def test_after_rotation_a_new_file_begins(path):
    audit = AuditLog(str(path))
    audit.write({"n": 1})
    moved = path.rename(path.with_suffix(".1"))
    audit.write({"n": 2})
    path.unlink()
    audit.write({"n": 3})
    assert lines(moved) == [{"n": 1}]
    assert lines(path) == [{"n": 3}]


def test_rotation_by_create_is_noticed_by_the_number_of_the_file(path):
    """As logrotate does with ``create``: another file of the same name."""
    audit = AuditLog(str(path))
    audit.write({"n": 1})
    path.rename(path.with_suffix(".1"))
    path.touch()
    audit.write({"n": 2})
    assert lines(path) == [{"n": 2}]


def test_a_line_that_cannot_be_written_is_loud_and_known_to_all_processes(path, caplog):
    audit = AuditLog(str(path))
    path.unlink()
    path.mkdir()
    child = os.fork()
    if not child:
        try:
            audit.write({"n": 1})
        except Unwritten:
            os._exit(0)
        os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    assert audit.failing
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            assert not audit.resumes()
    assert caplog.text.count("The audit log cannot be written (Is a directory)") == 1
    path.rmdir()
    assert audit.resumes()
    assert not audit.failing
    assert audit.resumes()
    assert [one["action"] for one in lines(path)] == ["log resumed"]


def test_half_a_line_is_taken_back(path, monkeypatch):
    audit = AuditLog(str(path))
    audit.write({"n": 1})
    real = os.write
    with monkeypatch.context() as full:
        full.setattr(os, "write", lambda file, raw: real(file, raw[:5]))
        with pytest.raises(Unwritten):
            audit.write({"n": 2})
    audit.write({"n": 3})
    assert lines(path) == [{"n": 1}, {"n": 3}]


@pytest.mark.parametrize("kind", ["a folder", "in no folder", "a pipe"])
def test_what_cannot_be_written_does_not_start(path, kind):
    if kind == "a folder":
        path.mkdir()
    elif kind == "a pipe":
        os.mkfifo(path)
    else:
        path = path / "below"
    with pytest.raises(ValueError, match=r"^AUDIT_LOG names .*, which cannot be written \("):
        AuditLog(str(path))


def test_standard_output_is_one_too(tmp_path):
    code = (
        "import os\n"
        "from callbacks.server.audit_log import AuditLog\n"
        "audit = AuditLog('-')\n"
        "child = os.fork()\n"
        "for i in range(30): audit.write({'by': bool(child), 'long': 'x' * 9000})\n"
        "child and os.waitpid(child, 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = [json.loads(one) for one in done.stdout.splitlines()]
    assert sorted(one["by"] for one in found) == [False] * 30 + [True] * 30
