"""Files of SAS, SPSS and Stata, which know the names, labels and kinds of their columns."""

from __future__ import annotations

from pathlib import Path

from data.reading.cell_text import cell_text
from data.reading.kinds import FileKind
from data.reading.raw import Grid, Limits, Reading, refused, too_large, without_library

# Of all cells by the width that the file declares for them; packed files may declare far more than
# they hold.
_MOST_CHARACTERS = 2**30


def grid_of_statistical(
    path: Path, kind: FileKind, reading: Reading, limits: Limits, name: str
) -> Grid:
    """The rows of a file of SAS, SPSS or Stata. StudyError if it cannot be read.

    Rows are counted from the first record. Values that the file itself declares missing are.
    """
    try:
        import pyreadstat
    except ImportError:
        raise without_library(name, kind.what, "pyreadstat") from None
    read = getattr(pyreadstat, f"read_{kind.format}")
    encodings = [reading.encoding] if reading.encoding else [None, "WINDOWS-1252"]
    for encoding in encodings:
        try:
            _, about = read(str(path), metadataonly=True, encoding=encoding)
            rows = _rows_at_most(about, limits, name)
            values, about = read(
                str(path), encoding=encoding, output_format="dict", row_limit=rows + 1
            )
            break
        except (
            ValueError,
            OverflowError,
            pyreadstat.ReadstatError,
            pyreadstat.PyreadstatError,
        ) as error:
            fault = f"it is {kind.what} that cannot be read ({error})"
    else:
        fix = "Write it anew, or declare its encoding"
        raise refused(name, fault, fix)
    names = list(values)
    columns = [[cell_text(value) for value in values[name]] for name in names]
    count = max(map(len, columns), default=0)
    if count > rows:
        raise too_large(name, limits)
    if not count:
        raise refused(name, f"it is {kind.what} without a row", "Add patients")
    labels = about.column_names_to_labels or {}
    return Grid(
        rows=list(enumerate(map(list, zip(*columns, strict=True)), start=1)),
        what=kind.what,
        found=[f"its letters are in {encoding}"] if encoding and not reading.encoding else [],
        labels=[(labels.get(name) or "").strip() for name in names],
        names=names,
        value_labels={
            column: {cell_text(_whole(value)): str(label) for value, label in codes.items()}
            for column, codes in (about.variable_value_labels or {}).items()
        },
    )


def _rows_at_most(about, limits: Limits, name: str) -> int:
    """How many rows may be read; StudyError if the file says that it has more."""
    columns = max(len(about.column_names), 1)
    most = limits.cells // columns
    width = sum((about.variable_storage_width or {}).values())
    rows = about.number_rows
    if rows is not None and rows > most:
        raise too_large(name, limits)
    if rows and rows * width > _MOST_CHARACTERS:
        fault = f"the file unpacks to more than {_MOST_CHARACTERS // 2**20} MB"
        raise refused(name, fault, "Split it or leave columns out")
    return most


def _whole(value):
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
