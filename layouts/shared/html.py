"""HTML as text that escapes: the one place that writes an element.

Long tables are text and not trees of components, which cost a page more than their numbers do.
What an element holds is escaped unless an element of this module made it, so a label of a study
can never become markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape

from markupsafe import Markup

from layouts.shared.place import below

BREAK = Markup("<br>")
_EMPTY_ELEMENTS = frozenset({"br", "col", "hr", "img", "input"})
# What would turn the order of the letters after it, and what no page can show.
_CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_CLOSED_IN_ITSELF = frozenset({"path"})  # of SVG


def tag(name: str, /, *children: object, **attributes: object) -> Markup:
    """An element of HTML.

    Parameters
    ----------
    children : str, Markup, number, or iterables of them
        Text is escaped, markup is kept; None stands for nothing.
    attributes : str, number, bool or None
        ``class_`` stands for ``class`` and ``data_level`` for ``data-level``. True is an
        attribute without a value; None and False leave it out; an empty text stays. ``style`` may
        be a mapping of properties, ``maskImage`` or ``mask-image``. ``href`` begins at the
        dashboard's root, wherever that stands.
    """
    opened = f"<{name}{''.join(_attribute(*one) for one in attributes.items())}"
    if name in _EMPTY_ELEMENTS:
        return Markup(f"{opened}>")
    if name in _CLOSED_IN_ITSELF:
        return Markup(f"{opened}/>")
    return Markup(f"{opened}>{joined(children)}</{name}>")


def without_controls(text: str) -> str:
    """Text with a mark in place of each character that cannot be shown or turns others round."""
    return _CONTROLS.sub("\ufffd", text)


def joined(*children: object) -> Markup:
    """Text, elements and iterables of them one after the other, with no element around them."""
    return Markup("".join(_texts(children)))


def link(*children: object, href: str, **attributes: object) -> Markup:
    """A link to another view of the dashboard, followed without loading it anew."""
    return tag("a", *children, href=href, data_inside=True, **attributes)


def simulated_mark(exact: bool) -> str:
    """The mark beside a p-value from random tables; empty where it is exact."""
    title = "From random tables with the same margins: there are too many to list them all"
    return "" if exact else tag("span", "simulated", class_="mark", title=title)


def _texts(children: Iterable) -> Iterable[str]:
    for child in children:
        if isinstance(child, Markup):
            yield child
        elif isinstance(child, str):
            yield escape(without_controls(child))
        elif isinstance(child, list | tuple | Iterable):
            yield from _texts(child)
        elif child is not None:
            yield escape(str(child))


def _attribute(name: str, value: object) -> str:
    if value is None or value is False:
        return ""
    written = name.rstrip("_").replace("_", "-")
    if not isinstance(value, str) and isinstance(value, Mapping):
        value = ";".join(f"{_hyphened(key)}:{text}" for key, text in value.items())
    if name == "href":
        value = below(str(value))
    return f" {written}" if value is True else f' {written}="{escape(str(value))}"'


def _hyphened(name: str) -> str:
    """A property of a style sheet as it is written there: ``mask-image`` for ``maskImage``."""
    return name if name.startswith("--") else re.sub(r"[A-Z]", lambda m: f"-{m[0].lower()}", name)
