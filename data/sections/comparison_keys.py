"""Sections of ``study.toml`` about comparing arms: response, competing events, regressions."""

from __future__ import annotations

from collections.abc import Mapping

from data.checking.keys import Keys, shown
from data.checking.problems import Problem, some_of
from data.sections.comparison import Comparison, Competing, Regression
from data.sections.response import check_response, read_response
from data.sections.section import Declaration, Reading, Section, keys_of


def declare_comparison(top: Keys, so_far: Declaration) -> Comparison:
    """Read ``[response]``, ``[competing]`` and ``[regression]``."""
    variables, endpoints = so_far.variables_by_id, so_far.endpoints_by_id
    return Comparison(
        response=read_response(keys_of(top, "response"), variables, endpoints),
        competing=_competing(keys_of(top, "competing"), so_far),
        regression=_regression(keys_of(top, "regression"), variables),
    )


def check_comparison(comparison: Comparison, reading: Reading) -> tuple[Comparison, list[Problem]]:
    """The comparison as declared, and patients whose response cannot be true."""
    return comparison, check_response(
        comparison.response,
        reading.variables,
        reading.numbers,
        reading.patients.index,
        reading.patients_file,
    )


def _competing(reader: Keys | None, so_far: Declaration) -> Competing | None:
    if reader is None:
        return None
    endpoint_ids = so_far.endpoint_ids
    made = Competing(reader.take("event", str), reader.take("composite", str))
    if made.composite in [one.endpoint for one in so_far.causes]:
        fault = f"[[causes]] say how {shown(made.composite)} ends"
        reader.fault("composite", fault, "Keep one of the two")
    for key, name in (("event", made.event), ("composite", made.composite)):
        if name and name not in endpoint_ids:
            reader.fault(
                key, f"there is no endpoint {shown(name)}", f"Use one of {some_of(endpoint_ids)}"
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


COMPARISON = Section("comparison", declare_comparison, check_comparison, empty=Comparison())
