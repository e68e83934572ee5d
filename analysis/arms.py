"""Two arms compared for one endpoint: every estimate of the effect, computed once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.arm_difference import Difference, rmst_difference, survival_difference
from analysis.cox.fit import CoxFit, fit_cox, forgetting
from analysis.event_table import TimeAxis, time_axis
from analysis.permutation import PermutationTest, permutation_logrank
from analysis.proportional_hazards import ProportionalHazards, proportional_hazards
from analysis.restricted_mean import has_mean
from analysis.survival_groups import SurvivalGroups, survival_by_group

SIGNIFICANT = 0.05


@dataclass(frozen=True, eq=False)
class ArmComparison:
    """The arm that is compared against the reference, for one endpoint; times in days.

    Attributes
    ----------
    groups : SurvivalGroups
        Survival by arm in the study's order, with the log-rank test.
    compared, reference : int
        Positions of the two arms among the groups.
    cox : CoxFit
        Cox regression on the arm alone; below 1 favours the compared arm.
    hazards : ProportionalHazards
        Test whether that hazard ratio stays the same over time.
    restricted_mean : Difference
        Of restricted mean survival times up to ``restricted_mean.tau``, compared - reference.
    at_risk : tuple of two int
        Patients of the compared arm and the reference with follow-up of at least that; NaN
        where there is no such time.
    landmarks : tuple of Difference
        Of survival at fixed times, compared - reference.
    permutation : PermutationTest or None
        None where it was not asked for.
    shortest : float
        The smallest of the arms' largest follow-ups, in days: the latest time up to which
        restricted means are defined in both. NaN where an arm is empty.
    """

    groups: SurvivalGroups
    compared: int
    reference: int
    cox: CoxFit
    hazards: ProportionalHazards
    restricted_mean: Difference
    at_risk: tuple[float, float]
    landmarks: tuple[Difference, ...]
    permutation: PermutationTest | None
    shortest: float

    @property
    def possible(self) -> bool:
        """Whether both arms have patients."""
        return all(self.groups.groups[i].n for i in (self.compared, self.reference))

    @property
    def proportional(self) -> bool:
        """False where the test contradicts one hazard ratio for the whole follow-up."""
        return not self.hazards.global_test.p_value < SIGNIFICANT


def compare_arms(
    axis: TimeAxis,
    event: np.ndarray,
    arm: np.ndarray,
    labels: tuple[str, ...],
    reference: int,
    rows: np.ndarray,
    *,
    compared: int | None = None,
    tau: float | None = None,
    landmarks: tuple[float, ...] = (),
    conf_type: str = "log",
    permute: bool = True,
    patients: np.ndarray | None = None,
) -> ArmComparison:
    """Compare two arms.

    Parameters
    ----------
    axis : TimeAxis
        Of all N patients with this endpoint, in days.
    event : (N,) array of int
    arm : (N,) array of int
        Position of each patient's arm in ``labels``, -1 where it is not known.
    labels : tuple of str
        Of two arms, or of more when ``compared`` says which one is compared.
    reference : int
        Position of the arm that the other is compared with.
    rows : (N,) array of bool
        Patients in view; those of further arms are left out.
    compared : int, optional
        Position of the other arm; by default the other of two.
    tau : float, optional
        Days up to which means are restricted; cut to the smallest of the arms' largest
        follow-ups. By default the common horizon of the arms (see `common_horizon`), and no
        comparison where an arm is too small for it.
    landmarks : tuple of float
        Days at which survival is compared.
    permute : bool
        Whether the permutation test is made, which takes most of the time.
    patients : (N,) array of int, optional
        How many patients each entry stands for; without it each is one.
    """
    compared = 1 - reference if compared is None else compared
    pair = (arm == compared) | (arm == reference)
    used = rows & pair
    # A further arm keeps its place without patients, so that no number here is about it.
    seen = rows & (pair | (arm < 0))
    groups = survival_by_group(
        axis, event, arm, labels, seen, conf_type=conf_type, patients=patients
    )
    time, flag, code = axis.time[axis.code][used], np.asarray(event)[used], arm[used]
    own_axis, each = time_axis(time), None if patients is None else patients[used]
    cox = fit_cox(own_axis, flag, (code == compared).astype(float), patients=each)
    ours, theirs = (groups.groups[i].curve for i in (compared, reference))
    both = bool(ours.n and theirs.n)
    shortest = min(ours.time[-1], theirs.time[-1]) if both else np.nan
    large = has_mean(ours) and has_mean(theirs)
    wanted = (groups.horizon if large else np.nan) if tau is None else min(tau, shortest)
    return ArmComparison(
        groups=groups,
        compared=compared,
        reference=reference,
        cox=forgetting(cox),
        hazards=proportional_hazards(cox),
        restricted_mean=_difference(rmst_difference, ours, theirs, wanted, wanted >= 0),
        at_risk=tuple(
            int(curve.at(wanted).n_risk[0]) if wanted >= 0 else np.nan for curve in (ours, theirs)
        ),
        landmarks=tuple(
            _difference(survival_difference, ours, theirs, day, both) for day in landmarks
        ),
        permutation=permutation_logrank(own_axis, flag, code, patients=each) if permute else None,
        shortest=float(shortest),
    )


def _difference(of, ours, theirs, day: float, possible: bool) -> Difference:
    """A difference between two arms, not estimable where one of them is empty or too small."""
    if not possible:
        nothing = (np.nan,) * 5
        return Difference(*nothing, float(day), "An arm has too few patients or none.")
    return of(ours, theirs, day)
