"""What nobody should bring: each is answered with a sentence, and nothing stays behind."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import app as application
from data.reading.raw import Limits
from data.sources.held import HALF_WRITTEN, HOURS, LARGEST, MOST_FILES, Held
from settings import Settings
from tests.callbacks.uploads.bringing import PATIENTS, reader
from tests.data.importing.workbook import write_workbook

ROOT = Path(__file__).parents[3]
HEADER, *ROWS = [line.split(",") for line in PATIENTS.splitlines()]


@pytest.fixture(scope="module")
def app():
    return application.create_app(Settings())


@pytest.fixture
def one(app, monkeypatch, tmp_path):
    """A browser whose files lie in a folder that a test can look into."""
    monkeypatch.setattr(app.server.extensions["own"], "held", Held(tmp_path / "held"))
    (tmp_path / "held").mkdir()
    return reader(app)


def held(tmp_path: Path) -> list[str]:
    """Names of all files that are held."""
    inside = (tmp_path / "held").rglob("*")
    return sorted(path.name for path in inside if path.is_file() and path.name != "born")


def workbook(tmp_path: Path, rows=(HEADER, *ROWS)) -> bytes:
    write_workbook(tmp_path / "a.xlsx", rows)
    return (tmp_path / "a.xlsx").read_bytes()


def with_part(raw: bytes, name: str, text: str) -> bytes:
    """A workbook with one part changed or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, text)
    return out.getvalue()


def test_a_bomb_in_a_workbook_is_not_unpacked(one, tmp_path, monkeypatch):
    monkeypatch.setattr("callbacks.uploads.reading.LIMITS", Limits(24, memory=6))
    row = "<row>" + "<c><v>1</v></c>" * 50 + "</row>"
    sheet = f"<worksheet><sheetData>{row * 2_500}</sheetData></worksheet>"
    bomb = with_part(workbook(tmp_path), "xl/worksheets/s.xml", sheet)
    assert len(bomb) < 2**15
    answer = one.bring(bomb, "bomb.xlsx")
    assert "its table takes more than 6 MB of memory" in answer.text


def test_a_bomb_packed_with_gzip_is_not_unpacked(one):
    answer = one.bring(gzip.compress(b"a,b\n" + b"1,2\n" * 10**7), "bomb.csv.gz")
    assert "This cannot be read:" in answer.text
    assert "MB" in answer.text


def test_ten_million_cells_are_too_many(one):
    line = ",".join("1" * 1000) + "\n"
    answer = one.bring(",".join(f"c{i}" for i in range(1000)) + "\n" + line * 10_000, "big.csv")
    assert "more than 128 MB of memory" in answer.text


def test_formulas_are_read_as_what_they_last_gave(one, tmp_path):
    """A formula is never run here, and one in a text is made harmless where it leaves."""
    rows = [HEADER, *[[*row[:2], '=HYPERLINK("http://x")', *row[3:]] for row in ROWS]]
    one.bring(workbook(tmp_path, rows), "formulas.xlsx")
    study = one.checked()
    answer = one.get(f"/download/subgroups.csv?study={study}")
    assert answer.status_code == 200
    cells = [cell for line in answer.text.splitlines() for cell in line.split(",")]
    assert not any(cell.startswith(("=", '"=')) for cell in cells)


def test_macros_are_not_looked_at(one, tmp_path):
    made = with_part(workbook(tmp_path), "xl/vbaProject.bin", "Sub Auto_Open()")
    one.bring(made, "macros.xlsm")
    assert one.checked()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"%PDF-1.4 x", "a.csv", "the file is a PDF document"),
        (b"\x89PNG....", "a.xlsx", "the file is a picture"),
        (b"MZ\x90\0\3\0\0\0\4", "a.csv", "is no kind of table that is known"),
        (b"<html><table><tr><td>1", "a.xls", "the file is a web page"),
        (b"PK\x03\x04broken", "a.xlsx", "a damaged archive"),
        (b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]>", "a.csv", "the file is"),
        (b"id,os_days\nP1,3,4\n", "a.csv", "the row has 3 cells where the header has 2"),
        (b"a\n", "a.csv", "there is no row below the header"),
        (b" \n", "a.csv", "the file is empty"),
        (b"\0\0\0\0\0\0\0", "a.csv", "This cannot be read:"),
    ],
)
def test_what_is_no_table_is_said(one, content, name, sentence):
    answer = one.bring(content, name)
    assert sentence in answer.text
    assert "Begin anew" in answer.text


def test_a_wrong_suffix_does_not_matter(one, tmp_path):
    one.bring(workbook(tmp_path), "table.csv")
    assert one.checked()


def test_an_empty_file_is_not_kept(one, tmp_path):
    answer = one.bring(b"", "a.csv")
    assert answer.status_code == 422
    assert "the file is empty" in answer.text
    assert held(tmp_path) == []


def test_too_large_a_file_is_not_kept(one, tmp_path):
    answer = one.bring(b"x" * (LARGEST + 1), "a.csv")
    assert answer.status_code in (413, 422)
    assert "larger" in answer.text
    assert held(tmp_path) == []
    answer = one.bring(b"x" * (2 * LARGEST), "a.csv")
    assert answer.status_code == 413
    assert held(tmp_path) == []


def test_too_many_files_are_not_kept(one, tmp_path):
    for i in range(MOST_FILES):
        one.bring(PATIENTS, f"{i}.csv")
    answer = one.bring(PATIENTS, "more.csv")
    assert answer.status_code == 422
    assert f"more than {MOST_FILES} files" in answer.text
    assert len(held(tmp_path)) == MOST_FILES


def test_no_room_on_the_disk_is_said(one, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Held, "_written", full)
    answer = one.bring(PATIENTS)
    assert answer.status_code == 422
    assert "the server has no room for it (No space left on device)" in answer.text


def test_markup_in_headings_and_cells_stays_text(one):
    bad = "<img src=x onerror=alert(1)>"
    one.bring(PATIENTS.replace("stage", bad).replace(",C,", f",{bad},"), f"{bad}.csv")
    text = one.get("/uploads").text
    assert "<img" not in text
    assert "&lt;img" in text


def test_a_process_that_is_killed_leaves_nothing_for_long(tmp_path):
    """Half a file lies under a name that nobody looks at, and goes with the next clearing up."""
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from data.sources.held import Held\n"
        "def chunks():\n"
        "    yield b'patient,os_days'\n"
        "    os.kill(os.getpid(), 9)\n"
        "held = Held(Path(sys.argv[1]))\n"
        "held.add(held.place('token'), 'a.csv', chunks())\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, check=False)
    assert done.returncode == -9
    now = os.stat(tmp_path).st_mtime
    kept = Held(tmp_path, lambda: now)
    assert kept.place("token").files == []
    left = Held(tmp_path, lambda: now + HALF_WRITTEN + 60)
    left.tidy()
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["born"]
    Held(tmp_path, lambda: now + HOURS * 3600 + 60).tidy()
    assert list(tmp_path.iterdir()) == []
