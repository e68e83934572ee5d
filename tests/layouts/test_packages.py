"""Which package of the layouts may import from which: no circle, and no page from a shared one."""

from __future__ import annotations

import ast
from pathlib import Path

LAYOUTS = Path(__file__).parents[2] / "layouts"
# What a package that is no page may import from; all else are pages.
BELOW = {"shared": set(), "charts": {"shared"}, "frame": {"shared"}}
# "Other trials" shows a survival view of the cohort with all its cautions.
SHOWN_WHOLE = {("trials", "layouts.survival.words")}


def imports() -> list[tuple[str, str, str]]:
    """(package, imported package, imported module) across packages of the layouts."""
    found = []
    for path in sorted(LAYOUTS.glob("*/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("layouts."):
                inner = node.module.split(".")[1]
                if inner != path.parent.name:
                    found.append((path.parent.name, inner, node.module))
    return found


def test_what_pages_share_imports_no_page():
    wrong = [one for one in imports() if one[0] in BELOW and one[1] not in BELOW[one[0]]]
    assert wrong == []


def test_a_page_takes_from_another_page_only_its_context():
    between = [one for one in imports() if one[0] not in BELOW and one[1] not in BELOW]
    assert {
        (page, module) for page, other, module in between if module != f"layouts.{other}.context"
    } == SHOWN_WHOLE
    # Nobody looks back at the page that looks at it.
    pairs = {(page, other) for page, other, _ in between}
    assert not pairs & {(other, page) for page, other in pairs}
