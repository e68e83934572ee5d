"""The files of the house, each read once, and what they import."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
FLOORS = ("analysis", "data", "layouts", "callbacks")
PRIVATE = {".venv", ".git", ".hypothesis", ".ruff_cache", ".pytest_cache", "__pycache__"}


@dataclass(frozen=True)
class Import:
    """One imported name: ``from module import name``, or ``import module`` with an empty name.

    ``known_as`` is what the file calls it.
    """

    module: str
    name: str
    line: int
    known_as: str = ""


@dataclass(frozen=True)
class Module:
    """A Python file.

    Attributes
    ----------
    path : str
        Within the project.
    text : str
    tree : ast.Module
    """

    path: str
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """As it is imported."""
        return self.path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")

    @property
    def room(self) -> str:
        """The first part of its name."""
        return self.name.partition(".")[0]

    @cached_property
    def imports(self) -> list[Import]:
        """Every import, within functions too; a relative one has a dot before its module."""
        return [one for node in ast.walk(self.tree) for one in imports_of(node)]


def imports_of(node: ast.AST) -> list[Import]:
    """What one node imports."""
    if isinstance(node, ast.Import):
        return [
            Import(alias.name, "", node.lineno, alias.asname or alias.name) for alias in node.names
        ]
    if isinstance(node, ast.ImportFrom):
        module = "." * node.level + (node.module or "")
        return [
            Import(module, alias.name, node.lineno, alias.asname or alias.name)
            for alias in node.names
        ]
    return []


def module_of(path: str, text: str) -> Module:
    """A module from its text."""
    return Module(path, text, ast.parse(text, path))


@cache
def modules() -> tuple[Module, ...]:
    """Every Python file of the project but its tests."""
    paths = [path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py"))]
    paths += sorted(ROOT.glob("*.py"))
    return tuple(module_of(relative(path), path.read_text("utf-8")) for path in paths)


def relative(path: Path) -> str:
    """A path within the project."""
    return path.relative_to(ROOT).as_posix()


def project_files() -> Iterator[Path]:
    """Every file that belongs to the project."""
    for folder, inner, names in os.walk(ROOT):
        inner[:] = sorted(name for name in inner if name not in PRIVATE)
        yield from (Path(folder) / name for name in sorted(names))


def at_import(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes that run when a module is imported: all but the bodies of functions."""
    stack = [tree]
    while stack:
        node = stack.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            stack.extend(ast.iter_child_nodes(node))


def texts(module: Module) -> Iterator[tuple[int, str]]:
    """Line and text of every string constant that is no docstring."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(module.tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(module.tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in docstrings:
            yield node.lineno, node.value
