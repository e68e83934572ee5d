"""How alike two arms are once their patients have weights."""

from __future__ import annotations

import numpy as np

from analysis.balance import distance_of_shares


def weighted_smd_of_levels(codes, n_levels: int, arm, weight) -> float:
    """Standardised difference of weighted shares (Yang & Dalton 2012; Austin & Stuart 2015).

    Parameters
    ----------
    codes : (N,) array of int
        Level of each patient, -1 where missing.
    arm : (N,) array of int
        0 first arm, 1 second arm.
    weight : (N,) array
    """
    cells = 2 * (np.asarray(codes).astype(np.intp) + 1) + np.asarray(arm)
    counts = np.bincount(cells, weight, 2 * n_levels + 2).reshape(-1, 2)[1:]
    return distance_of_shares(counts)[0]


def weighted_smd_of_numbers(numbers, arm, weight) -> float:
    """Difference of weighted means over the root of the mean of the weighted variances.

    The variance of an arm is Σw / ((Σw)² − Σw²) · Σ w (x − mean)², Austin & Stuart 2015.
    """
    numbers, arm, weight = np.asarray(numbers, float), np.asarray(arm), np.asarray(weight, float)
    means, variances = [], []
    for one in (0, 1):
        used = np.isfinite(numbers) & (arm == one)
        if used.sum() < 2:
            return np.nan
        x, w = numbers[used], weight[used]
        total = w.sum()
        mean = float(w @ x / total)
        means.append(mean)
        variances.append(float(w @ (x - mean) ** 2 * total / (total**2 - (w**2).sum())))
    spread = float(np.sqrt(sum(variances) / 2))
    difference = means[0] - means[1]
    if spread == 0:
        return 0.0 if difference == 0 else float(np.copysign(np.inf, difference))
    return difference / spread
