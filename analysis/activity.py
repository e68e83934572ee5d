"""How much yttrium-90 to prescribe: the three rules that trials of radioembolization use.

All of the energy is taken to stay where a microsphere lies. One becquerel that decays completely
gives 49.67 Gy kg per GBq (0.9367 MeV a decay, half-life 64.1 h); the package insert of the glass
microspheres rounds that to 50. Nothing here is meant for the treatment of a patient.

Sources: TheraSphere package insert (glass). SIR-Spheres instructions for use (resin; body-surface
method and reductions for the lung shunt). Partition model: Ho S, Lau WY, Leung TW, et al. Eur J
Nucl Med 1996;23:947–952; Gulec SA, Mesoloras G, Stabin M. J Nucl Med 2006;47:1209–1211. Body
surface: Du Bois D, Du Bois EF. Arch Intern Med 1916;17:863–871.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

DOSE_FACTOR = 49.67
"""Gy kg per GBq: mean dose of 1 GBq in 1 kg after complete decay."""
GLASS_DOSE_FACTOR = 50.0
"""The same as the package insert of the glass microspheres rounds it."""
LUNG_MASS = 1.0
"""kg, as the package insert of the glass microspheres takes it."""
LUNG_DOSE_LIMIT = 30.0
"""Gy to the lungs in one treatment, by the package insert of the glass microspheres."""
# Share of the calculated activity that is given, by the lung shunt from which on it holds. At a
# bound the more cautious of the two neighbours counts.
RESIN_REDUCTIONS = ((0.0, 1.0), (0.10, 0.8), (0.15, 0.6))
RESIN_LARGEST_SHUNT = 0.20


@dataclass(frozen=True)
class GlassActivity:
    """Activity (GBq) of glass microspheres, dose to the lungs (Gy) and activity in them (GBq)."""

    activity: float
    lung_activity: float
    lung_dose: float


@dataclass(frozen=True)
class ResinActivity:
    """Activity of resin microspheres by body surface.

    Attributes
    ----------
    surface : float
        Body surface, m².
    calculated : float
        GBq for the part of the liver that is treated, before the reduction for the lung shunt.
    share : float
        Share of it that the instructions let be given: 1, 0.8, 0.6, or 0 above 20 % of shunt.
    activity : float
        GBq.
    """

    surface: float
    calculated: float
    share: float
    activity: float


@dataclass(frozen=True)
class PartitionActivity:
    """Activity (GBq) by the partition model with the doses (Gy) to its three compartments."""

    activity: float
    tumour_dose: float
    liver_dose: float
    lung_dose: float


def glass_activity(
    dose: float, mass: float, shunt: float, lung_mass: float = LUNG_MASS
) -> GlassActivity:
    """Activity of glass microspheres by the package insert: A = D M / (50 (1 - LSF)).

    The lungs get 50 A LSF / (mass of the lungs).

    Parameters
    ----------
    dose : float
        Wanted mean dose to the treated liver, Gy.
    mass : float
        Mass of the treated liver, kg.
    shunt : float
        Lung shunt fraction, 0 to below 1.
    lung_mass : float
        kg.

    Examples
    --------
    >>> round(glass_activity(120, 1.0, 0.04).activity, 3)
    2.5

    Raises
    ------
    ValueError
        If a number is not above 0 or the shunt is no fraction below 1.
    """
    _above_zero(dose=dose, mass=mass, lung_mass=lung_mass)
    _fraction(shunt)
    activity = dose * mass / (GLASS_DOSE_FACTOR * (1 - shunt))
    return GlassActivity(
        activity, activity * shunt, GLASS_DOSE_FACTOR * activity * shunt / lung_mass
    )


def body_surface(height: float, weight: float) -> float:
    """Body surface in m² by Du Bois: 0.20247 height^0.725 weight^0.425 (m, kg).

    Examples
    --------
    >>> round(body_surface(1.70, 70), 2)
    1.81
    """
    _above_zero(height=height, weight=weight)
    return 0.20247 * height**0.725 * weight**0.425


def resin_activity(
    height: float, weight: float, involvement: float, treated: float, shunt: float
) -> ResinActivity:
    """Activity of resin microspheres by body surface: A = (BSA - 0.2 + involvement) x treated.

    A lobe or segment gets its share of what a whole liver as full of tumour would get. Less 20 %
    from a lung shunt of 10 % on, less 40 % from 15 % on, nothing above 20 %.

    Parameters
    ----------
    height, weight : float
        m, kg.
    involvement : float
        Tumour volume as a fraction of the volume of the treated part, 0 to 1.
    treated : float
        Volume of the part that is treated as a fraction of that of the whole liver, above 0 to 1.
    shunt : float
        Lung shunt fraction, 0 to below 1.

    Examples
    --------
    >>> round(resin_activity(1.70, 70, 0.30, 0.60, 0.05).activity, 2)
    1.15

    Raises
    ------
    ValueError
        If a number is outside its bounds, or the body surface is not above 0.2 m².
    """
    _fraction(shunt)
    if not 0 <= involvement <= 1:
        raise ValueError(f"involvement must lie between 0 and 1, not {involvement}")
    if not 0 < treated <= 1:
        raise ValueError(f"treated must lie above 0 and up to 1, not {treated}")
    surface = body_surface(height, weight)
    calculated = (surface - 0.2 + involvement) * treated
    if calculated <= 0:
        raise ValueError("the body surface is too small for this rule")
    share = next(kept for least, kept in reversed(RESIN_REDUCTIONS) if shunt >= least)
    if shunt > RESIN_LARGEST_SHUNT:
        share = 0.0
    return ResinActivity(surface, calculated, share, share * calculated)


def partition_activity(
    liver_dose: float,
    tumour_mass: float,
    liver_mass: float,
    ratio: float,
    shunt: float,
    lung_mass: float = LUNG_MASS,
) -> PartitionActivity:
    """Activity at which the normal liver gets a dose, by the three-compartment partition model.

    A = D (T/N m_tumour + m_liver) / (49.67 (1 - LSF)); the tumour gets T/N times the dose of the
    normal liver, the lungs 49.67 A LSF / (mass of the lungs).

    Parameters
    ----------
    liver_dose : float
        Mean dose to the normal liver, Gy.
    tumour_mass, liver_mass, lung_mass : float
        Masses of the perfused tumour and normal liver and of the lungs, kg.
    ratio : float
        Tumour-to-normal ratio T/N of the activity per mass.
    shunt : float
        Lung shunt fraction, 0 to below 1.

    Raises
    ------
    ValueError
        If a number is not above 0 or the shunt is no fraction below 1.
    """
    _above_zero(
        liver_dose=liver_dose,
        tumour_mass=tumour_mass,
        liver_mass=liver_mass,
        ratio=ratio,
        lung_mass=lung_mass,
    )
    _fraction(shunt)
    activity = liver_dose * (ratio * tumour_mass + liver_mass) / (DOSE_FACTOR * (1 - shunt))
    lung_dose = DOSE_FACTOR * activity * shunt / lung_mass
    return PartitionActivity(activity, ratio * liver_dose, liver_dose, lung_dose)


def _above_zero(**numbers: float) -> None:
    for name, number in numbers.items():
        if not (math.isfinite(number) and number > 0):
            raise ValueError(f"{name} must be above 0, not {number}")


def _fraction(shunt: float) -> None:
    if not 0 <= shunt < 1:
        raise ValueError(f"shunt must lie between 0 and below 1, not {shunt}")
