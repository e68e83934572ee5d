"""Reading HTML in tests: its text, and the elements with some property."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from markupsafe import Markup

# They have no end.
EMPTY = frozenset({"br", "col", "hr", "img", "input", "link", "meta"})


@dataclass
class Element:
    """An element of a page: its name, its attributes and what stands in it.

    ``one["href"]`` is an attribute; one that has no value, as ``checked``, is the empty text.
    """

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def __getitem__(self, attribute: str) -> str:
        return self.attributes[attribute]

    def __contains__(self, attribute: str) -> bool:
        return attribute in self.attributes

    def get(self, attribute: str, other: str | None = None) -> str | None:
        """The value of an attribute that may be missing."""
        return self.attributes.get(attribute, other)


class _Reader(HTMLParser):
    """Reads HTML whose elements close in the order in which they were opened."""

    def __init__(self, html: str):
        super().__init__()
        self.root = Element("")
        self._open = [self.root]
        self.feed(str(html))
        self.close()
        assert self._open == [self.root], [one.name for one in self._open]

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs), f"An attribute stands twice: {attrs}"
        one = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(one)
        if tag not in EMPTY:
            self._open.append(one)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        opened = self._open.pop()
        assert opened.name == tag, (opened.name, tag)

    def handle_data(self, data):
        self._open[-1].children.append(data)


def parsed(html: str) -> Element:
    """Text that is HTML, as an answer of the server holds it; the root has no name."""
    return _Reader(html).root


def components(tree) -> Iterator[Element]:
    """Every element, outer before inner.

    Parameters
    ----------
    tree : Element, Markup, str, or several of them
        A text that no function of the layouts made is text and no HTML; see `parsed` for that.
    """
    if isinstance(tree, Markup):
        yield from components(parsed(tree))
    elif isinstance(tree, str):
        return
    elif isinstance(tree, Element):
        if tree.name:
            yield tree
        for one in tree.children:
            if isinstance(one, Element):
                yield from components(one)
    elif tree is not None:
        for one in tree:
            yield from components(one)


def text(tree) -> str:
    """The words of HTML as a reader meets them, without what stands in attributes."""
    if isinstance(tree, Markup):
        return text(parsed(tree))
    if isinstance(tree, str):
        return tree
    if isinstance(tree, Element):
        return "".join(text(one) for one in tree.children)
    return "" if tree is None else "".join(text(one) for one in tree)


def with_class(tree, name: str) -> list[Element]:
    """Elements that have a CSS class."""
    return [one for one in components(tree) if name in one.get("class", "").split()]


def with_prop(tree, prop: str, value: str | None = None) -> list[Element]:
    """Elements with an attribute, of a value if one is given."""
    return [
        one for one in components(tree) if prop in one and (value is None or one[prop] == value)
    ]


def with_id(tree, wanted: str) -> Element:
    """The one element with this id."""
    (found,) = with_prop(tree, "id", wanted)
    return found


def named(tree, name: str) -> list[Element]:
    """Elements of a name: every ``table``."""
    return [one for one in components(tree) if one.name == name]


def statistics(tree) -> dict[tuple[str, str], str]:
    """The cells beside a figure, by group and statistic; the test stands under group ``""``.

    The range over other data sets stands apart, under ``across-`` and the statistic.
    """
    cells = {}
    for row in with_prop(tree, "data-group"):
        group = row["data-group"]
        for cell in with_prop(row, "data-statistic"):
            name = cell["data-statistic"]
            ranges = with_class(cell, "across")
            beside = "".join(text(one) for one in ranges)
            cells[group, name] = text(cell).removesuffix(beside) if beside else text(cell)
            if beside:
                cells[group, f"across-{name}"] = beside.strip("[]")
    for cell in with_prop(tree, "data-statistic", "p"):
        cells["", "p"] = text(cell)
    return cells
