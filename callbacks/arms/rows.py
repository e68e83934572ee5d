"""Rows of the Compare arms page's files."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from callbacks.files import across_columns
from data.pairs import several
from layouts.arms import numbers
from layouts.arms.balance import models_of
from layouts.arms.context import ArmContext
from layouts.arms.family import all_log_rank, holm_p
from layouts.shared.few import Few, whole
from layouts.shared.numbers import DAYS, NAN, NO_KEY, STATISTIC, Key, Number, by_key, p_key
from layouts.shared.words import DAYS_PER

MONTH = DAYS_PER["months"]
ESTIMATE = ("estimate", "value", "lower", "upper", "p_value")
BALANCE = (
    "variable",
    "level",
    "n_arm",
    "n_reference",
    "total_arm",
    "total_reference",
    "mean_arm",
    "sd_arm",
    "mean_reference",
    "sd_reference",
    "smd",
)
# In the place of the compared arm: what is said of all of three or more.
ALL_ARMS = "all arms"


def estimates(context: ArmContext) -> Iterable[dict]:
    """One row for each estimate and test; times in months, survival as shares.

    Of three arms or more the arms and the tests over all of them come first, then every pair.
    """
    if context.result is None:
        yield dict.fromkeys((*ESTIMATE, *more_columns(context)))
    elif not context.parts:
        for number in numbers.numbers_of_view(context):
            yield _estimate(context, number)
    else:
        yield from _estimates_of_several(context)


def _estimates_of_several(context: ArmContext) -> Iterable[dict]:
    for number in numbers.numbers_of_view(context):
        of_one = {"compared": ""} if number.key[0] in numbers.OF_ARM else {}
        yield _estimate(context, number, of_pair(context, None) | of_one)
    for part in context.shown:
        for number in numbers.numbers_of(part.result):
            # What is said of one arm stands above.
            if number.key[0] not in numbers.OF_ARM:
                key = number.key if number.key in numbers.ADJUSTED else NO_KEY
                yield _estimate(part, number, of_pair(context, part, key))


def _estimate(context: ArmContext, number: Number, pair: dict | None = None) -> dict:
    scale = MONTH if number.unit == DAYS else 1.0
    values = [x if isinstance(x, Few) else float(x) / scale for x in number.estimate]
    if number.unit == DAYS and context.study.disclosure.protects:
        values = [round(x, 1) for x in values]
    cells = (_row_name(context, number), *values, float(number.p))
    row = dict(zip(ESTIMATE, cells, strict=True)) | (pair or {})
    # Ten thousand permutations of every data set would take a second.
    key, p = number.key, p_key(number.key)
    unknown = key in (numbers.PERMUTATION, numbers.PERMUTATION_ALL)
    key, p = (NO_KEY, NO_KEY) if unknown else (key, p)
    row |= across_columns(context.across, {"value": key}, scale=scale)
    return row | across_columns(context.across, {"p_value": p})


def more_columns(context: ArmContext) -> tuple[str, ...]:
    """The columns that a file has of three arms or more."""
    return tuple(of_pair(context, None)) if several(context.study) else ()


def of_pair(context: ArmContext, part: ArmContext | None, key: Key = NO_KEY) -> dict:
    """Which arms a row compares, and its p adjusted; of all arms together neither.

    Parameters
    ----------
    key : Key
        Of the number whose p is adjusted; ``NO_KEY`` for none.
    """
    if part is None:
        return {"compared": ALL_ARMS, "reference": "", "holm_p": NAN}
    adjusted = holm_p(context, part, key) if key else NAN
    compared, reference = part.arms
    return {"compared": compared.label, "reference": reference.label, "holm_p": adjusted}


def rows_of_pairs(
    context: ArmContext, names: Iterable[str], rows: Callable[[ArmContext], Iterable[dict]]
) -> Iterable[dict]:
    """Rows of each comparison that is shown, with its two arms where there are more.

    Parameters
    ----------
    names : iterable of str
        The columns, for the empty row of a comparison that cannot be made.
    rows : function of the context of two arms
    """
    if not any(part.result is not None for part in context.shown):
        yield dict.fromkeys((*names, *more_columns(context)[:2]))
        return
    for part in context.shown:
        if part.result is None:
            continue
        pair = of_pair(context, part) if context.parts else {}
        pair.pop("holm_p", None)
        for row in rows(part):
            yield row | pair


def _row_name(context: ArmContext, number: Number) -> str:
    """``hazard_ratio``, ``log_rank_statistic``, ``median Sorafenib``."""
    statistic, *places = number.key
    name = statistic.replace("-", "_") + ("_statistic" if number.unit == STATISTIC else "")
    return " ".join([name, *(context.study.arms[place].label for place in places)])


def balance_rows(context: ArmContext) -> Iterable[dict]:
    """One row for each level, one for each number; the difference stands in all rows.

    Of three arms or more every two of them have rows of their own.
    """
    return rows_of_pairs(context, BALANCE, _balance_of_two)


def _balance_of_two(context: ArmContext) -> Iterable[dict]:
    result = context.result
    for variable, labels, one in zip(result.variables, result.labels, result.balances, strict=True):
        totals = tuple(whole(n) for n in one.n)
        moments = tuple(float(x) for i in (0, 1) for x in (one.mean[i], one.sd[i]))
        rows = zip(labels, one.counts.tolist(), strict=True) if labels else [("", list(totals))]
        for level, (label, counts) in enumerate(rows):
            cells = (variable.label, label, *counts, *totals, *moments, float(one.smd))
            columns = _balance_ranges(variable.id, level if labels else None)
            ranges = across_columns(context.across, columns)
            yield dict(zip(BALANCE, cells, strict=True)) | ranges
        if (one.missing != 0).any():
            cells = (variable.label, "Missing", *one.missing.tolist(), *totals, *[NAN] * 4, NAN)
            missing = dict.fromkeys(_balance_ranges(variable.id, 0), NO_KEY)
            missing["n_arm"], missing["n_reference"] = (
                numbers.missing_count(variable.id, side) for side in (0, 1)
            )
            ranges = across_columns(context.across, missing)
            yield dict(zip(BALANCE, cells, strict=True)) | ranges


def _balance_ranges(name: str, level: int | None) -> dict[str, Key]:
    """Columns of a row of balance, of a level or of a number, with the keys of their ranges."""
    arms = ("arm", "reference")
    counts = {
        f"n_{arm}": numbers.known_count(name, side)
        if level is None
        else numbers.level_count(name, level, side)
        for side, arm in enumerate(arms)
    }
    means = {f"mean_{arm}": numbers.baseline_mean(name, i) for i, arm in enumerate(arms)}
    return counts | means | {"smd": numbers.smd(name)}


def adjusted_rows(context: ArmContext) -> Iterable[dict]:
    """Crude, adjusted and stratified hazard ratio of the arm, and the log-rank tests.

    Of three arms or more for every pair, with one log-rank test over all arms at the end.
    """
    names = ("model", "n", "events", "hazard_ratio", "lower", "upper", "p_value", "log_rank_p")
    if context.result is None:
        yield dict.fromkeys((*names, *more_columns(context)))
        return
    for part in context.shown:
        if part.result is not None:
            yield from _models_of_two(context, part, names)
    if context.parts:
        test = all_log_rank(context)
        n = sum(context.everyone.n)
        cells = ("All arms", n, context.everyone.events, *[NAN] * 4, float(test.p))
        ranges = {"hazard_ratio": NO_KEY, "p_value": NO_KEY}
        row = dict(zip(names, cells, strict=True)) | of_pair(context, None)
        yield row | across_columns(context.across, ranges)


def _models_of_two(context: ArmContext, part: ArmContext, names) -> Iterable[dict]:
    found = by_key(numbers.numbers_of(part.result))
    tests = {"crude": numbers.LOG_RANK, "stratified": numbers.LOG_RANK_STRATIFIED}
    for model, words, fit in models_of(part):
        key = numbers.model_ratio(model)
        test = found.get(tests.get(model, NO_KEY))
        log_rank = NAN if test is None else float(test.p)
        cells = (words, fit.n, fit.n_events, *found[key].estimate, found[key].p, log_rank)
        row = dict(zip(names, cells, strict=True))
        row |= of_pair(context, part, key) if context.parts else {}
        yield row | across_columns(part.across, {"hazard_ratio": key, "p_value": p_key(key)})
