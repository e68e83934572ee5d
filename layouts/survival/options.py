"""The options of the Survival page: how they stand in a link and what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from data.address import NO_SPLIT, View
from data.checking.problems import short
from data.study import Study
from layouts.charts.curve_options import SHOWN_BY_DEFAULT, CurveOptions
from layouts.charts.frame import MOST_GROUPS_NAMED
from layouts.shared.options import CI_TYPES, NOT_CHOSEN, read_choice
from layouts.shared.words import DAYS_PER
from layouts.survival.cut import read_cut

UNITS = tuple(DAYS_PER)
CURVES = {"survival": "Survival", "incidence": "Cumulative incidence"}
SHOWN = {
    "band": "Confidence band",
    "censored": "Censored patients",
    "median": "Median lines",
    "risk": "Patients at risk under the curves",
    "events": "Censored and events under the curves",
    "weibull": "Weibull fit",
    "data-sets": "Curves of the data sets that fit the paper equally well",
}
# Only a reconstructed study has such data sets.
RECONSTRUCTIONS = "data-sets"
# More bands on top of each other are mud, more median lines a thicket; the table has the numbers.
MOST_GROUPS_WITH_BANDS = 3
LANDMARKS = (12.0, 24.0)
LANDMARKS_AT_MOST = 4
LONGEST_MONTHS = 600.0

# Months from which a curve can be started anew; a link may name any other.
GIVEN_MONTHS = (3.0, 6.0, 9.0, 12.0, 18.0, 24.0, 36.0)
NAMES = frozenset(
    {"ci", "unit", "curve", "show", "landmarks", "x", "pick", "alive", "cut", "present"}
)


@dataclass(frozen=True)
class SurvivalOptions:
    """How the Survival page computes and draws.

    Attributes
    ----------
    ci : str
        Transform of the confidence interval: ``log``, ``log-log`` or ``plain``.
    unit : str
        Unit of the time axis: ``months``, ``days`` or ``years``.
    curve : str
        ``survival`` or ``incidence`` (1 minus survival).
    show : tuple of str
        What is drawn beside the curve.
    landmarks : tuple of float
        Months at which survival is read.
    x : tuple of float or None
        First and last month of the axis; None for the whole follow-up.
    picked : tuple of str
        Ids of the levels in colour, of a split into more groups than colours can tell apart.
    alive : float
        Months after which time begins anew, for those who are still at risk then; 0 for the start.
    cut : float or None
        Where the number of the split is cut; None for where the study cuts it.
    present : bool
        Large type and nothing but the figure, for a projector.
    """

    ci: str = "log"
    unit: str = "months"
    curve: str = "survival"
    show: tuple[str, ...] = SHOWN_BY_DEFAULT
    landmarks: tuple[float, ...] = LANDMARKS
    x: tuple[float, float] | None = None
    picked: tuple[str, ...] = ()
    alive: float = 0.0
    cut: float | None = None
    present: bool = False

    @property
    def alive_days(self) -> int | None:
        """The same as a whole day; None for the start."""
        return round(self.alive * DAYS_PER["months"]) if self.alive else None

    def shows(self, what: str) -> bool:
        return what in self.show

    @property
    def drawn(self) -> CurveOptions:
        """What of it concerns the drawing alone."""
        return CurveOptions(self.unit, self.curve, self.show, self.x)

    def landmark_texts(self) -> tuple[str, ...]:
        """Landmarks as months without trailing zeros: ``12``, ``4.5``."""
        return tuple(f"{month:g}" for month in self.landmarks)


def units_of(study: Study) -> tuple[str, ...]:
    """Units of the time axis; a study that holds small numbers back prints no days."""
    return ("months",) if study.disclosure.protects else UNITS


def what_to_show(study: Study) -> dict[str, str]:
    """What can be drawn beside the curves of a study."""
    left_out = set() if study.reconstructions else {RECONSTRUCTIONS}
    if study.disclosure.protects:
        left_out |= {"censored", "weibull"}
    return {name: words for name, words in SHOWN.items() if name not in left_out}


def shown_by_default(study: Study, view: View) -> tuple[str, ...]:
    """What is drawn unless the reader says otherwise: less with many groups."""
    groups = 1 if view.by == NO_SPLIT else len(study.variable(view.by).levels)
    left_out = {"band", "median"} if groups > MOST_GROUPS_WITH_BANDS else set()
    if groups > MOST_GROUPS_NAMED:
        left_out.add("censored")
    known = what_to_show(study)
    return tuple(name for name in SHOWN_BY_DEFAULT if name in known and name not in left_out)


def read_options(study: Study, view: View) -> tuple[SurvivalOptions, list[str]]:
    """Read the page's options from a view.

    Returns
    -------
    SurvivalOptions, list of str
        The options, with defaults for whatever could not be used, and a sentence for each such
        part.
    """
    notes: list[str] = []
    given = dict(view.options)

    def choice(name: str, allowed, default: str) -> str:
        return read_choice(given, name, allowed, default, notes)

    options = SurvivalOptions(
        ci=choice("ci", CI_TYPES, "log"),
        unit=choice("unit", units_of(study), "months"),
        curve=choice("curve", CURVES, "survival"),
        show=_read_show(study, given, shown_by_default(study, view), notes),
        landmarks=_read_landmarks(given, notes),
        x=_read_range(given, notes),
        picked=_read_picked(study, view, given, notes),
        alive=read_alive(study, given, notes),
        cut=read_cut(study, view, given, notes),
        present=choice("present", ("on", "off"), "off") == "on",
    )
    return options, notes


def read_alive(study: Study, given: dict[str, str], notes: list[str]) -> float:
    """Months after which time begins anew; 0 where that is not said or cannot be used."""
    month = _months(given.get("alive", "0"))
    if month is None:
        notes.append("“alive” is a month after the start, for instance 6.")
        return 0.0
    if month and study.disclosure.protects:
        notes.append(f"“alive” {NOT_CHOSEN}.")
        return 0.0
    return month


def _read_show(study, given, default: tuple[str, ...], notes: list[str]) -> tuple[str, ...]:
    if "show" not in given:
        return default
    names = [name for name in given["show"].split(",") if name not in ("", "none")]
    known = what_to_show(study)
    unknown = [name for name in names if name not in known]
    if unknown:
        notes.append(f"“show” knows {', '.join(known)}, not “{unknown[0][:40]}”.")
    return tuple(name for name in known if name in names)


def _read_picked(study, view: View, given: dict[str, str], notes: list[str]) -> tuple[str, ...]:
    asked = [name for name in given.get("pick", "").split(",") if name not in ("", "none")]
    if not asked:
        return ()
    known = [] if view.by == NO_SPLIT else [level.id for level in study.variable(view.by).levels]
    unknown = [name for name in asked if name not in known]
    if unknown:
        notes.append(f"“pick” takes levels of the split; “{short(unknown[0])}” is none.")
    kept = tuple(dict.fromkeys(name for name in asked if name in known))
    if len(kept) > MOST_GROUPS_NAMED:
        notes.append(f"“pick” takes up to {MOST_GROUPS_NAMED} groups; the others were dropped.")
    return kept[:MOST_GROUPS_NAMED]


def _months(text: str) -> float | None:
    """A month between 0 and the longest; None for anything else."""
    try:
        month = float(text)
    except ValueError:
        return None
    return month if 0 <= month <= LONGEST_MONTHS else None


def _read_landmarks(given: dict[str, str], notes: list[str]) -> tuple[float, ...]:
    if "landmarks" not in given:
        return LANDMARKS
    months = [_months(part) for part in given["landmarks"].split(",") if part not in ("", "none")]
    kept = sorted({month for month in months if month})
    if len(kept) != len(months) or len(kept) > LANDMARKS_AT_MOST:
        notes.append(
            f"“landmarks” takes up to {LANDMARKS_AT_MOST} different months above 0; "
            "the others were dropped."
        )
    return tuple(kept[:LANDMARKS_AT_MOST])


def _read_range(given: dict[str, str], notes: list[str]) -> tuple[float, float] | None:
    if "x" not in given:
        return None
    first, dots, last = given["x"].partition("..")
    bounds = (_months(first), _months(last))
    if not dots or None in bounds or bounds[0] >= bounds[1]:
        notes.append("“x” is the first and last month of the axis, for instance 0..36.")
        return None
    return bounds
