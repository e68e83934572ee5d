"""The comparisons of three arms or more that are adjusted together, and the tests over all arms."""

from __future__ import annotations

import math

from analysis.multiplicity import holm
from layouts.arms import numbers
from layouts.arms.context import ArmContext
from layouts.shared.numbers import Key, Number, by_key, p_key
from layouts.shared.pairs import pair_words
from layouts.shared.words import counted, p_number, p_value

HOLM_TITLE = "Adjusted for the number of comparisons"


def pair_name(part: ArmContext) -> str:
    """``Lev against Obs``."""
    return pair_words(part.study, part.pair)


def holm_p(context: ArmContext, part: ArmContext, key: Key) -> float:
    """p of a number of one comparison by Holm's method, among those it is adjusted with.

    NaN where it has no test, or where two arms are all there are.
    """
    if not context.parts:
        return math.nan
    found = [by_key(numbers.numbers_of(one.result)).get(key, Number(key)) for one in context.parts]
    adjusted = holm([one.p for one in found])
    places = [one.pair for one in context.parts]
    return float(adjusted[places.index(part.pair)])


def holm_words(context: ArmContext, part: ArmContext, key: Key) -> str:
    """``Holm p = 0.004``; empty where there is none."""
    p = holm_p(context, part, key)
    return f"Holm {p_value(p)}" if math.isfinite(p) else ""


def family_words(context: ArmContext) -> str:
    """Among which comparisons p-values are adjusted; those that an empty arm rules out are none."""
    study, n = context.study, sum(part.result is not None for part in context.parts)
    if _with_reference(context):
        return f"{counted(n, 'comparison')} with {study.arms[study.reference].label}"
    return f"{counted(n, 'pair')} of arms"


def holm_method(context: ArmContext) -> list[str]:
    """How pairs are compared and their p-values adjusted; nothing of two arms."""
    if not context.parts or not any(part.result is not None for part in context.parts):
        return []
    why = "" if _with_reference(context) else ", as the pair leaves out the study's reference"
    return [
        "A pair is compared among its own patients alone; p by Holm's method is adjusted for "
        f"{family_words(context)}{why}."
    ]


def _with_reference(context: ArmContext) -> bool:
    return all(context.study.reference in part.pair.places for part in context.parts)


def all_log_rank(context: ArmContext) -> Number:
    """The log-rank test over all arms."""
    return by_key(numbers.numbers_of(context.everyone))[numbers.LOG_RANK_ALL]


def all_log_rank_words(context: ArmContext) -> str:
    """``χ² 12.15 on 2 df``, with the range of p; empty without a test."""
    test = all_log_rank(context)
    if not math.isfinite(test.p):
        return ""
    found = by_key(numbers.numbers_of(context.everyone))
    df = found.get(numbers.LOG_RANK_ALL_DF)
    on = f" on {df.value} df" if df is not None else ""
    across = context.across.words(p_key(test.key), p_number(test.p), p_number, "no test")
    beside = f" [{across} across {context.across.n} data sets]" if across else ""
    return f"χ² {test.value:.2f}{on}{beside}"


def all_arms_words(context: ArmContext) -> str:
    """``all 3 arms``: those with patients in view."""
    n = sum(count > 0 for count in all_sizes(context))
    return f"all {n} arms" if n == len(context.study.arms) else f"the {n} arms in view"


def all_sizes(context: ArmContext) -> list[int]:
    """Patients of each arm of three or more in the shown section."""
    everyone = context.everyone
    if context.options.show == "effect":
        return [group.n for group in everyone.groups.groups]
    return list(everyone.n)
