"""The house: who may import whom, who may know which words, and what no file may say."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import partial

import pytest

from callbacks.pages import OPTION_NAMES, PAGES, SERVED
from data.address import default_view
from data.grammar import GRAMMAR, OPTIONS
from data.load import load_study
from data.study import Study
from layouts.frame.page import Page
from layouts.frame.shell import stores
from layouts.shared.look import Look
from layouts.shared.theme import LIGHT
from tests.house import rules
from tests.house.files import ROOT, module_of, modules, project_files, relative
from tests.shipped import load_catalog
from tests.studies.safety import write_events
from tests.trees import with_prop
from tests.views import PageViews, Views

LIFELINES = partial(rules.imported_at_once, package="lifelines")
# Every rule with files that break it, and how often.
BROKEN = {
    "upward": (
        rules.upward_imports,
        {
            "layouts/a.py": "from callbacks.b import c\nfrom . import d\nimport tests.trees",
            "data/a.py": "def f():\n    import app\n    importlib.import_module('x')",
        },
        5,
    ),
    "components": (
        rules.makers_of_components,
        {
            "layouts/a.py": "from dash.html import Div\nfrom dash import Dash, dcc",
            "layouts/b.py": "import dash_mantine_components as dmc\nfrom dash import Input",
        },
        3,
    ),
    "packages": (rules.forbidden_packages, {"data/a.py": "import numpy\nimport dash.html"}, 1),
    "reconstruction": (
        rules.knowing_the_reconstruction,
        {
            "data/a.py": "from data import reconstruction",
            "app.py": "import data.reconstruction.soramic.search",
            "data/reconstruction/b.py": "from data.reconstruction import c",
        },
        2,
    ),
    "lifelines": (
        LIFELINES,
        {
            "layouts/a.py": "if True:\n    from lifelines import statistics",
            "layouts/b.py": "def f():\n    import lifelines",
        },
        1,
    ),
    "office": (
        rules.knowing_office_files,
        {
            "layouts/office/deck.py": "from pptx import Presentation",
            "layouts/office/document.py": "from docx.shared import Pt\nfrom pptx.util import Pt",
            "callbacks/slides/routes.py": "def f():\n    import docx",
        },
        2,
    ),
    "circles": (
        rules.circles,
        {
            "layouts/a/one.py": "from layouts.b.two import x",
            "layouts/a/three.py": "from layouts.a.one import y",
            "layouts/b/two.py": "def f():\n    from layouts.c import four",
            "layouts/c/four.py": "from layouts.a import three",
            "layouts/d.py": "from layouts.a import one",
            "data/a/one.py": "from data.b import two",
            "data/b/two.py": "x = 1",
            "data/b/three.py": "from data.a import one",
            "data/c.py": "from data.d import x",
            "data/d.py": "from data.c import y",
        },
        5,
    ),
    "common": (
        rules.common_rooms_that_know_a_page,
        {
            "layouts/arms/page.py": "from layouts.shared import parts",
            "layouts/shared/parts.py": "from layouts.arms import words\nimport layouts.frame.rail",
            "layouts/charts/km.py": "from layouts import arms\nfrom layouts.shared import parts",
        },
        3,
    ),
    "lent": (
        rules.taken_from_another_page,
        {
            "layouts/arms/page.py": "from layouts.survival import figure, words",
            "layouts/survival/page.py": "from layouts.arms.context import ArmContext",
            "callbacks/survival/page.py": "from callbacks.arms.rows import rows",
        },
        2,
    ),
    "twins": (
        rules.pages_without_a_twin,
        {
            "layouts/arms/page.py": "",
            "callbacks/arms/rows.py": "",
            "callbacks/safety/page.py": "",
        },
        2,
    ),
    "prefixes": (
        rules.named_after_a_page,
        {
            "layouts/arms/page.py": "",
            "layouts/charts/arm_curve.py": "",
            "callbacks/arms_rows.py": "",
            "analysis/arm_difference.py": "",
        },
        2,
    ),
    "definitions": (
        rules.imported_where_not_defined,
        {
            "layouts/a.py": "from math import inf\nfrom layouts import b\nX = inf",
            "layouts/b.py": "from layouts.a import X, inf\nfrom layouts import a",
        },
        1,
    ),
    "texts": (
        rules.texts_read_again,
        {
            "layouts/a.py": "\n".join(
                (
                    "fit.reasons[0].replace('x1 is not', 'Not')",
                    "text.replace(f'{term} is not', 'Not')",
                    "'randomi' in one.reason",
                    "'<b>' not in words",
                    "'arm' in names and '-'.replace('-', '_')",
                )
            )
        },
        4,
    ),
}


@pytest.fixture(scope="module")
def shipped():
    """The shipped studies."""
    return load_catalog()


def test_there_is_something_to_look_at():
    assert {module.room for module in modules()} == set(rules.BELOW)
    assert len(modules()) > 50
    assert rules.pages(modules()) == {page.build.__module__.split(".")[1] for page in PAGES}


@pytest.mark.parametrize("name", BROKEN)
def test_a_rule_is_kept(name):
    offenders = BROKEN[name][0](modules())
    assert not offenders, "\n".join(offenders)


@pytest.mark.parametrize("name", BROKEN)
def test_a_rule_that_is_broken_is_noticed(name):
    rule, files, offences = BROKEN[name]
    found = rule([module_of(path, text) for path, text in files.items()])
    assert len(found) == offences, "\n".join(found)


def test_every_page_folder_is_served_once():
    served = [one.page.build.__module__.split(".")[1] for one in SERVED]
    assert sorted(served) == sorted(rules.pages(modules()))
    assert len({one.page.id for one in SERVED}) == len(SERVED)


def test_every_file_has_a_name_of_its_own():
    names = [name for one in SERVED for name in one.files]
    assert len(names) > 20
    assert not {name for name in names if names.count(name) > 1}


def linked_files(page: Page, study: Study, kind: str) -> list[str]:
    """Names of the files that a page of a study links to as one kind of file."""
    links = with_prop(page.build(study, default_view(study, page.id)), "data-kind", kind)
    return [one["data-file"] for one in links if one["data-page"] == page.id]


@pytest.mark.parametrize("one", SERVED, ids=lambda one: one.page.id)
def test_every_file_is_linked_once(one, shipped, tmp_path):
    assert set(one.files) == set(one.page.files)
    # No shipped study knows the days of onset, whose file is linked where there are some.
    studies = (*shipped.studies, load_study(write_events(tmp_path) / "events"))
    linked = [linked_files(one.page, study, "csv") for study in studies]
    assert linked == [linked_files(one.page, study, "xlsx") for study in studies]
    assert all(len(names) == len(set(names)) for names in linked)
    assert set().union(*linked) == set(one.files)


@pytest.mark.parametrize("one", SERVED, ids=lambda one: one.page.id)
def test_an_answer_fills_exactly_the_parts_of_its_page(one, shipped):
    drawn = {"figure"} if one.page.figure_height is not None else set()
    for study in shipped.studies:
        context = PageViews(shipped)(one.page.id, f"study={study.id}")
        assert set(one.show(context, Look(LIGHT))) == set(one.page.parts) | drawn
        assert one.words(context).sentence


def words_of(catalog) -> tuple[set[str], set[str]]:
    """Words that only a study's own folder may know, and those of them that no text may hold."""
    words, titles = set(), set()
    for study in catalog.studies:
        titles |= {study.id, study.title}
        words |= {variable.id for variable in study.variables}
        words |= {variable.column for variable in study.variables}
        words |= {endpoint.id for endpoint in study.endpoints}
        words |= {arm.label for arm in study.arms} | {arm.level for arm in study.arms}
        words |= {s.id for s in study.analysis_sets}
    # The arm's variable has its name in every study, by the link grammar.
    return (words | titles) - {"arm"}, titles


def test_no_code_knows_a_study(shipped):
    words, titles = words_of(shipped)
    assert "soramic" in titles
    offenders = rules.knowing_a_study(modules(), words, titles)
    assert not offenders, "\n".join(offenders)
    bad = module_of("data/a.py", 'def f():\n    """Soramic."""\n    return "of SORAMIC", "bclc"')
    assert len(rules.knowing_a_study([bad], words, titles)) == 2


def test_no_line_is_kept_from_the_formatter():
    files = [
        (relative(one), one.read_text("utf-8")) for one in project_files() if one.suffix == ".py"
    ]
    assert len(files) > 300
    offenders = rules.kept_from_the_formatter(files)
    assert not offenders, "\n".join(offenders)
    assert rules.kept_from_the_formatter([("a.py", "x = 1\ny = 2  # fmt" + ": skip")]) == ["a.py:2"]


LOCKS = [
    "requirements-dev.lock",
    "requirements-engines.lock",
    "requirements-postgres.lock",
    "requirements-spark.lock",
    "requirements.lock",
]


@pytest.mark.parametrize("name", LOCKS)
def test_locks_name_no_registry(name):
    text = (ROOT / name).read_text("utf-8")
    assert "--hash=sha256:" in text
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links|--trusted-host", text)


def test_there_is_no_other_lock():
    """Locks of other tools record the address of the index that they were made with."""
    locks = [path for path in project_files() if path.name.endswith("lock")]
    assert sorted(map(relative, locks)) == LOCKS


def test_options_are_words_of_the_link_grammar():
    """An option that a variable could also be called would make a link ambiguous."""
    assert OPTION_NAMES
    for page, names in OPTION_NAMES.items():
        assert not names & GRAMMAR, page


def test_no_study_uses_a_word_of_the_grammar(shipped):
    reserved = GRAMMAR.union(*OPTION_NAMES.values())
    for study in shipped.studies:
        assert not {variable.id for variable in study.variables} & reserved


def test_app_is_short():
    assert len((ROOT / "app.py").read_text("utf-8").splitlines()) < 100


def scripts() -> list[tuple[str, str]]:
    return [(path.name, path.read_text("utf-8")) for path in sorted((ROOT / "assets").glob("*.js"))]


def test_figures_are_drawn_in_one_place_that_keeps_them_in_the_house():
    """No button and no address through which a figure could leave; plotly has both by itself."""
    assert rules.drawn_with_plotly(scripts()) == ["figure.js calls react"]
    text = dict(scripts())["figure.js"]
    config = dict(
        re.findall(r"^    (\w+): (\S+?),?$", re.search(r"CONFIG = {(.*?)}", text, re.S)[1], re.M)
    )
    assert config["showSendToCloud"] == "false"
    assert config["plotlyServerURL"] == '""'
    assert config["displaylogo"] == config["displayModeBar"] == "false"
    assert "showLink" not in config
    assert re.search(r"Plotly\.react\([^()]*, CONFIG\);", text)
    elsewhere = [
        ("other.js", "window.Plotly.newPlot(a); Plotly.downloadImage(b); Plotly.toImage(c)")
    ]
    assert len(rules.drawn_with_plotly(elsewhere)) == 2


def test_what_dash_itself_keeps_is_stores():
    """Everything else on the screen is HTML, which needs no component and no library of them."""
    assert {type(one).__name__ for one in stores()._traverse()} == {"Store"}


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


def test_one_memory_for_each_server(shipped):
    first, second = (Views(shipped, "survival") for _ in range(2))
    query = f"study={shipped.studies[0].id}"
    assert first(query).result is first(query).result
    assert first(query).result is not second(query).result


def test_an_id_that_is_made_up_is_no_option_of_a_page():
    assert frozenset().union(*OPTION_NAMES.values()) <= OPTIONS | GRAMMAR
