"""The answers of a study in memory, which those of databases are held against."""

from __future__ import annotations

import numpy as np
import pytest

from data.cohort import Cohort
from data.warehouse.no_rows import NeedsRows
from data.warehouse.question import Happened, Level, Question, Time, Who
from tests.data.warehouse.in_memory import counted


def test_it_counts_patients_by_level_and_day_and_gives_no_row(all_studies):
    study = all_studies.study("soramic")
    without_rows = counted(study)
    everybody = Who(Cohort("soramic", study.default_set.id), "os")
    groupings = ((), (Level("arm"),), (Level("arm"), Time("os"), Happened("os")))
    whole, arms, days = without_rows.counted.count(Question(everybody, groupings))

    assert whole.n.tolist() == [177]
    assert sorted(arms.n.tolist()) == [73, 104]
    assert days.total == 177
    events = days.n[days.columns[Happened("os")] == 1].sum()
    assert events == study.outcomes["os"].event.sum()
    with pytest.raises(NeedsRows):
        without_rows.codes["arm"]


def test_sums_are_over_those_with_a_value(all_studies):
    study = all_studies.study("soramic")
    name = next(one.id for one in study.variables if one.is_number)
    who = Who(Cohort("soramic", study.default_set.id))
    (whole,) = counted(study).counted.count(Question(who, ((),), ((name,), (name, name))))
    values = study.numbers[name][np.isfinite(study.numbers[name])]

    assert whole.sums[(name,)][0] == pytest.approx(values.sum())
    assert whole.sums[(name, name)][0] == pytest.approx((values**2).sum())
    assert whole.sum_counts[(name,)][0] == values.size
