"""The line above every page: how many patients are in view, in which arms, and why."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from analysis.reconstruction_range import range_of
from data.address import View, address
from data.cohort import select
from data.disclosure import answered
from data.people import arms_held, cohort_n, level_sizes
from data.study import ARM, Study
from data.warehouse.counts import NotAnswered
from layouts.shared.few import NOT_COUNTED, cohort_size, margin
from layouts.shared.html import link, tag
from layouts.shared.ranges import sets_words
from layouts.shared.theme import Theme, group_style
from layouts.shared.words import patients


def cohort_line(study: Study, view: View, theme: Theme) -> Markup:
    """How many patients are in view, per arm, and the filters as chips that can be removed."""
    others = [select(one, view.cohort) for one in study.reconstructions]
    chosen = study.analysis_set(view.cohort.analysis_set)
    unfiltered = replace(view.cohort, filters=())
    whole = cohort_size(study, unfiltered)
    of_all = f" of {patients(whole)}" if isinstance(whole, int) else " of all patients"
    now = cohort_size(study, view.cohort)
    size: list = [tag("span", str(now), id="cohort-n"), of_all]
    if now == NOT_COUNTED:
        size = [tag("span", f"Patients {now}", id="cohort-n")]
    parts: list = [
        tag("strong", size, class_="cohort-n"),
        *_across(study, view, others),
        tag("span", chosen.label, class_="cohort-set"),
    ]
    parts += _arms(study, view, others, theme)
    chips: list = []
    for one in view.cohort.filters:
        words = one.sentence(study)
        target = address(replace(view, cohort=view.cohort.without(one.variable)), study)
        chips.append(
            link(
                [words, tag("span", " ×", **{"aria-hidden": "true"})],
                href=target,
                class_="chip",
                title=f"Remove the filter {words}",
            )
        )
    if view.cohort.filters:
        target = address(replace(view, cohort=unfiltered), study)
        clear = link("Clear all", href=target, class_="quiet-link")
        # Beside the last filter, wherever that stands.
        last = tag("span", [chips.pop(), clear], class_="chips")
        parts += [*chips, last]
    else:
        parts.append(tag("span", "No filter", class_="chip none"))
    # Who removes the last filter by keyboard goes on from here.
    return tag("div", parts, class_="cohort-line", role="status", tabindex="-1")


def _arms(study: Study, view: View, others: list, theme: Theme) -> list[Markup]:
    """Patients in view of each arm; nothing where one arm is all there is, or they are unknown."""
    try:
        if len(arms_held(study, view.cohort.analysis_set)) < 2 or not answered(study, view.cohort):
            return []
        counts = margin(study, level_sizes(study, view.cohort, ARM)[:-1].tolist())
    except NotAnswered:
        return []
    parts = []
    for position, (arm, n) in enumerate(zip(study.arms, counts, strict=True)):
        style = group_style(position, theme)
        dot = tag("span", class_="dot", style={"background": style.colour})
        across = _arm_across(study, others, position, n)
        shown = [dot, f"{arm.label} ", tag("b", str(n)), *across]
        parts.append(tag("span", shown, class_="cohort-arm"))
    return parts


def _arm_across(study: Study, others: list, position: int, n: int) -> list[Markup]:
    """How many patients of an arm they would leave."""
    found = range_of(
        int((one.codes[ARM][mask] == position).sum())
        for one, mask in zip(study.reconstructions, others, strict=True)
    )
    if found is None or found.low == found.high == n:
        return []
    title = f"Range across {sets_words(found.n)}"
    return [tag("span", f" [{found.low:.0f}–{found.high:.0f}]", class_="cohort-set", title=title)]


def _across(study: Study, view: View, others: list) -> list[Markup]:
    """How many other patients' files that fit the publication equally well would leave."""
    found = range_of(int(mask.sum()) for mask in others)
    if found is None or found.low == found.high == cohort_n(study, view.cohort):
        return []
    words = f"[{found.low:.0f}–{found.high:.0f} across {found.n} data sets]"
    title = f"Patients left by these filters in {sets_words(found.n)}"
    return [tag("span", words, class_="cohort-set", title=title)]
