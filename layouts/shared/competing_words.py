"""What stands beside a Kaplan–Meier median whose endpoint has a competing event."""

from __future__ import annotations

import math

from analysis.competing_risks import CompetingRisks
from data.study import Endpoint
from layouts.shared.words import percent, time_value


def counts_as_censored(endpoint: Endpoint) -> str:
    """What a median of such an endpoint means, whatever its number is."""
    return (
        f"The Kaplan–Meier median of {endpoint.label} counts {endpoint.competing} as censoring, as "
        "if the event could still follow: half of all have had it no sooner, and often later."
    )


def half_by(found: CompetingRisks, unit: str, decimals: int) -> str:
    """``half by 18.2 months``; how many had the event at all where it was not half."""
    day = found.event_incidence.median()
    if math.isfinite(day):
        return f"half by {time_value(day, unit, decimals)} {unit}"
    last = float(found.event_incidence.value[-1]) if found.event_incidence.value.size else 0.0
    return f"never half, {percent(last)} at the end of follow-up"


def first_otherwise(found: CompetingRisks, endpoint: Endpoint) -> str:
    """``28 of 73 had death without progression first``."""
    return f"{found.competing} of {found.n} had {endpoint.competing} first"
