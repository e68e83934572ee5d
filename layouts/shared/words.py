"""Numbers and sentences as the reader sees them: one place decides about digits and dashes."""

from __future__ import annotations

import math
from collections.abc import Sequence

from data.study import Study

DAYS_PER = {"months": 30.4375, "days": 1.0, "years": 365.25}
NOT_REACHED = "not reached"
NOT_ESTIMABLE = "not estimable"
FEW_EVENTS = 5  # under these an estimate is marked as unstable
SUBGROUP = "Exploratory: a subgroup chosen by filters, not planned in the trial."
PROVENANCE = {
    "reconstructed": "Reconstructed from published tables — not patient records",
    "simulated": "Simulated patients — not patient records",
    "patient data": "Patient data — handle as confidential",
}


def shown_provenance(provenance: str) -> str:
    """The words for the screen, as the last sentence of a footnote."""
    return f"{PROVENANCE[provenance]}."


def exported_provenance(provenance: str) -> str:
    """The words for a file or picture, which has left the page whose badge leads to Evidence."""
    said = PROVENANCE[provenance]
    return said if provenance == "patient data" else f"{said}; see the page Evidence"


def of_study(study: Study) -> str:
    """What goes with every number of a study: where it was counted, and what is held back."""
    return " ".join(filter(None, (counted_where(study), held_back(study))))


def counted_where(study: Study) -> str:
    """That the patients stay in databases, in a sentence; empty where their rows are here."""
    if study.counted is None:
        return ""
    sites, as_of = study.counted.sites, study.counted.as_of
    when = f", as of {as_of}" if as_of else ""
    if len(sites) < 2:
        return f"Counted in the database of the patients{when}: no row of a patient leaves it."
    return (
        f"Counted where the patients are, in the databases of {listed(sites)}{when}: no row of a "
        "patient leaves them."
    )


def held_back(study: Study) -> str:
    """What a study does not say of few patients, in two sentences; empty where it says all."""
    least, cell = study.disclosure.minimum_cohort, study.disclosure.minimum_cell
    if not study.disclosure.protects:
        return ""
    return (
        f"Fewer than {least} patients have no numbers; “< {least}” and “< {cell}” are smaller "
        "counts, or such from which one could be told. A curve, with its table at risk, steps "
        f"only where {cell} events have come together since its last step, at tenths of a month; "
        "censorings are not marked."
    )


def p_value(p: float, name: str = "p") -> str:
    """``p = 0.028``, ``p < 0.001``; words where no test was possible."""
    if not math.isfinite(p):
        return "no test possible"
    # No-break spaces: "p =" must not stand at the end of a line.
    return f"{name}\u00a0<\u00a00.001" if p < 0.001 else f"{name}\u00a0=\u00a0{p:.3f}"


def simulated(exact: bool) -> str:
    """What stands behind a p-value from random tables, because there are too many to list."""
    return "" if exact else ", simulated"


def p_number(p: float) -> str:
    """A p-value without its name: ``0.028``, ``< 0.001``."""
    return "<\u00a00.001" if p < 0.001 else f"{p:.3f}"


def p_words(p: float) -> str:
    """A p-value for a column headed p."""
    if not math.isfinite(p):
        return "–"
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def smd_words(size: float) -> str:
    """A standardised difference without its sign; ``∞`` where the arms have nothing in common."""
    return "∞" if math.isinf(size) else f"{size:.2f}"


def p_equals(p: float) -> str:
    """``p = 0.028`` with blanks that may break, ``p < 0.001``; ``p –`` without a test."""
    return f"p = {p_words(p)}" if p >= 0.001 else f"p {p_words(p)}"


def time_value(days: float, unit: str, decimals: int = 1) -> str:
    """Days in the reader's unit; NaN is "not reached"."""
    if not math.isfinite(days):
        return NOT_REACHED
    if unit == "days":
        decimals = 0 if float(days).is_integer() else 1
    if unit == "years":
        decimals = 2
    return f"{days / DAYS_PER[unit]:.{decimals}f}"


def time_interval(low: float, high: float, unit: str, decimals: int = 1) -> str:
    """``5.9–14.9``; a bound that is not reached is ``NR``; no bound at all is one dash.

    Equal limits come from a variance of 0, as of one patient; they are limits all the same.
    """
    if not math.isfinite(low) and not math.isfinite(high):
        return "–"
    ends = ["NR" if not math.isfinite(d) else time_value(d, unit, decimals) for d in (low, high)]
    return "–".join(ends)


def correlation(name: str, value: float) -> str:
    """``ρ = −0.12`` with a true minus sign and no-break spaces; a dash for NaN."""
    text = minus(f"{value:.2f}") if math.isfinite(value) else "–"
    return f"{name}\u00a0=\u00a0{text}"


def minus(text: str) -> str:
    """A number as text with a minus sign that is one: ``−3.2``; zero has none."""
    bare = text.lstrip("-")
    return f"−{bare}" if text.startswith("-") and bare.strip("0.") else bare


def percent(share: float, decimals: int = 0) -> str:
    """``44 %`` of 0.441; NaN is a dash."""
    return "–" if not math.isfinite(share) else f"{100 * share:.{decimals}f} %"


def percent_interval(low: float, high: float, decimals: int = 0) -> str:
    """``30–64`` of (0.302, 0.644); a dash where there is none."""
    if not math.isfinite(low) or not math.isfinite(high):
        return "–"
    return f"{100 * low:.{decimals}f}–{100 * high:.{decimals}f}"


def counted(n: int, one: str, several: str = "") -> str:
    """``1 factor``, ``2 factors``; the plural is the singular with an s unless it is given."""
    return f"{n} {one if n == 1 else several or f'{one}s'}"


def span(low: str, high: str) -> str:
    """Two numbers as a range: ``60–73``; a dash beside a sign would be read as one."""
    return f"{low}{' to ' if {low[:1], high[:1]} & set('+−-') else '–'}{high}"


def patients(n: int) -> str:
    """``1 patient``, ``34 patients``."""
    return counted(n, "patient")


def events(n: int) -> str:
    """``1 event``, ``33 events``."""
    return counted(n, "event")


def within(label: str, study: Study) -> str:
    """A label of a study that does not begin a sentence.

    It stays as written ("Tod", "Nausea"). Only where the study says that its labels have a capital
    as sentences do, an ordinary first word loses it: ``overall survival``, but ``RE + sorafenib``.
    """
    return uncapitalised(label) if study.sentence_case else label


def uncapitalised(text: str) -> str:
    """Text without the capital of an ordinary first word; ``RE``, ``5-FU``, ``Child–Pugh`` stay."""
    return f"{text[:1].lower()}{text[1:]}" if _ordinary(text) else text


def capitalised(text: str) -> str:
    """Text as it begins a sentence; a first word with a capital within (``mTOR``) stays."""
    return f"{text[:1].upper()}{text[1:]}" if _ordinary(text) else text


def _ordinary(text: str) -> bool:
    """Whether the first word is of small letters after its first, of which it has one at least."""
    first, _, _ = text.partition(" ")
    return first[1:2].islower() and first[1:] == first[1:].lower()


def foremost(values: Sequence[float], at_most: int) -> list[int]:
    """Places of the largest values, largest first, never some of a tie without the others.

    Where the last place is shared by more than there is room for, none of those is named.

    Parameters
    ----------
    values : sequence of float
        As they are printed: equal where the reader sees them equal.
    at_most : int
        How many may be named.
    """
    order = sorted(range(len(values)), key=lambda i: (-values[i], i))
    if len(order) <= at_most:
        return order
    last = values[order[at_most - 1]]
    if values[order[at_most]] != last:
        return order[:at_most]
    return [i for i in order if values[i] > last]


def listed(items: Sequence[str], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    items = list(items)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"
