"""What a study's protocol planned: the hazard ratio that it was to find."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """The planned effect.

    Attributes
    ----------
    hazard_ratio : float
        Of the compared arm against the reference.
    endpoint : str
        Of which endpoint.
    source : str
        Where the protocol says so; may be empty.
    """

    hazard_ratio: float
    endpoint: str
    source: str
