"""Where a dose can be cut: the scale of the slider, from the doses of the whole study."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from data.cohort import set_mask
from data.sections.dosimetry import Dose
from data.study import Study

_STEPS_AT_MOST = 60
_NEAT = (1, 2, 5, 10)


@dataclass(frozen=True)
class ThresholdScale:
    """A slider's bounds, its step, and where it stands unless the reader moves it.

    They come from the default analysis set, so that the slider stays where it is under filters.
    """

    low: float
    high: float
    step: float
    start: float

    @property
    def decimals(self) -> int:
        """Digits after the point that tell neighbouring steps apart."""
        return max(0, -math.floor(math.log10(self.step) + 1e-9))

    def text(self, threshold: float) -> str:
        """A threshold as it stands in a link and on the screen."""
        return f"{round(threshold, 6):g}"


def patient_values(study: Study, dose: Dose, estimate: str) -> np.ndarray:
    """One dose for each patient: their own, or the mean over their lesions; NaN without any.

    Parameters
    ----------
    estimate : str
        ``planned`` or ``delivered``; the dose must have it.

    Returns
    -------
    ndarray of float, shape (N,)
    """
    values = study.dosimetry.values[dose.id, estimate]
    if not dose.of_lesions:
        return values
    known = np.isfinite(values)
    owner = study.dosimetry.lesions.patient[known]
    total = np.bincount(owner, values[known], minlength=study.n)
    count = np.bincount(owner, minlength=study.n)
    return np.divide(total, count, out=np.full(study.n, np.nan), where=count > 0)


def threshold_scale(
    study: Study, dose: Dose, estimate: str, by_patient: bool
) -> ThresholdScale | None:
    """The scale of a dose's slider; None where fewer than two different doses are known.

    Parameters
    ----------
    by_patient : bool
        One value for each patient; otherwise one for each lesion.
    """
    rows = set_mask(study, study.default_set.id)
    if by_patient or not dose.of_lesions:
        values = patient_values(study, dose, estimate)[rows]
    else:
        values = study.dosimetry.values[dose.id, estimate][rows[study.dosimetry.lesions.patient]]
    values = values[np.isfinite(values)]
    if values.size < 2 or np.ptp(values) == 0:
        return None
    step = _neat_step(float(np.ptp(values)) / _STEPS_AT_MOST)
    low, high = math.floor(values.min() / step), math.ceil(values.max() / step)
    start = round(float(np.median(values)) / step)
    # Rounded: 84 steps of 0.1 are not quite 8.4.
    return ThresholdScale(*(round(x * step, 6) for x in (low, high, 1, start)))


def _neat_step(least: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is at least this."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(neat * power for neat in _NEAT if neat * power >= least * (1 - 1e-9))
