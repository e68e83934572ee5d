"""Confidence limits of survival curves, and the checks that all intervals share."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

CONFIDENCE_TRANSFORMS = ("log", "log-log", "plain")
TRANSFORM_WORDS = {
    "log": "on the log scale",
    "log-log": "on the log-log scale",
    "plain": "on the untransformed scale",
}


def check_level(conf_level) -> None:
    """Refuse a confidence level outside (0, 1), such as 95."""
    if not 0 < conf_level < 1:
        raise ValueError(f"conf_level must lie between 0 and 1, not {conf_level}")


def check_confidence(conf_type, conf_level) -> None:
    """Refuse an unknown scale of a curve's limits and an impossible level."""
    if conf_type not in CONFIDENCE_TRANSFORMS:
        allowed = ", ".join(CONFIDENCE_TRANSFORMS)
        raise ValueError(f"conf_type must be one of {allowed}; not {conf_type!r}")
    check_level(conf_level)


def two_sided_quantile(conf_level) -> float:
    """Standard errors from the estimate to a limit: 1.96 for a level of 0.95."""
    return float(ndtri(1 - (1 - conf_level) / 2))


def greenwood_terms(n_risk, n_event):
    """Terms d / (n (n - d)) of Greenwood's variance; 0 where all at risk had the event."""
    survivors = n_risk - n_event
    terms = np.zeros(n_risk.size)
    np.divide(n_event, n_risk * survivors, out=terms, where=survivors > 0)
    return terms


def survival_limits(survival, std_err, conf_type, conf_level):
    """Pointwise limits as R's `survfit_confint`; NaN where the transform is not defined.

    Parameters
    ----------
    survival : (K,) array
    std_err : (K,) array
        Standard error of log(survival).
    conf_type : {"log", "log-log", "plain"}
    conf_level : float
    """
    lower, upper = np.full(survival.size, np.nan), np.full(survival.size, np.nan)
    defined = survival > 0
    if conf_type == "log-log":
        defined &= survival < 1
    s = survival[defined]
    margin = two_sided_quantile(conf_level) * std_err[defined]
    if conf_type == "log":
        lower[defined], upper[defined] = s * np.exp(-margin), s * np.exp(margin)
    elif conf_type == "log-log":
        log_s = np.log(s)
        # Next to 1 the inner exponential is past the largest number, and the lower limit is 0.
        with np.errstate(over="ignore"):
            lower[defined] = np.exp(log_s * np.exp(-margin / log_s))
        upper[defined] = np.exp(log_s * np.exp(margin / log_s))
    else:
        lower[defined], upper[defined] = s - s * margin, s + s * margin
    return np.clip(lower, 0, 1), np.clip(upper, 0, 1)
