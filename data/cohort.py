"""Which patients are in view: a frozen, hashable selection and the sentences that describe it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from data.checking.numerals import plain, spoken
from data.patient_groups import rule_mask
from data.study import MISSING_ID, Study, Variable

# Of many patients a comparison for each of few levels takes a tenth of a count by place.
_MANY_PATIENTS, _FEW_LEVELS = 20_000, 12


@dataclass(frozen=True)
class Filter:
    """One filter: levels of a variable, or a range of a number.

    Attributes
    ----------
    variable : str
        Variable id.
    levels : tuple of str
        Level ids in the study's order; for a number only ``missing`` may stand here.
    low, high : float or None
        Bounds of a number, both included; None where there is no range.
    """

    variable: str
    levels: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None

    def text(self) -> str:
        """The filter as it stands in a link."""
        parts = [] if self.low is None else [f"{plain(self.low)}..{plain(self.high)}"]
        return ",".join(parts + list(self.levels))

    def mask(self, study: Study) -> np.ndarray:
        """Patients that pass; bool of shape (N,)."""
        variable = study.variable(self.variable)
        numbers = study.numbers[self.variable] if variable.is_number else None
        return self.passed(variable, study.codes[self.variable], numbers)

    def passed(
        self, variable: Variable, codes: np.ndarray, numbers: np.ndarray | None
    ) -> np.ndarray:
        """The same of some levels, and of the values of a number: (K,) arrays."""
        if variable.is_number:
            passed = np.zeros(codes.size, bool)
            if self.low is not None:
                passed = (numbers >= self.low) & (numbers <= self.high)
            return passed | ((codes < 0) & (MISSING_ID in self.levels))
        # Without a value is the last place.
        wanted = [level.id in self.levels for level in variable.levels]
        return np.array([*wanted, MISSING_ID in self.levels])[codes]

    def words(self, study: Study) -> str:
        """The filter for a reader, for instance ``Stage C`` or ``60 to 75 years``."""
        variable = study.variable(self.variable)
        words = [variable.level(level_id).label for level_id in self.levels]
        if self.low is not None:
            unit = f" {variable.unit}" if variable.unit else ""
            words.insert(0, f"{spoken(self.low)} to {spoken(self.high)}{unit}")
        return " or ".join(words)

    def sentence(self, study: Study) -> str:
        """Variable and levels, for instance ``BCLC C``; a name is not said twice."""
        label, words = study.variable(self.variable).label, self.words(study)
        return words if words.lower().startswith(label.lower()) else f"{label} {words}"


@dataclass(frozen=True)
class Cohort:
    """Patients in view: a study, one of its analysis sets, and filters that must all hold."""

    study: str
    analysis_set: str
    filters: tuple[Filter, ...] = ()

    def without(self, variable_id: str) -> Cohort:
        """The cohort with the filter on this variable taken off."""
        return replace(self, filters=tuple(f for f in self.filters if f.variable != variable_id))

    def sentence(self, study: Study) -> str:
        """The cohort in words, without its size: ``treated patients · BCLC Stage C``."""
        chosen = study.analysis_set(self.analysis_set)
        return " · ".join([chosen.label, *(one.sentence(study) for one in self.filters)])


@dataclass(frozen=True)
class LevelCount:
    """Patients with one level: under the other variables' filters, and in the whole set."""

    level: str
    label: str
    now: int
    total: int


def without_idle(study: Study, cohort: Cohort) -> Cohort:
    """The cohort without the filters that hold every level, and so filter nothing."""
    kept = tuple(one for one in cohort.filters if not _is_idle(study, one))
    return replace(cohort, filters=kept)


def _is_idle(study: Study, one: Filter) -> bool:
    variable = study.variable(one.variable)
    every = {level.id for level in variable.levels}
    if study.has_missing(variable):
        every.add(MISSING_ID)
    return one.low is None and not variable.is_number and every <= set(one.levels)


def set_mask(study: Study, set_id: str) -> np.ndarray:
    """Patients of an analysis set; bool of shape (N,)."""
    chosen = study.analysis_set(set_id)
    return rule_mask(chosen.rule, study.variables, study.codes, study.n)


def select(study: Study, cohort: Cohort) -> np.ndarray:
    """Patients of a cohort; bool of shape (N,)."""
    mask = set_mask(study, cohort.analysis_set)
    for one in cohort.filters:
        mask &= one.mask(study)
    return mask


def masks_for_counting(study: Study, cohort: Cohort) -> dict[str, np.ndarray]:
    """For each variable the patients under all filters but its own.

    A level's count then says what ticking it would give, which a count under the variable's own
    filter could not: every level that is not ticked would be 0.
    """
    everything = select(study, cohort)
    own = {f.variable: select(study, cohort.without(f.variable)) for f in cohort.filters}
    return {variable.id: own.get(variable.id, everything) for variable in study.variables}


def level_counts(
    study: Study, variable: Variable, now: np.ndarray, total: np.ndarray
) -> tuple[LevelCount, ...]:
    """Counts of each level of a variable, "Missing" last where the file has missing values.

    Parameters
    ----------
    now, total : (L + 1,) array of int
        Patients under the other filters, and of the analysis set; those without a level last.
    """
    levels = [(level.id, level.label) for level in variable.levels]
    if study.has_missing(variable):
        levels.append((MISSING_ID, variable.level(MISSING_ID).label))
    return tuple(
        LevelCount(level_id, label, int(now[place]), int(total[place]))
        for place, (level_id, label) in enumerate(levels)
    )


def level_numbers(codes: np.ndarray, size: int, mask: np.ndarray) -> np.ndarray:
    """Patients of each code among some, those without one (-1) last: (``size``,) of int."""
    if codes.size >= _MANY_PATIENTS and size <= _FEW_LEVELS:
        places = (*range(size - 1), -1)
        return np.array([np.count_nonzero((codes == place) & mask) for place in places])
    return np.roll(np.bincount(codes[mask].astype(np.intp) + 1, minlength=size), -1)


def levels_held(codes: np.ndarray, mask: np.ndarray | None = None) -> set[int]:
    """Places of the levels that some patients have, or all; none for those without a value."""
    held = codes if mask is None else codes[mask]
    return set(np.flatnonzero(np.bincount(held.astype(np.intp) + 1)[1:]).tolist())


def bounds(variable: Variable, numbers: np.ndarray) -> tuple[float, float] | None:
    """Smallest and largest of some values of a number, rounded outwards.

    None if nobody has a value.
    """
    numbers = numbers[np.isfinite(numbers)]
    if not len(numbers):
        return None
    scale = 10**variable.decimals
    # Rounded first: 1.1 * 10 is a little over 11, and its ceiling would be 12.
    low, high = np.round(numbers.min() * scale, 6), np.round(numbers.max() * scale, 6)
    return float(np.floor(low) / scale), float(np.ceil(high) / scale)
