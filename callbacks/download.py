"""The numbers of a panel by address, so that a statistician can ``read.csv()`` them."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterable

from flask import Flask, Response, request

from callbacks.answers import Answers
from data.address import read_address
from data.catalog import Catalog
from layouts.pages import OPTION_NAMES
from layouts.survival_context import SurvivalContext
from layouts.survival_options import read_options
from layouts.words import DAYS_PER, PROVENANCE

# A spreadsheet runs a cell that starts like this as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")
PROVENANCE_COLUMN = "provenance"


def register(server: Flask, catalog: Catalog, answers: Answers) -> None:
    """Register ``GET /download/<panel>.csv?<the page's query>``."""

    @server.get("/download/<panel>.csv")
    def download(panel: str) -> Response:
        if panel not in PANELS:
            return _refused(f"There is no panel “{panel}”. There are {', '.join(PANELS)}.")
        search = request.query_string.decode("utf-8", "replace")
        reading = read_address("/survival", search, catalog, OPTION_NAMES)
        if reading.broken is not None:
            return _refused(f"The study “{reading.broken.id}” could not be loaded.")
        if reading.view is None:
            return _refused("There is no study on this server.")
        options, notes = read_options(reading.study, reading.view)
        # On a page a part that cannot be used is noted; a script has no eyes for a note.
        if reading.notes or notes:
            return _refused(" ".join([*reading.notes, *notes]))
        context = answers.survival(reading.study, reading.view, options)
        text = _csv(PANELS[panel](context), PROVENANCE[reading.study.provenance])
        name = f"{reading.study.id}-{context.endpoint.id}-{panel}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(text, mimetype="text/csv", headers=headers)


def _refused(sentence: str) -> Response:
    return Response(f"{sentence}\n", status=400, mimetype="text/plain")


def _csv(rows: Iterable[dict], provenance: str) -> str:
    """Rows as CSV; the first row is the header, and every row ends with the provenance."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for i, row in enumerate(rows):
        if i == 0:
            writer.writerow([*row, PROVENANCE_COLUMN])
        if any(value is not None for value in row.values()):
            writer.writerow([*(_cell(value) for value in row.values()), provenance])
    return out.getvalue()


def _cell(value) -> str:
    """One cell: text made safe for spreadsheets, NaN and infinity as R's NA."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
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
    for group in context.result.groups:
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
        yield row


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
        }


PANELS: dict[str, Callable[[SurvivalContext], Iterable[dict]]] = {
    "km": curves,
    "survival-summary": summary,
    "logrank": log_rank,
}
