"""HTML as text that escapes: the one place that writes an element.

Long tables are text and not trees of components, which cost a page more than their numbers do.
What an element holds is escaped unless an element of this module made it, so a label of a study
can never become markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape

from markupsafe import Markup

from layouts.shared.place import below

BREAK = Markup("<br>")
_EMPTY_ELEMENTS = frozenset({"br", "col", "hr", "img", "input"})
# What would turn the order of the letters after it, and what no page can show.
_UNSHOWN = "\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
_CONTROLS = re.compile(f"[{_UNSHOWN}]")
# Nothing to escape and no control: most texts, and to look costs less than to replace.
_PLAIN = re.compile(f"[^&<>\"'{_UNSHOWN}]*").fullmatch
# Makes the same object as Markup(text) does, which first asks of any object whether it has markup.
_markup = str.__new__
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
    opened = f"<{name}" + "".join([_attribute(*one) for one in attributes.items()])
    if name in _EMPTY_ELEMENTS:
        return _markup(Markup, f"{opened}>")
    if name in _CLOSED_IN_ITSELF:
        return _markup(Markup, f"{opened}/>")
    return _markup(Markup, f"{opened}>{_text_of(children)}</{name}>")


def without_controls(text: str) -> str:
    """Text with a mark in place of each character that cannot be shown or turns others round."""
    return _CONTROLS.sub("\ufffd", text)


def joined(*children: object) -> Markup:
    """Text, elements and iterables of them one after the other, with no element around them."""
    return _markup(Markup, _text_of(children))


def link(*children: object, href: str, **attributes: object) -> Markup:
    """A link to another view of the dashboard, followed without loading it anew."""
    return tag("a", *children, href=href, data_inside=True, **attributes)


def simulated_mark(exact: bool) -> str:
    """The mark beside a p-value from random tables; empty where it is exact."""
    title = "From random tables with the same margins: there are too many to list them all"
    return "" if exact else tag("span", "simulated", class_="mark", title=title)


def _text_of(children: Iterable) -> str:
    texts: list[str] = []
    _add(texts, children)
    return "".join(texts)


def _add(texts: list[str], children: Iterable) -> None:
    """Write children behind those that are written; a page has ten thousand of them."""
    for child in children:
        kind = type(child)
        if kind is Markup:
            texts.append(child)
        elif kind is str:
            texts.append(child if _PLAIN(child) else escape(without_controls(child)))
        elif kind is list or kind is tuple:
            _add(texts, child)
        elif child is None:
            continue
        elif isinstance(child, Markup):
            texts.append(child)
        elif isinstance(child, str):
            texts.append(escape(without_controls(child)))
        elif isinstance(child, Iterable):
            _add(texts, child)
        else:
            texts.append(escape(str(child)))


def _attribute(name: str, value: object) -> str:
    if value is None or value is False:
        return ""
    written = _written(name)
    if value is True:
        return f" {written}"
    if not isinstance(value, str) and isinstance(value, Mapping):
        value = ";".join(f"{_hyphened(key)}:{text}" for key, text in value.items())
    text = below(str(value)) if name == "href" else str(value)
    return f' {written}="{text if _PLAIN(text) else escape(text)}"'


@lru_cache(maxsize=512)
def _written(name: str) -> str:
    """The name of an attribute in HTML."""
    return name.rstrip("_").replace("_", "-")


def _hyphened(name: str) -> str:
    """A property of a style sheet as it is written there: ``mask-image`` for ``maskImage``."""
    return name if name.startswith("--") else re.sub(r"[A-Z]", lambda m: f"-{m[0].lower()}", name)
