"""What the values of a database's columns mean, which are not the texts of a file's cells."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from data.checking.numerals import read_number
from data.coding import Coding, without


class Type(Enum):
    """Of a column, as far as it matters."""

    TEXT = "texts"
    WHOLE = "whole numbers"
    NUMBER = "numbers"
    TRUTH = "true and false"
    DATE = "dates"
    OTHER = "values of another type"

    @property
    def is_number(self) -> bool:
        return self in (Type.WHOLE, Type.NUMBER)


_TRUE, _FALSE = ("1", "true", "yes"), ("0", "false", "no")


def text_of(value: object) -> str:
    """A value as the cell of a file would write it; empty where there is none.

    >>> text_of(None), text_of(True), text_of(1.0), text_of(Decimal("0.50")), text_of("B ")
    ('', '1', '1', '0.5', 'B')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal | float):
        number = float(value)
        if math.isnan(number):
            return ""
        return str(int(number)) if number.is_integer() else repr(number)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value).strip()


def native(text: str, of: Type) -> object | None:
    """The value of a column of some type that a text of ``study.toml`` means; None for none."""
    if of is Type.TEXT:
        return text
    if of is Type.TRUTH:
        lowered = text.casefold()
        return True if lowered in _TRUE else False if lowered in _FALSE else None
    if of.is_number:
        number = read_number(text)
        if math.isnan(number) or (of is Type.WHOLE and not number.is_integer()):
            return None
        return int(number) if number.is_integer() else number
    return None


def natives(texts: Iterable[str], of: Type) -> tuple[object, ...]:
    """The same of several texts, each once; those that no value of the type is are left out."""
    found = (native(text, of) for text in texts)
    return tuple(dict.fromkeys(one for one in found if one is not None))


def texts_meaning(wanted: Iterable[str], coding: Coding) -> list[str]:
    """The texts of cells that are read as one of some values, as a coding says."""
    wanted, recoded = set(wanted), dict(coding.recoded)
    cells = [cell for cell, read in coding.recoded if read in wanted]
    cells += [value for value in wanted if value not in recoded]
    kept = without(cells, coding.missing_codes)
    return sorted(cell for cell in cells if kept[cell])


def texts_of_nothing(coding: Coding) -> list[str]:
    """The texts of cells that stand for no value."""
    return sorted({*coding.missing_codes, *(cell for cell, read in coding.recoded if not read)})


def text_read(text: str, coding: Coding) -> str:
    """What a cell's text is read as; empty for no value."""
    text = without([text], coding.missing_codes)[text]
    return dict(coding.recoded).get(text, text)
