"""Which statements a view sends to the database of its study."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from callbacks.disclosure.door import stated
from callbacks.memory import Memory
from data.address import View
from data.study import Study
from data.warehouse.asked import noting
from layouts.frame.rail_state import rail_state
from layouts.frame.statements import Statement, statements_section


def statements_of(served: Any, study: Study, view: View, options: Any) -> Markup:
    """The statements of a view, for its drawer "How was this computed?".

    The view is asked for anew, from the counts that are remembered: so what is printed is what it
    asks, and nothing else.

    Parameters
    ----------
    served : Served

    Raises
    ------
    NotShown
        If the view may not be told, or the database does not answer.
    """
    with noting() as of_view:
        stated(Memory((study,)), served, study, view, options)
    with noting() as of_frame:
        rail_state(study, view.cohort)
    asked = [question for one, question in of_view.questions if one is study]
    beside = [question for one, question in of_frame.questions if question not in asked]
    made = (
        [Statement(one, study.counted.statement(one)) for one in questions]
        for questions in (asked, beside)
    )
    return statements_section(study, *made)
