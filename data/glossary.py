"""The product's own glossary: words of statistics and of the disease, each in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data.checking.problems import Problem, StudyError
from data.sources.texts import read_toml

SHIPPED = Path(__file__).parent / "glossary.toml"


@dataclass(frozen=True)
class Term:
    """A word and what it means, in one sentence."""

    term: str
    meaning: str


@dataclass(frozen=True)
class TermGroup:
    """Terms under a heading."""

    title: str
    terms: tuple[Term, ...]


@cache
def shipped_glossary() -> tuple[TermGroup, ...]:
    """The shipped glossary, read once. StudyError if it is not sound."""
    return read_glossary(SHIPPED)


def read_glossary(path: Path) -> tuple[TermGroup, ...]:
    """Read and check a glossary.

    Raises
    ------
    StudyError
        With every problem that was found, each naming file, key and fix.
    """
    raw = read_toml(path)
    groups, problems = [], []
    for place, group in enumerate(_tables(raw.get("groups")), start=1):
        title, terms = group.get("title"), _tables(group.get("terms"))
        key = f"groups[{title if _text(title) else place}]"
        if not _text(title) or not terms:
            problems.append(
                Problem(
                    path.name,
                    "a group without a title or without terms",
                    "Write title and terms",
                    key,
                )
            )
        problems += [
            Problem(
                path.name,
                f"entry {i} lacks its term or its meaning",
                "Write both as texts",
                f"{key}.terms",
            )
            for i, one in enumerate(terms, start=1)
            if not _text(one.get("term")) or not _text(one.get("meaning"))
        ]
        groups.append((title, terms))
    if not groups:
        problems.append(Problem(path.name, "there is no group", "Add [[groups]]", "groups"))
    if problems:
        raise StudyError(problems)
    return tuple(
        TermGroup(title, tuple(Term(one["term"], one["meaning"]) for one in terms))
        for title, terms in groups
    )


def _tables(value) -> list[dict]:
    """The tables of a list; anything else is an empty table, which is then found wanting."""
    if not isinstance(value, list):
        return []
    return [one if isinstance(one, dict) else {} for one in value]


def _text(value) -> bool:
    return isinstance(value, str) and bool(value.strip())
