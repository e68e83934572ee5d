"""What a comparison of two arms could find with so many events: never of the observed effect."""

from __future__ import annotations

from math import ceil, exp, log, sqrt

from scipy.special import ndtr, ndtri

POWER = 0.8
LEVEL = 0.05


def detectable_ratio(information: float, power: float = POWER, level: float = LEVEL) -> float:
    """The hazard ratio below 1 that a two-sided test finds with a power (Schoenfeld 1981, 1983).

    ln HR = −(z₁₋α⁄₂ + z_power) / √information.

    Parameters
    ----------
    information : float
        Of the log hazard ratio: see `information_of_events`; NaN where there is none.
    """
    if not information > 0:
        return float("nan")
    return exp(-(ndtri(1 - level / 2) + ndtri(power)) / sqrt(information))


def power_of_ratio(information: float, ratio: float, level: float = LEVEL) -> float:
    """The power for a ratio that was chosen beforehand; the other tail, which is next to nothing,
    is left out as in Schoenfeld (1983)."""
    if not information > 0 or not ratio > 0:
        return float("nan")
    return float(ndtr(sqrt(information) * abs(log(ratio)) - ndtri(1 - level / 2)))


def information_of_events(events: int, share: float) -> float:
    """Events times the shares of both arms: one over the variance of the log hazard ratio.

    Parameters
    ----------
    share : float
        Of the patients in one of the arms.
    """
    return events * share * (1 - share)


def events_needed(
    ratio: float, share: float = 0.5, power: float = POWER, level: float = LEVEL
) -> int:
    """Events for a power, (z₁₋α⁄₂ + z_power)² / (share (1 − share) (ln HR)²), Schoenfeld 1983.

    Raises
    ------
    ValueError
        If the ratio is 1 or not above 0: no number of events finds it.
    """
    if not ratio > 0 or ratio == 1:
        raise ValueError(f"the ratio must be above 0 and not 1, not {ratio}")
    z = ndtri(1 - level / 2) + ndtri(power)
    return ceil(z**2 / (share * (1 - share) * log(ratio) ** 2) - 1e-9)


def information_of_interaction(cells) -> float:
    """Of the log ratio of two hazard ratios: 1 / Σ 1 / events (Peterson & George 1993).

    Parameters
    ----------
    cells : four int
        Events of each arm in each of two levels; 0 where one has none.
    """
    if not all(cells):
        return 0.0
    return 1 / sum(1 / one for one in cells)
