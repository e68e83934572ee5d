"""What a slide holds before it is a file: words, one figure as numbers, at most one table.

A page says by its ``slide.py`` what of its result is drawn; ``layouts.office`` writes it into
files that other programs open.
"""

from __future__ import annotations

from dataclasses import dataclass

from layouts.slides.figure import Figure
from layouts.tables.blocks import Table


@dataclass(frozen=True)
class Drawn:
    """What of a page's result is put before a room.

    Attributes
    ----------
    figure : Figure or None
        None where the table is all there is.
    table : Table or None
        Beside the figure.
    method : str
        How the numbers were made, in one clause.
    alt : str
        What is seen, for those who do not see it.
    split : str
        By what the patients are divided; empty where they are not.
    n : int or str
        Of how many patients it is; empty for all of the cohort.
    """

    figure: Figure | None
    table: Table | None = None
    method: str = ""
    alt: str = ""
    split: str = ""
    n: int | str = ""


@dataclass(frozen=True)
class Slide:
    """One slide, or one section of a document.

    Attributes
    ----------
    finding : str
        Its title.
    subtitle : str
        Study, cohort, split and n.
    drawn : Drawn or None
        None where nothing can be shown; ``said`` then says why.
    said : str
        The sentence of the page.
    caution : str
        What must stand beside the figure; empty where nothing must.
    foot : str
        Method and provenance; never cut.
    notes : tuple of str
        Sentence, cautions, method, link, provenance and what the presenter wrote.
    tables : tuple of Table
        All tables of the view, for a document.
    cautions : tuple of str
        What the page says with its numbers.
    below : tuple of str
        What stands under the tables of a document: method, provenance and link.
    note : str
        What the presenter wrote.
    """

    finding: str
    subtitle: str = ""
    drawn: Drawn | None = None
    said: str = ""
    caution: str = ""
    foot: str = ""
    notes: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    cautions: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    note: str = ""
