"""Stabilised inverse-probability weights, truncated, and what they leave of the patients."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

QUARTILES = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, eq=False)
class ArmWeights:
    """The weights of one arm.

    Attributes
    ----------
    n : int
    effective : float
        Effective sample size (Kish 1965): the patients without weights who would say as much.
    quartiles : tuple of five float
        Smallest weight, quartiles (R's type 7), largest weight.
    mean : float
    chances : tuple of five float
        The same five of the chances of the compared arm.
    """

    n: int
    effective: float
    quartiles: tuple[float, ...]
    mean: float
    chances: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Weights:
    """Weights of the patients of two arms.

    Attributes
    ----------
    value : (N,) array
    limits : (float, float) or None
        What the weights were cut to; None without truncation.
    cut : int
        How many patients have another weight by it.
    arms : (ArmWeights, ArmWeights)
        Compared arm, reference.
    """

    value: np.ndarray
    limits: tuple[float, float] | None
    cut: int
    arms: tuple[ArmWeights, ArmWeights]


def stabilised_weights(chance, treated, tail: float = 0.01) -> Weights:
    """Share of the arm over the chance of being in it (Robins, Hernán & Brumback 2000).

    Parameters
    ----------
    chance : (N,) array
        Of the compared arm, above 0 and below 1.
    treated : (N,) array of 0 and 1
        Both occur.
    tail : float
        Weights below this quantile and above its complement are set to these quantiles, of both
        arms together (Cole & Hernán 2008); 0 for none.

    Raises
    ------
    ValueError
        If the tail is not from 0 to below one half.
    """
    if not 0 <= tail < 0.5:
        raise ValueError(f"tail must be from 0 to below 0.5, not {tail}")
    chance, treated = np.asarray(chance, float), np.asarray(treated).astype(bool)
    share = treated.mean()
    value = np.where(treated, share / chance, (1 - share) / (1 - chance))
    limits, cut = None, 0
    if tail:
        low, high = (float(x) for x in np.quantile(value, (tail, 1 - tail)))
        limits, whole = (low, high), value
        value = np.clip(value, low, high)
        cut = int((value != whole).sum())
    value.flags.writeable = False
    arms = tuple(_of_arm(value[one], chance[one]) for one in (treated, ~treated))
    return Weights(value, limits, cut, arms)


def _of_arm(value, chance) -> ArmWeights:
    return ArmWeights(
        value.size,
        effective_size(value),
        tuple(np.quantile(value, QUARTILES).tolist()),
        float(value.mean()),
        tuple(np.quantile(chance, QUARTILES).tolist()),
    )


def effective_size(weights) -> float:
    """The square of the sum over the sum of squares (Kish 1965, *Survey Sampling*, 11.7)."""
    weights = np.asarray(weights, float)
    return float(weights.sum() ** 2 / (weights**2).sum())
