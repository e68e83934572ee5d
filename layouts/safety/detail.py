"""What opens under a term: how its patients split by the study's variables, as HTML."""

from __future__ import annotations

from html import escape

from layouts.safety.context import SafetyContext, TermSplit


def detail_row(context: SafetyContext) -> str:
    """The row under the chosen term."""
    with_term = int(context.total(False)[context.table.terms.index(context.term)])
    if not with_term:
        inner = "<p>No patient on screen had it.</p>"
    else:
        splits = "".join(_split(one, context) for one in context.split)
        inner = f'{_words(context, with_term)}<div class="splits">{splits}</div>{_lines(context)}'
    return f'<tr class="term-detail"><td colspan="99"><div>{inner}</div></td></tr>'


def _words(context: SafetyContext, with_term: int) -> str:
    columns = context.table.columns
    said = (
        f"{escape(context.term.label)}: {with_term} of {context.recorded} patients. In each group, "
        "patients with it at any grade of all patients in the group."
    )
    if any(one.hidden.any() for one in context.split):
        said += (
            f" “few”: fewer than {columns.minimum_cell} patients, or a number from which so few "
            "could be told; this study does not allow smaller counts."
        )
    return f"<p>{said}</p>"


def _split(split: TermSplit, context: SafetyContext) -> str:
    rows = []
    for label, some, severe, n, hidden in zip(
        split.labels, split.with_term, split.severe, split.n, split.hidden, strict=True
    ):
        if not n:
            continue
        share = 100 * some / n
        numbers = "few" if hidden else f"{some}/{n} ({share:.0f} %)"
        bar = "" if hidden else f'<span class="bar" style="--share:{share:.1f}%"></span>'
        note = "" if hidden else f' title="{severe} of them at grade 3 or more"'
        rows.append(
            f'<tr><th scope="row">{escape(label)}</th><td{note}>{numbers}</td><td>{bar}</td></tr>'
        )
    title = escape(split.variable.label)
    return f"<table><caption>{title}</caption>{''.join(rows)}</table>"


def _lines(context: SafetyContext) -> str:
    """Single patients, only where the study allows their listing."""
    if not context.patients:
        return ""
    lines = "".join(f"<li>{escape(' · '.join(one))}</li>" for one in context.patients)
    return f'<ul class="patient-lines">{lines}</ul>'
