"""The number for a printed cell, by quantity, on six made-up patients worked out by hand.

Everybody: ages 40, 50, 61, 70, 80 and one missing; arm A P1–P3, arm B P4–P6; stages B, C, C, D,
missing, D; deaths on days 0, 100, 300 and 500, censored on 200 and 400.
"""

from __future__ import annotations

import logging
import math

import pytest
from scipy import stats

from callbacks.evidence.cells import evidence_rows, table_summaries
from callbacks.evidence.recomputed import Recomputer
from layouts.evidence.context import FAILED, NOTHING
from tests.data.conftest import write_base
from tests.studies.evidence import add_evidence, cell

MONTH = 30.4375
# Log-rank by arm: one of three in A at day 100, at day 300; observed 2, expected 1.4333.
EXPECTED = 3 / 6 + 3 / 5 + 1 / 3
VARIANCE = 1 / 4 + 6 / 25 + 2 / 9
LOG_RANK = stats.chi2.sf((2 - EXPECTED) ** 2 / VARIANCE, 1)
# Welch, age: 50.333 of three with variance 110.333, 75 of two with variance 50.
STEP = 110.3333333333 / 3 + 50 / 2
DF = STEP**2 / ((110.3333333333 / 3) ** 2 / 2 + (50 / 2) ** 2 / 1)
WELCH = 2 * stats.t.sf((75 - 151 / 3) / math.sqrt(STEP), DF)
SD_LESIONS = 34.5 / math.sqrt(2)

CELLS = [
    (cell("count"), 6),
    (cell("count", set=""), 4),
    (cell("count", "arm=a", set=""), 2),
    (cell("count", '"stage=d,missing"'), 3),
    (cell("count", "arm=a&stage=stage-c"), 2),
    (cell("count", "arm=a + stage=d"), 5),
    (cell("percent", "stage=d", set=""), 50),
    (cell("percent", "stage=d", where="arm=b"), 200 / 3),
    (cell("percent lower", "arm=a"), 11.811724),  # Clopper–Pearson of 3 of 6, from R's binom.test
    (cell("percent upper", "arm=a"), 88.188276),
    (cell("known", "age"), 5),
    (cell("mean", "age"), 60.2),
    (cell("sd", "age"), math.sqrt(1000.8 / 4)),
    (cell("smallest", "age"), 40),
    (cell("lower quartile", "age"), 50),
    (cell("median", "age"), 61),
    (cell("upper quartile", "age"), 70),
    (cell("largest", "age"), 80),
    (cell("median", "age", where="arm=b"), 75),
    (cell("sd", "age", where="stage=missing"), math.nan),
    (cell("mean", "age", where="arm=b&stage=stage-c"), math.nan),
    (cell("mean", "lesions.planned_gy"), 80),
    (cell("mean", "lesions.delivered_gy"), 82.75),
    (cell("mean", "lesions.planned_gy", where="lesions.response=yes"), 100),
    (
        cell("limit of agreement lower", "lesions.planned_gy - lesions.delivered_gy"),
        -2.75 - 1.96 * SD_LESIONS,
    ),
    (
        cell("limit of agreement upper", "lesions.planned_gy - lesions.delivered_gy"),
        -2.75 + 1.96 * SD_LESIONS,
    ),
    (cell("rows", "lesions"), 3),
    (cell("patients with rows", "lesions"), 2),
    (cell("patients with rows", "lesions", "2"), 1),
    (cell("patients with rows", "lesions", "1 | 2"), 2),
    (cell("adverse events", "Fatigue", "3"), 1),
    (cell("adverse events", "Fatigue", "2 | 3"), 2),
    (cell("adverse events", "Fatigue | Nausea", "1 | 2"), 1),
    (cell("adverse events percent", "Fatigue", "2 | 3"), 100 / 3),
    (cell("patients", "os"), 6),
    (cell("patients", "pps"), 3),
    (cell("events", "pps"), 2),
    (cell("events", "os", where="arm=b"), 2),
    # Survival 5/6, 2/3, then 4/9 at day 300.
    (cell("survival median", "os"), 300 / MONTH),
    (cell("survival", "os", "6"), 2 / 3),
    (cell("survival", "os", "12"), 4 / 9),
    (cell("survival median upper", "os"), math.nan),
    (cell("log-rank p", "os", "arm"), LOG_RANK),
    # Stage D against all else: none of three, both of two; of five with a stage, chi-square is 5.
    (cell("chi-square p", "stage=d", "arm"), stats.chi2.sf(5, 1)),
    (cell("Fisher p", "stage=d", "arm"), 1 / 10),
    (cell("Welch p", "age", "arm"), WELCH),
]


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = write_base(tmp_path_factory.mktemp("evidence"))
    return add_evidence(folder, *[row for row, _ in CELLS]).load()


@pytest.mark.parametrize("position", range(len(CELLS)), ids=lambda i: CELLS[i][0].split(",")[7])
def test_the_number_of_a_cell(study, position):
    cells = [one for one in study.evidence.cells if one.table == "Table 1"]
    value = Recomputer(study).value(cells[position])
    assert value == pytest.approx(CELLS[position][1], rel=1e-6, nan_ok=True)


def test_limits_of_survival_are_those_of_the_curve(tmp_path):
    rows = [cell(f"survival{end}", "os", "6", where="arm=a") for end in ("", " lower", " upper")]
    study = add_evidence(write_base(tmp_path), *rows).load()
    # Arm A: the first of three dies on day 100; Greenwood's sum is 1/(3·2).
    share, se = 2 / 3, math.sqrt(1 / 6)
    limits = [share * math.exp(-1.959964 * se), min(share * math.exp(1.959964 * se), 1)]
    cells = [one for one in study.evidence.cells if one.table == "Table 1"]
    found = [Recomputer(study).value(one) for one in cells]
    assert found == pytest.approx([share, *limits], rel=1e-6)


def test_a_hazard_ratio_turns_over_with_its_groups(tmp_path):
    rows = [
        cell(f"hazard ratio{end}", "os", by)
        for by in ("arm=a", "arm=b")
        for end in ("", " lower", " upper")
    ]
    rows += [cell("Wald p", "os", by) for by in ("arm=a", "arm=b")]
    study = add_evidence(write_base(tmp_path), *rows).load()
    cells = [one for one in study.evidence.cells if one.table == "Table 1"]
    ratio, lower, upper, other, other_lower, other_upper, p, q = map(Recomputer(study).value, cells)
    assert (other, other_lower, other_upper) == pytest.approx((1 / ratio, 1 / upper, 1 / lower))
    assert p == pytest.approx(q)
    # Wald: the interval and the p-value are of one estimate.
    se = math.log(upper / lower) / (2 * 1.959964)
    assert p == pytest.approx(2 * stats.norm.sf(abs(math.log(ratio)) / se), rel=1e-5)


def test_verdicts_and_reasons(tmp_path):
    rows = [
        cell("count", printed="6"),
        cell("mean", "age", printed="60"),  # 60.2
        cell("mean", "age", printed="59"),  # 1.2 away, more than 1 and less than 10 %
        cell("mean", "age", printed="40"),
        cell("count", printed="5", note="Miscounted."),
        cell("", printed="about 6", note="A rule."),
        cell("count", "arm=a", printed="3", note="Arm A."),
    ]
    study = add_evidence(write_base(tmp_path), *rows).load()
    found = [row for row in evidence_rows(study) if row.cell.table == "Table 1"]
    assert [(row.verdict, row.why, row.general) for row in found] == [
        ("exact", "", False),
        ("exact", "", False),
        ("within", "All were moved.", True),
        ("differs", "All were moved.", True),
        ("differs", "Miscounted.", False),
        (NOTHING, "A rule.", False),
        ("exact", "Arm A.", False),
    ]
    summary = {one.table: one for one in table_summaries(tuple(found))}["Table 1"]
    assert dict(summary.counts) == {"exact": 3, "within": 1, "differs": 2, NOTHING: 1, FAILED: 0}
    assert (summary.total, summary.recomputed) == (7, 6)


def test_a_cell_that_fails_does_not_take_the_others_with_it(tmp_path, caplog, monkeypatch):
    study = add_evidence(
        write_base(tmp_path), cell("count", printed="6"), cell("mean", "age", printed="60")
    ).load()

    def broken(*_):
        raise ZeroDivisionError("patient P3")

    monkeypatch.setattr(Recomputer, "_number", broken)
    with caplog.at_level(logging.ERROR):
        found = [row for row in evidence_rows(study) if row.cell.table == "Table 1"]
    assert [row.verdict for row in found] == ["exact", FAILED]
    assert math.isnan(found[1].value)
    assert "could not be recomputed: ZeroDivisionError" in caplog.text
    assert "P3" not in caplog.text


def test_a_study_without_evidence_has_no_rows(base_study):
    assert evidence_rows(base_study) == ()


@pytest.fixture
def base_study(tmp_path):
    return write_base(tmp_path).load()
