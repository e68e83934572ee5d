"""The one way to what a page states of a view: nothing is asked, and nothing leaves, but here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from callbacks.disclosure.about import TOLD, About, NotNow, NotShown
from callbacks.disclosure.pages import released
from callbacks.gate import GATE
from callbacks.memory import Memory
from callbacks.noted import also
from data.address import View
from data.cohort import Cohort
from data.disclosure import answered, few, not_shown
from data.people import cohort_n
from data.study import Study
from data.warehouse.asked import noting
from data.warehouse.counts import NotAnswered
from data.warehouse.no_rows import NeedsRows
from layouts.shared.words import listed

# Not about the cohort on screen.
OF_STUDY = frozenset({"evidence"})
NAMED_AT_MOST = 6
_ONE_BY_ONE = "needs patients one by one."
_STAY = "Those of this study stay in their database, which gives counts only."
STAY = f"The page {{page}} {_ONE_BY_ONE} {_STAY}"
# Of a page that is made of counts: a section, or a choice.
STAY_HERE = f"What is chosen here on the page {{page}} {_ONE_BY_ONE} {_STAY}"


@dataclass(frozen=True)
class Stated:
    """What may be told of a view.

    Attributes
    ----------
    context : object
        What the page's ``ask`` made, without what may not be told.
    notes : tuple of str
        A sentence that names the groups that are left out.
    """

    context: Any
    notes: tuple[str, ...] = ()


def stated(memory: Memory, served: Any, study: Study, view: View, options: Any) -> Stated:
    """What a page states of a view.

    Parameters
    ----------
    served : Served

    Raises
    ------
    NotShown
        If the cohort, or all that the page would state of it, is of too few patients.
    Busy
        If it is costly and its turn has not come.
    """
    # What describes somebody is in no log, and is kept nowhere.
    public = served.page.public(view)
    also(study=study, view=public)
    kind = (served.page.id, study.id, public.options)
    # Without the study itself, which may be another one by then.
    asked = (study.version, kind, hash(view))
    return GATE.run(kind, asked, study.n, lambda: _stated(memory, served, study, view, options))


def _stated(memory: Memory, served: Any, study: Study, view: View, options: Any) -> Stated:
    try:
        return _asked(memory, served, study, view, options)
    except NeedsRows:
        said = STAY if served.counted is None else STAY_HERE
        raise NotShown(said.format(page=served.page.label)) from None
    except NotAnswered as error:
        raise NotNow(str(error)) from None


def _asked(memory: Memory, served: Any, study: Study, view: View, options: Any) -> Stated:
    with noting() as noted:
        stated = _of_those_who_answered(memory, served, study, view, options)
    if not noted.absent:
        return stated
    return replace(stated, notes=(_who_answered(study, noted.absent), *stated.notes))


def _who_answered(study: Study, absent: Collection[str]) -> str:
    """Which sites did not answer, and which did."""
    others = listed([site for site in study.counted.sites if site not in absent])
    whose = "its" if len(absent) == 1 else "their"
    return (
        f"{listed(list(absent))} did not answer: none of {whose} patients is counted. "
        f"{others} answered."
    )


def _of_those_who_answered(
    memory: Memory, served: Any, study: Study, view: View, options: Any
) -> Stated:
    asked = served.asked_of(study)
    if not study.disclosure.protects:
        return Stated(asked(memory, study, view, options))
    if served.page.id not in OF_STUDY:
        refused = memory.recall(refusal, study, view.cohort)
        if refused:
            also(rows=0, suppressed=True)
            raise NotShown(refused)
    context = asked(memory, study, view, options)
    about = About(memory, study, view)
    try:
        made = released(context, about)
    except NotShown:
        also(rows=0, suppressed=True)
        raise
    said = []
    if about.left_out:
        said.append(f"{not_shown(study)}: {_named(about.left_out)}.")
    if about.beside:
        said.append(f"Not shown, as {TOLD}: {_named(about.beside)}.")
    also(suppressed=bool(said))
    return Stated(made, tuple(said))


def _named(labels: list[str]) -> str:
    names = labels[:NAMED_AT_MOST]
    more = len(labels) - len(names)
    return ", ".join([*names, *([f"{more} more"] if more else [])])


def refusal(memory: Memory, study: Study, cohort: Cohort) -> str:
    """Why a cohort has no numbers, in a sentence; empty where it has."""
    if answered(study, cohort):
        return ""
    if few(cohort_n(study, cohort), study.disclosure.minimum_cohort):
        return f"{not_shown(study)}."
    least = study.disclosure.minimum_cell
    return (
        f"Not shown: a filter would tell fewer than {least} patients from the others. Choose other "
        "levels or a wider range."
    )
