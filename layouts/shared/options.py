"""Reading a page's options out of a link, with a sentence for each that cannot be used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

# Transforms of the confidence interval of a curve.
CI_TYPES = {"log": "log", "log-log": "log-log", "plain": "plain"}


def read_choice(
    given: Mapping[str, str], name: str, allowed: Iterable[str], default: str, notes: list[str]
) -> str:
    """One of some words; the default, with a note, for any other."""
    text = given.get(name, default)
    allowed = tuple(allowed)
    if text in allowed:
        return text
    notes.append(f"“{name}” can be {', '.join(allowed)}; {default} is used.")
    return default


# Who may choose any time reads off, by two of them, who had the event in between.
NOT_CHOSEN = "cannot be chosen in a study that protects single patients"
