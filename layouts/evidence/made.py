"""What is published of each variable and how its values were made, in words, as HTML."""

from __future__ import annotations

from collections import Counter
from html import escape
from itertools import groupby

from data.sections.evidence import SOURCES, Provenance
from data.sections.evidence_places import COUNTS, GROUPS, SUMMARIES, TESTS, PrintedPlace
from data.study import Study, Variable
from layouts.evidence.context import EvidenceContext
from layouts.evidence.markdown import simple_markdown
from layouts.shared.words import listed

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
        text = escape(study.evidence.disclosure)
        parts.append(f"<section><h2>Why single patients cannot be told</h2><p>{text}</p></section>")
    if study.evidence and study.evidence.method:
        parts.append(
            '<details class="method-text"><summary>The method in full</summary>'
            f"{simple_markdown(study.evidence.method)}</details>"
        )
    return f'<div class="evidence-made">{"".join(parts)}</div>'


def _legend(study: Study) -> str:
    counts = Counter(source_of(variable) for variable in study.variables)
    items = "".join(
        f"<li>{_mark(source)} {SOURCE_WORDS[source]} "
        f'<span class="place">({counts[source]} variables)</span></li>'
        for source in SOURCES
        if counts[source]
    )
    return f'<ul class="legend sources">{items}</ul>'


def _mark(source: str) -> str:
    if not source:
        return '<span class="source">Not in the data</span>'
    return f'<span class="source {source}">{source.capitalize()}</span>'


def _variables(context: EvidenceContext) -> str:
    study = context.study
    bodies = []
    # Without printed cells nobody knows what the publication prints of a variable.
    printed = study.evidence is not None
    columns = 3 if printed else 2
    for group, members in groupby(study.variables, lambda variable: variable.group):
        rows = "".join(_variable_row(study, one, context.places.get(one.id, ())) for one in members)
        head = (
            f'<tr><th scope="rowgroup" class="group" colspan="{columns}">{escape(group)}</th></tr>'
        )
        bodies.append(f"<tbody>{head}{rows}</tbody>")
    said = ("What the publication prints of it",) if printed else ()
    heads = ("Variable", *said, "How its values were made")
    return _table("Variables of the filters", heads, "".join(bodies))


def _variable_row(study: Study, variable: Variable, places: tuple[PrintedPlace, ...]) -> str:
    printed = "; ".join(_place_words(study, one) for one in places) or "nothing"
    if study.evidence is None:
        printed = None
    return _said_row(variable.label, printed, source_of(variable), variable.source_note)


def _said_row(what: str, printed: str | None, source: str, made: str) -> str:
    cell = "" if printed is None else f"<td>{escape(printed)}</td>"
    return (
        f'<tr><th scope="row">{escape(what)}</th>{cell}<td>{_mark(source)} {escape(made)}</td></tr>'
    )


def _place_words(study: Study, place: PrintedPlace) -> str:
    """``counts in Table 1``, ``PFS in Table 4 and the text``."""
    endpoint = study.endpoint(place.what)
    what = endpoint.label if endpoint else PLACE_WORDS[place.what]
    tables = ["the text" if table == "Text" else table for table in place.tables]
    return f"{what} in {listed(tables)}"


def _others(rows: tuple[Provenance, ...]) -> str:
    body = "".join(_said_row(one.what, one.published, one.source, one.made) for one in rows)
    heads = ("What", "What the publication prints of it", "How it was made")
    return _table("Events, doses and all else", heads, f"<tbody>{body}</tbody>")


def _table(caption: str, heads: tuple[str, ...], bodies: str) -> str:
    head = "".join(f'<th scope="col">{words}</th>' for words in heads)
    return (
        f'<section><h2>{caption}</h2><table class="evidence-said made"><caption>{caption}'
        f"</caption><thead><tr>{head}</tr></thead>{bodies}</table></section>"
    )
