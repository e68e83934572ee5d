"""Estimands: competing events, horizons, chance, sizes that chance gives, models and hazards."""

from __future__ import annotations

import pytest

CENSORING = "The Kaplan–Meier median of TTP counts "


def caution(lines: list[str], start: str) -> str:
    return next((line for line in lines if line.startswith(start)), "")


def test_a_median_with_a_competing_event_says_when_half_had_it(words):
    """R: 10.1 by survfit, 18.2 by survfit with two causes; 28 of 73 died first."""
    said = caution(words("survival?study=soramic&endpoint=ttp"), CENSORING)
    assert "half by 18.2 months [14.0–20.5] with RE + sorafenib (Kaplan–Meier 10.1; 28 [28–" in said


def test_the_same_of_an_arm_counted_by_hand(words):
    said = caution(words("survival?study=klinik&endpoint=ttp&unit=days"), CENSORING)
    assert "half by 500 days with Sorafenib + 5-FU (Kaplan–Meier 450; 2 of 6 had Tod" in said


@pytest.mark.parametrize("page", ["survival", "subgroups", "arms"])
def test_an_endpoint_without_a_competing_event_has_no_such_caution(words, page):
    assert caution(words(f"{page}?study=soramic&endpoint=ttp"), CENSORING)
    assert not caution(words(f"{page}?study=soramic&endpoint=os"), "The Kaplan–Meier median")


@pytest.mark.parametrize("page", ["survival", "subgroups", "arms"])
def test_no_such_caution_where_nobody_had_the_event(words, page):
    assert "The Kaplan–Meier median" not in " ".join(words(f"{page}?study=edges&endpoint=quiet"))


def test_a_restricted_mean_ends_where_enough_are_at_risk(rows):
    """R: summary(survfit(Surv(pfs_days, pfs_event) ~ arm), rmean = 487)$table; at risk on 487."""
    found = rows("survival-summary.csv?study=soramic&endpoint=pfs")
    assert [float(row["restricted_mean_horizon"]) for row in found] == [16.0, 16.0]
    assert [row["restricted_mean_at_risk"] for row in found] == ["17", "11"]
    means = [float(row["restricted_mean"]) for row in found]
    assert means == pytest.approx([8.852018, 6.655505], abs=1e-6)


def test_a_group_of_few_sets_no_horizon_and_has_no_mean(rows):
    address = "survival-summary.csv?study=nct01900002&by=hepatitis"
    means = {row["group"]: row["restricted_mean"] for row in rows(address)}
    few = {"Hepatitis B only", "Hepatitis B and C coinfection", "Hepatitis C only"}
    assert {group for group, mean in means.items() if mean == "NA"} == few
    (many,) = rows(address, group="No virus infection")
    assert int(many["restricted_mean_at_risk"]) == 5


def test_no_mean_reaches_to_zero(sentence, rows):
    assert "mean time gained not estimable" in sentence("arms?study=soramic&bclc=c&pvi=yes&ecog=1")
    for study in ("beyond", "zeroexp", "plateau"):
        found = rows(f"survival-summary.csv?study={study}&by=g")
        assert {row["restricted_mean"] for row in found} == {"NA"}


@pytest.mark.parametrize("page", ["arms", "overview", "survival", "response"])
def test_a_randomised_trial_is_not_called_anything_else(words, page):
    said = " ".join(words(f"{page}?study=soramic"))
    assert "not assigned by chance" not in said
    assert "does not declare" not in said


@pytest.mark.parametrize("study", ["separate", "resp", "klinik"])
def test_a_study_that_does_not_declare_it_is_called_neither(words, study):
    said = " ".join(words(f"arms?study={study}"))
    assert "does not declare whether chance assigned the arms" in said
    assert "were not assigned by chance" not in said


@pytest.mark.parametrize("page", ["overview", "arms"])
def test_differences_stand_beside_what_chance_gives(sentence, page):
    said = sentence(
        f"{page}?study=soramic&show=balance" if page == "arms" else f"{page}?study=soramic"
    )
    before, _, after = said.partition(" (chance alone would give ")
    assert "9 [9–10] of 19" in before
    mean, _, limits = after.partition(", ")
    assert float(mean) == pytest.approx(9.7, abs=0.15)
    assert limits.startswith("5 to 14 in 95 % of random allocations)")


def test_the_overview_draws_the_allocations_of_compare_arms(sentence):
    chance = [
        sentence(address).partition("(")[2].partition(")")[0]
        for address in ("overview?study=soramic", "arms?study=soramic&show=balance")
    ]
    assert chance[0] == chance[1]


def test_without_two_arms_nothing_is_set_against_chance(sentence):
    assert "chance" not in sentence("overview?study=nct01900002")
    assert "chance" not in sentence("overview?study=soramic&arm=sorafenib")


@pytest.mark.parametrize(
    ("address", "names"),
    [
        (
            "study=soramic",
            (
                "BCLC (",
                ", Extrahepatic spread (",
                ", AFP > 400 ng/mL (",
                " years or more (",
                " 1 m",
            ),
        ),
        (
            "study=soramic&endpoint=os",
            ("Hepatitis C (", " and AFP > 400 ng/mL (", " (PH p < 0.05)"),
        ),
        ("study=colon3", ("obstruct, differ and node4 (PH p < 0.05)",)),
    ],
)
def test_hazards_that_are_not_proportional_are_a_caution(words, address, names):
    """R: cox.zph of a regression on each variable alone, p < 0.05."""
    said = caution(words(f"prognostic?{address}"), "Hazards are not proportional for ")
    assert all(name in said for name in names)


def test_the_effect_is_said_in_one_order_whatever_the_pre_test_says(sentence):
    for address in ("arms?study=soramic", "arms?study=soramic&endpoint=os", "arms?study=zeroexp"):
        said = sentence(address)
        assert said.index("hazard ratio") < said.index("mean time") < said.index("log-rank")


def test_the_default_model_is_the_declared_one(sentence):
    assert "in the model with Treatment arm and Child–Pugh" in sentence("prognostic?study=soramic")
    for study in ("nct01900002", "separate", "colon3"):
        assert "no multivariable model is chosen" in sentence(f"prognostic?study={study}")


@pytest.mark.parametrize("study", ["soramic", "nct01900002", "colon3"])
def test_a_model_that_the_data_chose_says_so(words, study):
    lines = words(f"prognostic?study={study}&model=p")
    assert "apparent concordance" in lines[0]
    assert caution(lines, "The data themselves chose the multivariable model")
    assert not caution(words(f"prognostic?study={study}"), "The data themselves chose")
