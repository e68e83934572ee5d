"""What is published of each variable and how its values were made, in words, as HTML."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from data.sections.evidence import SOURCES, Provenance
from data.sections.evidence_places import COUNTS, GROUPS, SUMMARIES, TESTS, PrintedPlace
from data.study import Study, Variable
from layouts.evidence.context import EvidenceContext
from layouts.evidence.markdown import simple_markdown
from layouts.shared.html import joined, tag
from layouts.shared.words import counted, listed

SOURCE_WORDS = {
    "reconstructed": "solved for: the printed tables come out again when they are recomputed",
    "derived": "follows from other variables by a rule",
    "simulated": "made up around a printed summary, or without one",
}
PLACE_WORDS = {
    COUNTS: "counts",
    SUMMARIES: "summary values",
    TESTS: "tests",
    GROUPS: "columns or rows split by it",
}


def source_of(variable: Variable) -> str:
    """How the values of a variable were made, one of ``SOURCES``.

    Where ``study.toml`` does not say it, a variable whose split is published counts as
    reconstructed, any other as simulated.
    """
    return variable.source or ("reconstructed" if variable.published else "simulated")


def what_is_published(context: EvidenceContext) -> str:
    """Variables, then what is no variable, disclosure control and the method in full."""
    study = context.study
    parts = [_legend(study), _variables(context)]
    if study.evidence and study.evidence.provenance:
        parts.append(_others(study.evidence.provenance))
    if study.evidence and study.evidence.disclosure:
        text = study.evidence.disclosure
        parts.append(
            tag("section", tag("h2", "Why single patients cannot be told"), tag("p", text))
        )
    if study.evidence and study.evidence.method:
        parts.append(
            tag(
                "details",
                tag("summary", "The method in full"),
                simple_markdown(study.evidence.method),
                class_="method-text",
            )
        )
    return tag("div", parts, class_="evidence-made")


def _legend(study: Study) -> str:
    counts = Counter(source_of(variable) for variable in study.variables)
    items = joined(
        tag(
            "li",
            _mark(source),
            f" {SOURCE_WORDS[source]} ",
            tag("span", f"({counted(counts[source], 'variable')})", class_="place"),
        )
        for source in SOURCES
        if counts[source]
    )
    return tag("ul", items, class_="legend sources")


def _mark(source: str) -> str:
    if not source:
        return tag("span", "Not in the data", class_="source")
    return tag("span", source.capitalize(), class_=f"source {source}")


def _variables(context: EvidenceContext) -> str:
    study = context.study
    bodies = []
    # Without printed cells nobody knows what the publication prints of a variable.
    printed = study.evidence is not None
    columns = 3 if printed else 2
    for group, members in groupby(study.variables, lambda variable: variable.group):
        rows = joined(_variable_row(study, one, context.places.get(one.id, ())) for one in members)
        head = tag("tr", tag("th", group, scope="rowgroup", class_="group", colspan=columns))
        bodies.append(tag("tbody", head, rows))
    said = ("What the publication prints of it",) if printed else ()
    heads = ("Variable", *said, "How its values were made")
    return _table("Variables of the filters", heads, joined(bodies))


def _variable_row(study: Study, variable: Variable, places: tuple[PrintedPlace, ...]) -> str:
    printed = "; ".join(_place_words(study, one) for one in places) or "nothing"
    if study.evidence is None:
        printed = None
    return _said_row(variable.label, printed, source_of(variable), variable.source_note)


def _said_row(what: str, printed: str | None, source: str, made: str) -> str:
    cell = "" if printed is None else tag("td", printed)
    return tag("tr", tag("th", what, scope="row"), cell, tag("td", _mark(source), f" {made}"))


def _place_words(study: Study, place: PrintedPlace) -> str:
    """``counts in Table 1``, ``PFS in Table 4 and the text``."""
    endpoint = study.endpoint(place.what)
    what = endpoint.label if endpoint else PLACE_WORDS[place.what]
    tables = ["the text" if table == "Text" else table for table in place.tables]
    return f"{what} in {listed(tables)}"


def _others(rows: tuple[Provenance, ...]) -> str:
    body = joined(_said_row(one.what, one.published, one.source, one.made) for one in rows)
    heads = ("What", "What the publication prints of it", "How it was made")
    return _table("Events, doses and all else", heads, tag("tbody", body))


def _table(caption: str, heads: tuple[str, ...], bodies: str) -> str:
    head = joined(tag("th", words, scope="col") for words in heads)
    return tag(
        "section",
        tag("h2", caption),
        tag(
            "table",
            tag("caption", caption),
            tag("thead", tag("tr", head)),
            bodies,
            class_="evidence-said made",
        ),
    )
