"""A factor whose hazard ratio is infinite counts by its likelihood ratio, on screen and in file."""

import math

import pytest

from callbacks.prognostic.rows import prognostic_rows
from layouts.prognostic.table import prognostic_table
from layouts.prognostic.words import looks, sentence
from tests.cases import case_views
from tests.views import Views

# R 4, survival: summary(coxph(Surv(os_days, os_event) ~ x))$logtest, one variable at a time.
SEPARATE = {"arm": 0.7726186648, "xx": 2.461772289e-09, "y": 0.3247823017, "age": 0.9854903738}
# drop1(coxph(Surv(os_days, os_event) ~ x + age + y), test = "Chisq")
X_DROPPED = 1.778073079e-09


@pytest.fixture(scope="module")
def separate():
    return case_views()("prognostic", "study=separate&model=p")


def test_every_variable_has_a_likelihood_ratio(separate):
    found = {one.name: one.likelihood_ratio_p for one in separate.result.univariable}
    for name, p in SEPARATE.items():
        assert found[name] == pytest.approx(p, rel=1e-6)
    # Everybody has the one level of z.
    assert math.isnan(found["z"])


def test_it_is_found_counted_first_and_in_the_model(separate):
    assert separate.result.found == ("xx",)
    assert separate.result.chosen == ("xx",)
    assert separate.result.kept == ("xx",)
    assert sentence(separate).replace("\u00a0", " ").startswith("Alone, OS goes with x (p < 0.001)")
    assert "1 found" in looks(separate)
    by_p = case_views()("prognostic", "study=separate&order=p")
    assert by_p.variables[by_p.order()[0]].id == "xx"


def test_in_a_model_with_others_it_is_dropped_alone():
    result = case_views()("prognostic", "study=separate&model=xx,y,age").result
    assert result.dropped == {"xx": pytest.approx(X_DROPPED, rel=1e-6)}
    assert result.kept == ("xx",)


def test_estimable_factors_keep_the_p_of_their_estimate(separate):
    # R: the Wald tests of the same regressions.
    wald = {"arm": 0.7727276, "y": 0.3321799, "age": 0.9854924}
    for one in separate.result.univariable:
        if one.name in wald:
            assert one.p_value == pytest.approx(wald[one.name], abs=5e-8)


def test_the_p_stands_with_the_variable_in_table_and_file(separate):
    table = prognostic_table(separate)
    x = table[table.index('data-variable="xx"') : table.index('data-variable="y"')]
    assert 'class="p found" data-statistic="p">&lt; 0.001' in x
    rows = [row for row in prognostic_rows(separate) if row["variable"] == "x"]
    assert [row["level"] for row in rows] == ["lo", "hi"]
    for row in rows:
        assert row["likelihood_ratio_p"] == pytest.approx(SEPARATE["xx"], rel=1e-6)


def test_a_level_without_events_among_three():
    # R: summary(coxph(Surv(os_days, os_event) ~ g))$logtest, on 2 degrees of freedom.
    (g,) = [
        one
        for one in case_views()("prognostic", "study=interact").result.univariable
        if one.name == "g"
    ]
    assert g.likelihood_ratio_p == pytest.approx(3.014784792e-14, rel=1e-6)
    assert g.p_value == g.likelihood_ratio_p


def test_of_a_shipped_study(all_studies):
    view = Views(all_studies, "prognostic")
    context = view("study=nct01900002&endpoint=ttrp&metabolic-syndrome=no")
    p = {one.name: one.p_value for one in context.result.univariable}
    assert p["tumor-nodularity"] == pytest.approx(0.0319, abs=5e-5)
    assert "tumor-nodularity" in context.result.found
