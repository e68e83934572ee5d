"""What can be done with what was brought: check it, open it, take its folder along, forget it."""

from __future__ import annotations

from markupsafe import Markup

from layouts.shared.html import tag
from layouts.uploads.controls import button


def buttons(ready: bool | None) -> Markup:
    """The buttons above the sheet.

    Parameters
    ----------
    ready : bool or None
        Whether no question is open; None where there is nothing to check.
    """
    shown = [button("Begin anew", "forget")]
    if ready is not None:
        shown.insert(0, button("Check", "check", main=ready))
    return tag("p", shown, class_="doing")


def checked(study_id: str) -> Markup:
    """That every cell could be read, and the ways on."""
    return tag(
        "div",
        tag("p", "Every cell that is declared could be read.", role="status"),
        tag(
            "p",
            tag("a", "Open the study", href=f"/survival?study={study_id}", class_="main-link"),
            tag("a", "Download the study's folder", href="/uploads/folder.zip", download=True),
            class_="doing",
        ),
        class_="checked",
    )
