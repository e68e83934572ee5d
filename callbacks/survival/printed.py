"""The printed cells of a survival view, with the verdicts of the Evidence page."""

from __future__ import annotations

from analysis.verdict import DIFFERS, EXACT, WITHIN
from callbacks.evidence.ask import printed_cells
from callbacks.memory import Memory
from callbacks.printed import level_condition, who
from data.study import Study
from layouts.evidence.context import EvidenceRow
from layouts.shared.numbers import Key, p_key
from layouts.survival import numbers
from layouts.survival.context import SurvivalContext
from layouts.survival.printed import NOTHING_PRINTED, PrintedNumber, PrintedView

TEST = "log-rank p"
COMPARED = (EXACT, WITHIN, DIFFERS)


def printed_view(memory: Memory, context: SurvivalContext) -> PrintedView:
    """What the publication prints of a view; nothing from a landmark on."""
    study, view = context.study, context.view
    patients = who(study, view.cohort)
    if patients is None or context.landmark_days is not None:
        return NOTHING_PRINTED
    cells = memory.recall(_cells, study)
    endpoint = context.endpoint.id
    found: list[tuple[Key, EvidenceRow, str]] = []
    for place, group in enumerate(context.result.groups):
        where = patients | frozenset(level_condition(study, view.by, group.position))
        for (quantity, month), row in cells.get((endpoint, where), {}).items():
            stem, limit = _limit(quantity)
            key = _key(stem, month, place)
            if key is not None:
                found.append((key, row, limit))
    test = cells.get((endpoint, patients), {}).get((TEST, view.by))
    if test is not None and context.result.test is not None:
        found.append((p_key(numbers.LOG_RANK), test, ""))
    return _view(found)


def _limit(quantity: str) -> tuple[str, str]:
    """The quantity without its limit, and the limit."""
    stem, _, last = quantity.rpartition(" ")
    return (stem, last) if last in ("lower", "upper") else (quantity, "")


def _key(stem: str, month: str, place: int) -> Key | None:
    keys = {
        "patients": numbers.patients,
        "events": numbers.events,
        "survival median": numbers.median,
    }
    if stem == "survival":
        return numbers.survival(month, place)
    return keys[stem](place) if stem in keys else None


def _view(found) -> PrintedView:
    texts: dict[Key, dict[str, str]] = {}
    verdicts: dict[Key, str] = {}
    for key, row, limit in found:
        texts.setdefault(key, {})[limit] = row.cell.printed
        if not limit:
            verdicts[key] = row.verdict
    made = {
        key: PrintedNumber(own[""], verdicts[key], own.get("lower", ""), own.get("upper", ""))
        for key, own in texts.items()
        if "" in own
    }
    judged = [row.verdict for _, row, _ in found]
    return PrintedView(made, len(judged), judged.count(DIFFERS), judged.count(WITHIN))


def _cells(memory: Memory, study: Study) -> dict:
    """The cells of each endpoint and group of patients, by quantity and months or comparison."""
    usual, made = study.default_set.id, {}
    for row in printed_cells(memory, study):
        cell = row.cell
        if row.verdict not in COMPARED or (cell.analysis_set or usual) != usual or cell.adjusted:
            continue
        own = made.setdefault((cell.of, frozenset(cell.where)), {})
        # The tables stand before the text, which repeats some of them.
        own.setdefault((cell.quantity, cell.by), row)
    return made
