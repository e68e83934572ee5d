"""The house: who may import whom, who may know which words, and what no file may say."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from dash import dcc

from callbacks.pages import OPTION_NAMES, PAGES
from data.address import default_view
from data.catalog import load_catalog
from data.grammar import GRAMMAR
from layouts.shared.graph import CONFIG
from tests.trees import components
from tests.views import Views

ROOT = Path(__file__).parents[1]
# What makes the shipped pseudo-patients; it knows their study, and the product does not know it.
RECONSTRUCTION = ROOT / "data" / "reconstruction"
FLOORS = ("analysis", "data", "layouts", "callbacks")
# A room may import from itself, from these, and from nothing else of the project.
BELOW = {
    "analysis": set(),
    "data": set(),
    "layouts": {"analysis", "data"},
    "callbacks": {"analysis", "data", "layouts"},
    "app": {"analysis", "data", "layouts", "callbacks", "settings"},
    "settings": set(),
    "gunicorn": {"callbacks", "settings"},
}
FORBIDDEN_PACKAGES = {
    "analysis": {"dash", "dash_mantine_components", "plotly", "flask"},
    "data": {"dash", "dash_mantine_components", "plotly", "flask", "lifelines"},
    "settings": {"dash", "plotly", "flask", "numpy", "pandas"},
}
PRIVATE = {".venv", ".git", ".hypothesis", ".ruff_cache", ".pytest_cache", "__pycache__"}
CATALOG = load_catalog()


def modules() -> list[Path]:
    """Every Python file of the project but its tests."""
    found = [path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py"))]
    return [*found, *sorted(ROOT.glob("*.py"))]


def project_files() -> Iterator[Path]:
    """Every file that belongs to the project."""
    for folder, inner, names in os.walk(ROOT):
        inner[:] = sorted(name for name in inner if name not in PRIVATE)
        yield from (Path(folder) / name for name in sorted(names))


def room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].partition(".")[0]


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def imported(tree: ast.AST) -> set[str]:
    """Top-level packages named by any import in a tree; relative imports as ``.``."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0] if not node.level else ".")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if called in ("import_module", "__import__"):
                names.add("an import by name")
    return names


def at_import(tree: ast.Module) -> Iterator[ast.AST]:
    """The nodes that run when a module is imported: all but the bodies of functions."""
    stack: list[ast.AST] = [tree]
    while stack:
        node = stack.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            stack.extend(ast.iter_child_nodes(node))


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_there_is_something_to_look_at():
    found = {room(path) for path in modules()}
    assert found == set(BELOW)
    assert len(modules()) > 50


@pytest.mark.parametrize("path", modules(), ids=relative)
def test_a_room_imports_only_from_rooms_below(path):
    inside = imported(tree_of(path))
    assert "." not in inside, "imports are written with the room's name"
    assert "an import by name" not in inside
    # "gunicorn" is then the server itself: its settings are no module.
    rooms = {name for name in inside if name in BELOW} - {room(path), "gunicorn"}
    assert rooms <= BELOW[room(path)]
    assert not inside & FORBIDDEN_PACKAGES.get(room(path), set())
    assert "tests" not in inside


def test_the_product_does_not_import_the_reconstruction():
    """It needs packages that only developers have."""
    inside = [path for path in modules() if RECONSTRUCTION in path.parents]
    statement = re.compile(
        r"^\s*(from|import) +data\.reconstruction\b|import +reconstruction\b", re.M
    )
    knowing = [path for path in modules() if statement.search(path.read_text("utf-8"))]
    assert knowing
    assert set(knowing) <= set(inside)


@pytest.mark.parametrize("path", modules(), ids=relative)
def test_lifelines_is_imported_only_where_it_is_called(path):
    """It costs more than half a second, which neither the start nor an ordinary view pays."""
    tops = [
        node for node in at_import(tree_of(path)) if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not any("lifelines" in imported(node) for node in tops)


def test_the_import_test_sees_what_it_must():
    """The tests above can fail: the same functions on code that breaks the rules."""
    bad = ast.parse("import dash.html\nfrom layouts.words import p_value\ndef f():\n    import app")
    assert imported(bad) == {"dash", "layouts", "app"}
    assert "lifelines" in {
        name
        for node in at_import(ast.parse("if True:\n    import lifelines"))
        if isinstance(node, ast.Import)
        for name in imported(node)
    }
    hidden = ast.parse("def f():\n    import lifelines")
    assert not [node for node in at_import(hidden) if isinstance(node, ast.Import)]


def vocabulary() -> set[str]:
    """Words that only a study's own folder may know."""
    words = set()
    for study in CATALOG.studies:
        words |= {study.id, study.title}
        words |= {variable.id for variable in study.variables}
        words |= {variable.column for variable in study.variables}
        words |= {endpoint.id for endpoint in study.endpoints}
        words |= {arm.label for arm in study.arms} | {arm.level for arm in study.arms}
        words |= {s.id for s in study.analysis_sets}
    # The arm's variable has its name in every study, by the link grammar.
    return words - {"arm"}


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every string constant that is no docstring."""
    tree = tree_of(path)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in docstrings:
            yield node.lineno, node.value


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in modules()
        if room(path) not in ("settings", "gunicorn") and RECONSTRUCTION not in path.parents
    ],
    ids=relative,
)
def test_no_code_knows_a_study(path):
    known = vocabulary()
    assert "soramic" in known
    assert not [(line, text) for line, text in texts(path) if text in known]
    # A title or an id must not stand within a longer text either.
    titles = [word for study in CATALOG.studies for word in (study.id, study.title)]
    found = [
        (line, text)
        for line, text in texts(path)
        for title in titles
        if re.search(rf"\b{re.escape(title)}\b", text, re.I)
    ]
    assert not found


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks_name_no_registry(name):
    text = (ROOT / name).read_text("utf-8")
    assert "--hash=sha256:" in text
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links|--trusted-host", text)


def test_there_is_no_other_lock():
    """Locks of other tools record the address of the index that they were made with."""
    locks = [path for path in project_files() if path.name.endswith("lock")]
    assert sorted(map(relative, locks)) == ["requirements-dev.lock", "requirements.lock"]


def test_options_are_words_of_the_link_grammar():
    """An option that a variable could also be called would make a link ambiguous."""
    assert OPTION_NAMES
    for page, names in OPTION_NAMES.items():
        assert not names & GRAMMAR, page


def test_no_study_uses_a_word_of_the_grammar():
    reserved = GRAMMAR.union(*OPTION_NAMES.values())
    for study in CATALOG.studies:
        assert not {variable.id for variable in study.variables} & reserved


def test_app_is_short():
    assert len((ROOT / "app.py").read_text("utf-8").splitlines()) < 100


def graphs(tree) -> list[dcc.Graph]:
    return [one for one in components(tree) if isinstance(one, dcc.Graph)]


def assert_private(graph: dcc.Graph) -> None:
    """No button and no address through which a figure could leave the house."""
    assert graph.config["showSendToCloud"] is False
    assert graph.config["plotlyServerURL"] == ""
    assert graph.config["displaylogo"] is False
    assert not graph.config.get("showLink")


def test_every_graph_of_every_page_keeps_the_figure_in_the_house():
    for study in CATALOG.studies:
        for page in PAGES:
            for graph in graphs(page.build(study, default_view(study, page.id))):
                assert_private(graph)


def test_every_graph_of_the_application_keeps_the_figure_in_the_house(dash_app):
    found = graphs(dash_app.validation_layout)
    assert {graph.id for graph in found} >= {"survival-graph"}
    for graph in [*found, *graphs(dash_app.layout)]:
        assert_private(graph)


def test_graphs_are_made_in_one_place_only():
    """A graph made elsewhere would come with plotly's own buttons."""
    makers = [
        relative(path)
        for path in modules()
        if any(
            isinstance(node, ast.Attribute) and node.attr == "Graph"
            for node in ast.walk(tree_of(path))
        )
    ]
    assert makers == ["layouts/shared/graph.py"]
    assert CONFIG["showSendToCloud"] is False


def test_analysis_and_data_run_without_dash():
    """They are ground floors: usable from a notebook."""
    code = (
        "import sys\n"
        "import data.address, analysis.survival_groups, analysis.witness, analysis.weibull\n"
        "heavy = {'dash', 'plotly', 'flask', 'lifelines'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or None)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_one_memory_for_each_server():
    first, second = (Views(CATALOG, "survival") for _ in range(2))
    query = f"study={CATALOG.studies[0].id}"
    assert first(query).result is first(query).result
    assert first(query).result is not second(query).result
