"""Columns of a study in the smallest integers that hold them and what is counted with them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from data.outcomes import EndpointData

# One more than a level is counted with, which eight bits must hold too.
_MOST_IN_A_BYTE = 100


def compact_codes(codes: Mapping[str, np.ndarray]) -> Mapping[str, np.ndarray]:
    """Codes of levels as int8, or int16 where there are many levels."""
    return MappingProxyType(
        {
            name: one.astype(np.int8 if one.max(initial=0) < _MOST_IN_A_BYTE else np.int16)
            for name, one in codes.items()
        }
    )


def compact_outcomes(outcomes: Mapping[str, EndpointData]) -> Mapping[str, EndpointData]:
    """Whole days as int32, of which a century takes a part, and events and causes as int8."""
    return MappingProxyType({name: _compact(one) for name, one in outcomes.items()})


def _compact(data: EndpointData) -> EndpointData:
    whole = data.time.dtype.kind == "i"
    time = data.time.astype(np.int32) if whole else data.time
    cause = None if data.cause is None else data.cause.astype(np.int8)
    return EndpointData(time, data.event.astype(np.int8), data.known, cause)
