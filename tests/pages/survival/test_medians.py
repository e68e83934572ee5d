"""The median of the screen is that of the scripts; where R's limit differs it is said."""

import re
import subprocess
import sys

import pytest

from callbacks.survival.rows import curves
from layouts.survival.method import python_code, r_code
from tests.cases import case_views
from tests.views import Views, footnote

# R: quantile(survfit(Surv(os_days, os_event) ~ g), 0.5).
PLATEAU = {"A": 300, "B": 550, "C": 120, "D": 550}
# R: the upper limits of the same in simmono2, each later than the first crossing.
R_LATER = {"h1": 872, "h2": 849, "h5": 808}


@pytest.fixture(scope="module")
def plateau():
    return case_views()("survival", "study=plateau&by=g")


def test_the_medians_of_a_plateau_are_r(plateau):
    assert {group.label: group.median.value for group in plateau.result.groups} == PLATEAU


def test_the_python_script_prints_them(plateau, tmp_path):
    import csv

    rows = list(curves(plateau))
    with open(tmp_path / "km.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    code = re.sub(r"km\.plot_survival_function\(.*\)", "pass", python_code(plateau))
    code = re.sub(r"from lifelines.statistics.*|print\(multivariate.*", "", code)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    printed = [line.split() for line in done.stdout.splitlines()]
    medians = {words[0]: float(words[3]) for words in printed if words and words[0] in PLATEAU}
    assert medians == pytest.approx({name: days / 30.4375 for name, days in PLATEAU.items()})
    assert round(medians["B"], 2) == 18.07


def test_the_r_script_asks_for_quantiles(plateau):
    code = r_code(plateau)
    assert "quantile(fit, 0.5)" in code
    # R's print of a fit takes no midpoint where the curve ends at one half.
    assert "print(fit" not in code


def test_a_limit_that_rises_again_is_said():
    context = case_views()("survival", "study=simmono2&by=g")
    for group in context.result.groups:
        if group.label in R_LATER:
            assert group.median.upper < R_LATER[group.label]
            assert group.curve.limit_rises_again
    assert "the median's upper limit in h1" in footnote(context)
    assert "R gives a later day" in footnote(context)


def test_where_no_limit_rises_nothing_is_said(plateau, all_studies):
    assert "R gives a later day" not in footnote(plateau)
    assert "R gives a later day" not in footnote(Views(all_studies, "survival")("study=soramic"))
