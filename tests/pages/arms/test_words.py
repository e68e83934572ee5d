"""Compare arms in words: the paper's numbers, what leads, cautions and views without a result."""

import pytest

from layouts.arms.balance import balance_side, balance_table, models_of
from layouts.arms.cautions import cautions
from layouts.arms.competing import competing_side
from layouts.arms.effect import effect_side
from layouts.arms.forest import response_forest
from layouts.arms.numbers import HAZARD_RATIO, numbers_of
from layouts.arms.page import wider_link
from layouts.arms.response import response_side
from layouts.arms.words import sentence
from layouts.shared.numbers import by_key
from layouts.shared.theme import LIGHT
from tests.trees import named, text
from tests.views import Views, footnote

SORAMIC, NCT = "study=soramic", "study=nct01900002"


@pytest.fixture(scope="module")
def arms(all_studies) -> Views:
    return Views(all_studies, "arms")


@pytest.mark.parametrize(
    ("endpoint", "medians", "inverse", "p"),
    [
        ("pfs", "medians 8.9 and 5.4 months", "1.4 (1.1–2.0)", "0.022"),
        ("ttp", "medians 10.1 and 6.2 months", None, "< 0.001"),
        ("hepatic-pfs", "medians 9.0 and 5.7 months", None, "0.014"),
        ("os", "medians 15.0 and 13.8 months", None, "0.773"),
        ("pps", "medians 7.9 and 7.5 months", None, "0.863"),
    ],
)
def test_the_papers_numbers(arms, endpoint, medians, inverse, p):
    context = arms(f"{SORAMIC}&endpoint={endpoint}")
    said = sentence(context).replace("\u00a0", " ")
    assert medians in said
    assert f"log-rank p {'' if p.startswith('<') else '= '}{p}" in said
    if inverse:
        value, lower, upper = by_key(numbers_of(context.result))[HAZARD_RATIO].estimate
        assert f"{1 / value:.1f} ({1 / upper:.1f}–{1 / lower:.1f})" == inverse
        assert f"{1 / value:.2f} ({1 / upper:.2f}–{1 / lower:.2f})" in footnote(context)


def test_overall_survival_as_printed(arms):
    numbers = numbers_of(arms(f"{SORAMIC}&endpoint=os").result)
    value, lower, upper = by_key(numbers)[HAZARD_RATIO].estimate
    # "1 (0.76-1.5)" at two significant digits, of sorafenib against the combination.
    assert [float(f"{x:.2g}") for x in (1 / value, 1 / upper, 1 / lower)] == [1.0, 0.76, 1.5]


def test_a_ratio_never_stands_alone(arms):
    html = effect_side(arms(SORAMIC), LIGHT)
    for statistic in (
        "hazard-ratio",
        "rmst-difference",
        "difference-12",
        "difference-24",
        "log-rank",
        "permutation",
        "proportional-hazards",
    ):
        assert f'data-statistic="{statistic}"' in html
    # Among the twenty data sets the test falls on either side of 0.05.
    assert "whether the ratio changes over time is not determined by the publication" in html


def test_where_hazards_are_not_proportional_a_caution_says_so_and_the_order_stays(arms):
    context = arms(f"{SORAMIC}&endpoint=hepatic-pfs&previous-tace=yes")
    # R, cox.zph: p = 0.022; coxph: 0.432.
    assert not context.result.proportional
    html = effect_side(context, LIGHT)
    assert html.index("hazard-ratio") < html.index("rmst-difference")
    assert "not constant over time" in html
    said = sentence(context)
    assert said.index("hazard ratio 0.43") < said.index("mean time gained")
    assert "changes over time" not in said
    assert (
        "The hazard ratio changes over time in 3 of 20 data sets (proportional hazards "
        "p\u00a0=\u00a00.022" in " ".join(cautions(context))
    )
    assert "changes over time" not in " ".join(cautions(arms(SORAMIC)))
    proportional = effect_side(arms(SORAMIC), LIGHT)
    assert proportional.index("hazard-ratio") < proportional.index("rmst-difference")


def test_response_as_printed(arms):
    context = arms(f"{SORAMIC}&show=response")
    said = sentence(context)
    assert "45 of 73 (61.6 %) with RE + sorafenib and 31 of 104 (29.8 %) with sorafenib" in said
    html = response_side(context, LIGHT)
    for printed in ("13.7 %", "3.8 %", "Fisher p = 0.023", "(49.5–72.8)", "(21.2–39.6)", "64.8"):
        assert printed in html
    # The paper cuts off where this page rounds: p = 0.022.
    assert int(1000 * context.result.complete.fisher.p_value) == 22


def test_the_forest_of_response(arms):
    html = response_forest(arms(f"{SORAMIC}&show=response"))
    # Child-Pugh B: one responder of 12, p = 0.01 in the paper.
    row = html[html.index('data-variable="child-pugh"') :]
    row = row[: row.index("</tbody>")]
    assert "1/12" in row
    factor = next(
        one
        for variable, _, one in arms(f"{SORAMIC}&show=response").result.factors
        if variable.id == "child-pugh"
    )
    assert f"{factor.p_value:.2f}" == "0.01"


def test_balance_and_adjustment(arms):
    context = arms(f"{SORAMIC}&show=balance&adjust=child-pugh,albi-grade&stratify=bclc")
    names = [name for name, _, _ in models_of(context)]
    assert names == ["crude", "crude-complete", "adjusted", "stratified"]
    assert "4 patients without a value of a covariate left out." in cautions(context)
    assert "ALBI grade (0.40)" in sentence(context)
    html = balance_side(context)
    assert "Log-rank in 2 strata" in html
    assert html.count("data-model=") == 4
    assert 'data-variable="bclc"' in balance_table(context)


def test_competing_risks_beside_what_kaplan_meier_would_say(arms):
    for query in (f"{SORAMIC}&show=competing", f"{NCT}&show=competing"):
        context = arms(query)
        assert "1 − Kaplan–Meier would say" in sentence(context)
        html = competing_side(context, LIGHT)
        for statistic in ("event", "naive", "competing"):
            assert f'data-statistic="{statistic}"' in html
        for group in filter(None, context.result.groups):
            assert (1 - group.naive.survival[-1]) >= group.event_incidence.value[-1]


def test_four_against_thirty_four(arms):
    said = " ".join(cautions(arms(f"{NCT}&set=enrolled")))
    assert "4 against 34: 4 patients with sorafenib only cannot show or exclude" in said
    assert "not assigned by chance" in said


@pytest.mark.parametrize("show", ["effect", "balance"])
def test_one_arm_is_said_in_one_sentence_with_a_link_to_the_wider_set(arms, show):
    context = arms(f"{NCT}&show={show}")
    assert context.result is None
    assert sentence(context) == (
        "All patients in view are in one arm (RE + sorafenib): there is nothing to compare."
    )
    (link,) = named(wider_link(context), "a")
    assert "set=enrolled" in link["href"]
    assert text(link) == "Compare the arms among all enrolled"
    assert wider_link(arms(f"{SORAMIC}&arm=sorafenib")) is None


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (f"{SORAMIC}&age-years=200..300", "No patient passes these filters"),
        ("study=edges&show=competing", "This study declares no competing events."),
        ("study=edges&show=response", "This study has no response to treatment."),
        (f"{SORAMIC}&endpoint=pps&progression=no", "No patient is left for this analysis"),
    ],
)
def test_what_cannot_be_shown_says_why(arms, query, said):
    context = arms(query)
    assert sentence(context).startswith(said)
    assert context.result is None
    assert cautions(context) == []


def test_a_filter_after_randomisation_breaks_it(arms):
    said = " ".join(cautions(arms(f"{SORAMIC}&objective-response=yes")))
    assert "breaks the randomisation" in said
    assert "Landmark analysis: time starts at day 183" in said
    assert "breaks the randomisation" in " ".join(
        cautions(arms(f"{SORAMIC}&objective-response=yes&show=balance"))
    )


def test_patients_who_progressed_are_a_selection(arms):
    said = " ".join(cautions(arms(f"{SORAMIC}&endpoint=pps")))
    assert "Only patients who progressed: 116 of 177" in said
    assert "selected by what happened during treatment" in said


def test_no_event_and_separation_are_words_and_no_axis(arms):
    html = effect_side(arms("study=edges&endpoint=quiet"), LIGHT)
    assert "not estimable" in html
    assert "nan" not in html
    context = arms(f"{SORAMIC}&age-years=74..74")
    assert "separate completely" in " ".join(cautions(context))
    assert "nan" not in sentence(context) + effect_side(context, LIGHT)


@pytest.mark.parametrize("show", ["effect", "balance", "competing", "response"])
def test_the_footnote_names_method_cohort_and_provenance(arms, show):
    said = footnote(arms(f"{SORAMIC}&show={show}&bclc=c"))
    assert "BCLC C" in said
    assert said.endswith("Reconstructed from published tables — not patient records.")
    assert cautions(arms(f"{SORAMIC}&show={show}&bclc=c"))[0].startswith("Illustrative")


def test_labels_of_a_study_are_escaped(arms):
    html = balance_table(arms("study=edges&show=balance"))
    assert "<script" not in html
