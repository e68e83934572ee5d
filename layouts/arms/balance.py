"""Balance of the arms and the adjusted comparison, as HTML."""

from __future__ import annotations

from analysis.adjusted import Adjusted
from analysis.arms import SIGNIFICANT
from layouts.arms.balance_rows import smd_head, variable_rows
from layouts.arms.context import ArmContext
from layouts.arms.effect import note_html, p_beside, ratio_words
from layouts.arms.family import (
    HOLM_TITLE,
    all_arms_words,
    all_log_rank,
    all_log_rank_words,
    holm_p,
    holm_words,
    pair_name,
)
from layouts.arms.more_results import WeightedResult
from layouts.arms.numbers import LOG_RANK, LOG_RANK_STRATIFIED, numbers_of
from layouts.arms.tests import test_across
from layouts.arms.weighted_numbers import model_ratio
from layouts.charts.interval import axis_ticks, favours, interval
from layouts.charts.log_axis import log_axis
from layouts.shared.html import joined, tag
from layouts.shared.numbers import Number, by_key
from layouts.shared.words import events, listed, p_value, p_words, patients


def named(context: ArmContext, names) -> str:
    """Variables by their labels, as a list within a sentence."""
    return listed([context.study.variable(name).label for name in names])


def models_of(context: ArmContext) -> list[tuple[str, str, object]]:
    """(id, words, CoxFit) of the models that there are."""
    if isinstance(context.result, WeightedResult):
        return _weighted_models(context)
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


def _weighted_models(context: ArmContext) -> list[tuple[str, str, object]]:
    """The same of patients with all covariates, crude, adjusted and weighted."""
    found = context.result.found
    covariates = named(context, context.options.adjust)
    return [
        ("crude", "Crude, with all covariates", found.crude),
        ("adjusted", f"Adjusted for {covariates}", found.adjusted),
        ("weighted", f"Weighted by the propensity given {covariates}", found.cox),
    ]


def models_table(context: ArmContext) -> str:
    """The hazard ratios of all models in one drawing."""
    shown = [one for one in context.shown if one.result is not None]
    ratios = {
        (one.pair, name): by_key(numbers_of(one.result))[model_ratio(name)]
        for one in shown
        for name, *_ in models_of(one)
    }
    axis = log_axis([ratio.estimate for ratio in ratios.values()])
    bodies = joined(_models(context, one, ratios, axis) for one in context.shown)
    return tag(
        "table",
        tag("caption", f"{context.endpoint.name}: hazard ratio {_of_what(context)}"),
        _models_head(context, axis),
        bodies,
        class_="estimates pairs" if context.parts else "estimates",
    )


def balance_side(context: ArmContext) -> str:
    """Crude, adjusted and stratified hazard ratios in one drawing, and the log-rank tests."""
    shown = [one for one in context.shown if one.result is not None]
    tests = [test for one in shown for test in _tests(context, one)]
    if context.parts:
        overall = (all_arms_words(context), all_log_rank(context), all_log_rank_words(context))
        tests.append((f"Log-rank, {overall[0]}", *overall[1:]))
    cells = joined(
        (
            tag(
                "div",
                tag("dt", words),
                tag("dd", tag("b", p_value(test.p)), tag("span", detail, class_="detail")),
            )
            for words, test, detail in tests
        )
    )
    return joined(
        models_table(context),
        tag("dl", cells, class_="tests"),
        note_html(context),
    )


def _of_what(context: ArmContext) -> str:
    if context.each:
        return f"of each arm against {context.study.arms[context.study.reference].label}"
    return f"of {pair_name(context)}"


def _models_head(context: ArmContext, axis) -> str:
    compared, reference = "the arm", context.study.arms[context.study.reference].label
    if not context.each:
        compared, reference = (arm.label for arm in context.arms)
    holm = tag("abbr", "Holm p", title=HOLM_TITLE)
    return tag(
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
            tag("th", holm, scope="col") if context.parts else None,
        ),
    )


def _models(context: ArmContext, part: ArmContext, ratios: dict, axis) -> str:
    """The models of one comparison; headed where there are several comparisons."""
    head = ""
    if context.each:
        name = tag("th", pair_name(part), scope="rowgroup", class_="name", colspan="5")
        head = tag("tr", name, class_="variable-row")
    if part.result is None:
        rows = tag("tr", tag("td", part.obstacle, class_="reason", colspan="5"))
        return tag("tbody", head, rows, data_pair=part.compared.level)
    rows = joined(
        (
            _model(context, part, ratios[part.pair, name], axis, (name, words, fit))
            for name, words, fit in models_of(part)
        )
    )
    return tag("tbody", head, rows, data_pair=part.compared.level if context.parts else None)


def _model(context: ArmContext, part: ArmContext, ratio: Number, axis, model) -> str:
    name, words, fit = model
    lead = "weighted" if context.options.show == "adjusted" else "adjusted"
    holm = None
    if context.parts:
        adjusted = holm_p(context, part, ratio.key)
        strong = " found" if adjusted < SIGNIFICANT else ""
        holm = tag("td", p_words(adjusted), class_=f"p{strong}", data_statistic="holm")
    return tag(
        "tr",
        tag(
            "th",
            words,
            tag("span", f"{patients(fit.n)}, {events(fit.n_events)}", class_="detail"),
            scope="row",
            class_="name",
        ),
        tag("td", interval(ratio.estimate, axis, null=1, side=11), class_="drawing"),
        tag(
            "td",
            ratio_words(ratio.estimate),
            part.across.html(ratio.key, f"{ratio.value:.2f}", "{:.2f}".format),
            tag("span", _reason(fit), class_="detail"),
            class_="numbers-cell",
            data_statistic="hazard-ratio",
        ),
        tag("td", p_words(ratio.p), p_beside(part, ratio), class_="p"),
        holm,
        data_model=name,
        class_="lead" if name == lead else None,
    )


def _tests(context: ArmContext, part: ArmContext) -> list[tuple[str, Number, str]]:
    """Words, test and detail of the log-rank tests of one comparison."""
    found: Adjusted = part.result.adjusted
    numbers = by_key(numbers_of(part.result))
    tests = [("Log-rank", numbers[LOG_RANK])]
    if found.stratified is not None:
        tests.append((f"Log-rank in {found.n_strata} strata", numbers[LOG_RANK_STRATIFIED]))
    of_pair = f", {pair_name(part)}" if context.each else ""
    return [
        (f"{words}{of_pair}", test, "; ".join(filter(None, _test_details(context, part, test))))
        for words, test in tests
    ]


def _test_details(context: ArmContext, part: ArmContext, test: Number) -> tuple[str, str]:
    return test_across(part, test), holm_words(context, part, test.key)


def _reason(fit) -> str:
    return fit.reasons[0].words() if fit.reasons[0] else ""


def balance_table(context: ArmContext) -> str:
    """Every baseline variable by arm with its standardised mean difference."""
    result = context.result
    arms = context.study.arms if context.each else context.arms
    bodies = joined(
        (
            variable_rows(context, variable, labels, balance)
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
                        (tag("th", arm.label, scope="col") for arm in arms),
                        tag("th", smd_head(context), scope="col"),
                    ),
                ),
                bodies,
                class_=f"subgroups balance-table{' pairs' if context.each else ''}",
            ),
            class_="scroll-x",
            tabindex="0",
            role="region",
            aria_label="Baseline by arm",
        ),
    )
