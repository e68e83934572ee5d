"""Balance of the arms and the adjusted comparison, as HTML."""

from __future__ import annotations

import math

from analysis.adjusted import Adjusted
from analysis.balance import RELEVANT
from layouts.arms.arm_tests import test_across
from layouts.arms.context import ArmContext
from layouts.arms.effect import note_html, ratio_words
from layouts.charts.interval import axis_ticks, favours, interval
from layouts.charts.log_axis import log_axis
from layouts.shared.html import joined, tag
from layouts.shared.words import listed, p_number, p_value, p_words, smd_size


def named(context: ArmContext, names) -> str:
    """Variables by their labels, as a list within a sentence."""
    return listed([context.study.variable(name).label for name in names])


def ratio_of(fit) -> tuple[float, float, float]:
    """Hazard ratio of the arm, the first term of a fit, with its limits."""
    return float(fit.hazard_ratio[0]), float(fit.lower[0]), float(fit.upper[0])


def models_of(context: ArmContext) -> list[tuple[str, str, object]]:
    """(id, words, CoxFit) of the models that there are."""
    found: Adjusted = context.result.adjusted
    models = [("crude", "Crude, all patients", found.crude)]
    if found.adjusted is not None:
        if found.crude_complete.n < found.crude.n:
            models.append(("crude-complete", "Crude, with all covariates", found.crude_complete))
        models.append(
            ("adjusted", f"Adjusted for {named(context, context.options.adjust)}", found.adjusted)
        )
    if found.stratified_cox is not None:
        strata = named(context, context.options.stratify)
        models.append(("stratified", f"Stratified by {strata}", found.stratified_cox))
    return models


def balance_side(context: ArmContext) -> str:
    """Crude, adjusted and stratified hazard ratios in one drawing, and the log-rank tests."""
    models = models_of(context)
    axis = log_axis([ratio_of(fit) for _, _, fit in models])
    compared, reference = (arm.label for arm in context.arms)
    rows = joined(
        (
            tag(
                "tr",
                tag(
                    "th",
                    words,
                    tag("span", f"{fit.n} patients, {fit.n_events} events", class_="detail"),
                    scope="row",
                    class_="name",
                ),
                tag("td", interval(ratio_of(fit), axis, null=1, side=11), class_="drawing"),
                tag(
                    "td",
                    ratio_words(ratio_of(fit)),
                    context.across.html(
                        ("ratio", name), f"{ratio_of(fit)[0]:.2f}", "{:.2f}".format
                    ),
                    tag("span", _reason(fit), class_="detail"),
                    class_="numbers-cell",
                    data_statistic="hazard-ratio",
                ),
                tag(
                    "td",
                    p_words(float(fit.p_value[0])),
                    _p_across(context, ("model-p", name), float(fit.p_value[0])),
                    class_="p",
                ),
                data_model=name,
                class_="lead" if name == "adjusted" else None,
            )
            for name, words, fit in models
        )
    )
    found: Adjusted = context.result.adjusted
    tests = [("Log-rank", "log-rank", found.logrank)]
    if found.stratified is not None:
        strata = f"Log-rank in {found.n_strata} strata"
        tests.append((strata, "log-rank-stratified", found.stratified))
    cells = joined(
        (
            tag(
                "div",
                tag("dt", words),
                tag(
                    "dd",
                    tag("b", p_value(test.p_value)),
                    tag("span", test_across(context, name, test.p_value), class_="detail"),
                ),
            )
            for words, name, test in tests
        )
    )
    return joined(
        tag(
            "table",
            tag(
                "caption",
                f"{context.endpoint.name}: hazard ratio of {compared} against {reference}",
            ),
            tag(
                "thead",
                tag(
                    "tr",
                    tag("th", "Hazard ratio", scope="col", class_="name"),
                    tag(
                        "th",
                        favours(f"favours {compared}", reference),
                        tag("span", axis_ticks(axis, few=True), class_="axis"),
                        scope="col",
                        class_="drawing",
                    ),
                    tag("th", "HR (95 % CI)", scope="col"),
                    tag("th", "p", scope="col"),
                ),
            ),
            tag("tbody", rows),
            class_="estimates",
        ),
        tag("dl", cells, class_="tests"),
        note_html(context),
    )


def _p_across(context: ArmContext, key: tuple, p: float) -> str:
    return context.across.html(key, p_number(p), p_number, "no test")


def _reason(fit) -> str:
    return fit.reasons[0].words() if fit.reasons[0] else ""


def balance_table(context: ArmContext) -> str:
    """Every baseline variable by arm with its standardised mean difference."""
    result = context.result
    compared, reference = (arm.label for arm in context.arms)
    bodies = joined(
        (
            _variable(context, variable, labels, balance)
            for variable, labels, balance in zip(
                result.variables, result.labels, result.balances, strict=True
            )
        )
    )
    return joined(
        tag("h2", "Baseline by arm", class_="section-head"),
        tag(
            "div",
            tag(
                "table",
                tag("caption", "Baseline variables by arm"),
                tag(
                    "thead",
                    tag(
                        "tr",
                        tag("th", "Variable", scope="col", class_="name"),
                        tag("th", compared, scope="col"),
                        tag("th", reference, scope="col"),
                        tag(
                            "th",
                            tag("abbr", "SMD", title="Standardised mean difference"),
                            scope="col",
                        ),
                    ),
                ),
                bodies,
                class_="subgroups balance-table",
            ),
            class_="scroll-x",
            tabindex="0",
            role="region",
            aria_label="Baseline by arm",
        ),
    )


def smd_words(balance) -> str:
    """Two digits; a dash where it cannot be computed."""
    return smd_size(abs(balance.smd)) if not math.isnan(balance.smd) else "–"


def _variable(context: ArmContext, variable, labels, balance) -> str:
    large = " found" if abs(balance.smd) > RELEVANT else ""
    shown, two = smd_words(balance), "{:.2f}".format
    beside = context.across.html(("smd-size", variable.id), shown, two)
    smd = tag(
        "td", shown, beside, class_=f"p{large}", data_statistic="smd", title=balance.reason or None
    )
    unit = f", {variable.unit}" if variable.unit else ""
    name = tag(
        "th", f"{variable.label}{unit}", scope="row", class_="name", title=variable.meaning or None
    )
    if variable.is_number:
        cells = joined(_number_cell(context, variable, balance, arm) for arm in (0, 1))
        rows = tag("tr", name, cells, smd, class_="variable-row")
    else:
        rows = tag("tr", name, tag("td"), tag("td"), smd, class_="variable-row")
        for place, (label, counts) in enumerate(zip(labels, balance.counts.tolist(), strict=True)):
            cells = joined(
                (
                    _share(context, count, int(balance.n[arm]), ("count", variable.id, place, arm))
                    for arm, count in enumerate(counts)
                )
            )
            head = tag("th", label, scope="row", class_="name level-name")
            rows += tag("tr", head, cells, tag("td"))
    if balance.missing.any():
        cells = joined(tag("td", n, class_="aside") for n in balance.missing.tolist())
        rows += tag(
            "tr",
            tag("th", "Missing", scope="row", class_="name level-name aside"),
            cells,
            tag("td"),
        )
    return tag("tbody", rows, data_variable=variable.id)


def _share(context: ArmContext, count: int, n: int, key: tuple) -> str:
    share = joined(" ", tag("span", f"({100 * count / n:.0f} %)", class_="interval")) if n else ""
    beside = context.across.html(key, str(count), "{:.0f}".format)
    return tag("td", count, share, beside)


def _number_cell(context: ArmContext, variable, balance, arm: int) -> str:
    if not balance.n[arm]:
        return tag("td", "–")
    low, middle, high = (f"{x:.{variable.decimals}f}" for x in balance.quartiles[:, arm])
    mean = f"{balance.mean[arm]:.{variable.decimals + 1}f}"
    spread = balance.sd[arm]
    words = f"{{:.{variable.decimals}f}}".format
    beside = context.across.html(("median", variable.id, arm), middle, words)
    sd = f" ± {spread:.{variable.decimals + 1}f}" if math.isfinite(spread) else ""
    return tag(
        "td",
        f"{middle} ({low}–{high}) ",
        tag("span", f"mean {mean}{sd}", class_="interval"),
        beside,
    )
