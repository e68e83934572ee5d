"""Where a dose can be cut: the scale of the slider, from the doses of the whole study."""

from __future__ import annotations

import numpy as np

from data.cohort import set_mask
from data.sections.dosimetry import Dose
from data.study import Study
from layouts.shared.thresholds import ThresholdScale, scale_of


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

    The doses are those of the default analysis set, so that the slider stays where it is under
    filters.

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
    return scale_of(values)
