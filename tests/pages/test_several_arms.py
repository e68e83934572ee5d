"""Three arms and more: pairs, one test over all arms and Holm's adjustment, against R."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from data.catalog import Catalog
from data.pairs import against_reference, family, pair_cohort
from data.patient_groups import Pair
from layouts.arms import numbers
from layouts.arms.balance import balance_side, balance_table
from layouts.arms.each import each_side
from layouts.arms.effect import effect_side
from layouts.arms.family import holm_p
from layouts.arms.figure import arm_figure
from layouts.arms.forest import response_forest
from layouts.arms.page import DOWNLOADS
from layouts.arms.response import response_side
from layouts.charts.frame import Frame
from layouts.overview.table import overview_table
from layouts.safety.table import safety_table
from layouts.shared.html import joined
from layouts.shared.look import Look
from layouts.shared.numbers import by_key, p_key
from layouts.shared.pairs import read_pair
from layouts.shared.theme import LIGHT
from layouts.subgroups.table import subgroup_table
from tests.cases import case_views, cases
from tests.views import BY_ID, PageViews, page_named

R = json.loads((Path(__file__).parents[1] / "golden" / "several_arms.json").read_text("utf-8"))
COLON = R["colon3"]
LEVELS = {"Obs": "obs", "Lev": "lev", "Lev+5FU": "lev-5fu"}
FRAME = Frame(height=470)


def ask(page: str, query: str):
    return case_views()(page, query)


def rows(page: str, file: str, query: str, **cells) -> list[dict]:
    view = query if page != "arms" or "show=" in query else f"{query}&show=effect"
    found = list(BY_ID[page].files[file].rows(ask(page, view)))
    return [one for one in found if all(one[name] == text for name, text in cells.items())]


def words(page: str, query: str) -> str:
    return " ".join(BY_ID[page].words(ask(page, query)).all()).replace("\u00a0", " ")


def notes(page: str, study: str, **given) -> list[str]:
    view = case_views().read(page, f"study={study}").view.with_options(**given)
    return page_named(page).read_options(cases().study(study), view)[1]


@pytest.mark.parametrize("of_r", COLON, ids=[one["endpoint"] for one in COLON])
def test_one_test_over_all_arms_stands_beside_the_pairs(of_r):
    query = f"study=colon3&endpoint={of_r['endpoint']}"
    (overall,) = rows("arms", "arms.csv", query, estimate="log_rank_overall_statistic")
    assert_allclose(overall["value"], of_r["overall"]["chisq"], rtol=1e-9)
    assert_allclose(overall["p_value"], of_r["overall"]["p"], rtol=1e-9)
    (df,) = rows("arms", "arms.csv", query, estimate="log_rank_overall_df")
    assert df["value"] == of_r["overall"]["df"]
    tests = rows("arms", "arms.csv", query, estimate="log_rank_statistic")
    ratios = rows("arms", "arms.csv", query, estimate="hazard_ratio")
    for test, ratio, pair in zip(tests, ratios, of_r["each"], strict=True):
        assert (test["compared"], test["reference"]) == (pair["compared"], pair["reference"])
        assert_allclose(test["value"], pair["chisq"], rtol=1e-9)
        assert_allclose(test["p_value"], pair["logrank_p"], rtol=1e-9)
        found = [ratio[name] for name in ("value", "lower", "upper", "p_value")]
        wanted = [pair[name] for name in ("hazard_ratio", "lower", "upper", "wald_p")]
        assert_allclose(found, wanted, rtol=1e-8)
    assert_allclose([one["holm_p"] for one in tests], of_r["holm_each"], rtol=1e-9)
    assert_allclose([one["holm_p"] for one in ratios], of_r["holm_wald"], rtol=1e-8)


@pytest.mark.parametrize("of_r", COLON, ids=[one["endpoint"] for one in COLON])
def test_a_pair_without_the_reference_is_adjusted_among_all_pairs(of_r):
    pair = of_r["every"][2]
    compared, reference = LEVELS[pair["compared"]], LEVELS[pair["reference"]]
    query = f"study=colon3&endpoint={of_r['endpoint']}&compare={compared},{reference}"
    (test,) = rows("arms", "arms.csv", query, estimate="log_rank_statistic")
    assert_allclose(test["p_value"], pair["logrank_p"], rtol=1e-9)
    assert_allclose(test["holm_p"], of_r["holm_every"][2], rtol=1e-9)
    (ratio,) = rows("arms", "arms.csv", query, estimate="hazard_ratio")
    assert_allclose(ratio["value"], pair["hazard_ratio"], rtol=1e-8)
    (hazards,) = rows("arms", "arms.csv", query, estimate="proportional_hazards_statistic")
    assert_allclose(hazards["p_value"], pair["zph_p"], rtol=1e-6)


def test_the_other_order_turns_the_ratio_round():
    one, other = (ask("arms", f"study=colon3&compare={pair}") for pair in ("lev,obs", "obs,lev"))
    ours, theirs = (by_key(numbers.numbers_of(context.result)) for context in (one, other))
    ratio, turned = ours[numbers.HAZARD_RATIO], theirs[numbers.HAZARD_RATIO]
    assert_allclose(turned.estimate, [1 / x for x in (ratio.value, ratio.upper, ratio.lower)])
    gained, lost = ours[numbers.MEAN_GAINED], theirs[numbers.MEAN_GAINED]
    assert_allclose(lost.estimate, [-gained.value, -gained.upper, -gained.lower])
    for key in (numbers.LOG_RANK, numbers.PERMUTATION, numbers.HAZARDS):
        assert ours[key].p == pytest.approx(theirs[key].p, rel=1e-9)
    assert holm_p(one, one, numbers.LOG_RANK) == holm_p(other, other, numbers.LOG_RANK)


def test_a_pair_is_the_same_alone_and_among_the_others():
    each = ask("arms", "study=colon3")
    for part in each.parts:
        levels = ",".join(arm.level for arm in part.arms)
        alone = ask("arms", f"study=colon3&compare={levels}")
        found, also = (by_key(numbers.numbers_of(one.result)) for one in (part, alone))
        for key, number in found.items():
            assert_allclose(number.estimate, also[key].estimate)
            assert_allclose(number.p, also[key].p)


def test_four_arms_and_one_without_an_event():
    found = rows("arms", "arms.csv", "study=four", estimate="log_rank_statistic")
    assert_allclose([one["p_value"] for one in found], R["four"]["logrank"], rtol=1e-9)
    assert_allclose([one["holm_p"] for one in found], R["four"]["holm_logrank"], rtol=1e-9)
    (overall,) = rows("arms", "arms.csv", "study=four", estimate="log_rank_overall_statistic")
    assert_allclose(overall["value"], R["four"]["overall"]["chisq"], rtol=1e-9)
    said = words("arms", "study=four")
    assert "log-rank over all 4 arms p < 0.001" in said
    assert "Drug C with a name that is longer than others against Placebo is not estimable" in said
    html = each_side(ask("arms", "study=four"), LIGHT)
    assert html.count("data-pair=") == 3
    assert html.count("data-arm=") == 4
    assert "not estimable" in html


def test_response_of_each_arm_against_the_reference():
    found = rows("arms", "response.csv", "study=four&show=response")
    pairs = [one for one in found if one["compared"] not in ("", "all arms")]
    assert_allclose([one["p_value"] for one in pairs], R["four"]["fisher"], rtol=1e-9)
    assert_allclose([one["holm_p"] for one in pairs], R["four"]["holm_fisher"], rtol=1e-9)
    (overall,) = [one for one in found if one["compared"] == "all arms"]
    assert_allclose(overall["p_value"], R["four"]["all_fisher"], rtol=1e-7)
    assert_allclose(overall["chi_square_p"], R["four"]["all_chisq"], rtol=1e-9)
    context = ask("arms", "study=four&show=response")
    # Objective response, complete response alone, disease control: three pairs and a test of all.
    side = response_side(context, LIGHT)
    assert side.count("against Placebo") == 3 * 3
    assert side.count("All 4 arms") == 3
    forest = response_forest(context)
    assert 'rowspan="3"' in forest
    assert "Drug B: " in forest
    # The same tests stand on the page of the response.
    row = ask("response", "study=four").result.sums[0]
    assert_allclose(row.fisher.p_value, R["four"]["all_fisher"], rtol=1e-7)


def test_balance_gives_every_arm_a_column_and_the_largest_difference():
    context = ask("arms", "study=four&show=balance&adjust=age")
    table = balance_table(context)
    assert all(f">{arm.label}</th>" in table for arm in context.study.arms)
    assert "Largest SMD" in table
    sizes = {}
    for pair in ("a,p", "b,p", "c,p", "a,b", "a,c", "b,c"):
        alone = ask("arms", f"study=four&show=balance&compare={pair}").result
        for variable, one in zip(alone.variables, alone.balances, strict=True):
            sizes.setdefault(variable.id, []).append(abs(one.smd))
    for variable, one in zip(context.result.variables, context.result.balances, strict=True):
        assert one.smd == pytest.approx(max(sizes[variable.id]))
    # The table of the overview says the same.
    overview = ask("overview", "study=four")
    for row in overview.rows:
        assert row.summary.smd == pytest.approx(max(sizes[row.variable.id]))
    assert "Largest SMD" in overview_table(overview, LIGHT)
    side = balance_side(context)
    assert side.count('data-model="crude"') == side.count('data-model="adjusted"') == 3


def test_an_arm_that_filters_empty_is_said_and_the_others_stay():
    context = ask("arms", "study=colon3&arm=obs,lev")
    assert [part.result is None for part in context.parts] == [False, True]
    said = words("arms", "study=colon3&arm=obs,lev")
    assert "No patient of Lev+5FU is in view: choose two other arms under Compare" in said
    assert "log-rank over the 2 arms in view" in said
    # One test is left, which needs no adjustment.
    part = context.parts[0]
    p = by_key(numbers.numbers_of(part.result))[numbers.LOG_RANK].p
    assert holm_p(context, part, numbers.LOG_RANK) == p
    chosen = ask("arms", "study=colon3&arm=obs,lev&compare=lev-5fu,obs")
    assert chosen.result is None
    assert chosen.obstacle.startswith("No patient of Lev+5FU is in view")


@pytest.mark.parametrize("section", ["effect", "balance", "response", "competing"])
@pytest.mark.parametrize("compare", ["", "&compare=a,p", "&compare=c,b"])
@pytest.mark.parametrize("cohort", ["", "&arm=p", "&arm=a,c", "&age=200..300", "&stage=iii"])
def test_every_section_answers_whatever_is_left_of_the_arms(section, compare, cohort):
    query = f"study=four&show={section}{compare}{cohort}"
    context = ask("arms", query)
    assert BY_ID["arms"].words(context).sentence
    shown = BY_ID["arms"].show(context, Look(LIGHT))
    assert bool(shown["side"]) == (context.result is not None)
    assert shown["figure"]["layout"]
    for file, (_, of) in DOWNLOADS.items():
        if of == section:
            columns = {tuple(row) for row in BY_ID["arms"].files[file].rows(context)}
            assert len(columns) == 1, file


def test_the_curves_show_all_arms_with_a_pair_too():
    for query in ("study=colon3", "study=colon3&compare=lev-5fu,lev"):
        figure = arm_figure(ask("arms", query), LIGHT, FRAME)
        drawn = {trace.get("name") for trace in figure["data"]}
        assert {"Obs", "Lev", "Lev+5FU"} <= drawn
    side = effect_side(ask("arms", "study=colon3&compare=lev-5fu,lev"), LIGHT)
    assert side.count("data-arm=") == 3
    assert 'data-statistic="log-rank-overall"' in side
    assert "Holm p" in side


def test_the_forest_of_subgroups_is_of_the_chosen_pair():
    first, chosen = (
        ask("subgroups", query) for query in ("study=colon3", "study=colon3&compare=obs,lev-5fu")
    )
    assert (first.arms, chosen.arms) == (("Lev", "Obs"), ("Obs", "Lev+5FU"))
    # Everybody is the effect of the page that compares them.
    ratio = chosen.result.overall_effect.hazard_ratio
    assert ratio == pytest.approx(1 / COLON[0]["each"][1]["hazard_ratio"])
    assert "favours Obs" in subgroup_table(chosen)
    row = rows("subgroups", "subgroups.csv", "study=colon3&compare=obs,lev-5fu")[1]
    assert (row["compared"], row["reference"]) == ("Obs", "Lev+5FU")


def test_safety_sets_the_chosen_pair_side_by_side_and_counts_all_arms():
    context = ask("safety", "study=four&compare=b,a")
    assert [label for label, _ in context.arms] == ["Drug B", "Drug A"]
    table = safety_table(context, LIGHT)
    assert "More with Drug B" in table
    assert "Placebo" not in table
    assert "Placebo 22 of 40" in words("safety", "study=four&compare=b,a")
    every = rows("safety", "adverse-events.csv", "study=four", term="Nausea")
    assert [one["compared"] for one in every] == [
        "Drug A",
        "Drug B",
        "Drug C with a name that is longer than others",
        "",
    ]
    only = rows("safety", "adverse-events.csv", "study=four&compare=b,a", term="Nausea")
    assert [one["reference"] for one in only] == ["", "Drug A", "", ""]
    a, b = (every[i]["any"] / every[i]["n"] for i in (0, 1))
    assert only[1]["difference"] == pytest.approx(b - a)


def test_the_arm_is_a_factor_with_a_term_for_each_further_arm():
    found = rows("prognostic", "prognostic.csv", "study=colon3", variable="rx")
    assert [one["level"] for one in found] == ["Obs", "Lev", "Lev+5FU"]
    assert_allclose([one["hazard_ratio"] for one in found[1:]], COLON[0]["joint"], rtol=1e-8)


@pytest.mark.parametrize("page", ["arms", "subgroups", "safety"])
@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("lev", "“lev” is not two"),
        ("lev,obs,lev-5fu", "“lev,obs,lev-5fu” is not two"),
        ("lev,lev", "“lev,lev” is one arm twice"),
        ("lev,placebo", "“placebo” is none of obs, lev, lev-5fu"),
        ("", "“” is not two"),
    ],
)
def test_a_link_that_names_no_two_arms_is_answered_with_a_sentence(page, text, why):
    assert notes(page, "colon3", compare=text) == [
        f"“compare” takes two arms, as in lev,obs; {why}."
    ]


def test_a_study_without_arms_has_none_to_compare():
    assert notes("arms", "plateau", compare="a,b") == [
        "“compare” takes two arms; this study has no two."
    ]


@pytest.mark.parametrize("page", ["arms", "subgroups", "safety"])
def test_the_choice_stands_only_where_there_are_three_arms(page):
    for study, there in (("four", True), ("resp", False)):
        found, view = cases().study(study), case_views().read(page, f"study={study}").view
        face = page_named(page)
        built = joined(face.build(found, view))
        assert ('data-control="compare"' in built) == there
        assert ("compare" in face.control_values(found, view)) == there


def test_compare_is_no_name_of_a_variable():
    pages = ("arms", "subgroups", "safety")
    assert all("compare" in page_named(page).option_names for page in pages)


@given(st.integers(0, 3), st.integers(0, 3))
def test_a_family_holds_the_chosen_pair_once(compared, reference):
    study = cases().study("four")
    if compared == reference:
        return
    pair = Pair(compared, reference)
    found = family(study, pair)
    assert found.count(pair) == 1
    assert len({one.places for one in found}) == len(found)
    with_reference = study.reference in pair.places
    assert len(found) == (3 if with_reference else 6)
    assert family(study, None) == against_reference(study)


def test_the_patients_of_a_pair_are_within_the_filter_on_the_arm():
    study = cases().study("four")
    cohort = case_views().read("arms", "study=four&arm=a,p&sex=f").view.cohort
    (*others, arm) = pair_cohort(study, cohort, Pair(1, 2)).filters
    assert [one.variable for one in others] == ["sex"]
    assert (arm.variable, arm.levels) == ("arm", ("p",))
    two = cases().study("resp")
    cohort = case_views().read("arms", "study=resp").view.cohort
    assert pair_cohort(two, cohort, Pair(0, 1)) is cohort


def test_of_two_arms_nothing_is_adjusted_and_no_pair_is_named():
    context = ask("arms", "study=resp")
    assert (context.parts, context.everyone) == ((), None)
    assert read_pair(context.study, {}, []) is None
    assert "Holm" not in words("arms", "study=resp")
    (row, *_) = rows("arms", "arms.csv", "study=resp")
    assert "compared" not in row


@pytest.fixture(scope="module")
def twice():
    """The study of four arms as if two data sets fitted its publication, and each of them alone."""
    one = replace(cases().study("four"), provenance="reconstructed")
    outcome = one.outcomes["os"]
    later = replace(outcome, event=np.where(np.arange(one.n) % 5 == 0, 0, outcome.event))
    other = replace(one, outcomes={"os": later})
    both = replace(one, reconstructions=(one, other))
    return [PageViews(Catalog((study,))) for study in (both, one, other)]


@pytest.mark.parametrize("section", ["effect", "balance", "response"])
def test_ranges_of_every_pair_are_those_of_the_data_sets_alone(twice, section):
    both, *alone = (views("arms", f"study=four&show={section}&adjust=age") for views in twice)
    assert len(both.parts) == 3
    for place, part in enumerate(both.parts):
        found = [by_key(numbers.numbers_of(one.parts[place].result)) for one in alone]
        for key, number in found[0].items():
            if part.result is None or not math.isfinite(number.value):
                continue
            values = [one[key].value for one in found]
            across = part.across.of(key)
            assert across is not None, key
            assert_allclose((across.low, across.high), (min(values), max(values)), rtol=1e-6)
    tests = {"effect": numbers.LOG_RANK_ALL, "balance": numbers.LOG_RANK_ALL}
    if section in tests:
        p = [by_key(numbers.numbers_of(one.everyone))[tests[section]].p for one in alone]
        across = both.across.of(p_key(tests[section]))
        assert_allclose((across.low, across.high), (min(p), max(p)), rtol=1e-9)


@pytest.mark.parametrize("page", ["overview", "subgroups", "safety", "response", "prognostic"])
def test_every_page_of_such_a_study_answers(twice, page):
    context = twice[0](page, "study=four")
    assert BY_ID[page].words(context).sentence
    assert BY_ID[page].show(context, Look(LIGHT))
    for file in BY_ID[page].files.values():
        if page != "response":
            assert list(file.rows(context))
