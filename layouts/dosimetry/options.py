"""The options of the Dosimetry page: how they stand in a link and what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data.address import View
from data.checking.problems import short
from data.sections.dosimetry import DELIVERED, ESTIMATES, PATIENTS, Dose
from data.study import Study
from layouts.dosimetry import activity_inputs
from layouts.dosimetry.activity_inputs import Entry
from layouts.dosimetry.thresholds import threshold_scale
from layouts.shared.options import read_choice
from layouts.shared.thresholds import ThresholdScale

AGREEMENT, RESPONSE, SURVIVAL, TOXICITY, ACTIVITY = (
    "agreement",
    "response",
    "survival",
    "toxicity",
    "activity",
)
VIEWS = {
    AGREEMENT: "Planned and delivered",
    RESPONSE: "Dose and response",
    SURVIVAL: "Dose and survival",
    TOXICITY: "Dose and liver toxicity",
    ACTIVITY: "Activity calculators",
}
WITH_THRESHOLD = (RESPONSE, SURVIVAL)
ESTIMATE_WORDS = {"planned": "Planned", "delivered": "Delivered"}
# Why a view does not show a dose.
_NOT_FOR = {
    AGREEMENT: "was not both planned and delivered",
    RESPONSE: "belongs to a patient and not to each lesion",
    TOXICITY: "belongs to a lesion and not to a patient",
}
SCALES = {"difference": "Difference", "ratio": "Ratio"}
NAMES = activity_inputs.NAMES | {"view", "compartment", "estimate", "scale", "threshold", "present"}


@dataclass(frozen=True)
class DosimetryOptions:
    """What the Dosimetry page shows.

    Attributes
    ----------
    view : str
        Key of ``VIEWS``.
    dose : Dose or None
        None for the calculators, and where the study has no dose for the view.
    estimate : str
        ``planned`` or ``delivered``: which of the two is set against an outcome.
    scale : str
        Key of ``SCALES``: how planned and delivered are compared.
    threshold : float or None
        Where the dose is cut, in its unit; None where the view has no threshold.
    thresholds : ThresholdScale or None
        What the threshold can be.
    entries : mapping of option name to Entry
        The inputs of the calculators.
    """

    view: str
    dose: Dose | None
    estimate: str
    scale: str
    threshold: float | None
    thresholds: ThresholdScale | None
    entries: Mapping[str, Entry]


def doses_of(study: Study, view: str) -> tuple[Dose, ...]:
    """The doses that a view can show."""
    doses = study.dosimetry.doses if study.dosimetry else ()
    suits = {
        AGREEMENT: lambda dose: dose.paired,
        RESPONSE: lambda dose: dose.of_lesions,
        SURVIVAL: lambda dose: True,
        TOXICITY: lambda dose: dose.table == PATIENTS,
        ACTIVITY: lambda dose: False,
    }
    return tuple(dose for dose in doses if suits[view](dose))


def views_of(study: Study) -> dict[str, str]:
    """The views that the study has data for; the calculators are for every study."""
    columns = study.dosimetry.columns if study.dosimetry else None
    shown = {name: bool(doses_of(study, name)) for name in VIEWS} | {ACTIVITY: True}
    shown[AGREEMENT] = bool(columns and columns.doses)
    shown[RESPONSE] &= bool(columns and columns.lesions and columns.lesions.responder)
    shown[TOXICITY] &= bool(columns and columns.toxicity_preset and study.adverse_events)
    return {name: words for name, words in VIEWS.items() if shown[name]}


def read_options(study: Study, view: View) -> tuple[DosimetryOptions, list[str]]:
    """Read the page's options from a view; a sentence for each part that could not be used.

    A fault in an input of a calculator is said beside it and is none of these sentences.
    """
    notes: list[str] = []
    given = dict(view.options)
    views = views_of(study)
    shown = read_choice(given, "view", views, next(iter(views)), notes)
    dose = _read_dose(study, shown, given, notes)
    estimate = read_choice(given, "estimate", ESTIMATES, DELIVERED, notes)
    if dose is not None and estimate not in dose.columns:
        only = next(iter(dose.columns))
        if given.get("estimate") == estimate:
            notes.append(f"“{dose.words}” was not {estimate}; {only} is shown.")
        estimate = only
    thresholds = None
    if dose is not None and shown in WITH_THRESHOLD:
        thresholds = threshold_scale(study, dose, estimate, by_patient=shown == SURVIVAL)
    options = DosimetryOptions(
        view=shown,
        dose=dose,
        estimate=estimate,
        scale=read_choice(given, "scale", SCALES, "difference", notes),
        threshold=_read_threshold(given, thresholds, dose, notes),
        thresholds=thresholds,
        entries=activity_inputs.read_entries(given),
    )
    return options, notes


def _read_dose(study: Study, shown: str, given: dict[str, str], notes: list[str]) -> Dose | None:
    """The dose asked for, if the view can show it, else the one that the study names for it."""
    doses = doses_of(study, shown)
    asked = given.get("compartment", "")
    known = [one.id for one in study.dosimetry.doses] if study.dosimetry else []
    if asked and asked not in known:
        words = f"can be {', '.join(known)}" if known else "is nothing that this study has"
        notes.append(f"“compartment” {words}; “{short(asked)}” was dropped.")
    columns = study.dosimetry.columns if study.dosimetry else None
    named = {
        AGREEMENT: columns.response_dose if columns else "",
        RESPONSE: columns.response_dose if columns else "",
        SURVIVAL: columns.survival_dose if columns else "",
        TOXICITY: columns.toxicity_dose if columns else "",
    }.get(shown, "")
    by_id = {one.id: one for one in doses}
    dose = by_id.get(asked) or by_id.get(named) or next(iter(doses), None)
    if asked in known and asked not in by_id and dose is not None:
        other = study.dosimetry.dose(asked)
        notes.append(f"“{other.words}” {_NOT_FOR[shown]}; “{dose.words}” is shown.")
    return dose


def _read_threshold(
    given: dict[str, str], scale: ThresholdScale | None, dose: Dose | None, notes: list[str]
) -> float | None:
    if scale is None:
        return None
    text = given.get("threshold")
    if text is None:
        return scale.start
    threshold = _number(text)
    if scale.low <= threshold <= scale.high:
        return threshold
    unit = f" {dose.unit}" if dose.unit else ""
    notes.append(
        f"“threshold” of this dose is a number from {scale.text(scale.low)} to "
        f"{scale.text(scale.high)}{unit}; {scale.text(scale.start)}{unit} is used."
    )
    return scale.start


def _number(text: str | None) -> float:
    """A number as it stands in a link; NaN for anything else."""
    try:
        return float(text or "")
    except ValueError:
        return float("nan")


def estimates_of(dose: Dose | None) -> dict[str, str]:
    """The estimates that there are of a dose, in the words of their choice."""
    there = dose.columns if dose else ESTIMATES
    return {name: words for name, words in ESTIMATE_WORDS.items() if name in there}


def as_shown(view: View, options: DosimetryOptions) -> View:
    """A view without what of its link could not be used.

    The page says so once; its files are those of what it shows, and a file refuses what it cannot
    use.
    """
    used = {
        "view": options.view,
        "compartment": options.dose.id if options.dose else None,
        "estimate": options.estimate,
        "scale": options.scale,
    }
    given = dict(view.options)
    unused = [name for name, value in used.items() if given.get(name, value) != value]
    if options.threshold is not None and _number(given.get("threshold")) != options.threshold:
        unused.append("threshold")
    return view.with_options(**dict.fromkeys(unused))
