"""The options of the Prognostic factors page: how they stand in a link and what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from data.address import View
from data.checking.problems import short
from data.cohort import Cohort
from data.people import arms_held
from data.study import ARM, Study, Variable

# In a list of variables: those with p < 0.05 on their own. No variable can have this id.
FOUND = "p"
ORDERS = {"study": "Study's order", "p": "By p-value"}
NAMES = frozenset({"model", "order", "present"})


@dataclass(frozen=True)
class PrognosticOptions:
    """What the Prognostic factors page shows.

    Attributes
    ----------
    model : tuple of str
        Variable ids of the multivariable model in the study's order; ``p`` stands for all with
        p < 0.05 on their own.
    order : str
        Key of ``ORDERS``.
    """

    model: tuple[str, ...] = ()
    order: str = "study"


def factors_of(study: Study, cohort: Cohort | None = None) -> tuple[Variable, ...]:
    """The arm, where the cohort's set has two or more, and all baseline variables.

    Without a cohort the arm is offered wherever the study has two.
    """
    with_arm = len(study.arms) > 1
    if with_arm and cohort is not None:
        with_arm = len(arms_held(study, cohort.analysis_set)) > 1
    arm = [v for v in study.variables if v.id == ARM and with_arm]
    return (*arm, *(v for v in study.variables if not v.after_baseline and v.id != ARM))


def default_model(study: Study) -> tuple[str, ...]:
    """The model that the study declares; none where it declares none.

    What has p < 0.05 alone is offered and is no default: data that choose a model flatter it.
    """
    declared = study.comparison.regression.model
    return tuple(one.id for one in factors_of(study) if one.id in declared)


def read_options(study: Study, view: View) -> tuple[PrognosticOptions, list[str]]:
    """Read the page's options from a view; a sentence for each part that could not be used."""
    notes: list[str] = []
    given = dict(view.options)
    order = given.get("order", "study")
    if order not in ORDERS:
        notes.append(f"“order” can be {', '.join(ORDERS)}; study is used.")
        order = "study"
    model = default_model(study)
    if "model" in given:
        known = [FOUND, *(variable.id for variable in factors_of(study))]
        asked = [part for part in given["model"].split(",") if part not in ("", "none")]
        unknown = [part for part in asked if part not in known]
        if unknown:
            notes.append(f"“model” takes baseline variables; “{short(unknown[0])}” is none.")
        model = tuple(name for name in known if name in asked)
    return PrognosticOptions(model, order), notes
