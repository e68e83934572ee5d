"""Reading by foreign libraries in a process of its own.

The readers of workbooks, statistical files and Parquet are written in C, C++ and Rust. A damaged
or hostile file can break them off or make them ask for all memory there is; the server must
outlive that. The process has little memory and little time, sees none of the server's settings,
and hands back text only: one line of JSON for each row, the last for all else.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, fields
from pathlib import Path
from threading import Timer

import numpy as np
import orjson

from data.checking.problems import Problem, StudyError
from data.reading.columns import Column, Columns, fits
from data.reading.kinds import PARQUET, STATISTICAL, WORKBOOK, FileKind
from data.reading.parquet import grid_of_parquet
from data.reading.process import ROOT, environment, hold_back
from data.reading.raw import MEGABYTE, Grid, Limits, Reading, refused, too_large
from data.reading.statistical import grid_of_statistical
from data.reading.workbook import grid_of_workbook

READERS: dict[str, Callable[..., Grid]] = {
    WORKBOOK: grid_of_workbook,
    STATISTICAL: grid_of_statistical,
    PARQUET: grid_of_parquet,
}
MEMORY = 1536 * MEGABYTE
SECONDS = 120
# Of all lines together; a cell may be long.
MOST_ANSWERED = 512 * MEGABYTE


def read_apart(path: Path, kind: FileKind, reading: Reading, limits: Limits, name: str) -> Grid:
    """What a reader makes of a file; StudyError also where it broke off, or took too long."""
    asked = orjson.dumps(
        {
            "path": os.fsdecode(path),
            "kind": asdict(kind),
            "reading": {"sheet": reading.sheet, "encoding": reading.encoding},
            "limits": asdict(limits),
            "name": name,
        }
    )
    child = subprocess.Popen(
        [sys.executable, "-m", "data.reading.apart"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=environment(),
    )
    clock = Timer(SECONDS, child.kill)
    clock.start()
    try:
        with child:
            child.stdin.write(asked)
            child.stdin.close()
            return _answer(child, limits, name)
    except (OSError, ValueError, TypeError):
        # It broke off before or within its answer.
        fault = f"it is {kind.what} that is damaged, or too large to be read"
        fix = "Open it in its program and save it anew, or save it as CSV UTF-8"
        raise refused(name, fault, fix) from None
    finally:
        clock.cancel()
        child.kill()


def _answer(child: subprocess.Popen, limits: Limits, name: str) -> Grid:
    """What the process answers. ValueError or TypeError if that is no whole answer."""
    rows: list[tuple[int, list[str]]] = []
    count = size = 0
    for line in child.stdout:
        size += len(line)
        answer = orjson.loads(line)
        if isinstance(answer, list):
            count += len(answer) - 1
            rows.append((answer[0], answer[1:]))
        if count > limits.cells or size > MOST_ANSWERED:
            raise too_large(name, limits)
        if isinstance(answer, dict):
            if "problems" in answer:
                raise StudyError([Problem(**one) for one in answer["problems"]])
            columns = _columns(child, answer.pop("columns", None), limits, name)
            return Grid(rows, **answer, columns=columns)
    raise ValueError("the answer has no end")


def _columns(child, described: dict | None, limits: Limits, name: str) -> Columns | None:
    """The columns of a large table, whose places follow their description as bytes."""
    if described is None:
        return None
    made, n = [], described["n"]
    for texts, kind in described["columns"]:
        dtype = np.dtype(kind)
        places = child.stdout.read(n * dtype.itemsize)
        made.append(Column(texts, np.frombuffer(places, dtype, n)))
    if not fits(made, limits.memory):
        raise too_large(name, limits)
    return Columns(np.arange(1, n + 1), tuple(made))


def answer_on_stdout() -> None:
    """The process itself: one question on the standard input, and its answer."""
    hold_back(MEMORY, SECONDS)
    asked = orjson.loads(sys.stdin.buffer.read())
    kind = FileKind(**asked["kind"])
    reading, limits = Reading(**asked["reading"]), Limits(**asked["limits"])
    write = sys.stdout.buffer.write
    try:
        grid = READERS[kind.reader](Path(asked["path"]), kind, reading, limits, asked["name"])
    except StudyError as error:
        write(orjson.dumps({"problems": [asdict(one) for one in error.problems]}) + b"\n")
        return
    for line, cells in grid.rows:
        write(orjson.dumps([line, *cells]) + b"\n")
    rest = {one.name: getattr(grid, one.name) for one in fields(Grid) if one.name != "rows"}
    columns = rest["columns"]
    if columns is not None:
        kinds = [(list(one.texts), one.places.dtype.str) for one in columns.columns]
        rest["columns"] = {"n": columns.lines.size, "columns": kinds}
    write(orjson.dumps(rest) + b"\n")
    for one in columns.columns if columns is not None else ():
        write(one.places.tobytes())


if __name__ == "__main__":
    answer_on_stdout()
