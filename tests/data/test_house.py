"""Rules of the ground floor: who opens a study's file, and who may name an optional part."""

from __future__ import annotations

import ast

from data.sections.all import SECTIONS
from tests.house.files import ROOT, modules

SOURCES = ROOT / "data" / "sources"
READING = ROOT / "data" / "reading"
# Makes the shipped pseudo-patients and writes their files; the product does not import it.
RECONSTRUCTION = ROOT / "data" / "reconstruction"
# Its files are the server's own and no study's: who may see what, and who looked.
SERVER = ROOT / "callbacks" / "server"
# Reads a study in a process of its own, by its source, and answers through a pipe.
APART = ROOT / "data" / "apart"
ELSEWHERE = {SOURCES, READING, RECONSTRUCTION, SERVER, APART}
OPENING = {"open", "fdopen", "read_text", "read_bytes", "read_csv", "read_excel", "read_parquet"}
# Files that ship with the product and belong to no study, and those that become one.
OF_THE_PRODUCT = {
    "data/glossary.py",
    "data/importing/by_format.py",
    "data/importing/files.py",
    "data/importing/headings.py",
    "data/trials.py",
    "data/warehouse/sandbox.py",
}


def trees(*floors: str) -> dict[str, ast.Module]:
    """Every module of some floors outside the sources and their readers, parsed, by its path."""
    return {
        module.path: module.tree
        for module in modules()
        if module.room in floors and not ELSEWHERE & set((ROOT / module.path).parents)
    }


def openings(tree: ast.AST) -> list[int]:
    """Lines on which a file is opened."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [
        call.lineno
        for call in calls
        if (isinstance(call.func, ast.Name) and call.func.id in OPENING)
        or (isinstance(call.func, ast.Attribute) and call.func.attr in OPENING)
    ]


def modules_used(tree: ast.AST) -> set[str]:
    """Every module from which something is imported."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            # ``from data.sources import texts`` imports a module too.
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_nothing_but_the_sources_opens_a_file():
    found = {
        path: lines
        for path, tree in trees("data", "analysis", "layouts", "callbacks").items()
        if (lines := openings(tree))
    }
    assert found == {}


def test_the_readers_of_files_are_used_by_the_sources_only():
    """Everything else asks its Source, or reads what ships with the product."""
    readers = {f"data.sources.{path.stem}" for path in SOURCES.glob("*.py")}
    no_readers = ("source", "all", "listing", "listening", "once", "held", "__init__")
    readers -= {f"data.sources.{name}" for name in no_readers}
    readers |= {f"data.reading.{path.stem}" for path in READING.glob("*.py")}
    readers -= {"data.reading.raw", "data.reading.__init__"}
    assert {"data.sources.texts", "data.reading.table"} <= readers
    parsed = trees("data", "analysis", "layouts", "callbacks")
    assert {path for path, tree in parsed.items() if modules_used(tree) & readers} == (
        OF_THE_PRODUCT
    )


def test_declaring_and_loading_name_no_section():
    parsed = trees("data")
    for path in ("data/declaration.py", "data/load.py"):
        used = {name for name in modules_used(parsed[path]) if name.startswith("data.sections.")}
        rooms = {name.split(".")[2] for name in used}
        assert rooms <= {"all", "section"}, path
        texts = {n.value for n in ast.walk(parsed[path]) if isinstance(n, ast.Constant)}
        assert not texts & {section.name for section in SECTIONS}, path


def test_the_tests_above_can_fail():
    bad = ast.parse(
        "from data.sources import texts\n"
        "import data.sources.version\n"
        "def f(folder):\n"
        "    (folder / 'a.csv').read_text()\n"
        "    return open(folder), pd.read_csv(folder)\n"
    )
    assert openings(bad) == [4, 5, 5]
    assert modules_used(bad) >= {"data.sources.texts", "data.sources.version"}
    assert openings(ast.parse("text = 'open(file)'\nopened = source.table(file)")) == []
