"""What opens under a term: how its patients split by the study's variables, as HTML."""

from __future__ import annotations

from layouts.safety.context import SafetyContext, TermSplit
from layouts.shared.few import whole
from layouts.shared.html import joined, tag
from layouts.shared.words import patients


def detail_row(context: SafetyContext) -> str:
    """The row under the chosen term."""
    with_term = whole(context.total(False)[context.table.terms.index(context.term)])
    if not with_term:
        inner = tag("p", "No patient on screen had it.")
    else:
        splits = joined(_split(one, context) for one in context.split)
        inner = joined(
            _words(context, with_term), tag("div", splits, class_="splits"), _lines(context)
        )
    return tag("tr", tag("td", tag("div", inner), colspan="99"), class_="term-detail")


def _words(context: SafetyContext, with_term: int) -> str:
    columns = context.table.columns
    said = (
        f"{context.term.label}: {with_term} of {patients(context.recorded)}. In each group, "
        "patients with it at any grade of all patients in the group."
    )
    if any(one.hidden.any() for one in context.split):
        said += (
            f" “few”: fewer than {patients(columns.minimum_cell)}, or a number from which so few "
            "could be told; this study does not allow smaller counts."
        )
    return tag("p", said)


def _split(split: TermSplit, context: SafetyContext) -> str:
    rows = []
    for label, some, severe, n, hidden in zip(
        split.labels, split.with_term, split.severe, split.n, split.hidden, strict=True
    ):
        if not n:
            continue
        share = 100 * some / n
        numbers = "few" if hidden else f"{some}/{n} ({share:.0f} %)"
        bar = "" if hidden else tag("span", class_="bar", style=f"--share:{share:.1f}%")
        note = None if hidden else f"{severe} of them at grade 3 or more"
        rows.append(
            tag(
                "tr",
                tag("th", label, scope="row"),
                tag("td", numbers, title=note),
                tag("td", bar),
            )
        )
    title = split.variable.label
    return tag("table", tag("caption", title), rows)


def _lines(context: SafetyContext) -> str:
    """Single patients, only where the study allows their listing."""
    if not context.patients:
        return ""
    lines = joined(tag("li", " · ".join(one)) for one in context.patients)
    return tag("ul", lines, class_="patient-lines")
