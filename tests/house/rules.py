"""The rules that the house keeps: each gives "file:line what" for whatever breaks it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from tests.house.files import Module, at_import, imports_of, texts

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
    "analysis": {"dash", "plotly", "flask"},
    "data": {"dash", "plotly", "flask", "lifelines"},
    "settings": {"dash", "plotly", "flask", "numpy", "pandas"},
}
# What makes the shipped pseudo-patients; it knows their study, and the product does not know it.
RECONSTRUCTION = "data.reconstruction"
# What stands around or below every page, and so knows none.
COMMON = (
    "layouts.shared",
    "layouts.charts",
    "layouts.tables",
    "layouts.slides",
    "layouts.office",
)
# The only module that knows each library of office files.
OFFICE = {"pptx": "layouts.office.deck", "docx": "layouts.office.document"}
# What a page may take from another one: what it is about, how its numbers are called, how it is
# asked (of rows, of counts), what it shows whole.
LENT = {"context", "options", "numbers", "ask", "counted", "ranges", "figure", "side"}
# "Other trials" shows a survival view of the cohort with all its cautions.
SHOWN_WHOLE = {("layouts.trials", "layouts.survival.words")}
# Where Dash itself keeps what is asked and answered.
STORES = "layouts/frame/shell.py"
# What holds sentences for a reader.
TEXTS = {"reason", "reasons", "words", "sentence", "text", "detail", "note", "said"}


def pages(all_modules: Iterable[Module]) -> set[str]:
    """Names of the folders that are a page: they have a ``page.py`` on the layouts' floor."""
    found = (re.fullmatch(r"layouts\.(\w+)\.page", module.name) for module in all_modules)
    return {match[1] for match in found if match} - {"frame"}


def upward_imports(all_modules: Iterable[Module]) -> list[str]:
    """Imports from a room that is not below, from the tests, and with dots or by name."""
    found = []
    for module in all_modules:
        allowed = BELOW[module.room] | {module.room, "gunicorn"}
        for one in module.imports:
            room = one.module.partition(".")[0]
            if (room in BELOW and room not in allowed) or room in ("", "tests"):
                found.append(f"{module.path}:{one.line} imports {one.module}")
        for node in ast.walk(module.tree):
            called = node.func if isinstance(node, ast.Call) else None
            name = getattr(called, "id", getattr(called, "attr", ""))
            if name in ("import_module", "__import__"):
                found.append(f"{module.path}:{node.lineno} imports by name")
    return found


def forbidden_packages(all_modules: Iterable[Module]) -> list[str]:
    """Libraries that a ground floor must do without."""
    return [
        f"{module.path}:{one.line} imports {one.module}"
        for module in all_modules
        for one in module.imports
        if one.module.partition(".")[0] in FORBIDDEN_PACKAGES.get(module.room, ())
    ]


def knowing_the_reconstruction(all_modules: Iterable[Module]) -> list[str]:
    """Modules outside the reconstruction that import it."""
    return [
        f"{module.path}:{one.line}"
        for module in all_modules
        for one in module.imports
        if not module.name.startswith(RECONSTRUCTION)
        and f"{one.module}.{one.name}".startswith(RECONSTRUCTION)
    ]


def imported_at_once(all_modules: Iterable[Module], package: str) -> list[str]:
    """Modules that import a package outside of functions."""
    return [
        f"{module.path}:{one.line} imports {one.module}"
        for module in all_modules
        for node in at_import(module.tree)
        for one in imports_of(node)
        if one.module.partition(".")[0] == package
    ]


def knowing_office_files(all_modules: Iterable[Module]) -> list[str]:
    """Modules but one that import a library of office files."""
    return [
        f"{module.path}:{one.line} imports {one.module}"
        for module in all_modules
        for one in module.imports
        if module.name != OFFICE.get(one.module.partition(".")[0], module.name)
    ]


def circles(all_modules: Iterable[Module]) -> list[str]:
    """Packages that import each other, directly or by others; a single file is one of its own.

    On the floor of the data the rooms are steps of one way (schema, section, study, source), so
    that every file of it counts by itself.
    """
    all_modules = list(all_modules)
    known = {module.name for module in all_modules}

    def unit(name: str) -> str:
        parts = name.split(".")
        return name if parts[0] == "data" else ".".join(parts[:2])

    towards: dict[str, set[str]] = {}
    for module in all_modules:
        for one in module.imports:
            target = (
                f"{one.module}.{one.name}" if f"{one.module}.{one.name}" in known else one.module
            )
            if target in known and unit(target) != unit(module.name):
                towards.setdefault(unit(module.name), set()).add(unit(target))
    reached: dict[str, set[str]] = {}
    for start in towards:
        seen, stack = set(), [start]
        while stack:
            for following in towards.get(stack.pop(), ()):
                if following not in seen:
                    seen.add(following)
                    stack.append(following)
        reached[start] = seen
    return sorted(name for name, seen in reached.items() if name in seen)


def common_rooms_that_know_a_page(all_modules: Iterable[Module]) -> list[str]:
    """What every page uses imports no page and nothing that stands around one."""
    all_modules = list(all_modules)
    known = {f"layouts.{name}" for name in pages(all_modules) | {"frame"}}
    return [
        f"{module.path}:{one.line} imports {one.module}"
        for module in all_modules
        if module.name.startswith(COMMON)
        for one in module.imports
        if ".".join(f"{one.module}.{one.name}".split(".")[:2]) in known
    ]


def taken_from_another_page(all_modules: Iterable[Module]) -> list[str]:
    """What a page imports from another, but for what pages lend each other."""
    all_modules = list(all_modules)
    known = pages(all_modules)
    found = []
    for module in all_modules:
        own = module.name.split(".")
        if len(own) < 3 or own[1] not in known:
            continue
        for one in module.imports:
            parts = f"{one.module}.{one.name}".split(".")
            other = parts[0] in ("layouts", "callbacks") and parts[1] in known - {own[1]}
            whole = (".".join(own[:2]), one.module) in SHOWN_WHOLE
            if other and parts[2] not in LENT and not whole:
                found.append(f"{module.path}:{one.line} imports {one.name} of {one.module}")
    return found


def pages_without_a_twin(all_modules: Iterable[Module]) -> list[str]:
    """Pages that have no folder with a ``page.py`` on one of the two floors."""
    all_modules = list(all_modules)
    names = {module.name for module in all_modules}
    folders = pages(all_modules) | {
        name.split(".")[1] for name in names if re.fullmatch(r"callbacks\.\w+\.page", name)
    }
    both = [
        f"{floor}.{name}.page" for name in sorted(folders) for floor in ("layouts", "callbacks")
    ]
    return [name for name in both if name not in names]


def named_after_a_page(all_modules: Iterable[Module]) -> list[str]:
    """Files of the two upper floors that bear a page's name before another word."""
    all_modules = list(all_modules)
    heads = {head for name in pages(all_modules) for head in (name, name.removesuffix("s"))}
    return [
        module.path
        for module in all_modules
        if module.room in ("layouts", "callbacks")
        and module.name.rpartition(".")[2].partition("_")[0] in heads
        and "_" in module.name.rpartition(".")[2]
    ]


def imported_where_not_defined(all_modules: Iterable[Module]) -> list[str]:
    """Names taken from a module that has them from elsewhere."""
    all_modules = list(all_modules)
    by_name = {module.name: module for module in all_modules}
    own = {
        name: {one.known_as or one.module for one in module.imports}
        for name, module in by_name.items()
    }
    return [
        f"{module.path}:{one.line} imports {one.name} from {one.module}"
        for module in all_modules
        for one in module.imports
        if one.name in own.get(one.module, ()) and f"{one.module}.{one.name}" not in by_name
    ]


def _last_name(node: ast.AST) -> str:
    while isinstance(node, ast.Subscript | ast.Call):
        node = node.value if isinstance(node, ast.Subscript) else node.func
    return getattr(node, "attr", getattr(node, "id", ""))


def _holds(node: ast.AST, pattern: str) -> bool:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    said = [one.value for one in parts if isinstance(one, ast.Constant)]
    return any(isinstance(text, str) and re.search(pattern, text) for text in said)


def texts_read_again(all_modules: Iterable[Module]) -> list[str]:
    """Sentences that code searches for words or edits; a reason is a code that has words."""
    found = []
    for module in all_modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "replace":
                bad = bool(node.args) and _holds(node.args[0], "[a-z] | [a-z]")
            elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
                bad = (
                    _holds(node.left, "[a-z]{2}|<[a-z]")
                    and _last_name(node.comparators[0]) in TEXTS
                )
            else:
                continue
            if bad:
                found.append(f"{module.path}:{node.lineno} {ast.unparse(node)}")
    return found


def knowing_a_study(all_modules: Iterable[Module], words: set[str], within: set[str]) -> list[str]:
    """Texts in code that are a study's word, or that hold one of ``within``."""
    inside = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in sorted(within)), re.I)
    return [
        f"{module.path}:{line} {text!r}"
        for module in all_modules
        if module.room not in ("settings", "gunicorn")
        and not module.name.startswith(RECONSTRUCTION)
        for line, text in texts(module)
        if text in words or inside.search(text)
    ]


def makers_of_components(all_modules: Iterable[Module]) -> list[str]:
    """Imports of Dash's components: the frame keeps its stores, what is seen is HTML."""
    kinds = re.compile(r"dash\.(html|dcc|dash_table)\b|dash_\w+")
    return [
        f"{module.path}:{one.line} imports {one.name or one.module}"
        for module in all_modules
        if module.path != STORES
        for one in module.imports
        if kinds.match(f"{one.module}.{one.name}")
    ]


def drawn_with_plotly(scripts: Iterable[tuple[str, str]]) -> list[str]:
    """Calls of plotly by which a script draws into the page, as ``path calls name``."""
    draws = re.compile(r"\bPlotly\.(react|newPlot|plot|addFrames|downloadImage|sendDataToCloud)\b")
    return [f"{path} calls {match[1]}" for path, text in scripts for match in draws.finditer(text)]


def kept_from_the_formatter(files: Iterable[tuple[str, str]]) -> list[str]:
    """Lines of Python files that the formatter is told to leave as they are."""
    told = re.compile(r"#\s*fmt:\s*(skip|off)\b")
    return [
        f"{path}:{number}"
        for path, text in files
        for number, line in enumerate(text.splitlines(), start=1)
        if told.search(line)
    ]
