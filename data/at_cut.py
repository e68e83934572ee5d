"""A study in which one number is split somewhere else than it declares."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np

from data.checking.validation import cut_number
from data.compact import compact_codes
from data.study import Study


def at_cut(study: Study, name: str, cut: float) -> Study:
    """The study, and each data set that fits its publication, with a number split at one value.

    What a publication says of its own cuts is not said of another one: the split is exploratory,
    and no printed number is about it.

    Parameters
    ----------
    name : str
        Id of a number.
    cut : float
        Below, and at or above it.
    """
    variable = replace(study.variable(name), cuts=(cut,), published=(), prespecified=False)
    made, codes = cut_number(variable, study.numbers[name], np.ones(study.n, bool))
    return replace(
        study,
        variables=tuple(made if one.id == name else one for one in study.variables),
        codes=MappingProxyType({**study.codes, **compact_codes({name: codes})}),
        reconstructions=tuple(at_cut(one, name, cut) for one in study.reconstructions),
    )
