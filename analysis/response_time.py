"""When patients responded, and the groups of a landmark analysis of response.

References
----------
Anderson JR, Cain KC, Gelber RD. Analysis of survival by tumor response. Journal of Clinical
Oncology 1983; 1: 710–719.
"""

from __future__ import annotations

import numpy as np

RESPONDED, NOT_YET, UNKNOWN = 0, 1, -1


def cumulative_share(times) -> tuple[np.ndarray, np.ndarray]:
    """Of those who responded, the share who had by each time.

    Parameters
    ----------
    times : (N,) array of float
        Time to response, NaN where not known; in any unit.

    Returns
    -------
    time, share : ndarray of float, shape (D,)
        Distinct times, rising, and the share of the known ones up to and with each.
    """
    known = np.asarray(times, float)
    known = known[np.isfinite(known)]
    distinct, counts = np.unique(known, return_counts=True)
    return distinct, np.cumsum(counts) / max(known.size, 1)


def landmark_groups(responder, response_day, landmark: float) -> np.ndarray:
    """Who had responded by the landmark.

    A response after the landmark does not count: the groups hold what was known on that day.

    Parameters
    ----------
    responder : (N,) array of bool
        Whoever responded at any time; False also for those not evaluable.
    response_day : (N,) array of float, or None
        Day of the response, NaN where not known. None: the day is not recorded, and the
        assessment was known by the landmark.
    landmark : float
        Days.

    Returns
    -------
    (N,) array of int64
        ``RESPONDED``, ``NOT_YET``, or ``UNKNOWN`` for a responder whose day is not known.
    """
    responder = np.asarray(responder, bool)
    if response_day is None:
        return np.where(responder, RESPONDED, NOT_YET)
    day = np.asarray(response_day, float)
    groups = np.where(responder & (day <= landmark), RESPONDED, NOT_YET)
    return np.where(responder & np.isnan(day), UNKNOWN, groups)
