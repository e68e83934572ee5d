"""What is printed of two curves and their difference, as bounds that the search can check."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.reconstruction.soramic.targets import Targets
from data.reconstruction.soramic.windows import logarithms, rounded, significant, z_of_p

DAYS_PER_MONTH = 30.4375
LONGEST = 620
# Whole days of every tenth of a month, rounded half up in whole numbers.
DAYS = (np.arange(LONGEST + 1, dtype=np.int64) * 304375 + 50000) // 100000

# Endpoint, printed split, the patients of both curves, and whether the second is worse by print.
# The order is that of `times_kernel.entry`.
_BY_ARM = ("arm=re-sorafenib", "arm=sorafenib")
_COMPARED = (
    ("os", "arm", _BY_ARM, True),
    ("pfs", "arm", _BY_ARM, True),
    ("ttp", "arm", _BY_ARM, True),
    ("hepatic-pfs", "arm", _BY_ARM, True),
    ("pps", "arm", _BY_ARM, False),
    ("pps", "disease-control", ("disease-control=yes", "best-response=pd"), True),
    ("pps", "objective-response", ("", ""), False),
)
_IN_DAYS = "pps"
_COX = ("os", "pfs")
_ANY = (-1e9, 1e9)


@dataclass(frozen=True)
class Printed:
    """Everything printed of the seven comparisons, ready for the compiled search.

    Attributes
    ----------
    bounds : int array (m, 4)
        As of `lifetable.curves_off`, one comparison after another.
    starts : int array (8,)
        Where the bounds of each comparison begin.
    z : float array (7, 2)
        Windows of the log-rank deviate; those without a sign are its absolute value.
    signed : int array (7,)
    cox : float array (7, 4, 2)
        Windows of log hazard ratio, its limits and its Wald deviate; only of the first two.
    """

    bounds: np.ndarray
    starts: np.ndarray
    z: np.ndarray
    signed: np.ndarray
    cox: np.ndarray


def cox_windows(targets: Targets, of: str, by: str, adjusted: str = "") -> np.ndarray:
    """Windows of a printed Cox model: log ratio, log limits, absolute Wald deviate; (4, 2)."""
    ratios = [
        logarithms(significant(targets.text(quantity, of, by, adjusted)))
        for quantity in ("hazard ratio", "hazard ratio lower", "hazard ratio upper")
    ]
    key = ("Wald p", of, by, adjusted, "")
    p = z_of_p(targets.printed[key], significant) if key in targets.printed else _ANY
    return np.array([*ratios, p])


def _times(text: str, in_days: bool) -> tuple[int, int]:
    """First and last time that prints as this median, in days or tenths of a month."""
    if not in_days:
        tenth = round(float(text) * 10)
        return tenth, tenth
    low, high = rounded(text)
    return int(np.ceil(low * DAYS_PER_MONTH)), int(np.floor(high * DAYS_PER_MONTH))


def _bounds(targets: Targets, endpoint: str, groups: tuple[str, str], split: str) -> list:
    curves = [groups[0], groups[1], "" if split == "arm" else None]
    rows = []
    for curve, where in enumerate(curves):
        if where is None or (where == "" and curve < 2):
            continue
        for limit, word in ((-1, " lower"), (0, ""), (1, " upper")):
            key = (f"survival median{word}", endpoint, "", "", where)
            if key in targets.printed:
                first, last = _times(targets.printed[key], endpoint == _IN_DAYS)
                rows += [(first - 1, curve, limit, 1), (last, curve, limit, 0)]
    return sorted(rows)


def read_comparisons(targets: Targets) -> Printed:
    """The printed medians, limits, log-rank tests and hazard ratios between arms."""
    bounds, starts, z, signed = [], [0], [], []
    cox = np.zeros((len(_COMPARED), 4, 2))
    for place, (endpoint, split, groups, worse) in enumerate(_COMPARED):
        bounds += _bounds(targets, endpoint, groups, split)
        starts.append(len(bounds))
        z.append(z_of_p(targets.text("log-rank p", endpoint, split), rounded))
        signed.append(int(worse))
        if endpoint in _COX:
            cox[place] = cox_windows(targets, endpoint, "arm=sorafenib")
    return Printed(
        np.array(bounds, dtype=np.int64).reshape(-1, 4),
        np.array(starts, dtype=np.int64),
        np.array(z),
        np.array(signed, dtype=np.int64),
        cox,
    )
