"""The nested cohorts as a table: a row for each cohort and arm, the one in focus marked."""

from __future__ import annotations

import math

from markupsafe import Markup

from analysis.proportions import Proportion
from data.address import address
from layouts.overview.context import ShareCard
from layouts.shared.few import NOT_SHOWN, Few
from layouts.shared.html import joined, link, tag
from layouts.shared.ranges import across_note, bracketed
from layouts.shared.theme import Theme, group_style, swatch_background
from layouts.shared.words import (
    FEW_EVENTS,
    NOT_ESTIMABLE,
    patients,
    percent,
    percent_interval,
    time_interval,
    time_value,
)
from layouts.similar.context import SimilarContext, Step
from layouts.similar.numbers import response
from layouts.survival.numbers import median as median_key
from layouts.survival.numbers import survival as survival_key

YEAR = "12"
RESPONSE, SEVERE = "Response", "Grade ≥ 3"


def cohorts_table(context: SimilarContext, theme: Theme) -> Markup:
    """All cohorts, from all characteristics to none."""
    label, study = context.endpoint.label, context.study
    head = ["Patients like yours", *(["Arm"] if context.arms else []), "n", "Events"]
    head += [f"Median {label}, months (95 % CI)", f"{context.endpoint.curve} at 12 months"]
    head += [words for words, _ in _shares(context, context.steps[0])]
    body = [_cohort(context, place, theme) for place in range(len(context.steps))]
    cells = [tag("th", text, scope="col", class_="arm" if text == "Arm" else None) for text in head]
    notes = [
        across_note(step.survival.across)
        for step in context.steps
        if step.survival is not None and step.survival.across.any
    ]
    return joined(
        tag(
            "table",
            tag("caption", f"Nested cohorts of {study.title}"),
            tag("thead", tag("tr", cells)),
            body,
            class_="numbers cohorts",
        ),
        tag("p", notes[0], class_="rail-note") if notes else None,
    )


def name_of(context: SimilarContext, place: int) -> str:
    """``all 7``, ``without ECOG 1``: what a cohort drops that the one before did not."""
    step, size = context.steps[place], len(context.criteria)
    if not step.kept:
        chosen = context.study.analysis_set(step.cohort.analysis_set)
        return f"everybody ({chosen.label})"
    if not step.dropped:
        return f"like yours in all {size}" if size > 1 else "like yours"
    return f"without {step.dropped[0].words(context.study)}"


def _cohort(context: SimilarContext, place: int, theme: Theme) -> Markup:
    step = context.steps[place]
    focus = place == context.focus
    kind = "focus" if focus else ("small" if step.reason else "")
    if step.withheld:
        wide = 4 + bool(context.arms) + len(_shares(context, step))
        cells = [_name(context, place, 1), tag("td", step.withheld, colspan=wide, class_="aside")]
        return tag("tbody", tag("tr", cells), class_=kind or None)
    rows = []
    for i, group in enumerate(context.places):
        first = [_name(context, place, len(context.places))] if not i else []
        rows.append(tag("tr", first, _cells(context, step, i, group, theme)))
    return tag("tbody", rows, class_=kind or None)


def _name(context: SimilarContext, place: int, rows: int) -> Markup:
    step, words = context.steps[place], name_of(context, place)
    detail = []
    if place == context.focus:
        shown: object = tag("span", words, aria_current="true")
    elif step.reason:
        shown = words
        detail.append((step.withheld and "") or step.reason)
    else:
        target = context.shown_view.with_options(dropped=str(place))
        shown = link(
            words,
            href=address(target, context.study),
            data_stay=True,
            data_key=f"dropped-{place}",
            title="Draw these patients",
        )
    if not step.withheld:
        detail.insert(0, patients(step.n) if not isinstance(step.n, Few) else f"{step.n} patients")
    said = " · ".join(filter(None, detail))
    return tag(
        "th",
        shown,
        tag("span", said, class_="detail") if said else None,
        scope="rowgroup",
        rowspan=rows if rows > 1 else None,
        class_="cohort-name",
    )


def _cells(context: SimilarContext, step: Step, i: int, place: int, theme: Theme) -> list[Markup]:
    survival = step.survival
    group = survival.result.groups[place]
    cells = []
    if context.arms:
        style = group_style(place, theme)
        mark = tag(
            "span",
            class_="swatch",
            style={"background": swatch_background(style)},
            aria_hidden="true",
        )
        cells.append(tag("th", mark, context.arms[i][0], scope="row", class_="arm"))
    cells += [tag("td", str(group.n)), tag("td", str(group.events))]
    cells += [_median(survival, place, group), _year(survival, place, group)]
    for words, card in _shares(context, step):
        if card is None:
            cells.append(_value(NOT_SHOWN, "", "", words=True))
            continue
        share = card.arms[i] if context.arms else card.whole
        key = response(i + 1 if context.arms else 0) if words == RESPONSE else None
        cells.append(_share(step, share, key))
    return cells


def _shares(context: SimilarContext, step: Step) -> list[tuple[str, ShareCard | None]]:
    """The shares of which the study has something, by their headings; None where held back."""
    shares = []
    if context.study.comparison.response is not None:
        shares.append((RESPONSE, step.response))
    if context.study.adverse_events is not None:
        shares.append((SEVERE, step.severe))
    return shares


def _told(group) -> bool:
    """Whether a group has events enough for an estimate."""
    return bool(group.n) and not group.events < FEW_EVENTS


def _value(text: str, interval: str, across: str, words: bool = False) -> Markup:
    return tag(
        "td",
        tag("span", text, class_="value words" if words else "value"),
        tag("span", f" ({interval})", class_="interval") if interval not in ("", "–") else None,
        bracketed(across) if across else None,
    )


def _median(survival, place: int, group) -> Markup:
    if not _told(group):
        return _value(_few(group), "", "", words=True)
    decimals = survival.decimals

    def words(days: float) -> str:
        return time_value(days, "months", decimals)

    text, limits = words(group.median.value), (group.median.lower, group.median.upper)
    across = survival.across.words(median_key(place), text, words, "NR")
    interval = time_interval(*limits, "months", decimals)
    return _value(text, interval, across, not math.isfinite(group.median.value))


def _few(group) -> str:
    if not group.n:
        return "–"
    return f"fewer than {FEW_EVENTS} events"


def _year(survival, place: int, group) -> Markup:
    if not _told(group):
        return _value("–", "", "", words=True)
    read = group.curve.at([365.25])
    value, low, high = (float(x[0]) for x in (read.survival, read.lower, read.upper))
    text = percent(value) if math.isfinite(value) else NOT_ESTIMABLE
    across = survival.across.words(survival_key(YEAR, place), text, percent, NOT_ESTIMABLE)
    return _value(text, percent_interval(low, high), across, not math.isfinite(value))


def _share(step: Step, share: Proportion, key) -> Markup:
    if isinstance(share.events, Few):
        return _value(str(share.events), "", "", words=True)
    if not share.n:
        return _value("–", "", "", words=True)
    text = percent(share.value)
    across = step.across.words(key, text, percent) if key else ""
    return tag(
        "td",
        tag("span", text, class_="value"),
        tag("span", f" ({share.events}/{share.n})", class_="interval"),
        bracketed(across) if across else None,
        title=f"95 % CI {percent_interval(share.lower, share.upper)} %",
    )
