"""Balance of the arms and the adjusted comparison, as HTML."""

from __future__ import annotations

import math
from html import escape

from analysis.adjusted import Adjusted
from analysis.balance import RELEVANT
from layouts.arms.context import ArmContext
from layouts.arms.effect import note_html, ratio_words, test_across
from layouts.charts.interval import axis_ticks, favours, interval
from layouts.charts.log_axis import log_axis
from layouts.shared.words import listed, p_number, p_value
from layouts.subgroups.published import p_words


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
    compared, reference = (escape(arm.label) for arm in context.arms)
    rows = "".join(
        f'<tr data-model="{name}"{" class=lead" if name == "adjusted" else ""}>'
        f'<th scope="row" class="name">{escape(words)}<span class="detail">'
        f"{fit.n} patients, {fit.n_events} events</span></th>"
        f'<td class="drawing">{interval(ratio_of(fit), axis, null=1, side=11)}</td>'
        f'<td class="numbers-cell" data-statistic="hazard-ratio">{ratio_words(ratio_of(fit))}'
        f"{context.across.html(('ratio', name), f'{ratio_of(fit)[0]:.2f}', '{:.2f}'.format)}"
        f'<span class="detail">{_reason(fit)}</span></td>'
        f'<td class="p">{p_words(float(fit.p_value[0]))}'
        f"{_p_across(context, ('model-p', name), float(fit.p_value[0]))}</td></tr>"
        for name, words, fit in models
    )
    found: Adjusted = context.result.adjusted
    tests = [("Log-rank", "log-rank", found.logrank)]
    if found.stratified is not None:
        strata = f"Log-rank in {found.n_strata} strata"
        tests.append((strata, "log-rank-stratified", found.stratified))
    cells = "".join(
        f"<div><dt>{words}</dt><dd><b>{p_value(test.p_value)}</b>"
        f'<span class="detail">{escape(test_across(context, name, test.p_value))}</span></dd></div>'
        for words, name, test in tests
    )
    return (
        f'<table class="estimates"><caption>{escape(context.endpoint.name)}: hazard ratio of '
        f"{compared} against {reference}</caption><thead><tr>"
        '<th scope="col" class="name">Hazard ratio</th><th scope="col" class="drawing">'
        f"{favours(f'favours {compared}', reference)}"
        f'<span class="axis">{axis_ticks(axis, few=True)}</span></th>'
        '<th scope="col">HR (95 % CI)</th><th scope="col">p</th></tr></thead>'
        f'<tbody>{rows}</tbody></table><dl class="tests">{cells}</dl>'
        f"{note_html(context)}"
    )


def _p_across(context: ArmContext, key: tuple, p: float) -> str:
    return context.across.html(key, p_number(p), p_number, "no test")


def _reason(fit) -> str:
    return escape(fit.reasons[0].replace("arm is not", "Not")) if fit.reasons[0] else ""


def balance_table(context: ArmContext) -> str:
    """Every baseline variable by arm with its standardised mean difference."""
    result = context.result
    compared, reference = (escape(arm.label) for arm in context.arms)
    bodies = "".join(
        _variable(context, variable, labels, balance)
        for variable, labels, balance in zip(
            result.variables, result.labels, result.balances, strict=True
        )
    )
    return (
        '<h2 class="section-head">Baseline by arm</h2>'
        '<div class="scroll-x" tabindex="0" role="region" aria-label="Baseline by arm">'
        '<table class="subgroups balance-table"><caption>Baseline variables by arm</caption>'
        "<thead><tr>"
        f'<th scope="col" class="name">Variable</th><th scope="col">{compared}</th>'
        f'<th scope="col">{reference}</th><th scope="col">'
        '<abbr title="Standardised mean difference">SMD</abbr></th></tr></thead>'
        f"{bodies}</table></div>"
    )


def smd_words(balance) -> str:
    """Two digits; a dash where it cannot be computed."""
    return "–" if not math.isfinite(balance.smd) else f"{abs(balance.smd):.2f}"


def _variable(context: ArmContext, variable, labels, balance) -> str:
    large = " found" if abs(balance.smd) > RELEVANT else ""
    title = f' title="{escape(balance.reason)}"' if balance.reason else ""
    shown, two = smd_words(balance), "{:.2f}".format
    beside = context.across.html(("smd-size", variable.id), shown, two)
    smd = f'<td class="p{large}" data-statistic="smd"{title}>{shown}{beside}</td>'
    meaning = f' title="{escape(variable.meaning, quote=True)}"' if variable.meaning else ""
    unit = f", {escape(variable.unit)}" if variable.unit else ""
    name = f'<th scope="row" class="name"{meaning}>{escape(variable.label)}{unit}</th>'
    if variable.is_number:
        cells = "".join(_number_cell(context, variable, balance, arm) for arm in (0, 1))
        rows = f'<tr class="variable-row">{name}{cells}{smd}</tr>'
    else:
        rows = f'<tr class="variable-row">{name}<td></td><td></td>{smd}</tr>'
        for place, (label, counts) in enumerate(zip(labels, balance.counts.tolist(), strict=True)):
            cells = "".join(
                _share(context, count, int(balance.n[arm]), ("count", variable.id, place, arm))
                for arm, count in enumerate(counts)
            )
            head = f'<th scope="row" class="name level-name">{escape(label)}</th>'
            rows += f"<tr>{head}{cells}<td></td></tr>"
    if balance.missing.any():
        cells = "".join(f'<td class="aside">{n}</td>' for n in balance.missing.tolist())
        rows += (
            f'<tr><th scope="row" class="name level-name aside">Missing</th>{cells}<td></td></tr>'
        )
    return f'<tbody data-variable="{variable.id}">{rows}</tbody>'


def _share(context: ArmContext, count: int, n: int, key: tuple) -> str:
    share = f' <span class="interval">({100 * count / n:.0f} %)</span>' if n else ""
    beside = context.across.html(key, str(count), "{:.0f}".format)
    return f"<td>{count}{share}{beside}</td>"


def _number_cell(context: ArmContext, variable, balance, arm: int) -> str:
    if not balance.n[arm]:
        return "<td>–</td>"
    low, middle, high = (f"{x:.{variable.decimals}f}" for x in balance.quartiles[:, arm])
    mean = f"{balance.mean[arm]:.{variable.decimals + 1}f}"
    spread = balance.sd[arm]
    words = f"{{:.{variable.decimals}f}}".format
    beside = context.across.html(("median", variable.id, arm), middle, words)
    sd = f" ± {spread:.{variable.decimals + 1}f}" if math.isfinite(spread) else ""
    return f'<td>{middle} ({low}–{high}) <span class="interval">mean {mean}{sd}</span>{beside}</td>'
