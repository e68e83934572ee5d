"""The unit of times: by the heading, else by their size, else it is asked."""

from __future__ import annotations

from data.importing.column import Column
from data.importing.guess import ASKED, CERTAIN, DOUBTFUL, LIKELY

# Nobody is followed for longer.
LONGEST_YEARS = 60
IN_A_YEAR = {"days": 365.25, "weeks": 52.18, "months": 12.0, "years": 1.0}


def unit_by_size(column: Column, named: str) -> tuple[str, int, str]:
    """Unit, how sure, and why; the unit is empty where it cannot be known.

    Parameters
    ----------
    named : str
        The unit in the heading; empty where there is none.
    """
    numbers = column.numbers or ()
    longest = max(numbers, default=0.0)
    if named:
        if longest > IN_A_YEAR[named] * LONGEST_YEARS:
            years = longest / IN_A_YEAR[named]
            said = f"the heading says {named}, which makes the longest {years:,.0f} years"
            return named, DOUBTFUL, said
        return named, CERTAIN, f"the heading says {named}"
    shown = f"{longest:g}"
    if column.whole and longest > IN_A_YEAR["months"] * LONGEST_YEARS:
        return "days", LIKELY, f"whole numbers up to {shown} are too many for months"
    if longest > IN_A_YEAR["weeks"] * LONGEST_YEARS:
        return "days", LIKELY, f"numbers up to {shown} are too many for weeks"
    if not column.whole and LONGEST_YEARS < longest <= 360:
        return "months", DOUBTFUL, f"fractions up to {shown}: too many for years, few for days"
    return "", ASKED, f"numbers up to {shown} may be {_may_be(longest)}"


def _may_be(longest: float) -> str:
    possible = [unit for unit, n in IN_A_YEAR.items() if longest <= n * LONGEST_YEARS]
    return " or ".join(possible)
