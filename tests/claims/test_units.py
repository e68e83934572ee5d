"""A number enters a regression per a sensible unit: declared, else from its spread."""

from __future__ import annotations

import pytest

# R: exp(coef) and exp(confint) of coxph with I(x / step).
RATIOS = {
    ("soramic", "Age", "per 10 years"): (0.948413135, 0.791552492, 1.136358590),
    ("colon3", "age", "per 10"): (1.019736410, 0.942290793, 1.103547179),
    ("colon3", "nodes", "per 5"): (1.583939289, 1.452574943, 1.727183634),
}


@pytest.mark.parametrize(("study", "variable", "level"), RATIOS)
def test_the_ratio_is_per_a_sensible_unit(rows, study, variable, level):
    (row,) = rows(f"prognostic.csv?study={study}", variable=variable)
    assert row["level"] == level
    found = [float(row[f"hazard_ratio{end}"]) for end in ("", "_lower", "_upper")]
    assert found == pytest.approx(RATIOS[study, variable, level], rel=1e-6)


@pytest.mark.parametrize("study", ["soramic", "nct01900002", "colon3", "separate"])
def test_no_ratio_of_a_small_p_is_printed_as_one(rows, study):
    for row in rows(f"prognostic.csv?study={study}"):
        if row["level"].startswith("per ") and float(row["p_value"]) < 0.05:
            assert f"{float(row['hazard_ratio']):.2f}" != "1.00"
