"""What happened to the patients of a study, and when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class EndpointData:
    """The columns of one endpoint, one entry per patient of the study.

    Attributes
    ----------
    time : ndarray of int64, shape (N,)
        Whole days; 0 where not known.
    event : ndarray of int64, shape (N,)
        1 event, 0 censored.
    known : ndarray of bool, shape (N,)
        False for patients who do not have this endpoint.
    """

    time: np.ndarray
    event: np.ndarray
    known: np.ndarray
