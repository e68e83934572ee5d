"""The line above every page: how many patients are in view, in which arms, and why."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from analysis.reconstruction_range import range_of
from data.address import View, address
from data.cohort import arm_counts, levels_held, select, set_mask
from data.disclosure import answered
from data.study import ARM, Study
from layouts.shared.few import cohort_size, margin
from layouts.shared.html import link, tag
from layouts.shared.ranges import sets_words
from layouts.shared.theme import Theme, group_style
from layouts.shared.words import patients


def cohort_line(study: Study, view: View, theme: Theme) -> Markup:
    """How many patients are in view, per arm, and the filters as chips that can be removed."""
    mask = select(study, view.cohort)
    others = [select(one, view.cohort) for one in study.reconstructions]
    total = int(set_mask(study, view.cohort.analysis_set).sum())
    chosen = study.analysis_set(view.cohort.analysis_set)
    whole = cohort_size(study, replace(view.cohort, filters=()))
    of_all = f" of {patients(total)}" if whole == total else " of all patients"
    parts: list = [
        tag(
            "strong",
            [tag("span", str(cohort_size(study, view.cohort)), id="cohort-n"), of_all],
            class_="cohort-n",
        ),
        *_across(study, others, int(mask.sum())),
        tag("span", chosen.label, class_="cohort-set"),
    ]
    arms = [(level, label, n) for level, label, n in arm_counts(study, mask)]
    if not answered(study, view.cohort):
        arms = []
    counts = margin(study, [n for _, _, n in arms])
    arms = [(level, label, n) for (level, label, _), n in zip(arms, counts, strict=True)]
    in_set = levels_held(study.codes[ARM], set_mask(study, chosen.id)) if arms else set()
    for position, (_, label, n) in enumerate(arms):
        if len(in_set) < 2:
            break
        style = group_style(position, theme)
        dot = tag("span", class_="dot", style={"background": style.colour})
        shown = [dot, f"{label} ", tag("b", str(n)), *_arm_across(study, others, position, n)]
        parts.append(tag("span", shown, class_="cohort-arm"))
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
        target = address(replace(view, cohort=replace(view.cohort, filters=())), study)
        clear = link("Clear all", href=target, class_="quiet-link")
        # Beside the last filter, wherever that stands.
        last = tag("span", [chips.pop(), clear], class_="chips")
        parts += [*chips, last]
    else:
        parts.append(tag("span", "No filter", class_="chip none"))
    # Who removes the last filter by keyboard goes on from here.
    return tag("div", parts, class_="cohort-line", role="status", tabindex="-1")


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


def _across(study: Study, others: list, n: int) -> list[Markup]:
    """How many other patients' files that fit the publication equally well would leave."""
    found = range_of(int(mask.sum()) for mask in others)
    if found is None or found.low == found.high == n:
        return []
    words = f"[{found.low:.0f}–{found.high:.0f} across {found.n} data sets]"
    title = f"Patients left by these filters in {sets_words(found.n)}"
    return [tag("span", words, class_="cohort-set", title=title)]
