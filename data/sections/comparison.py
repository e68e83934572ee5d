"""What a study declares about comparing its arms: response, competing events, regressions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from data.checking.keys import Keys, shown
from data.sections.response import Response, read_response

__all__ = ["Comparison", "Competing", "Regression", "Response", "read_comparison"]


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


def read_comparison(top: Keys, variables: Mapping, endpoints: Mapping) -> Comparison:
    """Read the sections ``[response]``, ``[competing]`` and ``[regression]``.

    Parameters
    ----------
    top : Keys
        The whole file; faults are noted in its problems.
    variables, endpoints : mapping of id to Variable or Endpoint
    """
    return Comparison(
        response=read_response(_section(top, "response"), variables, endpoints),
        competing=_competing(_section(top, "competing"), tuple(endpoints)),
        regression=_regression(_section(top, "regression"), variables),
    )


def _section(top: Keys, name: str) -> Keys | None:
    table = top.take(name, dict, {})
    return Keys(table, name, top.problems) if name in top.table else None


def _competing(reader: Keys | None, endpoint_ids: tuple[str, ...]) -> Competing | None:
    if reader is None:
        return None
    made = Competing(reader.take("event", str), reader.take("composite", str))
    for key, name in (("event", made.event), ("composite", made.composite)):
        if name and name not in endpoint_ids:
            reader.fault(
                key, f"there is no endpoint {shown(name)}", f"Use one of {', '.join(endpoint_ids)}"
            )
    if made.event == made.composite and made.event:
        reader.fault(
            "composite",
            "it is the same endpoint as event",
            "Name the endpoint that also counts the competing event",
        )
    reader.finish()
    return made


def _regression(reader: Keys | None, variables: Mapping) -> Regression:
    if reader is None:
        return Regression()
    made = Regression(reader.texts("adjust", []), reader.texts("model", []))
    for key, names in (("adjust", made.adjust), ("model", made.model)):
        for name in names:
            if name not in variables or variables[name].after_baseline:
                reader.fault(key, f"there is no baseline variable {shown(name)}", "Correct the id")
    reader.finish()
    return made
