"""What ``study.toml`` says under ``[evidence]``: files, tolerances, and how the data were made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from data.checking.keys import Keys
from data.sections.evidence import KINDS, SOURCES, Provenance
from data.sections.section import Declaration, keys_of


@dataclass(frozen=True)
class EvidenceFiles:
    """The section before its files are read.

    Attributes
    ----------
    cells, discrepancies, method : str
        Files within the study's folder; the last two may be empty.
    differs, disclosure : str
        See `data.sections.evidence.Evidence`.
    tolerances : mapping of kind to (absolute, relative)
    provenance : tuple of Provenance
    """

    cells: str
    discrepancies: str
    method: str
    differs: str
    disclosure: str
    tolerances: Mapping[str, tuple[float, float]]
    provenance: tuple[Provenance, ...]


def declare_evidence(top: Keys, so_far: Declaration) -> EvidenceFiles | None:
    """Read the section ``[evidence]``; None where a study has none."""
    reader = keys_of(top, "evidence")
    if reader is None:
        return None
    made = EvidenceFiles(
        cells=reader.file("cells"),
        discrepancies=_optional_file(reader, "discrepancies"),
        method=_optional_file(reader, "method"),
        differs=reader.take("differs", str, ""),
        disclosure=reader.take("disclosure", str, ""),
        tolerances=_tolerances(reader),
        provenance=tuple(_provenance(entry) for entry in reader.tables("provenance", [])),
    )
    reader.finish()
    return made


def _optional_file(reader: Keys, key: str) -> str:
    reader.seen.add(key)
    return reader.file(key) if key in reader.table else ""


def _tolerances(reader: Keys) -> Mapping[str, tuple[float, float]]:
    table = Keys(reader.take("tolerance", dict, {}), f"{reader.where}.tolerance", reader.problems)
    tolerances = {}
    for kind in KINDS:
        numbers = table.numbers(kind)
        if len(numbers) > 2 or any(number < 0 for number in numbers):
            table.fault(
                kind,
                "a tolerance is one or two numbers, not negative",
                "Write [absolute] or [absolute, share]",
            )
        elif numbers:
            tolerances[kind] = (numbers[0], numbers[1] if len(numbers) > 1 else 0.0)
    table.finish()
    return MappingProxyType(tolerances)


def _provenance(entry: Keys) -> Provenance:
    made = Provenance(
        what=entry.take("what", str),
        published=entry.take("published", str),
        source=entry.choice("source", ("", *SOURCES), ""),
        made=entry.take("made", str),
    )
    entry.finish()
    return made
