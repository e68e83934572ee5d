"""How a table's file is read, as ``study.toml`` says it; whatever is left out is found."""

from __future__ import annotations

from data.checking.keys import Keys
from data.reading.raw import UNMISTAKABLE, Reading

MOST_ROWS_ABOVE = 10_000


def declare_reading(reader: Keys) -> Reading:
    """Take the keys of a file out of the table that names it."""
    codes = reader.codes("missing_codes")
    return Reading(
        sheet=reader.take("sheet", str, None),
        header_row=reader.whole("header_row", None, 1, MOST_ROWS_ABOVE),
        separator=_sign(reader, "separator"),
        decimal=reader.choice("decimal", ("", ",", "."), "") or None,
        encoding=reader.take("encoding", str, None),
        missing=(*UNMISTAKABLE, *codes) if codes else None,
    )


def _sign(reader: Keys, key: str) -> str | None:
    sign = reader.take(key, str, None)
    if sign is not None and (len(sign) != 1 or sign in '"\r\n'):
        reader.fault(key, "it is not one sign that can separate cells", "Write “;”, “,” or “\\t”")
        return None
    return sign
