"""Study folders in which something is wrong: listed with file and fix, or sound; never an error."""

from __future__ import annotations

import csv
import gzip
import io
import random
import re
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.catalog import SHIPPED, load_catalog
from data.load import UNFORESEEN
from data.reading.raw import LIMITS
from tests.fuzz.inputs import drawn, word
from tests.fuzz.unchanged import unchanged_once
from tests.fuzz.watch import guarded

CELLS = (
    "",
    " ",
    "NA",
    "nan",
    "inf",
    "-1",
    "0",
    "1",
    "2",
    "1.5",
    "1e308",
    "1e999",
    "-1e300",
    "9" * 30,
    "9" * 5000,
    "0" * 50,
    "36525",
    "36526",
    "99999999",
    "1,5",
    "TRUE",
    "=1+1",
    "é",
    "\ufeff",
    "'",
    "P",
    "x" * 5000,
    "\u202e",
    "<b>",
    "All",
)
JUNK = (
    b"",
    b"\0",
    b"\xff\xfe",
    b"\xc3\x28",
    b'"',
    b"'",
    b",",
    b";",
    b"\r",
    b"\n",
    b"\r\n",
    b"=",
    b"[[",
    b"]]",
    b"#",
    b"1e9",
    b"\xef\xbb\xbf",
    b"\x1a",
    b"{",
    b"9" * 5000,
)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory) -> Path:
    """A folder without studies in the place of the shipped ones, which need not be read again."""
    return tmp_path_factory.mktemp("nothing")


@pytest.fixture(params=[path.name for path in sorted(SHIPPED.iterdir()) if path.is_dir()])
def original(request) -> Path:
    """A study that is shipped."""
    return SHIPPED / request.param


@pytest.fixture
def unchanged() -> Iterator[set[bytes]]:
    """Contents of files of which the tables are read once."""
    with unchanged_once() as contents:
        yield contents


def files(folder: Path) -> list[str]:
    """The files of a study that are read; the packed ones have tests of their own."""
    read = (path for path in sorted(folder.rglob("*")) if path.suffix in (".csv", ".toml"))
    return [str(path.relative_to(folder)) for path in read]


def check(folder: Path, shipped: Path) -> bool:
    """Read the only study of a folder; True if it is sound."""
    with guarded():
        catalog = load_catalog(folder.parent, shipped)
    if catalog.studies:
        return True
    (broken,) = catalog.broken
    assert broken.problems
    for problem in broken.problems:
        said = f"{problem.sentence:.1000}"
        assert (folder / problem.file).suffix, said
        assert problem.fault, said
        assert not problem.fault.startswith(UNFORESEEN), said
        assert re.match(r"[A-Z]\S*( \S+)+$", problem.fix, re.S), said
        assert len(problem.sentence) < 2000, said
    return False


def spoilt(text: bytes, name: str, chance: random.Random) -> bytes:
    """The content of a file with something wrong in it."""
    if chance.random() < 0.35:
        place = chance.randrange(len(text))
        end = place + chance.choice((0, 0, 1, 3, 40, len(text)))
        return text[:place] + chance.choice(JUNK) + text[end:]
    if name.endswith(".toml"):
        return _spoilt_declaration(text.decode(), chance).encode("utf-8", "replace")
    return _spoilt_table(text.decode(), chance).encode("utf-8", "replace")


def _spoilt_table(text: str, chance: random.Random) -> str:
    rows = list(csv.reader(io.StringIO(text)))
    column, row = chance.randrange(len(rows[0])), chance.randrange(1, len(rows))
    kind = chance.choice(
        (
            "cell",
            "cell",
            "cell",
            "cell",
            "column",
            "name",
            "double",
            "drop",
            "twice",
            "ragged",
            "column value",
            "shuffle",
            "swap",
        )
    )
    value = chance.choice(CELLS) if chance.random() < 0.7 else word(chance)
    if kind == "cell":
        for _ in range(chance.choice((1, 1, 3))):
            rows[row][column] = value
            row = chance.randrange(1, len(rows))
    elif kind == "column":
        rows = [cells[:column] + cells[column + 1 :] for cells in rows]
    elif kind == "name":
        rows[0][column] = value
    elif kind == "double":
        rows[0][column] = rows[0][chance.randrange(len(rows[0]))]
    elif kind == "drop":
        del rows[row : row + chance.choice((1, 5, len(rows)))]
    elif kind == "twice":
        rows.insert(row, list(rows[row]))
    elif kind == "ragged":
        rows[row].append(value)
    elif kind == "column value":
        rows = [rows[0], *[[*cells[:column], value, *cells[column + 1 :]] for cells in rows[1:]]]
    elif kind == "shuffle":
        values = [cells[column] for cells in rows[1:]]
        chance.shuffle(values)
        for cells, moved in zip(rows[1:], values, strict=True):
            cells[column] = moved
    else:
        other = chance.randrange(len(rows[0]))
        for cells in rows[1:]:
            cells[column], cells[other] = cells[other], cells[column]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def _spoilt_declaration(text: str, chance: random.Random) -> str:
    lines = text.splitlines()
    with_value = [i for i, line in enumerate(lines) if " = " in line]
    place = chance.choice(with_value)
    key, _, old = lines[place].partition(" = ")
    kind = chance.choice(("value", "value", "value", "remove", "twice", "rename", "table", "words"))
    if kind == "value":
        values = (
            "0",
            "-1",
            "1.5",
            "1e400",
            "inf",
            "nan",
            "true",
            '""',
            '"none"',
            "[]",
            "[[]]",
            "{}",
            "[1, 2]",
            '["a", "a"]',
            '[""]',
            "1979-05-27",
            "9" * 30,
            "[" * 500,
            '"../x.csv"',
            '"/etc/passwd"',
            '"study.toml"',
            '"patients.csv"',
            '"arm"',
            '{ a = "1..2" }',
            '["' + '", "'.join(str(i) for i in range(300)) + '"]',
        )
        lines[place] = f"{key} = {chance.choice(values)}"
    elif kind == "words":
        said = word(chance).encode("utf-8", "replace").decode()
        lines[place] = f"{key} = '''{said}'''"
    elif kind == "remove":
        del lines[place]
    elif kind == "twice":
        lines.insert(place, lines[place])
    elif kind == "rename":
        lines[place] = (
            f"{chance.choice(('xyz', 'id', 'label', 'level', 'arm', '__class__'))} = {old}"
        )
    else:
        tables = [line for line in lines if line.startswith("[")]
        lines.insert(place, chance.choice(tables))
    return "\n".join(lines) + "\n"


def test_spoilt_files(original, shipped, tmp_path, unchanged):
    chance, number = drawn("study files")
    # The study with the most patients takes longer to read and has the same kinds of files.
    number = number // 8 if (original / "reconstructions.csv.gz").exists() else number * 7 // 8
    folder = tmp_path / original.name
    shutil.copytree(original, folder)
    # What the packed file holds is read last; its tests stand below.
    names, sound = files(folder), 0
    unchanged |= {path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for turn in range(number):
        name = names[turn % len(names)] if turn % 2 else "study.toml"
        before = (folder / name).read_bytes()
        (folder / name).write_bytes(spoilt(before, name, chance))
        sound += check(folder, shipped)
        (folder / name).write_bytes(before)
    assert check(folder, shipped)
    assert 0 < sound < number


# ---- the packed file of further data sets


@pytest.fixture(scope="module")
def packed(tmp_path_factory) -> Path:
    """A copy of the shipped study with further data sets, of which three are left."""
    (path,) = SHIPPED.rglob("*.csv.gz")
    folder = tmp_path_factory.mktemp("packed") / path.parent.name
    shutil.copytree(path.parent, folder)
    header, *rows = gzip.decompress(path.read_bytes()).decode().splitlines(keepends=True)
    few = [row for row in rows if row.split(",")[0] in {"1", "2", "3"}]
    assert few
    (folder / path.name).write_bytes(gzip.compress("".join([header, *few]).encode()))
    return folder


def test_spoilt_packed_files(packed, shipped, unchanged):
    chance, number = drawn("packed files")
    (path,) = packed.glob("*.csv.gz")
    before = path.read_bytes()
    text = gzip.decompress(before)
    sound = 0
    unchanged |= {one.read_bytes() for one in packed.rglob("*") if one.is_file()}
    for turn in range(number):
        if turn % 4 == 0:
            place = chance.randrange(len(before))
            spoiled = before[:place] + chance.choice(JUNK) + before[place + chance.choice((0, 1)) :]
        elif turn % 4 == 1:
            spoiled = before[: chance.randrange(len(before))]
        else:
            spoiled = gzip.compress(spoilt(text, "further.csv", chance))
        path.write_bytes(spoiled)
        sound += check(packed, shipped)
    path.write_bytes(before)
    assert check(packed, shipped)
    assert sound < number


def bomb(size: int) -> bytes:
    """A packed file that unpacks to so many bytes, made without having them at once."""
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    block = b"0," * (1 << 19)
    parts = [packer.compress(block) for _ in range(size // len(block))]
    return b"".join([*parts, packer.compress(b"0" * (size % len(block))), packer.flush()])


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(bomb(LIMITS.size + 1), id="more than may be"),
        pytest.param(bomb(LIMITS.size + 2**26), id="much more"),
        pytest.param(gzip.compress(b""), id="nothing"),
        pytest.param(gzip.compress(gzip.compress(b"a,b\n1,2\n")), id="packed twice"),
        pytest.param(gzip.compress(b"a,b\n1,2\n") + b"rest", id="more behind"),
        pytest.param(b"PK\3\4", id="another kind"),
    ],
)
def test_packed_files_that_are_none(packed, shipped, content):
    (path,) = packed.glob("*.csv.gz")
    before = path.read_bytes()
    path.write_bytes(content)
    try:
        assert not check(packed, shipped)
    finally:
        path.write_bytes(before)
