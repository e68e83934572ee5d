"""What a study declares about how few patients a number may be about."""

from __future__ import annotations

from dataclasses import dataclass

PATIENT_DATA = "patient data"


@dataclass(frozen=True)
class Disclosure:
    """The minima of a study; 1 where nothing is held back.

    Attributes
    ----------
    minimum_cohort : int
        A cohort or group of fewer patients has no numbers.
    minimum_cell : int
        A smaller count is not printed, and no filter takes fewer patients away.
    """

    minimum_cohort: int = 1
    minimum_cell: int = 1

    @property
    def protects(self) -> bool:
        """Whether anything is held back."""
        return self.minimum_cohort > 1 or self.minimum_cell > 1


def by_provenance(provenance: str) -> Disclosure:
    """What holds where a study says nothing: minima for patient data, none for made-up rows."""
    return Disclosure(10, 5) if provenance == PATIENT_DATA else Disclosure()
