"""Best response as counts: every category and every sum of categories, in groups that may overlap.

A group and the whole cohort stand side by side, so that groups are masks and not codes.
"""

from __future__ import annotations

import numpy as np

from analysis.proportions import Proportion, clopper_pearson

METHOD = (
    "Shares of all patients in view, whether evaluable or not, with 95 % Clopper–Pearson interval"
)


def group_rates(yes, members) -> tuple[Proportion, ...]:
    """How many patients of each group have something.

    Parameters
    ----------
    yes : (N,) array of bool
        False also for patients who were not evaluable.
    members : (G, N) array of bool
        Patients of each group; a patient may be in several.

    Returns
    -------
    tuple of Proportion, length G
    """
    yes, members = np.asarray(yes, bool), np.asarray(members, bool)
    events, n = (members & yes).sum(axis=1), members.sum(axis=1)
    return tuple(clopper_pearson(int(e), int(m)) for e, m in zip(events, n, strict=True))


def category_rates(codes, n_levels: int, members) -> tuple[tuple[Proportion, ...], ...]:
    """Patients of each group in each category.

    Parameters
    ----------
    codes : (N,) array of int
        0 to ``n_levels`` - 1; -1 without a value.
    members : (G, N) array of bool

    Returns
    -------
    tuple of tuple of Proportion, ``n_levels`` + 1 rows of length G
        The last row are the patients without a value, so that each column adds up to its n.
    """
    codes = np.asarray(codes)
    return tuple(group_rates(codes == code, members) for code in (*range(n_levels), -1))
