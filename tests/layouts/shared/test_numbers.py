"""A number has one name: keys are declared in a page's ``numbers.py`` and typed nowhere else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

import pytest

from layouts.shared.numbers import NO_KEY, Number, by_key, p_key
from tests.house.files import Module, module_of, modules

# What takes a key, and in which of its arguments.
READS = {"html": 0, "words": 0, "bracket": 0, "open_on": 0, "get": 0, "p_key": 0, "Number": 0}


def pages_with_numbers(all_modules: Iterable[Module]) -> dict[str, ast.Module]:
    """Name of each page that declares numbers, with what declares them."""
    found = ((re.fullmatch(r"layouts\.(\w+)\.numbers", m.name), m.tree) for m in all_modules)
    return {match[1]: tree for match, tree in found if match and match[1] != "shared"}


def beginning(node: ast.expr) -> str | None:
    """A text, or what stands before the first blank of one; None for anything else."""
    if isinstance(node, ast.JoinedStr) and node.values:
        node = node.values[0]
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, str) else None


def statistics_of(tree: ast.Module) -> set[str]:
    """The first words of the keys that a module declares."""
    tuples = (n for n in ast.walk(tree) if isinstance(n, ast.Tuple) and n.elts)
    return {text for text in (beginning(one.elts[0]) for one in tuples) if text}


def is_typed_key(node: ast.AST, statistics: set[str]) -> bool:
    """Whether an expression is a tuple of a statistic and places that are not words."""
    if not isinstance(node, ast.Tuple) or not node.elts:
        return False
    if beginning(node.elts[0]) not in statistics:
        return False
    return len(node.elts) == 1 or isinstance(node.elts[1], ast.Name | ast.Attribute | ast.Starred)


def typed_keys(all_modules: Iterable[Module]) -> list[str]:
    """Keys written out of words beside the file that declares them, and statistics read of one."""
    all_modules = list(all_modules)
    declared = pages_with_numbers(all_modules)
    # A page with many numbers declares them in files of one idea each.
    more = [m.tree for m in all_modules if re.fullmatch(r"layouts\.\w+\.\w+_numbers", m.name)]
    statistics = {one for tree in (*declared.values(), *more) for one in statistics_of(tree)}
    found = []
    for module in all_modules:
        parts = module.name.split(".")
        if module.room not in ("layouts", "callbacks") or parts[-1].endswith("numbers"):
            continue
        found += [
            f"{module.path}:{node.lineno} {ast.unparse(node)[:60]}"
            for node in ast.walk(module.tree)
            if is_typed_key(node, statistics) or _given(node) or _compared(node, statistics)
        ]
    return found


def _given(node: ast.AST) -> bool:
    """Whether a call is given a key that is made of words on the spot."""
    if not isinstance(node, ast.Call) or not node.args:
        return False
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name not in READS:
        return False
    key = node.args[READS[name]]
    return isinstance(key, ast.Tuple) and bool(key.elts) and bool(beginning(key.elts[0]))


def _compared(node: ast.AST, statistics: set[str]) -> bool:
    """Whether a part of a key is compared with the name of a statistic."""
    if not isinstance(node, ast.Compare):
        return False
    of_key = any(
        isinstance(one, ast.Subscript) and getattr(one.value, "id", "") == "key"
        for one in ast.walk(node)
    )
    words = {beginning(one) for one in ast.walk(node) if isinstance(one, ast.expr)}
    return of_key or ("statistic" in ast.unparse(node.left) and bool(words & statistics))


def test_every_page_that_has_ranges_declares_its_numbers():
    declared = pages_with_numbers(modules())
    with_ranges = {
        module.name.split(".")[1]
        for module in modules()
        if re.fullmatch(r"callbacks\.\w+\.ranges", module.name)
    }
    assert with_ranges == set(declared)
    for page, tree in declared.items():
        names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert "numbers_of" in names, page
        # The key of a p-value begins with this word.
        assert "p" not in statistics_of(tree), page


def test_no_key_is_typed_outside_the_file_that_declares_it():
    offenders = typed_keys(modules())
    assert not offenders, "\n".join(offenders)


@pytest.mark.parametrize(
    "line",
    [
        'across.html(("median", place), shown, words)',
        'across.html(("median", 0), shown, words)',
        'key = ("median", place)',
        'key = (f"survival-{month}", place)',
        'key = ("log-rank",)',
        'p_key(("cox", "crude"))',
        'across.ranges.get(("p",))',
        'if key[0] == "median":\n    pass',
        'if statistic == "median":\n    pass',
    ],
)
def test_a_typed_key_is_noticed(line):
    declares = 'LOG_RANK = ("log-rank",)\ndef median(place):\n    return ("median", place)\n'
    declares += 'def survival(month, place):\n    return (f"survival-{month}", place)'
    files = {"layouts/a/numbers.py": declares, "layouts/a/side.py": line}
    found = typed_keys([module_of(path, text) for path, text in files.items()])
    assert {one.split(":")[0] for one in found} == {"layouts/a/side.py"}


def test_what_is_no_key_is_left_alone():
    declares = 'def median(place):\n    return ("median", place)'
    other = 'COLUMNS = ("median", "lower")\nacross.html(median(place), "median", words)\n'
    files = {"layouts/a/numbers.py": declares, "layouts/a/side.py": other}
    assert typed_keys([module_of(path, text) for path, text in files.items()]) == []


def test_a_number_and_the_key_of_its_p():
    one = Number(("hazard-ratio",), 0.69, 0.5, 0.95, 0.02)
    assert one.estimate == (0.69, 0.5, 0.95)
    assert by_key([one]) == {("hazard-ratio",): one}
    assert p_key(one.key) not in by_key([one])
    assert NO_KEY not in by_key([one])
