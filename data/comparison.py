"""What a study declares about comparing its arms: response, competing events, regressions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from data.keys import Keys, shown


@dataclass(frozen=True)
class Response:
    """Which variable is the best response and what counts as a response.

    Attributes
    ----------
    variable : str
        Id of a variable with levels; a patient without a value was not evaluable.
    responders, controlled : tuple of level ids
        Objective response and disease control.
    early_shrinkage : str
        Id of a variable with levels; empty if the study has none.
    shrunk : tuple of level ids
        Levels of ``early_shrinkage`` that count as shrinkage.
    depth : str
        Id of the number that holds the depth of response; empty if the study has none.
    """

    variable: str
    responders: tuple[str, ...]
    controlled: tuple[str, ...]
    early_shrinkage: str = ""
    shrunk: tuple[str, ...] = ()
    depth: str = ""


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


def read_comparison(top: Keys, variables: Mapping, endpoint_ids: tuple[str, ...]) -> Comparison:
    """Read the sections ``[response]``, ``[competing]`` and ``[regression]``.

    Parameters
    ----------
    top : Keys
        The whole file; faults are noted in its problems.
    variables : mapping of variable id to Variable
    endpoint_ids : tuple of str
    """
    return Comparison(
        response=_response(_section(top, "response"), variables),
        competing=_competing(_section(top, "competing"), endpoint_ids),
        regression=_regression(_section(top, "regression"), variables),
    )


def _section(top: Keys, name: str) -> Keys | None:
    table = top.take(name, dict, {})
    return Keys(table, name, top.problems) if name in top.table else None


def _response(reader: Keys | None, variables: Mapping) -> Response | None:
    if reader is None:
        return None
    variable = reader.take("variable", str)
    _check_variable(reader, "variable", variable, variables, numbers=False)
    shrinkage = reader.take("early_shrinkage", str, "")
    depth = reader.take("depth", str, "")
    if shrinkage:
        _check_variable(reader, "early_shrinkage", shrinkage, variables, numbers=False)
    if depth:
        _check_variable(reader, "depth", depth, variables, numbers=True)
    made = Response(
        variable,
        _levels(reader, "responders", variables.get(variable)),
        _levels(reader, "controlled", variables.get(variable)),
        shrinkage,
        _levels(reader, "shrunk", variables.get(shrinkage), required=bool(shrinkage)),
        depth,
    )
    reader.finish()
    if not set(made.responders) <= set(made.controlled):
        reader.fault("controlled", "it lacks a level of responders",
                     "A responder's disease is controlled: add the level")  # fmt: skip
    return made


def _check_variable(reader: Keys, key: str, name: str, variables: Mapping, numbers: bool) -> None:
    variable = variables.get(name)
    if name and (variable is None or variable.is_number != numbers):
        kind = "number" if numbers else "variable with levels"
        reader.fault(key, f"there is no {kind} {shown(name)}", "Correct the id")


def _levels(reader: Keys, key: str, variable, required: bool = True) -> tuple[str, ...]:
    levels = reader.texts(key) if required else reader.texts(key, [])
    known = [level.id for level in variable.levels] if variable else []
    if variable and (not levels or not set(levels) <= set(known)):
        reader.fault(key, "not every entry is a level of the variable, or there is none",
                     f"Use some of {', '.join(known)}")  # fmt: skip
    return levels


def _competing(reader: Keys | None, endpoint_ids: tuple[str, ...]) -> Competing | None:
    if reader is None:
        return None
    made = Competing(reader.take("event", str), reader.take("composite", str))
    for key, name in (("event", made.event), ("composite", made.composite)):
        if name and name not in endpoint_ids:
            reader.fault(key, f"there is no endpoint {shown(name)}",
                         f"Use one of {', '.join(endpoint_ids)}")  # fmt: skip
    if made.event == made.composite and made.event:
        reader.fault("composite", "it is the same endpoint as event",
                     "Name the endpoint that also counts the competing event")  # fmt: skip
    reader.finish()
    return made


def _regression(reader: Keys | None, variables: Mapping) -> Regression:
    if reader is None:
        return Regression()
    made = Regression(reader.texts("adjust", []), reader.texts("model", []))
    for key, names in (("adjust", made.adjust), ("model", made.model)):
        for name in names:
            if name not in variables or variables[name].after_baseline:
                reader.fault(key, f"there is no baseline variable {shown(name)}",
                             "Correct the id")  # fmt: skip
    reader.finish()
    return made
