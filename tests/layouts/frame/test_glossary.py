"""The glossary's dialog and text, and what the pointer says of the endpoints."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path

from data.glossary import Term, TermGroup, shipped_glossary
from data.study import Endpoint, Variable
from layouts.frame.glossary import glossary, glossary_text, study_groups
from layouts.frame.shell import frame
from layouts.shared.controls import endpoint_control, endpoint_meanings
from tests.trees import text as words_of
from tests.trees import with_class, with_id
from tests.views import Views

GROUPS = (TermGroup("Words", (Term("Hazard", "A <risk>."),)),)


def test_every_page_has_the_button_and_a_named_dialog():
    tree = frame()
    button, dialog = with_id(tree, "glossary-button"), with_id(tree, "glossary")
    assert words_of(with_id(dialog, dialog["aria-labelledby"])) == "Glossary"
    assert button["aria-haspopup"] == "dialog"


def test_the_glossary_costs_the_pages_nothing_before_it_is_opened():
    assert words_of(with_id(glossary(), "glossary-text")) == ""
    assert len(glossary()) < 1000


def test_the_words_of_the_study_stand_around_those_of_the_product(edges):
    text = glossary_text(edges, GROUPS)
    heads = ["Endpoints of Edge study", "Words", "Variables of Edge study"]
    assert [text.index(f"<h3>{head}</h3>") for head in heads] == sorted(
        text.index(f"<h3>{head}</h3>") for head in heads
    )
    assert "<dt>OS (overall survival)</dt><dd>Time from randomisation to death.</dd>" in text
    assert "for patients who progressed." in text
    assert "death without relapse is counted as censored." in text
    assert "<dt>Stage</dt><dd>Stage of the disease</dd>" in text
    assert "A &lt;risk&gt;." in text


def test_without_a_study_the_words_of_the_product_stand_alone():
    text = glossary_text(None, shipped_glossary())
    assert "Endpoints of" not in text
    assert "Hazard ratio" in text


def test_a_meaning_that_says_nothing_more_is_left_out(edges):
    def variable(label: str, meaning: str) -> Variable:
        return Variable(label.lower(), label, label, "categorical", "G", meaning=meaning)

    given = (
        variable("AFP", "AFP: alpha-fetoprotein"),
        variable("Ascites", "ascites"),
        variable("Sex", ""),
    )
    _, (group,) = study_groups(replace(edges, variables=given))
    assert group.terms == (Term("AFP", "alpha-fetoprotein"),)
    assert study_groups(replace(edges, variables=given[1:]))[1] == ()


def test_a_label_that_is_the_name_is_not_said_twice(edges):
    same = Endpoint("x", "Relapse", "relapse", "Relapse", "t", "e", "", "surgery")
    (group,), _ = study_groups(replace(edges, endpoints=(same,)))
    assert group.terms[0] == Term("Relapse", "Time from surgery to relapse.")


def test_the_pointer_says_what_endpoints_stand_for(all_studies):
    study = all_studies.study("soramic")
    meanings = endpoint_meanings(study).split("\n")
    assert "TTP: Time to progression" in meanings
    assert len(meanings) == len(study.endpoints)
    view = Views(all_studies, "survival").read("study=soramic").view
    (control,) = with_class(endpoint_control(study, view), "endpoints")
    assert control["title"] == endpoint_meanings(study)


# Names of files and of a language, which no reader needs explained.
# Kinds of files, and what a reader writes.
NO_WORDS = {"SVG", "PNG", "CSV", "XPT", "SAS", "SPSS", "MB", "PDF", "TRUE"}


def spoken(path: Path) -> str:
    """All text of a module except its docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    bodies = [
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and isinstance(node.body[0], ast.Expr)
    ]
    told = {id(one) for one in bodies}
    return " ".join(
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    )


def test_every_abbreviation_of_the_pages_is_explained():
    """A new one in a layout fails until it stands in data/glossary.toml."""
    terms = [one for group in shipped_glossary() for one in group.terms]
    known = set(re.findall(r"\w+", " ".join(f"{one.term} {one.meaning}" for one in terms)))
    folder = Path(__file__).parents[3] / "layouts"
    text = " ".join(spoken(path) for path in sorted(folder.rglob("*.py")))
    found = set(re.findall(r"(?<![\w#&/-])[A-Z]{2,6}(?![\w-])", text))
    assert {"HR", "CI"} <= found
    assert found - known - NO_WORDS == set()
