"""The HTML of a page's table as a tree, so that a picture is drawn from what the screen shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

_EMPTY = frozenset({"br", "col", "input", "path"})
_PER_CENT = re.compile(r"(-?[\d.]+)%")


@dataclass
class Element:
    """An element of HTML with what stands in it, in order.

    Attributes
    ----------
    children : list of Element or str
    """

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list = field(default_factory=list)

    @cached_property
    def classes(self) -> frozenset[str]:
        """Its classes."""
        return frozenset(self.attributes.get("class", "").split())

    @property
    def style(self) -> dict[str, str]:
        """Its own declarations of style by name."""
        pairs = (one.partition(":") for one in self.attributes.get("style", "").split(";"))
        return {name.strip(): value.strip() for name, _, value in pairs if value}

    def per_cent(self, name: str) -> float | None:
        """A place of its style in per cent of the width; ``calc(100% - 40%)`` is 60."""
        value = self.style.get(name, "")
        found = [float(one) for one in _PER_CENT.findall(value)]
        if not found:
            return None
        return found[0] - found[1] if value.startswith("calc") else found[0]

    def number(self, attribute: str, otherwise: int = 1) -> int:
        """A whole number that an attribute holds: ``colspan``."""
        return int(self.attributes.get(attribute, otherwise))

    @property
    def elements(self) -> list[Element]:
        """The elements that stand directly in it."""
        return [one for one in self.children if isinstance(one, Element)]

    def all(self, *names: str) -> Iterator[Element]:
        """Elements of some names anywhere within, outer before inner."""
        for one in self.elements:
            if one.name in names:
                yield one
            yield from one.all(*names)

    @property
    def text(self) -> str:
        """All words within."""
        return "".join(one if isinstance(one, str) else one.text for one in self.children)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = [Element("")]

    def handle_starttag(self, tag, attrs):
        one = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(one)
        if tag not in _EMPTY:
            self.open.append(one)

    def handle_startendtag(self, tag, attrs):
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag):
        if len(self.open) > 1 and self.open[-1].name == tag:
            self.open.pop()

    def handle_data(self, data):
        self.open[-1].children.append(data)


def read_html(text: str) -> Element:
    """An element without a name that holds what the text says."""
    reader = _Reader()
    # As plain text: each part of markup is markup, and costs more to cut out.
    reader.feed(str(text))
    reader.close()
    return reader.open[0]
