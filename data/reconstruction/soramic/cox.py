"""Cox models of one or two yes-or-no covariates on counts, with Efron's handling of ties."""

from __future__ import annotations

import numpy as np
from numba import njit

from data.reconstruction.soramic.arithmetic import exponential, natural_log

# Newton's method doubles the right digits at each step, so the next error is far below this.
_ENOUGH = 1e-6
_ROUNDS = 30
_LARGEST_STEP = 1.5


@njit
def one_covariate(found, at_risk, died, start):
    """Log hazard ratio of group 1 against group 0, and its standard error.

    Newton's method for the partial likelihood, from a log hazard ratio near the expected one.
    The error is infinite where there is no estimate.
    """
    ratio = exponential(start)
    information = 0.0
    for _ in range(_ROUNDS):
        score, information = 0.0, 0.0
        for step in range(found):
            d = died[step, 0] + died[step, 1]
            score += died[step, 1]
            for tie in range(int(d)):
                part = tie / d
                weight = ratio * (at_risk[step, 1] - part * died[step, 1])
                share = weight / (weight + at_risk[step, 0] - part * died[step, 0])
                score -= share
                information += share * (1.0 - share)
        if information <= 0.0:
            return 0.0, np.inf
        change = min(_LARGEST_STEP, max(-_LARGEST_STEP, score / information))
        ratio *= exponential(change)
        if abs(change) < _ENOUGH:
            break
    return natural_log(ratio), 1.0 / np.sqrt(information)


@njit
def two_covariates(found, at_risk, died, result):
    """Log hazard ratios and standard errors of two covariates in one model.

    Parameters
    ----------
    at_risk, died : float arrays (k, 4)
        Columns: neither, only the first, only the second, both.
    result : float array (4,)
        Filled with first log ratio, second log ratio, their standard errors.
    """
    first, second = 1.0, 1.0
    i11, i12, i22 = 0.0, 0.0, 0.0
    for _ in range(_ROUNDS):
        s1, s2, i11, i12, i22 = 0.0, 0.0, 0.0, 0.0, 0.0
        for step in range(found):
            d = died[step, 0] + died[step, 1] + died[step, 2] + died[step, 3]
            s1 += died[step, 1] + died[step, 3]
            s2 += died[step, 2] + died[step, 3]
            for tie in range(int(d)):
                part = tie / d
                w0 = at_risk[step, 0] - part * died[step, 0]
                w1 = first * (at_risk[step, 1] - part * died[step, 1])
                w2 = second * (at_risk[step, 2] - part * died[step, 2])
                w3 = first * second * (at_risk[step, 3] - part * died[step, 3])
                total = w0 + w1 + w2 + w3
                e1, e2, e12 = (w1 + w3) / total, (w2 + w3) / total, w3 / total
                s1 -= e1
                s2 -= e2
                i11 += e1 * (1 - e1)
                i22 += e2 * (1 - e2)
                i12 += e12 - e1 * e2
        determinant = i11 * i22 - i12 * i12
        if determinant <= 0.0:
            result[:] = 0.0
            result[2:] = np.inf
            return
        c1 = min(_LARGEST_STEP, max(-_LARGEST_STEP, (i22 * s1 - i12 * s2) / determinant))
        c2 = min(_LARGEST_STEP, max(-_LARGEST_STEP, (i11 * s2 - i12 * s1) / determinant))
        first *= exponential(c1)
        second *= exponential(c2)
        if abs(c1) + abs(c2) < _ENOUGH:
            break
    determinant = i11 * i22 - i12 * i12
    result[0], result[1] = natural_log(first), natural_log(second)
    result[2], result[3] = np.sqrt(i22 / determinant), np.sqrt(i11 / determinant)
