"""What a view of subgroups found, in one clause: always exploratory."""

from __future__ import annotations

from layouts.shared.claims import Test, below, holds, list_of
from layouts.shared.findings import count_beside, finding
from layouts.shared.words import counted, within
from layouts.subgroups import numbers
from layouts.subgroups.context import SubgroupContext
from layouts.subgroups.words import sentence

NAMED_AT_MOST = 2


def subgroup_finding(context: SubgroupContext) -> str:
    """How many tests are below 0.05, beside how many chance alone gives."""
    if not context.n:
        return sentence(context).rstrip(".")
    said = _interactions(context) if context.arms else _differences(context)
    return finding(said, exploratory=True)


def _interactions(context: SubgroupContext) -> str:
    arm, reference = context.arms
    study = context.study
    effect = f"{context.endpoint.label} with {arm} against {within(reference, study)}"
    tests = [
        Test(variable.label, numbers.interaction(i), one.p_value)
        for i, (variable, one) in enumerate(
            zip(context.variables, context.result.effects, strict=True)
        )
        if one.tested and not context.has_few_events(i)
    ]
    if not tests:
        return f"whether {effect} differs between subgroups cannot be tested"
    return _counted(
        context, tests, f"the effect of {arm} on {context.endpoint.label}", "interaction"
    )


def _differences(context: SubgroupContext) -> str:
    p = context.result.screen.p_value
    tests = [
        Test(variable.label, numbers.test("log-rank", i), float(p[i]))
        for i, variable in enumerate(context.variables)
        if p[i] == p[i]
    ]
    if not tests:
        return f"no subgroup of {context.endpoint.label} can be tested"
    return _counted(context, tests, context.endpoint.label, "log-rank")


def _counted(context: SubgroupContext, tests: list[Test], what: str, kind: str) -> str:
    found = below(tests)
    shown = count_beside(context.across, len(found), numbers.found(kind))
    chance = f"{0.05 * len(tests):.1f} by chance alone"
    said = f"{shown} of {counted(len(tests), f'{kind} test')} of {what} below 0.05 ({chance})"
    # By name only what is so whichever data set is the true one.
    sure = [one for one in found if holds(context.across, one)]
    if sure:
        return f"{said}: {list_of(context.across, sure, NAMED_AT_MOST)}"
    return f"{said}; the publication does not decide which" if found or shown != "0" else said
