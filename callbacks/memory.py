"""How much a worker remembers: enough for a room full of readers, bounded to some megabytes.

A computation costs less than asking another machine for its result would, so what is forgotten is
simply computed again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from weakref import WeakKeyDictionary

# Results of views: some kilobytes each.
VIEWS = 256
# Rows and numbers of which one view asks for many: less than that.
PARTS = 1024
# Results with whole models or all curves in them: a tenth of a megabyte to a megabyte each.
LARGE = 24
# What there is of one study, by endpoint, landmark or variable.
_OF_ONE_STUDY = 256
_NOTHING = object()


def with_study(compute: Callable) -> Callable:
    """Remember what a function finds of a study for as long as the study itself is in use.

    A memory of fixed length would hold on to studies whose files have changed since.
    """
    found: WeakKeyDictionary = WeakKeyDictionary()

    @wraps(compute)
    def remembered(study, *more):
        of_study = found.setdefault(study, {})
        # Another thread may empty it at any moment: what was found is returned from the hand.
        result = of_study.get(more, _NOTHING)
        if result is _NOTHING:
            result = compute(study, *more)
            if len(of_study) >= _OF_ONE_STUDY:
                of_study.clear()
            of_study[more] = result
        return result

    return remembered
