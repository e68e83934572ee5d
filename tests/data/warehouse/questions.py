"""Questions of every kind about the made-up registry."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from data.cohort import Cohort, Filter
from data.warehouse.question import (
    Cause,
    Grade,
    Happened,
    Level,
    Passes,
    Question,
    Rows,
    SevereCause,
    SevereTime,
    Site,
    Term,
    Time,
    Value,
    Who,
)

EVERYBODY = Cohort("registry", "all")
FILTERED = Cohort(
    "registry",
    "staged",
    (
        Filter("afp", ("missing",), 20.0, 500.0),
        Filter("age", (), 40.0, 80.0),
        Filter("ecog", ("0", "1", "missing")),
        Filter("cirrhosis", ("yes",)),
    ),
)
NOBODY = Cohort("registry", "all", (Filter("age", (), 1.0, 2.0),))
ENDPOINTS = ("os", "pfs", "stop", "first", "after", "either", "any")
LEVELS = ("arm", "stage", "ecog", "cirrhosis", "age", "afp")


def questions() -> Iterator[Question]:
    """All of them."""
    pairs = tuple((Level(a), Level(b)) for a, b in combinations(LEVELS, 2))
    ends = tuple(one for name in ENDPOINTS for one in (Time(name), Happened(name)))
    for cohort in (EVERYBODY, FILTERED, NOBODY):
        for name in ENDPOINTS if cohort is not NOBODY else ("pfs",):
            cause = (Cause(name),) if name == "pfs" else ()
            kinds = (Level("stage"), Level("arm"), Time(name), Happened(name), *cause)
            by_value = (Level("afp"), Time(name), Happened(name))
            sums = (("age",), ("age", "afp"))
            asked = ((), (Level("arm"),), kinds, by_value, (Value("afp"),))
            yield Question(Who(cohort, name), asked, sums)
            yield Question(Who(cohort, name, 90), ((Time(name), Level("cirrhosis")), kinds))
        yield Question(Who(cohort), (ends,))
        yield Question(Who(cohort), pairs)
        yield Question(Who(cohort), ((Site(), Level("arm")), tuple(map(Passes, FILTERED.filters))))
        by_term = ((Term(), Grade(), Level("arm")), (Grade(),), (Term(),), ())
        yield Question(Who(cohort), by_term, rows=Rows.WORST_OF_TERM)
        yield Question(Who(cohort), ((Grade(), Level("stage")), ()), rows=Rows.WORST)
        yield Question(Who(cohort), ((Grade(),), (Term(), Level("age"))), rows=Rows.EVENTS)
        severe = ((SevereTime(), SevereCause(), Level("arm")),)
        yield Question(Who(cohort), severe, rows=Rows.FIRST_SEVERE)
