"""Ways from a row of the table of subgroups to what more can be asked of its variable."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from analysis.credibility import SUGGESTED
from data.address import address
from data.study import Variable
from layouts.shared.html import link
from layouts.shared.pairs import COMPARE
from layouts.subgroups.context import SubgroupContext


def along_way(context: SubgroupContext, variable: Variable) -> Markup | None:
    """The way to the effect along a number; None for other variables."""
    if not variable.is_number or variable.after_baseline:
        return None
    return _way(context, "along", "along", variable, "along its values")


def credibility_way(context: SubgroupContext, position: int) -> Markup | None:
    """The way to how credible an interaction is; None where nothing suggests one."""
    if not context.shows_effects:
        return None
    effect = context.result.effects[position]
    if not effect.p_value < SUGGESTED or context.has_few_events(position):
        return None
    variable = context.variables[position]
    return _way(context, "credibility", "modifier", variable, "interaction: how credible?")


def _way(
    context: SubgroupContext, page: str, option: str, variable: Variable, words: str
) -> Markup:
    kept = tuple(one for one in context.view.options if one[0] == COMPARE)
    view = replace(context.view, page=page, options=((option, variable.id), *kept))
    said = f"{variable.label}: {words}"
    return link(words, href=address(view, context.study), class_="way", aria_label=said)
