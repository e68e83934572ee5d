"""The glossary: a dialog that the header of every page opens, and its text.

The dialog is the browser's own and empty; its text is fetched when a reader opens it, so that it
costs the pages nothing. See assets/glossary.js.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from data.glossary import Term, TermGroup
from data.study import Endpoint, Study, Variable
from layouts.shared.html import joined, tag
from layouts.shared.words import within


def glossary() -> Markup:
    """The button and the dialog."""
    return tag(
        "div",
        [
            tag(
                "button",
                [
                    tag("span", "Glossary", class_="glossary-word"),
                    tag("span", "?", class_="glossary-sign", **{"aria-hidden": "true"}),
                ],
                id="glossary-button",
                class_="quiet-link",
                **{"aria-haspopup": "dialog"},
            ),
            tag(
                "dialog",
                [
                    tag(
                        "div",
                        [
                            tag("h2", "Glossary", id="glossary-title"),
                            tag("button", "Close", id="glossary-close", class_="link"),
                        ],
                        class_="glossary-head",
                    ),
                    tag("div", id="glossary-text", class_="glossary-text"),
                ],
                id="glossary",
                class_="glossary",
                **{"aria-labelledby": "glossary-title"},
            ),
        ],
    )


def glossary_text(study: Study | None, groups: Iterable[TermGroup]) -> str:
    """The words of a study, where there is one, and those of the product, as HTML."""
    search = joined(
        tag(
            "label",
            "Find ",
            tag("input", type="search", id="glossary-find", autocomplete="off"),
            class_="glossary-find",
        ),
        tag("p", id="glossary-none", role="status"),
    )
    endpoints, variables = study_groups(study)
    return search + joined(_section(one) for one in (*endpoints, *groups, *variables))


def study_groups(study: Study | None) -> tuple[tuple[TermGroup, ...], tuple[TermGroup, ...]]:
    """What the study itself says about its endpoints and about its variables."""
    if study is None:
        return (), ()
    endpoints = tuple(
        Term(_endpoint_name(one, study), _endpoint(one, study)) for one in study.endpoints
    )
    variables = [Term(v.label, _variable(v)) for v in study.variables]
    # A meaning that only repeats the label explains nothing.
    told = tuple(v for v in variables if v.meaning and v.meaning.casefold() != v.term.casefold())
    named = TermGroup(f"Variables of {study.title}", told)
    return (TermGroup(f"Endpoints of {study.title}", endpoints),), (named,) if told else ()


def _variable(variable: Variable) -> str:
    """The meaning without the label that some begin with: ``AFP: alpha-fetoprotein``."""
    return variable.meaning.removeprefix(f"{variable.label}: ").strip()


def _endpoint_name(endpoint: Endpoint, study: Study) -> str:
    same = endpoint.label.casefold() == endpoint.name.casefold()
    return endpoint.label if same else f"{endpoint.label} ({within(endpoint.name, study)})"


def _endpoint(endpoint: Endpoint, study: Study) -> str:
    words = f"Time from {endpoint.origin} to {within(endpoint.event_name, study)}"
    if endpoint.population:
        words += f", for {endpoint.population}"
    if endpoint.competing:
        words += f"; {endpoint.competing} is counted as censored"
    return f"{words}."


def _section(group: TermGroup) -> str:
    rows = joined(tag("div", tag("dt", one.term), tag("dd", one.meaning)) for one in group.terms)
    return tag("section", tag("h3", group.title), tag("dl", rows))
