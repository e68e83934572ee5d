"""The patients while they are being searched for: whole numbers, one array for each thing."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from data.reconstruction.soramic.words import CR, PD, PR


@dataclass
class Cohort:
    """Patients of both arms, first arm first.

    Attributes
    ----------
    arm, response, site, dead : int arrays (n,)
        Indexes into the words of the study; `dead` is 0 or 1.
    times : int array (n, 4)
        Progression, end (death or last contact), last image and hepatic progression, in tenths of
        a month. What does not apply is 0.
    labels : dict of column to int array (n,)
        NO, YES or MISSING.
    values : dict of column to int array (n,)
        Measurements in their last printed place; -1 where there is none.
    """

    arm: np.ndarray
    response: np.ndarray
    site: np.ndarray
    dead: np.ndarray
    times: np.ndarray
    labels: dict[str, np.ndarray] = field(default_factory=dict)
    values: dict[str, np.ndarray] = field(default_factory=dict)

    @property
    def progressed(self) -> np.ndarray:
        return self.site > 0

    @property
    def responder(self) -> np.ndarray:
        return (self.response == CR) | (self.response == PR)

    @property
    def controlled(self) -> np.ndarray:
        return self.response != PD

    @property
    def seen_until(self) -> np.ndarray:
        """Progression or, without one, the last image; tenths of a month."""
        return np.where(self.progressed, self.times[:, 0], self.times[:, 2])

    @property
    def controlled_until(self) -> np.ndarray:
        """Last tenth of a month at which the disease can have been under control."""
        return self.seen_until - self.progressed

    @property
    def pfs(self) -> tuple[np.ndarray, np.ndarray]:
        """Time (tenths of a month) and event of progression-free survival."""
        unprogressed = np.where(self.dead == 1, self.times[:, 1], self.times[:, 2])
        time = np.where(self.progressed, self.times[:, 0], unprogressed)
        return time, (self.progressed | (self.dead == 1)).astype(np.int64)
