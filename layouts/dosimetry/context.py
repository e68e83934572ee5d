"""What a dosimetry view is about: the results together with study, cohort and options."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.agreement import Agreement
from analysis.maximally_selected import MaximallySelected
from analysis.proportions import Proportion
from analysis.ranks import RankCorrelation
from analysis.roc import Roc
from analysis.survival_groups import SurvivalGroups
from data.address import View
from data.cohort import set_mask
from data.sections.dosimetry import Dose, LesionColumns
from data.study import Endpoint, Study
from layouts.dosimetry.options import DosimetryOptions
from layouts.shared.words import minus

FEWEST_WITH_QUARTILES = 5


@dataclass(frozen=True)
class Withheld:
    """In place of a result that would tell the doses of few patients.

    ``why`` is a clause for what lies not open to view: "too few have a tumour that responded";
    empty where all of them together are too few.
    """

    why: str = ""


@dataclass(frozen=True)
class DoseSummary:
    """One dose, planned or delivered, of the patients or lesions in view.

    Attributes
    ----------
    n, missing : int
        Patients or lesions with the dose and without it.
    mean, sd, median, smallest, largest : float
        In the dose's unit; NaN where nobody has it or it is withheld, ``sd`` also for one.
    withheld : bool
        Whether they are those of too few patients to be shown.
    """

    dose: Dose
    estimate: str
    n: int
    missing: int
    mean: float
    sd: float
    median: float
    smallest: float
    largest: float
    withheld: bool = False

    @property
    def published(self) -> str:
        """What the publication prints; empty where it prints nothing."""
        return self.dose.published.get(self.estimate, "")


@dataclass(frozen=True, eq=False)
class AgreementResult:
    """Planned against delivered.

    Attributes
    ----------
    planned, delivered : ndarray of float, shape (n,)
        Of complete pairs, ascending: the order of the file would tell whose they are.
    result : Agreement or None
        None where a ratio is asked for and a dose is 0.
    patients, several : int
        Patients with a pair, and those of them with more than one.
    incomplete : int
        Patients or lesions in view of which one of the two is missing.
    """

    planned: np.ndarray
    delivered: np.ndarray
    result: Agreement | None
    patients: int
    several: int
    incomplete: int


@dataclass(frozen=True, eq=False)
class ResponseResult:
    """Dose of lesions against their response.

    Attributes
    ----------
    responding, not_responding : ndarray of float
        Doses, ascending.
    counts : tuple of four int
        Responding at or above the threshold and below it, not responding at or above and below.
    sensitivity, specificity : Proportion
    patients, several : int
        Patients with a lesion analysed, and those of them with more than one.
    without_dose, without_response : int
        Lesions in view that are left out.
    """

    responding: np.ndarray
    not_responding: np.ndarray
    roc: Roc
    counts: tuple[int, int, int, int]
    sensitivity: Proportion
    specificity: Proportion
    patients: int
    several: int
    without_dose: int
    without_response: int


@dataclass(frozen=True, eq=False)
class DoseSurvivalResult:
    """Survival of the patients above and below a dose.

    Attributes
    ----------
    groups : SurvivalGroups
        Below the threshold, then at or above it.
    selected : MaximallySelected
        All thresholds together.
    possible : int
        Thresholds that split the patients differently.
    without_dose, without_endpoint, before_landmark : int
        Patients in view that are left out.
    landmark_days : int or None
    """

    endpoint: Endpoint
    groups: SurvivalGroups
    selected: MaximallySelected
    possible: int
    without_dose: int
    without_endpoint: int
    before_landmark: int
    landmark_days: int | None


@dataclass(frozen=True, eq=False)
class ToxicityResult:
    """Dose against the worst grade of some adverse events.

    Attributes
    ----------
    terms : str
        Name of the preset of terms.
    labels : tuple of str
        No such event, then every grade from mild to severe.
    n : tuple of int
        Patients at each worst grade.
    doses : tuple of ndarray
        Their doses, ascending; none of a grade with too few patients to be shown.
    median_with, median_without : float
        Of all patients with such an event and of those without; NaN for nobody or too few.
    correlation : RankCorrelation
        Of dose and worst grade.
    without_dose, not_recorded : int
        Patients in view that are left out.
    """

    terms: str
    labels: tuple[str, ...]
    n: tuple[int, ...]
    doses: tuple[np.ndarray, ...]
    median_with: float
    median_without: float
    correlation: RankCorrelation
    without_dose: int
    not_recorded: int

    @property
    def withheld(self) -> bool:
        """Whether the doses of some grade are not shown.

        Then no extreme may be shown either: the range of all patients is printed, and who knows
        the extremes of the other grades knows those of the one left out.
        """
        return any(n != values.size for n, values in zip(self.n, self.doses, strict=True))

    def five_numbers(self, place: int) -> np.ndarray:
        """Smallest, quartiles with the median, and largest dose of a grade; NaN where not told.

        Without extremes, the quartiles of fewer than five would still tell them: of three, the
        first quartile is halfway between the smallest and the median.
        """
        values = self.doses[place]
        if not values.size:
            return np.full(5, np.nan)
        five = np.percentile(values, [0, 25, 50, 75, 100])
        if self.withheld:
            five[[0, 4] if values.size >= FEWEST_WITH_QUARTILES else [0, 1, 3, 4]] = np.nan
        return five


Result = AgreementResult | ResponseResult | DoseSurvivalResult | ToxicityResult | Withheld | None


@dataclass(frozen=True, eq=False)
class DosimetryContext:
    """One view of the Dosimetry page and everything that must be said beside it.

    Attributes
    ----------
    in_cohort, lesions, off_target : int
        Patients who pass the filters, their lesions, and those of these that are known to be
        smaller than the analysis asked for.
    result : AgreementResult, ResponseResult, DoseSurvivalResult, ToxicityResult, Withheld or None
        By the view; None for the calculators and where nobody in view has the dose.
    summaries : tuple of DoseSummary
        With planned against delivered only.
    """

    study: Study
    view: View
    options: DosimetryOptions
    in_cohort: int
    lesions: int
    off_target: int
    result: Result
    summaries: tuple[DoseSummary, ...] = ()

    @property
    def has_doses(self) -> bool:
        """Whether the study declares any dose."""
        return bool(self.study.dosimetry and self.study.dosimetry.doses)

    @property
    def marks(self) -> bool:
        """Whether single doses may be drawn."""
        return self.study.single_patients or self.study.dosimetry.columns.marks

    @property
    def words(self) -> LesionColumns | None:
        """What lesions are called."""
        return self.study.dosimetry.columns.lesions if self.study.dosimetry else None

    def counted(self, n: int, of_lesions: bool) -> str:
        """``53 tumours``, ``1 patient``."""
        if of_lesions:
            return f"{n} {self.words.one if n == 1 else self.words.several}"
        return f"{n} patient{'' if n == 1 else 's'}"

    def dose_words(self, estimate: str | None = None) -> str:
        """``Tumour, mean dose delivered``; without the last word for an empty estimate."""
        dose, options = self.options.dose, self.options
        made = options.estimate if estimate is None else estimate
        paired = f" {made}" if dose.paired and made else ""
        return f"{dose.words}{paired}"

    def axis_words(self, estimate: str | None = None) -> str:
        """The title of an axis with its unit."""
        unit = f", {self.options.dose.unit}" if self.options.dose.unit else ""
        return f"{self.dose_words(estimate)}{unit}"

    @property
    def unit(self) -> str:
        """The unit after a number, with a no-break space; empty for a ratio."""
        dose = self.options.dose
        return f"\u00a0{dose.unit}" if dose is not None and dose.unit else ""

    def number(self, value: float, more: int = 0) -> str:
        """A dose with the digits that the study declares; a dash for NaN, a true minus sign."""
        if not np.isfinite(value):
            return "–"
        return minus(f"{value:.{self.options.dose.decimals + more}f}")

    def threshold_text(self) -> str:
        """The threshold with its unit."""
        return f"{self.options.thresholds.text(self.options.threshold)}{self.unit}"

    @property
    def unfiltered(self) -> bool:
        """Whether the publication's own cohort is on screen."""
        chosen = self.study.analysis_set(self.view.cohort.analysis_set)
        return chosen.published and not self.view.cohort.filters

    def paper_words(self) -> str:
        """Of whom the paper's numbers are: beside those of a part of them it must be said."""
        if self.unfiltered:
            return "Paper"
        of = next((one for one in self.study.analysis_sets if one.published), None)
        return f"Paper, all {int(set_mask(self.study, of.id).sum())}" if of else "Paper"
