"""What a publication prints, cell by cell, and where it disagrees with itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

# What a printed cell states, and of which kind it is; a tolerance is declared for a kind.
COUNT, PERCENT, NUMBER, MEDIAN, SURVIVAL, RATIO, P_VALUE = (
    "count",
    "percent",
    "number",
    "median",
    "survival",
    "hazard ratio",
    "p",
)
QUANTITIES: Mapping[str, str] = MappingProxyType(
    {
        "count": COUNT,
        "known": COUNT,
        "patients": COUNT,
        "events": COUNT,
        "adverse events": COUNT,
        "rows": COUNT,
        "patients with rows": COUNT,
        "percent": PERCENT,
        "percent lower": PERCENT,
        "percent upper": PERCENT,
        "adverse events percent": PERCENT,
        "mean": NUMBER,
        "sd": NUMBER,
        "smallest": NUMBER,
        "lower quartile": NUMBER,
        "median": NUMBER,
        "upper quartile": NUMBER,
        "largest": NUMBER,
        "limit of agreement lower": NUMBER,
        "limit of agreement upper": NUMBER,
        "survival median": MEDIAN,
        "survival median lower": MEDIAN,
        "survival median upper": MEDIAN,
        "survival": SURVIVAL,
        "survival lower": SURVIVAL,
        "survival upper": SURVIVAL,
        "hazard ratio": RATIO,
        "hazard ratio lower": RATIO,
        "hazard ratio upper": RATIO,
        "chi-square p": P_VALUE,
        "Fisher p": P_VALUE,
        "Welch p": P_VALUE,
        "log-rank p": P_VALUE,
        "Wald p": P_VALUE,
    }
)
# Of other kinds than times, rates and ratios, these too are about an endpoint.
ENDPOINT_QUANTITIES = frozenset({"patients", "events", "log-rank p", "Wald p"})
KINDS = tuple(dict.fromkeys(QUANTITIES.values()))

# How numbers were cut to the printed digits; `analysis.verdict` knows what each allows.
PRINTINGS = ("rounded", "rounded or truncated", "two significant digits")

# How much of what a study without patient data holds is determined by its publication.
SOURCES = ("reconstructed", "derived", "simulated")

# (variable id, level ids) pairs that must all hold; "missing" is a level.
Condition = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class PublishedCell:
    """One printed cell and what it states in terms of the study.

    Attributes
    ----------
    table, variable, level, group, statistic : str
        Where it stands, in the words of the publication; ``group`` is its column.
    printed : str
        As printed; ``NA`` for a median or limit that was not reached, empty where nothing is
        printed because nothing can be.
    printing : str
        How numbers were cut to the printed digits (see `analysis.verdict`).
    quantity : str
        What it states, one of `QUANTITIES`; empty where nothing in the data can recompute it.
    of : str
        Conditions, a variable, an endpoint, or a column of a further table, by quantity.
    by : str
        What is compared, or grades, or months, by quantity.
    adjusted : str
        Conditions of the other factor of a model.
    where : Condition
        Whose cell it is.
    table_where : Condition
        Rows of a further table (column, cells).
    analysis_set : str
        Analysis set id.
    note : str
        Why it may differ, or how it was tested.
    """

    table: str
    variable: str
    level: str
    group: str
    statistic: str
    printed: str
    printing: str
    quantity: str
    of: str = ""
    by: str = ""
    adjusted: str = ""
    where: Condition = ()
    table_where: Condition = ()
    analysis_set: str = ""
    note: str = ""

    @property
    def kind(self) -> str:
        """Kind of the quantity; empty where nothing can be recomputed."""
        return QUANTITIES.get(self.quantity, "")

    @property
    def endpoint(self) -> str:
        """Id of the endpoint that the cell is about; empty where it is about none."""
        about = self.kind in (MEDIAN, SURVIVAL, RATIO) or self.quantity in ENDPOINT_QUANTITIES
        return self.of if about else ""

    @property
    def is_number(self) -> bool:
        """Whether a number or a bound is printed; not where it is blank or not reached."""
        return self.printed not in ("", "NA")


@dataclass(frozen=True)
class Discrepancy:
    """One place where a publication disagrees with itself.

    Attributes
    ----------
    topic : str
    first, first_place, second, second_place : str
        The two printed statements and where they stand.
    recomputed : str
        What the recomputation says.
    """

    topic: str
    first: str
    first_place: str
    second: str
    second_place: str
    recomputed: str


@dataclass(frozen=True)
class Provenance:
    """Where something that is no variable comes from: event times, adverse events, doses …

    Attributes
    ----------
    what : str
        What it is, in a few words.
    published : str
        What the publication prints of it.
    source : str
        One of ``SOURCES``; empty where the data hold none of it.
    made : str
        How it was made, in a sentence or two.
    """

    what: str
    published: str
    source: str
    made: str


@dataclass(frozen=True)
class Evidence:
    """What the Evidence page holds against the data.

    Attributes
    ----------
    cells : tuple of PublishedCell
        In the order of print.
    discrepancies : tuple of Discrepancy
    tolerances : mapping of kind to (absolute, relative)
        How far a cell may be from print and still count as near; a kind without one must be exact.
    differs : str
        Why cells of this study may differ, for those without a note.
    disclosure : str
        What was done so that nobody can be told from the data; empty where nothing was.
    method : str
        Text of the file that says how the data were made, in Markdown.
    provenance : tuple of Provenance
    """

    cells: tuple[PublishedCell, ...]
    discrepancies: tuple[Discrepancy, ...] = ()
    tolerances: Mapping[str, tuple[float, float]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    differs: str = ""
    disclosure: str = ""
    method: str = ""
    provenance: tuple[Provenance, ...] = ()
