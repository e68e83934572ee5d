"""How variables go together among patients, from counts by pairs of levels and sums of products."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from analysis.joint_limit import Alone, Joint, joint_of_products
from callbacks.counted.counts import counts
from callbacks.groups import split_labels, split_of
from callbacks.memory import Memory
from data.study import Study
from data.warehouse.counts import Counts
from data.warehouse.question import Level, Question, Who


def joint_of(
    memory: Memory,
    study: Study,
    who: Who,
    names: Sequence[str],
    numbers: Sequence[str] = (),
    missing_as_level: bool = True,
) -> Joint:
    """The joint distribution of variables over random permutations of an outcome.

    Parameters
    ----------
    names : sequence of str
        Variables in their order.
    numbers : sequence of str
        Those of them that enter as numbers; the others by their levels.
    missing_as_level : bool
        Whether no value is a level of a variable of which the study says so.

    Raises
    ------
    NotAnswered
        If the database does not answer.
    """
    made = _Together(memory, study, who, tuple(names), frozenset(numbers), missing_as_level)
    return made.joint()


class _Together:
    """Counts of some variables, each alone and two by two."""

    def __init__(self, memory, study, who, names, numbers, missing_as_level):
        self._study, self._names, self._numbers = study, names, numbers
        self._as_level = missing_as_level
        self._by_levels = [name for name in names if name not in numbers]
        in_order = [name for name in names if name in numbers]
        alone = tuple((Level(name),) for name in names)
        pairs = tuple((Level(a), Level(b)) for a, b in combinations(self._by_levels, 2) if a != b)
        question = Question(who, (*alone, *pairs))
        found = counts(memory, study, question) if names else ()
        self._of = dict(zip((*names, *pairs), found, strict=True))
        self._sums: dict[tuple, Counts] = {}
        if in_order:
            of_one = tuple((name,) for name in in_order)
            of_two = tuple((a, b) for i, a in enumerate(in_order) for b in in_order[i:])
            question = Question(who, ((), *alone), (*of_one, *of_two))
            found = counts(memory, study, question)
            self._sums = dict(zip(((), *names), found, strict=True))

    def joint(self) -> Joint:
        alone = [self._alone(name) for name in self._names]
        sizes = [one.present.size for one in alone]
        starts = np.cumsum([0, *sizes])
        together = np.zeros((starts[-1], starts[-1]))
        for i, a in enumerate(self._names):
            for j, b in enumerate(self._names[: i + 1]):
                part = self._products(a, b, alone[i], alone[j])
                rows, columns = (slice(starts[k], starts[k + 1]) for k in (i, j))
                together[rows, columns] = part
                together[columns, rows] = part.T
        return joint_of_products(alone, together)

    def _alone(self, name: str) -> Alone:
        if name in self._numbers:
            whole = self._sums[()]
            n, total = int(whole.sum_counts[name,].sum()), whole.sums[name,].sum()
            if not n:
                return Alone(0)
            mean = total / n
            squares = whole.sums[name, name].sum() / n - mean**2
            return Alone(n, None, float(mean), float(np.sqrt(max(squares, 0.0))))
        sizes = np.zeros(self._size(name), np.int64)
        codes, n = self._codes(name, self._of[name]), self._of[name].n
        np.add.at(sizes, codes[codes >= 0], n[codes >= 0])
        return Alone(int(sizes.sum()), sizes)

    def _products(self, a: str, b: str, of_a: Alone, of_b: Alone) -> np.ndarray:
        """Sums of products of the indicators or standardised numbers of two variables."""
        if a in self._numbers and b in self._numbers:
            return self._of_numbers(a, b, of_a, of_b)
        if a in self._numbers:
            return self._of_number(a, b, of_a, of_b).T
        if b in self._numbers:
            return self._of_number(b, a, of_b, of_a)
        if a == b:
            return np.diag(of_a.counts[of_a.present]).astype(float)
        pair = next(one for one in ((Level(a), Level(b)), (Level(b), Level(a))) if one in self._of)
        found = self._of[pair]
        x, y = self._codes(a, found), self._codes(b, found)
        table = np.zeros((of_a.counts.size, of_b.counts.size))
        used = (x >= 0) & (y >= 0)
        np.add.at(table, (x[used], y[used]), found.n[used])
        return table[np.ix_(of_a.present, of_b.present)]

    def _of_number(self, number: str, name: str, of_number: Alone, of_name: Alone) -> np.ndarray:
        """Of a number and levels: (levels that occur, 1)."""
        found = self._sums[name]
        codes = self._codes(name, found)
        table = np.zeros(of_name.counts.size)
        less = found.sums[number,] - of_number.mean * found.sum_counts[number,]
        np.add.at(table, codes[codes >= 0], less[codes >= 0])
        shown = table[of_name.present, None] / (of_number.spread or 1)
        return shown[:, : of_number.present.size]

    def _of_numbers(self, a: str, b: str, of_a: Alone, of_b: Alone) -> np.ndarray:
        whole = self._sums[()]
        pair = (a, b) if (a, b) in whole.sums else (b, a)
        n, product = whole.sum_counts[pair].sum(), whole.sums[pair].sum()
        # Of each the sum over those who have the other as well.
        sum_a, sum_b = self._where(a, b), self._where(b, a)
        value = product - of_a.mean * sum_b - of_b.mean * sum_a + of_a.mean * of_b.mean * n
        made = np.full((1, 1), value / ((of_a.spread or 1) * (of_b.spread or 1)))
        return made[: of_a.present.size, : of_b.present.size]

    def _where(self, number: str, known: str) -> float:
        found = self._sums[known]
        return float(found.sums[number,][found.columns[Level(known)] >= 0].sum())

    def _codes(self, name: str, found: Counts) -> np.ndarray:
        codes = found.columns[Level(name)]
        return split_of(self._study, self._study.variable(name), codes) if self._as_level else codes

    def _size(self, name: str) -> int:
        variable = self._study.variable(name)
        return len(split_labels(self._study, variable) if self._as_level else variable.levels)
