"""Labels of groups, arms and strata as integer codes."""

from __future__ import annotations

import numpy as np
import pandas as pd


def label_codes(values, name: str) -> tuple[np.ndarray, tuple]:
    """Code labels 0 to G - 1.

    Parameters
    ----------
    values : (N,) array-like
        Labels. They are sorted; a pandas categorical keeps its levels and their order, also those
        that do not occur.
    name : str
        What the labels are, for the message.

    Raises
    ------
    ValueError
        If a label is missing, because a missing value must not become a group.
    """
    if isinstance(getattr(values, "dtype", None), pd.CategoricalDtype):
        levels = values.cat if isinstance(values, pd.Series) else values
        codes, labels = np.asarray(levels.codes), tuple(levels.categories)
    else:
        array = values if isinstance(values, np.ndarray) else pd.Series(values)
        codes, labels = pd.factorize(array, sort=True)
        labels = tuple(labels.tolist())
    missing = codes < 0
    if missing.any():
        raise ValueError(
            f"{name} is missing at position {int(missing.argmax())}; leave the patient out or "
            'name a level such as "Missing"'
        )
    return codes.astype(np.intp), labels
