"""One colour for each best response: an ordered ramp from the best to the worst, grey for none."""

from __future__ import annotations

from layouts.shared.theme import Theme

# From the best response to the worst: one hue from dark to pale, and greys for none.
LIGHT = ("#0a4a47", "#23857b", "#a3d3ca", "#cfd5db", "#eef1f4")
DARK = ("#d2eee8", "#6fbfb1", "#2a776c", "#46525d", "#2a333c")
WORDS_LIGHT = ("#ffffff", "#ffffff", "#15202b", "#15202b", "#15202b")
WORDS_DARK = ("#12181e", "#12181e", "#ffffff", "#ffffff", "#e8edf2")
# The same order for marks too thin to be seen in pale colours.
THIN_LIGHT = ("#0a4a47", "#23857b", "#72bfb1", "#98a2ac", "#c3cad1")
THIN_DARK = ("#d2eee8", "#6fbfb1", "#3a8f83", "#7b8793", "#4b5661")
# Where not evaluable stands.
NONE = len(LIGHT) - 1


def ramp(theme: Theme, *, thin: bool = False) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Colours, and the colours of words upon them, from the best response to none."""
    if theme.name == "dark":
        return (THIN_DARK if thin else DARK), WORDS_DARK
    return (THIN_LIGHT if thin else LIGHT), WORDS_LIGHT


def ramp_steps(evaluable: tuple[bool, ...]) -> tuple[int, ...]:
    """Place on the ramp of each category in its order; the worst evaluable one is always the same.

    Parameters
    ----------
    evaluable : tuple of bool
        False for categories that are no assessment.
    """
    first = max(0, NONE - sum(evaluable))
    steps, seen = [], 0
    for assessed in evaluable:
        steps.append(min(first + seen, NONE - 1) if assessed else NONE)
        seen += assessed
    return tuple(steps)
