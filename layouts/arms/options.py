"""The options of the Compare arms page: how they stand in a link and what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from data.address import View
from data.checking.problems import short
from data.patient_groups import Pair
from data.study import ARM, Study, Variable
from layouts.shared.options import CI_TYPES, NOT_CHOSEN
from layouts.shared.pairs import COMPARE, read_pair
from layouts.shared.words import DAYS_PER

SECTIONS = {
    "effect": "Effect",
    "balance": "Balance",
    "adjusted": "Adjusted",
    "time": "Over time",
    "competing": "Competing risks",
    "response": "Response",
    "power": "Power",
}
ENOUGH_AT_RISK = "auto"
TAUS = (6, 12, 18, 24, 30, 36, 48, 60)
LONGEST_MONTHS = 600.0
LANDMARKS = (12, 24)
LANDMARK_DAYS = tuple(month * DAYS_PER["months"] for month in LANDMARKS)
# At which percentiles weights are truncated, and the share beyond each.
TRIMS = {"1": "1st and 99th percentiles", "5": "5th and 95th percentiles", "none": "none"}
TAILS = {"1": 0.01, "5": 0.05, "none": 0.0}
NAMES = frozenset({"ci", "tau", "show", "adjust", "stratify", "trim", COMPARE, "present"})


@dataclass(frozen=True)
class ArmOptions:
    """What the Compare arms page shows and how it computes.

    Attributes
    ----------
    show : str
        Key of ``SECTIONS``.
    ci : str
        Transform of the confidence intervals of the curves.
    tau : float or None
        Months up to which means are restricted; None for as long as enough patients of both arms
        are at risk.
    adjust, stratify : tuple of str
        Variable ids in the study's order.
    trim : str
        Key of ``TRIMS``.
    pair : Pair or None
        The two arms that are compared; None for each against the reference.
    """

    show: str = "effect"
    ci: str = "log"
    tau: float | None = None
    adjust: tuple[str, ...] = ()
    stratify: tuple[str, ...] = ()
    trim: str = "1"
    pair: Pair | None = None

    @property
    def tau_text(self) -> str:
        """The choice as it stands in a link."""
        return ENOUGH_AT_RISK if self.tau is None else f"{self.tau:g}"


def covariates_of(study: Study) -> tuple[Variable, ...]:
    """Baseline variables that an effect can be adjusted for; the arm is none."""
    return tuple(v for v in study.variables if not v.after_baseline and v.id != ARM)


def strata_of(study: Study) -> tuple[Variable, ...]:
    """Baseline variables with at least two levels."""
    return tuple(v for v in covariates_of(study) if len(v.levels) > 1)


def read_options(study: Study, view: View) -> tuple[ArmOptions, list[str]]:
    """Read the page's options from a view; a sentence for each part that could not be used."""
    notes: list[str] = []
    given = dict(view.options)

    def choice(name: str, allowed, default: str) -> str:
        text = given.get(name, default)
        if text in allowed:
            return text
        notes.append(f"“{name}” can be {', '.join(allowed)}; {default} is used.")
        return default

    options = ArmOptions(
        show=choice("show", SECTIONS, "effect"),
        ci=choice("ci", CI_TYPES, "log"),
        tau=_read_tau(study, given.get("tau", ENOUGH_AT_RISK), notes),
        adjust=read_variables(
            given, "adjust", covariates_of(study), study.comparison.regression.adjust, notes
        ),
        stratify=read_variables(given, "stratify", strata_of(study), (), notes),
        trim=choice("trim", TRIMS, "1"),
        pair=read_pair(study, given, notes),
    )
    return options, notes


def _read_tau(study: Study, text: str, notes: list[str]) -> float | None:
    if text == ENOUGH_AT_RISK:
        return None
    if study.disclosure.protects:
        notes.append(f"“tau” {NOT_CHOSEN}; the common follow-up is used.")
        return None
    try:
        months = float(text)
    except ValueError:
        months = 0.0
    if 0 < months <= LONGEST_MONTHS:
        return months
    notes.append("“tau” is a number of months above 0; the common follow-up is used.")
    return None


def read_variables(
    given: dict[str, str], name: str, allowed, default: tuple[str, ...], notes: list[str]
) -> tuple[str, ...]:
    """Read a list of variable ids; unknown ones are dropped and said."""
    known = [variable.id for variable in allowed]
    if name not in given:
        return tuple(one for one in known if one in default)
    asked = [part for part in given[name].split(",") if part not in ("", "none")]
    unknown = [part for part in asked if part not in known]
    if unknown:
        notes.append(f"“{name}” takes baseline variables; “{short(unknown[0])}” is none.")
    return tuple(one for one in known if one in asked)
