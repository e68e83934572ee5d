"""The table of the Other trials page, as HTML: the numbers of the figure with their sources."""

from __future__ import annotations

import math
from html import escape

from layouts.shared.words import p_value
from layouts.trials.context import MedianRow, TrialsContext


def context_table(context: TrialsContext) -> str:
    """The whole table; empty text when there is nothing to put into it."""
    blocks = [(head, rows) for head, rows in context.blocks() if rows]
    if not blocks:
        return ""
    endpoint = context.endpoint
    label = f'<abbr title="{escape(endpoint.name, quote=True)}">{escape(endpoint.label)}</abbr>'
    bodies = "".join(_block(head, rows, context) for head, rows in blocks)
    return (
        f'<table class="trials"><caption>{escape(endpoint.name)} of other trials and of this '
        'cohort</caption><thead><tr><th scope="col">Study</th>'
        '<th scope="col">Arm and patients</th><th scope="col" class="number">n</th>'
        f'<th scope="col" class="number">Median {label}, months<br>(95 % CI)</th>'
        '<th scope="col" class="ratio"><abbr title="Hazard ratio">HR</abbr> (95 % CI)</th>'
        '<th scope="col">Quoted by the paper of</th>'
        f'<th scope="col">Source</th></tr></thead>{bodies}</table>'
    )


def _block(head: str, rows: list[MedianRow], context: TrialsContext) -> str:
    title = f'<tr class="kind"><th colspan="7" scope="rowgroup">{escape(head)}</th></tr>'
    lines = "".join(_own(row, context) if row.own else _published(row, context) for row in rows)
    return f"<tbody>{title if head else ''}{lines}</tbody>"


def _own(row: MedianRow, context: TrialsContext) -> str:
    cohort = context.survival.cohort.sentence(context.study)
    patients = f"{escape(row.arm)}<span>{escape(cohort)}; {row.events} events</span>"
    return (
        f'<tr class="own" data-position="{row.position}"><th scope="row">{escape(row.name)}'
        f"<span>this cohort</span></th><td>{patients}</td>"
        f'<td class="number">{row.n}</td>{_median(row)}<td></td><td></td>'
        "<td>Recomputed for the filters above.</td></tr>"
    )


def _published(row: MedianRow, context: TrialsContext) -> str:
    one = row.published
    note = f"<span>{escape(one.note)}</span>" if one.note else ""
    return (
        f'<tr><th scope="row">{escape(row.name)}<span>{escape(one.design)}</span></th>'
        f"<td>{escape(one.arm)}<span>{escape(one.population)}</span></td>"
        f'<td class="number">{_n(one)}</td>{_median(row)}{_ratio(one)}'
        f"<td>{escape(context.quoted_by(one))}</td><td>{escape(one.reference)}{note}</td></tr>"
    )


def _n(one) -> str:
    if one.n is not None:
        return str(one.n)
    return f"some of {one.n_study}" if one.n_study is not None else "not given"


def _median(row: MedianRow) -> str:
    interval = f" <span>({row.interval})</span>" if row.interval else ""
    bare = row.published is not None and row.published.has_median and not row.interval
    if bare:
        interval = " <span>no interval</span>"
    across = f'<span class="across">{row.across}</span>' if row.across else ""
    return f'<td class="number" data-statistic="median"><b>{row.words}</b>{interval}{across}</td>'


def _ratio(one) -> str:
    ratio, lower, upper = one.hazard_ratio_words
    if not ratio:
        return "<td></td>"
    limits = f" ({lower}–{upper})" if lower else ""
    p = f", {p_value(one.p)}" if math.isfinite(one.p) else ""
    return (
        f'<td class="ratio">{escape(ratio + limits)}{p}<span>against {escape(one.hr_against)}'
        "</span></td>"
    )
