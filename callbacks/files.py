"""The numbers of a panel by address, so that a statistician can ``read.csv()`` them."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Iterable

from flask import Flask, Response, request

from callbacks.across_columns import across_columns
from callbacks.answers import LANDMARK_DAYS, Answers
from callbacks.arms import rows as download_arms
from callbacks.dosimetry import rows as dosimetry_rows
from callbacks.evidence import rows as evidence_rows
from callbacks.overview import rows as overview_rows
from callbacks.own_columns import PROVENANCE_COLUMN
from callbacks.pages import OPTION_NAMES
from callbacks.response import rows as response_rows
from callbacks.safety import rows as safety_rows
from callbacks.trials import rows as context_rows
from data.address import Reading, read_address
from data.catalog import Catalog
from layouts.overview import options as overview_options
from layouts.safety import options as safety_options
from layouts.shared.words import DAYS_PER, exported_provenance
from layouts.subgroups import options as subgroup_options
from layouts.subgroups.context import LANDMARKS, SubgroupContext
from layouts.subgroups.options import P_VALUES
from layouts.survival import options as survival_options
from layouts.survival.context import SurvivalContext

# A spreadsheet runs a cell that starts like this as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")
# … but not one that is a number, such as a printed limit of -3.
_PLAIN_NUMBER = re.compile(r"[-+]\d+(\.\d+)?")
EFFECT_COLUMNS = (
    "n_arm",
    "events_arm",
    "n_reference",
    "events_reference",
    "hazard_ratio",
    "hazard_ratio_lower",
    "hazard_ratio_upper",
    "p_interaction",
)


def register(server: Flask, catalog: Catalog, answers: Answers) -> None:
    """Register ``GET /download/<panel>.csv?<the page's query>``."""

    @server.get("/download/<panel>.csv")
    def download(panel: str) -> Response:
        if panel not in PANELS:
            return _refused(f"There is no panel “{panel}”. There are {', '.join(PANELS)}.")
        page, ask, rows = PANELS[panel]
        search = request.query_string.decode("utf-8", "replace")
        reading = read_address(f"/{page}", search, catalog, OPTION_NAMES)
        if reading.broken is not None:
            return _refused(f"The study “{reading.broken.id}” could not be loaded.")
        if reading.view is None:
            return _refused("There is no study on this server.")
        context, notes = ask(answers, reading)
        # On a page a part that cannot be used is noted; a script has no eyes for a note.
        if reading.notes or notes:
            return _refused(" ".join([*reading.notes, *notes]))
        text = _csv(rows(context), exported_provenance(reading.study.provenance))
        endpoint = getattr(context, "endpoint", None)
        parts = [reading.study.id, *([endpoint.id] if endpoint else []), panel]
        name = f"{'-'.join(parts)}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(text, mimetype="text/csv", headers=headers)


def _ask_survival(answers: Answers, reading: Reading):
    options, notes = survival_options.read_options(reading.study, reading.view)
    return answers.survival(reading.study, reading.view, options), notes


def _ask_subgroups(answers: Answers, reading: Reading):
    options, notes = subgroup_options.read_options(reading.study, reading.view)
    return answers.subgroups(reading.study, reading.view, options), notes


def _ask_overview(answers: Answers, reading: Reading):
    options, notes = overview_options.read_options(reading.study, reading.view)
    return answers.overview(reading.study, reading.view, options), notes


def _ask_safety(answers: Answers, reading: Reading):
    options, notes = safety_options.read_options(reading.study, reading.view)
    return answers.safety(reading.study, reading.view, options), notes


def _refused(sentence: str) -> Response:
    return Response(f"{sentence}\n", status=400, mimetype="text/plain")


def _csv(rows: Iterable[dict], provenance: str) -> str:
    """Rows as CSV; the first row is the header, and every row ends with the provenance.

    Numbers that do not come from the study bring a provenance of their own.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for i, row in enumerate(rows):
        # A row about others than the study's patients says so itself.
        said = row.get(PROVENANCE_COLUMN) or provenance
        cells = {name: value for name, value in row.items() if name != PROVENANCE_COLUMN}
        if i == 0:
            writer.writerow([*map(_cell, cells), PROVENANCE_COLUMN])
        if any(value is not None for value in cells.values()):
            writer.writerow([*map(_cell, cells.values()), _cell(said)])
    return out.getvalue()


def _cell(value) -> str:
    """One cell: text made safe for spreadsheets, NaN and infinity as R's NA."""
    if isinstance(value, str):
        # A line break would begin a new row, and its rest could be a formula again.
        value = " ".join(value.splitlines())
        runs = value.lstrip().startswith(_FORMULA) and not _PLAIN_NUMBER.fullmatch(value)
        return f"'{value}" if runs else value
    if isinstance(value, float) and not math.isfinite(value):
        return "NA"
    return repr(float(value)) if isinstance(value, float) else str(value)


def _months(days: float) -> float:
    return float(days) / DAYS_PER["months"]


def curves(context: SurvivalContext) -> Iterable[dict]:
    """One row for each group and day with an event or a censoring."""
    names = ("group", "time_months", "n_risk", "n_event", "n_censor", "survival", "lower", "upper")
    empty = True
    for group in context.result.shown:
        curve = group.curve
        for i in range(len(curve.time)):
            empty = False
            yield {
                "group": group.label,
                "time_months": _months(curve.time[i]),
                "n_risk": int(curve.n_risk[i]),
                "n_event": int(curve.n_event[i]),
                "n_censor": int(curve.n_censor[i]),
                "survival": float(curve.survival[i]),
                "lower": float(curve.lower[i]),
                "upper": float(curve.upper[i]),
            }
    if empty:
        yield dict.fromkeys(names)


def summary(context: SurvivalContext) -> Iterable[dict]:
    """One row for each group: n, events, median, follow-up, restricted mean, landmarks."""
    for place, group in enumerate(context.result.groups):
        row = {
            "group": group.label,
            "n": group.n,
            "events": group.events,
            "median": _months(group.median.value),
            "median_lower": _months(group.median.lower),
            "median_upper": _months(group.median.upper),
        }
        days = [month * DAYS_PER["months"] for month in context.options.landmarks]
        read = group.curve.at(days)
        for i, month in enumerate(context.options.landmark_texts()):
            row[f"survival_{month}"] = float(read.survival[i])
            row[f"survival_{month}_lower"] = float(read.lower[i])
            row[f"survival_{month}_upper"] = float(read.upper[i])
        row["follow_up_median"] = _months(group.follow_up.value)
        row["restricted_mean"] = _months(group.restricted_mean.value)
        row["restricted_mean_se"] = _months(group.restricted_mean.se)
        row["restricted_mean_horizon"] = _months(group.restricted_mean.tau)
        times = (
            ("median", ("median", place)),
            ("follow_up_median", ("follow-up", place)),
            ("restricted_mean", ("restricted-mean", place)),
        )
        counts = (("n", ("n", place)), ("events", ("events", place)))
        row |= across_columns(context.across, *counts)
        row |= across_columns(context.across, *times, scale=DAYS_PER["months"])
        shares = [
            (f"survival_{month}", (f"survival-{month}", place))
            for month in context.options.landmark_texts()
        ]
        yield row | across_columns(context.across, *shares)


def log_rank(context: SurvivalContext) -> Iterable[dict]:
    """One row for each group with observed and expected events, and the test in every row."""
    names = ("group", "n", "observed", "expected", "statistic", "df", "p_value")
    test = context.result.test
    if test is None:
        yield dict.fromkeys(names)
        return
    for i, group in enumerate(context.result.groups):
        yield {
            "group": group.label,
            "n": group.n,
            "observed": float(test.observed[i]),
            "expected": float(test.expected[i]),
            "statistic": float(test.statistic),
            "df": int(test.df),
            "p_value": float(test.p_value),
        } | across_columns(context.across, ("p_value", ("p",)))


def subgroup_rows(context: SubgroupContext) -> Iterable[dict]:
    """One row for each level of each variable; the tests of a variable stand in all its rows."""
    result, screen = context.result, context.result.screen
    everybody = _subgroup_row("All patients", "", _overall(context), {}, context)
    yield everybody | _ranges(context, "all", None, None)
    for position, variable in enumerate(context.variables):
        tests = {
            f"p_{kind.replace('-', '_')}": float(context.p_values(kind)[position])
            for kind in P_VALUES
            if kind != "log-rank"
        }
        tests = {"p_value": float(screen.p_value[position])} | tests
        for level, label in enumerate(context.labels[position]):
            row = int(screen.variables.first[position]) + level
            survival = (
                screen.survival[row],
                screen.survival_lower[row],
                screen.survival_upper[row],
            )
            numbers = (
                int(screen.n[row]),
                int(screen.events[row]),
                (screen.median[row], screen.median_lower[row], screen.median_upper[row]),
                survival,
            )
            made = _subgroup_row(variable.label, label, numbers, tests, context)
            if result.effects:
                made |= _effect(result.effects[position], level)
            yield made | _ranges(context, row, position, level)


def _ranges(context: SubgroupContext, row: int | str, position, level) -> dict:
    """Ranges of a row's numbers over the data sets that fit the publication equally well."""
    across = context.across
    counts = [(name, (name, row)) for name in ("n", "events")]
    shares = [(f"survival_{month}", (f"survival-{month}", row)) for month in LANDMARKS]
    adjusted = [
        (f"p_{kind.replace('-', '_')}", (kind, position)) for kind in ("holm", "benjamini-hochberg")
    ]
    made = across_columns(across, *counts, *shares)
    made |= across_columns(across, ("median", ("median", row)), scale=DAYS_PER["months"])
    made |= across_columns(across, ("p_value", ("p", position)), *adjusted)
    if context.result.effects:
        ratio = ("hazard_ratio", ("hazard-ratio", position, level))
        made |= across_columns(across, ratio, ("p_interaction", ("interaction", position)))
    return made


def _overall(context: SubgroupContext):
    curve = context.result.overall
    read = curve.at(LANDMARK_DAYS)
    median = (curve.median.value, curve.median.lower, curve.median.upper)
    return curve.n, curve.n_events, median, (read.survival, read.lower, read.upper)


def _subgroup_row(variable: str, level: str, numbers, tests: dict, context) -> dict:
    n, events, median, survival = numbers
    row = {"variable": variable, "level": level, "n": n, "events": events}
    for name, days in zip(("median", "median_lower", "median_upper"), median, strict=True):
        row[name] = _months(days)
    for i, month in enumerate(LANDMARKS):
        for name, values in zip(("", "_lower", "_upper"), survival, strict=True):
            row[f"survival_{month}{name}"] = float(values[i])
    names = ["p_value", *(f"p_{kind.replace('-', '_')}" for kind in P_VALUES if kind != "log-rank")]
    row |= {name: tests.get(name, float("nan")) for name in names}
    if context.result.effects:
        row |= dict.fromkeys(EFFECT_COLUMNS, float("nan"))
    return row


def _effect(effect, level: int) -> dict:
    """The arm's hazard ratio in one level, and the test of interaction of its variable."""
    one = effect.levels[level]
    (n_reference, n_arm), (events_reference, events_arm) = one.n, one.events
    values = (
        n_arm,
        events_arm,
        n_reference,
        events_reference,
        float(one.hazard_ratio),
        float(one.lower),
        float(one.upper),
        float(effect.p_value),
    )
    return dict(zip(EFFECT_COLUMNS, values, strict=True))


# Page whose query a panel reads, what is asked of the analysis, and the rows made from it.
PANELS: dict[str, tuple[str, Callable, Callable[..., Iterable[dict]]]] = (
    {
        "km": ("survival", _ask_survival, curves),
        "survival-summary": ("survival", _ask_survival, summary),
        "logrank": ("survival", _ask_survival, log_rank),
        "subgroups": ("subgroups", _ask_subgroups, subgroup_rows),
        "baseline": ("overview", _ask_overview, overview_rows.baseline_rows),
        "flow": ("overview", _ask_overview, overview_rows.flow_rows),
        "adverse-events": ("safety", _ask_safety, safety_rows.adverse_event_rows),
        "exposure": ("safety", _ask_safety, safety_rows.exposure_rows),
        "first-severe": ("safety", _ask_safety, safety_rows.first_severe_rows),
    }
    | context_rows.PANELS
    | evidence_rows.PANELS
    | download_arms.PANELS
)
PANELS |= response_rows.PANELS | dosimetry_rows.PANELS
