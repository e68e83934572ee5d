"""Reading component trees in tests: their text, and the components with some property."""

from __future__ import annotations

from collections.abc import Iterator

from dash.development.base_component import Component


def components(tree) -> Iterator[Component]:
    """Every component of a tree, outer before inner, children and properties."""
    if isinstance(tree, Component):
        yield tree
        for name in tree._prop_names:
            yield from components(getattr(tree, name, None))
    elif isinstance(tree, list | tuple):
        for one in tree:
            yield from components(one)
    elif isinstance(tree, dict):
        for one in tree.values():
            yield from components(one)


def text(tree) -> str:
    """The words of a tree as a reader meets them, without what stands in properties."""
    if isinstance(tree, Component):
        return text(getattr(tree, "children", None))
    if isinstance(tree, list | tuple):
        return "".join(text(one) for one in tree)
    return "" if tree is None else str(tree)


def with_class(tree, name: str) -> list[Component]:
    """Components that have a CSS class."""
    return [
        one for one in components(tree) if name in str(getattr(one, "className", "") or "").split()
    ]


def with_prop(tree, prop: str, value=None) -> list[Component]:
    """Components with a property, of a value if one is given; ``data-`` properties too."""
    found = []
    for one in components(tree):
        props = one.to_plotly_json()["props"]
        if prop in props and (value is None or props[prop] == value):
            found.append(one)
    return found


def with_id(tree, wanted) -> Component:
    """The one component with this id."""
    (found,) = with_prop(tree, "id", wanted)
    return found


def statistics(tree) -> dict[tuple[str, str], str]:
    """The cells beside a figure, by group and statistic; the test stands under group ``""``.

    The range over other data sets stands apart, under ``across-`` and the statistic.
    """
    cells = {}
    for row in with_prop(tree, "data-group"):
        group = row.to_plotly_json()["props"]["data-group"]
        for cell in with_prop(row, "data-statistic"):
            name = cell.to_plotly_json()["props"]["data-statistic"]
            ranges = with_class(cell, "across")
            beside = "".join(text(one) for one in ranges)
            cells[group, name] = text(cell).removesuffix(beside) if beside else text(cell)
            if beside:
                cells[group, f"across-{name}"] = beside.strip("[]")
    for cell in with_prop(tree, "data-statistic", "p"):
        cells["", "p"] = text(cell)
    return cells
