"""Whether a recomputed number is the one a publication prints, at the precision of its print."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

EXACT, WITHIN, DIFFERS = "exact", "within", "differs"
ROUNDED = "rounded"
ROUNDED_OR_TRUNCATED = "rounded or truncated"
TWO_SIGNIFICANT_DIGITS = "two significant digits"
PRINTINGS = (ROUNDED, ROUNDED_OR_TRUNCATED, TWO_SIGNIFICANT_DIGITS)
NOT_REACHED = "NA"
SIGNIFICANT = 0.05
# 0.011 is as far from 0.002 as from 0.020, and near the second only: a p-value is read by its size.
P_SHARE = 0.5
_PRINTED = re.compile(r"(<=|>=|<|>|≤|≥)?\s*([-−–]?\d+(?:\.\d+)?)\*?")
# Floating-point noise of a share or a percentage; far below any printed digit.
_NOISE_DIGITS = 9
_NOISE = 10.0**-_NOISE_DIGITS


@dataclass(frozen=True)
class Printed:
    """A printed number.

    Attributes
    ----------
    relation : str
        Empty for a number, else one of ``<``, ``<=``, ``>``, ``>=`` for a bound.
    number : Decimal
    decimals : int
        Digits after the point, trailing zeros included.
    """

    relation: str
    number: Decimal
    decimals: int


@dataclass(frozen=True)
class Tolerance:
    """How far a number may be from print and still count as near.

    Near is a distance of at most ``absolute``, or of at most the share ``relative`` of the printed
    number; either is enough.
    """

    absolute: float
    relative: float = 0.0


def read_printed(text: str) -> Printed | None:
    """A printed cell as a number or a bound (``<0.001``); None where it is neither."""
    found = _PRINTED.fullmatch(text.strip())
    if found is None:
        return None
    digits = re.sub("[−–]", "-", found[2])
    relation = {"≤": "<=", "≥": ">="}.get(found[1] or "", found[1] or "")
    return Printed(relation, Decimal(digits), len(digits.partition(".")[2]))


def verdict(
    text: str,
    value: float,
    printing: str = ROUNDED,
    tolerance: Tolerance | None = None,
    same_side: bool = False,
) -> str:
    """Compare a recomputed number with its printed cell.

    Parameters
    ----------
    text : str
        The cell as printed; ``NA`` for a quantile that was not reached, empty where the
        publication prints nothing because there is nothing to print.
    value : float
        The recomputed number; NaN where there is none.
    printing : str
        ``rounded`` (half up or half to even: both are in use), ``rounded or truncated``, or
        ``two significant digits`` (R's ``signif(x, 2)``).
    tolerance : Tolerance or None
        None: a number is exact or it differs.
    same_side : bool
        Near only on the same side of 0.05, and never farther than half of the printed number;
        for p-values.

    Returns
    -------
    str
        ``exact`` at printed precision, ``within`` the tolerance, or ``differs``.

    Raises
    ------
    ValueError
        If the text is neither a number nor a bound, or the printing is unknown.
    """
    if printing not in PRINTINGS:
        raise ValueError(f"The printing “{printing}” is not one of {', '.join(PRINTINGS)}.")
    if text.strip() in ("", NOT_REACHED):
        return EXACT if math.isnan(value) else DIFFERS
    printed = read_printed(text)
    if printed is None:
        raise ValueError(f"“{text}” is neither a number nor a bound such as <0.001.")
    if not math.isfinite(value):
        return DIFFERS
    if printed.relation:
        return EXACT if _holds(printed, value) else DIFFERS
    if _is_printed(printed, value, printing):
        return EXACT
    return WITHIN if tolerance and _near(printed, value, tolerance, same_side) else DIFFERS


def _holds(printed: Printed, value: float) -> bool:
    bound = float(printed.number)
    return {"<": value < bound, "<=": value <= bound, ">": value > bound, ">=": value >= bound}[
        printed.relation
    ]


def _is_printed(printed: Printed, value: float, printing: str) -> bool:
    step = Decimal(1).scaleb(-printed.decimals)
    modes = [ROUND_HALF_UP, ROUND_HALF_EVEN]
    if printing == TWO_SIGNIFICANT_DIGITS and value != 0:
        # The printed 1.4 and 2.0 are 1.4 and 2; a print of 1.02 has a third digit and cannot be.
        step = Decimal(1).scaleb(Decimal(repr(value)).adjusted() - 1)
    if printing == ROUNDED_OR_TRUNCATED:
        modes.append(ROUND_DOWN)
    # A half that arithmetic made a little less or more is a half.
    return any(
        Decimal(repr(one)).quantize(step, rounding=mode) == printed.number
        for one in (value, round(value, _NOISE_DIGITS))
        for mode in modes
    )


def _near(printed: Printed, value: float, tolerance: Tolerance, same_side: bool) -> bool:
    number = float(printed.number)
    if same_side and (number < SIGNIFICANT) != (value < SIGNIFICANT):
        return False
    distance = abs(value - number) - _NOISE
    if same_side and distance > P_SHARE * abs(number):
        return False
    return distance <= tolerance.absolute or distance <= tolerance.relative * abs(number)
