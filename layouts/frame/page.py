"""What a page is: one record that holds its name, its parts and its controls.

`Page` is the face of a page; how it is answered stands beside it in ``callbacks/<page>/page.py``.
Whatever the application must know of its pages (tabs, words of links, files, parts that an answer
fills) is read from these records and written nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from data.address import View, default_view
from data.study import Study


@dataclass(frozen=True)
class Part:
    """A place on a page that each answer fills.

    Attributes
    ----------
    place : str
        The id of the element.
    kind : str
        ``html`` fills it, ``class`` is its class, ``data`` goes to the page's own script.
    empty : object
        What stands there where the answer cannot be computed: nothing old.
    """

    place: str
    kind: str = "html"
    empty: Any = ""


@dataclass(frozen=True)
class Words:
    """What a page says with its numbers.

    Attributes
    ----------
    sentence : str
        For the minutes of a tumour board.
    cautions : tuple of str
        What the reader must know before using the numbers; most important first.
    method : str
        How they were computed, and of whom.
    provenance : str
        What the rows are; empty where nothing is said of any. A file or picture that leaves the
        page says it in words of its own.
    """

    sentence: str
    cautions: tuple[str, ...]
    method: str
    provenance: str = ""

    @property
    def footnote(self) -> str:
        """Method and provenance, as they stand under the numbers."""
        return " ".join(filter(None, (self.method, self.provenance)))

    def all(self) -> list[str]:
        """All of it, in the order in which it is read; empty where nothing is said."""
        return [self.sentence, *self.cautions, self.method, self.provenance]

    @property
    def pictured(self) -> list[str]:
        """What a picture says beside its provenance, in the order in which it is read."""
        return [text for text in (self.sentence, *self.cautions, self.method) if text]


@dataclass(frozen=True)
class Page:
    """One page.

    Attributes
    ----------
    id, label : str
        Path of its address, words on its tab.
    question : str
        What it answers, in a line.
    subject : str
        What could not be computed where it fails: "The survival curves".
    option_names : frozenset of str
        Options its address may carry.
    private : frozenset of str
        Those of them that describe somebody: they stand in a link only where the reader shares
        them, go beside the address otherwise, and are in no log.
    read_options : function of (Study, View)
        The options of a view, and a sentence for each that cannot be used.
    build : function of (Study, View)
        The page before its numbers are computed, as HTML.
    control_values : function of (Study, View)
        The value of each of its controls, by name and part.
    parts : mapping of name to Part
        What an answer fills beside sentence, cautions and footnote, which every page has.
    files : mapping of file name to words
        What can be downloaded, and the words of the links to it; none for the only one.
    figure_height : int or None
        Pixels reserved for its figure; None where it draws none.
    prints : bool
        Whether it has a button that prints it.
    shows_endpoint : function of (Study, View)
        Whether what it shows is about the endpoint of the view.
    recorded : function of a Study
        Whether the study has what the page is about.
    under : str
        The page on whose tab it stands; empty for one with a tab of its own.
    forgets : mapping of option to options
        What another choice of an option makes meaningless, so that it leaves the link.
    """

    id: str
    label: str
    question: str
    subject: str
    option_names: frozenset[str]
    read_options: Callable[[Study, View], tuple[Any, list[str]]]
    build: Callable[[Study, View], object]
    control_values: Callable[[Study, View], dict[str, dict]]
    parts: Mapping[str, Part] = field(default_factory=lambda: MappingProxyType({}))
    files: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    figure_height: int | None = None
    prints: bool = False
    shows_endpoint: Callable[[Study, View], bool] = lambda study, view: False
    recorded: Callable[[Study], bool] = lambda study: True
    under: str = ""
    forgets: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    private: frozenset[str] = frozenset()

    def public(self, view: View) -> View:
        """The view without what describes somebody."""
        return view.with_options(**dict.fromkeys(self.private, None)) if self.private else view

    def control_defaults(self, study: Study, view: View) -> dict[str, dict]:
        """The value of each control that a link leaves out when it has it."""
        start = self.control_values(study, default_view(study, self.id))
        # Of an option: what it shows when it is left out and the rest of the link stays. What is
        # drawn by default depends on the split, where a dose is cut on the dose.
        defaults = self.control_values(study, view)
        for name in dict(view.options):
            without = self.control_values(study, view.with_options(**{name: None}))
            defaults |= {name: without[name]} if name in without else {}
        return defaults | {name: start[name] for name in ("endpoint", "by") if name in start}
