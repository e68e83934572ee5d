"""Text for another program: a script, a statement."""

from __future__ import annotations

from markupsafe import Markup

from layouts.shared.html import tag


def code(text: str, language: str, **attributes: object) -> Markup:
    """A block of code, which the keyboard reaches and scrolls."""
    return tag(
        "pre",
        tag("code", text),
        class_="code",
        tabindex="0",
        data_language=language,
        **attributes,
    )
