"""Many groups: a search among them, and links that draw one in colour or in grey again."""

from __future__ import annotations

from markupsafe import Markup

from data.address import address
from layouts.charts.frame import MOST_GROUPS_NAMED
from layouts.shared.html import tag
from layouts.survival.context import SurvivalContext


def pick_box(context: SurvivalContext) -> Markup:
    """A search among the groups, and what picking one does."""
    several = (
        "Pick up to {most} of {n} groups below to draw them in colour and count who is at risk."
    )
    return tag(
        "div",
        [
            tag(
                "input",
                type="search",
                placeholder=f"Search {len(context.result.shown)} groups",
                class_="pick-search text-field",
                autocomplete="off",
                aria_label="Search the groups",
            ),
            tag(
                "p",
                several.format(most=MOST_GROUPS_NAMED, n=len(context.result.shown)),
                class_="rail-note",
            ),
        ],
        class_="picks",
    )


def pick_link(context: SurvivalContext, group) -> Markup:
    """The name of a group as a link that picks it, or takes it back."""
    level = context.split.levels[group.position].id
    picked = context.options.picked
    on = level in picked
    asked = [one for one in picked if one != level] if on else [*picked, level][-MOST_GROUPS_NAMED:]
    view = context.view.with_options(pick=",".join(asked) or None)
    said = f"Draw {group.label} in {'grey' if on else 'colour'}"
    return tag(
        "a",
        group.label,
        href=address(view, context.study),
        class_="pick on" if on else "pick",
        title=said,
        **{"data-inside": "", "data-stay": "", "aria-pressed": "true" if on else "false"},
        role="button",
    )
