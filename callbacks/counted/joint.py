"""How the variables of some patients go together, from counts by pairs of levels.

Of so many variables there are hundreds of pairs. They are counted in groups of a few variables, of
which every two groups stand in one grouping: each pair is in one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from math import prod

import numpy as np

from analysis.joint_counts import joint_limit_of_counts, number_alone
from analysis.joint_limit import Alone, Joint
from callbacks.counted.counts import counts
from callbacks.groups import split_labels, split_of
from callbacks.memory import Memory
from data.study import Study, Variable
from data.warehouse.counts import Counts
from data.warehouse.question import Level, Question, Who

# Kinds of patients by the variables of one group.
MOST_KINDS = 64


def joint_of(
    memory: Memory,
    study: Study,
    who: Who,
    variables: tuple[Variable, ...],
    ranges: bool = False,
    missing: bool = True,
) -> Joint:
    """The joint distribution of variables over random permutations of an outcome.

    Parameters
    ----------
    ranges : bool
        Whether a number stands for its ranges, and not for itself.
    missing : bool
        Whether no value is a level of a variable of which the study says so.
    """
    return _Pairs(memory, study, who, variables, ranges, missing).joint()


@dataclass(frozen=True, eq=False)
class _Pairs:
    memory: Memory
    study: Study
    who: Who
    variables: tuple[Variable, ...]
    ranges: bool
    missing: bool
    tables: dict[tuple[str, str], np.ndarray] = field(default_factory=dict)

    def joint(self) -> Joint:
        levels = [one for one in self.variables if not self._is_number(one)]
        numbers = [one.id for one in self.variables if self._is_number(one)]
        alone: dict[str, Alone] = {}
        for names, found in self._of_levels(levels):
            codes = {name: self._codes(name, found) for name in names}
            for name in names:
                sizes = self._crossed(found.n, codes[name], self._size(name))
                alone[name] = Alone(int(sizes.sum()), sizes)
            for a, b in combinations(names, 2):
                shape = (self._size(a), self._size(b))
                cells = np.where(
                    (codes[a] < 0) | (codes[b] < 0), -1, codes[a] * shape[1] + codes[b]
                )
                self.tables[a, b] = self._crossed(found.n, cells, prod(shape)).reshape(shape)
        if numbers:
            self._of_numbers(levels, numbers, alone)
        ids = [one.id for one in self.variables]
        return joint_limit_of_counts(
            [alone[one] for one in ids], lambda a, b: self._of(ids[a], ids[b])
        )

    def _of(self, a: str, b: str) -> np.ndarray:
        if (a, b) in self.tables:
            return self.tables[a, b]
        return self.tables[b, a].T

    def _is_number(self, variable: Variable) -> bool:
        return variable.is_number and not self.ranges

    def _size(self, name: str) -> int:
        variable = self.study.variable(name)
        return len(split_labels(self.study, variable) if self.missing else variable.levels)

    def _codes(self, name: str, found: Counts) -> np.ndarray:
        codes = found.columns[Level(name)]
        return split_of(self.study, self.study.variable(name), codes) if self.missing else codes

    @staticmethod
    def _crossed(n, cells, size) -> np.ndarray:
        known = cells >= 0
        return np.bincount(cells[known], n[known], size).astype(np.int64)

    def _of_levels(self, levels: list[Variable]) -> Iterator[tuple[tuple[str, ...], Counts]]:
        groups: list[list[Variable]] = []
        for one in levels:
            last = groups[-1] if groups else []
            if groups and prod(len(v.levels) + 1 for v in (*last, one)) <= MOST_KINDS:
                last.append(one)
            else:
                groups.append([one])
        pairs = list(combinations(groups, 2)) or [(one, []) for one in groups]
        names = [tuple(one.id for group in pair for one in group) for pair in pairs]
        if names:
            asked = tuple(tuple(map(Level, one)) for one in names)
            yield from zip(
                names, counts(self.memory, self.study, Question(self.who, asked)), strict=True
            )

    def _of_numbers(self, levels: list[Variable], numbers: list[str], alone: dict) -> None:
        ids = [*(one.id for one in levels), *numbers]
        own = tuple((name,) for name in numbers)
        squares = tuple((name, name) for name in numbers)
        products = tuple(combinations(numbers, 2))
        by_level = Question(
            self.who, ((), *((Level(name),) for name in ids)), (*own, *squares, *products)
        )
        whole, *each = counts(self.memory, self.study, by_level)
        for name in numbers:
            n, total, square = (
                part.sum()
                for part in (whole.sum_counts[name,], whole.sums[name,], whole.sums[name, name])
            )
            alone[name] = number_alone(int(n), total, square)
        of = dict(zip(ids, each, strict=True))
        for a in numbers:
            for b in (one.id for one in levels):
                codes, size = self._codes(b, of[b]), self._size(b)
                known = codes >= 0
                n, total = (
                    np.bincount(codes[known], part[known], size)
                    for part in (of[b].sum_counts[a,], of[b].sums[a,])
                )
                self.tables[a, b] = ((total - n * alone[a].mean) / self._spread(alone[a]))[None]
        for a, b in products:
            both = whole.sum_counts[a, b].sum()
            of_a, of_b = self._where_known(of[b], b, a), self._where_known(of[a], a, b)
            ours, theirs = alone[a], alone[b]
            product = (
                whole.sums[a, b].sum()
                - theirs.mean * of_a
                - ours.mean * of_b
                + both * ours.mean * theirs.mean
            )
            self.tables[a, b] = np.array([[product / self._spread(ours) / self._spread(theirs)]])

    @staticmethod
    def _spread(one: Alone) -> float:
        # One without any is in no block.
        return one.spread or 1.0

    @staticmethod
    def _where_known(found: Counts, name: str, of: str) -> float:
        """The sum of a number over those who have another one."""
        return float(found.sums[of,][found.columns[Level(name)] >= 0].sum())
