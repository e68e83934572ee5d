"""What the arms of a study are compared by: response, competing events, regressions."""

from __future__ import annotations

from dataclasses import dataclass, field

from data.sections.response import Response


@dataclass(frozen=True)
class Competing:
    """Two endpoints whose difference is the competing event.

    Attributes
    ----------
    event : str
        Endpoint of the event of interest alone (time to progression).
    composite : str
        Endpoint that also counts the competing event (progression or death). A patient with the
        composite's event but without the event of interest had the competing one.
    """

    event: str
    composite: str


@dataclass(frozen=True)
class Regression:
    """Covariates that a reader finds ticked at first; variable ids.

    Attributes
    ----------
    adjust : tuple of str
        Of the adjusted comparison of the arms.
    model : tuple of str
        Of the multivariable model of prognostic factors; may hold the arm.
    """

    adjust: tuple[str, ...] = ()
    model: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """All of the above; None where a study declares nothing."""

    response: Response | None = None
    competing: Competing | None = None
    regression: Regression = field(default_factory=Regression)
