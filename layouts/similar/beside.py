"""Beside the nested cohorts: adverse events of the same patients, and the way to other pages."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from data.address import address
from layouts.shared.html import link, tag
from layouts.similar.context import SimilarContext

MOST_EVENTS = 8


def events_table(context: SimilarContext) -> Markup | str:
    """The most frequent adverse events of the cohort in focus; empty where none are recorded."""
    safety = context.safety
    if safety is None or safety.by_arm[1] is None:
        return ""
    arms, counts = safety.by_arm
    every, severe = counts.with_term(False), counts.with_term(True)
    total = safety.total(False)
    order = [i for i in safety.order() if total[i] > 0][:MOST_EVENTS]
    if not order:
        return ""
    names = [f"{label}, n\u00a0=\u00a0{n}" for (label, _), n in zip(arms, counts.n, strict=False)]
    names = names or [f"n\u00a0=\u00a0{counts.n[0]}"]
    head = ["Most frequent adverse events"]
    head += [f"{name}: any grade" for name in names] + [f"{name}: grade ≥ 3" for name in names]
    rows = [
        tag(
            "tr",
            tag("th", safety.table.terms[i].label, scope="row"),
            [
                tag("td", str(table[arm][i]))
                for table in (every, severe)
                for arm in range(len(names))
            ],
        )
        for i in order
    ]
    return tag(
        "table",
        tag("caption", "Most frequent adverse events of the patients in focus"),
        tag("thead", tag("tr", [tag("th", text, scope="col") for text in head])),
        tag("tbody", rows),
        class_="numbers like-events",
    )


def onward(context: SimilarContext) -> Markup | str:
    """Links to the same patients on other pages; their filters stand in the address there."""
    step, study = context.in_focus, context.study
    if step is None or not step.kept:
        return ""
    survival = step.survival.view
    pages = {"survival": ("Survival", True), "arms": ("Compare arms", bool(context.arms))}
    pages["safety"] = ("Safety", study.adverse_events is not None)
    links: list = []
    for page, (words, there) in pages.items():
        if there:
            by = survival.by if page == "survival" else context.view.by
            target = address(replace(survival, page=page, by=by), study)
            links += [" · " if links else "", link(words, href=target)]
    said = " (their filters then stand in the address)."
    return tag("p", "Open these patients in ", links, said, class_="footnote onward")
