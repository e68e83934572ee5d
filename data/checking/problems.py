"""What is wrong with a study's files, in sentences an administrator can act on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

LISTED_AT_MOST = 12
# Names in one sentence, and sentences about one study.
NAMED_AT_MOST = 12
SAID_AT_MOST = 200
LONGEST_QUOTE = 40


@dataclass(frozen=True)
class Problem:
    """One fault of a study: where it is, what it is and how it is mended.

    Attributes
    ----------
    file : str
        File name within the study's folder.
    fault : str
        What is wrong, as a clause.
    fix : str
        What to do, as a clause.
    column : str
        Column of a table or key of ``study.toml``; empty if it concerns the whole file.
    row : int or None
        Line of the file as an editor counts it (the header is line 1).
    header : str
        What the file has instead, as a clause; said with one of its faults only.
    stray : bool
        Whether everything else is as if it were not there: a key that nobody asked for.
    passing : bool
        Whether it may be gone by itself, so that the study is read again soon: a database that does
        not answer.
    """

    file: str
    fault: str
    fix: str
    column: str = ""
    row: int | None = None
    header: str = ""
    stray: bool = field(default=False, compare=False)
    passing: bool = field(default=False, compare=False)

    @property
    def sentence(self) -> str:
        """One sentence naming file, column, row and fix."""
        place = self.file
        if self.column:
            place += f", {'key' if self.file.endswith('.toml') else 'column'} “{self.column}”"
        if self.row is not None:
            place += f", row {self.row}"
        header = f"; {self.header}" if self.header else ""
        return f"{place}: {self.fault}. {self.fix}{header}."


def use_one_of(names: Iterable[str]) -> str:
    """``Use a, b``: what a name could be; names that are faulty themselves are not offered."""
    return f"Use {some_of(name for name in names if name) or 'one that is declared'}"


def some_of(names: Iterable[str]) -> str:
    """Names for a sentence, the first twelve of them: ``a, b, … and 988 more``."""
    names = list(names)
    more = len(names) - NAMED_AT_MOST
    said = ", ".join(map(short, names[:NAMED_AT_MOST]))
    return f"{said}, … and {more} more" if more > 0 else said


def printable(text: str) -> str:
    """A name with what cannot be printed written out: line breaks, escapes, bytes of no letter.

    Such a name can neither be sent as JSON nor stand in a log without forging a line of it.
    """
    return "".join(c if c.isprintable() else _written_out(c) for c in text)


def _written_out(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        # A byte of a file name that is no UTF-8, as Python hands it on.
        return f"\\x{code - 0xDC00:02x}"
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")


def doubled(names: Iterable[str]) -> list[str]:
    """The names that stand more than once, sorted."""
    return sorted(name for name, times in Counter(names).items() if name and times > 1)


def short(text: str) -> str:
    """At most 40 characters of what a stranger wrote, for a sentence on the screen."""
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def listed(problems: list[Problem]) -> list[Problem]:
    """As many problems of one kind as somebody would read, and how many more there are."""
    if len(problems) <= LISTED_AT_MOST:
        return problems
    first, more = problems[0], len(problems) - LISTED_AT_MOST
    fault = f"{more} more row{'s have' if more > 1 else ' has'} a fault of this kind"
    return [*problems[:LISTED_AT_MOST], Problem(first.file, fault, first.fix, first.column)]


def as_many_as_read(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems of a study that somebody would read, and how many more there are."""
    more = len(problems) - SAID_AT_MOST
    if more <= 0:
        return problems
    fault = f"{more} more fault{'s were' if more > 1 else ' was'} found"
    return (*problems[:SAID_AT_MOST], Problem(problems[0].file, fault, "Mend these first"))


def _said_once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems without repetition, and what a file has with the first of them only."""
    told, made = set(), {}
    for one in problems:
        kept = replace(one, header="") if one.file in told else one
        told |= {one.file} if one.header else set()
        made.setdefault(replace(one, header=""), kept)
    return tuple(made.values())


class StudyError(Exception):
    """A study cannot be used; carries every problem that was found, each once."""

    def __init__(self, problems: list[Problem] | tuple[Problem, ...]):
        self.problems = _said_once(problems)
        super().__init__(" ".join(p.sentence for p in self.problems))
