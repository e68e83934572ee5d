"""The figure as it leaves the product: with its cohort, numbers, test and provenance inside."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from data.address import View
from data.study import Study
from layouts.shared.few import cohort_size
from layouts.shared.figure_text import bold, escaped, plain
from layouts.shared.slide_title import cohort_title
from layouts.shared.theme import LIGHT
from layouts.shared.words import (
    exported_provenance,
    of_study,
    within,
)

WIDTH = 1100
TEXT = 14
LINE = 19
CHARACTERS = 160
PADDING = 16
BODY = 604
LONGEST_NAME = 90
# A program that opens the file may have Inter, but not the name that the page gives its own copy.
FONT = "Inter, 'Inter Variable', Helvetica, Arial, sans-serif"


@dataclass(frozen=True)
class Caption:
    """What stands around a figure that leaves the product.

    Attributes
    ----------
    head : sequence of (text, size, colour)
        Title, cohort with n, finding, groups and test, above the figure.
    foot : sequence of (text, colour)
        Cautions, method and provenance, below it; wrapped here.
    """

    head: Sequence[tuple[str, float, str]]
    foot: Sequence[tuple[str, str]]


def picture(figure: dict, caption: Caption, kind: str, name: str) -> dict:
    """A self-contained figure for plotly's ``toImage``, always on white.

    Parameters
    ----------
    figure : dict
        Drawn in the light theme for a width of ``WIDTH``, with its height and margins.
    kind : str
        ``svg`` or ``png``.

    Returns
    -------
    dict
        ``figure``, ``kind``, ``width``, ``height`` and ``name`` of the file.
    """
    foot = [(line, TEXT - 1, colour) for text, colour in caption.foot for line in _in_lines(text)]
    layout = figure["layout"]
    edges = dict(layout["margin"])
    # The title is taller than the other lines.
    above, below = PADDING + LINE * len(caption.head) + 8, LINE * len(foot) + PADDING
    left, top = edges["l"] + PADDING, edges["t"] + above
    shift = -4 - edges["b"]
    layout["margin"] = edges | {"l": left, "t": top, "b": edges["b"] + below}
    layout["height"] += above + below
    layout["width"] = WIDTH
    layout["paper_bgcolor"] = layout["plot_bgcolor"] = LIGHT.page
    layout["font"] = {"size": TEXT, "color": LIGHT.ink} | layout.get("font", {}) | {"family": FONT}
    layout["annotations"] = [
        *layout.get("annotations", []),
        *_lines(caption.head[:1], y=1, shift=top - PADDING, left=left),
        *_lines(caption.head[1:], y=1, shift=top - PADDING - LINE - 8, left=left),
        *_lines(foot, y=0, shift=shift, left=left),
    ]
    return {
        "figure": escaped(figure),
        "kind": kind,
        "width": WIDTH,
        "height": layout["height"],
        "name": name,
    }


def page_picture(figure: dict, study: Study, view: View, page, words: Sequence[str], kind: str):
    """The picture of a page's figure with its cohort and the page's own words.

    Parameters
    ----------
    page : Page
    words : sequence of str
        Sentence, cautions and method, as on the screen. The provenance is added here, in the
        words of what has left the page.
    """
    title, cohort = head_words(study, view, page)
    head = [(bold(title), TEXT + 4, LIGHT.ink)]
    head += [(line, TEXT, LIGHT.quiet) for line in textwrap.wrap(cohort, CHARACTERS)]
    # What was found stands above the figure, as on the page.
    head += finding(words[0]) if words else []
    said = [(text, LIGHT.ink) for text in words[1:]]
    return picture(
        figure,
        Caption(head, [*said, provenance_line(study)]),
        kind,
        file_name(study, view, page.shows_endpoint(study, view)),
    )


def finding(sentence: str) -> list[tuple[str, float, str]]:
    """The lines of a page's sentence above its figure."""
    return [(line, TEXT, LIGHT.ink) for line in textwrap.wrap(sentence, CHARACTERS)]


def head_words(study: Study, view: View, page) -> tuple[str, str]:
    """Title of a page's picture, and whom it is about with their number."""
    title = [page.label]
    if page.shows_endpoint(study, view):
        title.append(within(study.endpoint(view.endpoint).name, study))
    n = cohort_size(study, view.cohort)
    return " · ".join(title), cohort_title(study, view.cohort, n)


def provenance_line(study: Study) -> tuple[str, str]:
    """What the rows are, in the colour of what must not be overlooked."""
    said = [bold(exported_provenance(study.provenance)), *filter(None, [plain(of_study(study))])]
    return Markup(" ").join(said), LIGHT.caution


def file_name(study: Study, view: View, with_endpoint: bool) -> str:
    """Study, page, endpoint and a short form of the filters: ``soramic-arms-os-bclc-c``."""
    parts = [study.id, view.page, *([view.endpoint] if with_endpoint else [])]
    parts += [f"{one.variable}-{one.text()}" for one in view.cohort.filters]
    name = re.sub(r"[^a-zA-Z0-9]+", "-", "-".join(parts))[:LONGEST_NAME].rstrip("-")
    return f"{name}-reconstructed" if study.reconstructed else name


def _in_lines(text: str) -> list[str]:
    """A text in lines; what was escaped before stays so."""
    return [type(text)(line) for line in textwrap.wrap(text, CHARACTERS)]


def _lines(lines, *, y: float, shift: float, left: int) -> list[dict]:
    return [
        {
            "text": text,
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "xshift": PADDING - left,
            "y": y,
            "yref": "paper",
            "yanchor": "top",
            "yshift": shift - LINE * i,
            "align": "left",
            "showarrow": False,
            "font": {"size": size, "color": colour},
        }
        for i, (text, size, colour) in enumerate(lines)
    ]
