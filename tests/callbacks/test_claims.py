"""A headline claims what every data set that fits the publication bears out, and says what not."""

from __future__ import annotations

import csv
import io
import re

import pytest

from analysis.reconstruction_range import Range
from callbacks.ranges import across_of, settle
from layouts.shared.claims import Test as Tried
from layouts.shared.claims import (
    below,
    claim,
    count_words,
    holds,
    in_sets,
    is_largest,
    undecided,
)
from layouts.shared.numbers import Number, p_key
from layouts.shared.ranges import NOTHING, Across

COUNT = ("found",)
SMALL, LARGE = Tried("Stage", ("stage",), 0.01), Tried("Sex", ("sex",), 0.4)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def sentence(client, address: str) -> str:
    answer = client.get(f"/words/{address}")
    assert answer.status_code == 200
    return plain(answer.text.splitlines()[0])


def across(count: tuple[int, int], **p: tuple[float, float]) -> Across:
    ranges = {p_key((name,)): Range(*ends, 20, 20) for name, ends in p.items()}
    return Across(20, ranges | {COUNT: Range(*count, 20, 20)})


def test_without_data_sets_every_small_p_is_named():
    assert plain(claim(NOTHING, [SMALL, LARGE], COUNT)) == "below 0.05: Stage (p = 0.010)"
    assert claim(NOTHING, [LARGE], COUNT) == "below 0.05: none"
    assert not undecided(NOTHING, [SMALL, LARGE], COUNT)


def test_a_p_that_is_not_small_in_every_data_set_says_in_how_many_it_is():
    numbers = [Number(("stage",), p=p) for p in (0.01, 0.04, 0.05, 0.3)]
    # The fifth data set has no test.
    found = across_of(5, numbers)
    assert found.below[p_key(("stage",))] == 2
    assert in_sets(found, SMALL) == "in 2 of 5"
    everywhere = across_of(2, [Number(("stage",), p=p) for p in (0.01, 0.04)])
    assert in_sets(everywhere, SMALL) == ""
    assert in_sets(settle(found, {p_key(("stage",))}), SMALL) == ""
    assert in_sets(NOTHING, SMALL) == ""


def test_a_p_on_both_sides_of_the_level_is_counted_and_not_named():
    found = across((0, 1), stage=(0.01, 0.6))
    assert not holds(found, SMALL)
    assert claim(found, [SMALL, LARGE], COUNT) == (
        "below 0.05 in all 20 data sets that fit the paper: none; 1 in the one shown, 0 to 1 "
        "across them, and the publication does not decide which"
    )


def test_a_p_below_the_level_everywhere_is_named_with_its_range():
    found = across((1, 2), stage=(0.01, 0.04), sex=(0.03, 0.4))
    assert holds(found, SMALL)
    assert "fit the paper: Stage (p = 0.010 [0.010–0.040]); 1 in the one shown, 1 to 2" in plain(
        claim(found, [SMALL, LARGE], COUNT)
    )


def test_a_test_that_some_data_sets_cannot_make_is_not_claimed():
    found = Across(20, {p_key(("stage",)): Range(0.001, 0.01, 19, 20)})
    assert not holds(found, SMALL)
    assert below([LARGE, SMALL]) == [SMALL]


def test_counts_and_the_largest():
    assert count_words(across((1, 3)), 1, COUNT) == "1 [1–3 across 20 data sets]"
    assert count_words(NOTHING, 1, COUNT) == "1"
    found = across((1, 1), stage=(0.2, 0.3))
    ours = Across(20, {("stage",): Range(0.2, 0.3, 20, 20)})
    assert is_largest(ours, ("stage",), 0.3, {("sex",): 0.1})
    assert not is_largest(ours, ("stage",), 0.3, {("sex",): 0.25})
    assert is_largest(found, ("stage",), 0.3, {("sex",): 0.3})


def test_interactions_that_the_publication_does_not_decide_are_not_claimed(client):
    said = sentence(client, "subgroups?study=soramic")
    rows = list(
        csv.DictReader(io.StringIO(client.get("/download/subgroups.csv?study=soramic").text))
    )
    by = {row["variable"]: row for row in rows}
    for label in ("Cirrhosis", "Alcohol aetiology"):
        assert float(by[label]["p_interaction"]) < 0.05
        assert float(by[label]["p_interaction_across_high"]) > 0.5
        assert label not in said
    assert "below 0.05 in all 20 data sets that fit the paper: none; 2 in the one shown" in said
    assert "does not decide which" in said


@pytest.mark.parametrize(
    ("address", "column"),
    [
        ("subgroups?study=soramic&bclc=c", "p_interaction"),
        ("prognostic?study=soramic&endpoint=os", "p_value"),
        ("prognostic?study=soramic&bclc=c", "p_value"),
        ("response?study=soramic&view=by&by=none&bclc=c", "fisher_p"),
    ],
)
def test_who_is_named_is_below_the_level_in_every_data_set(client, address, column):
    said = sentence(client, address).split(";")[0]
    page, _, query = address.partition("?")
    name = {"response": "response-by"}.get(page, page)
    rows = csv.DictReader(io.StringIO(client.get(f"/download/{name}.csv?{query}").text))
    highs: dict[str, list[float]] = {}
    for row in rows:
        if row[f"{column}_across_high"] != "NA":
            highs.setdefault(row["variable"], []).append(float(row[f"{column}_across_high"]))
    assert highs
    for label, values in highs.items():
        if re.search(rf"{re.escape(label)} \(p", said):
            assert min(values) < 0.05, label


def test_the_model_leaves_open_what_is_not_decided(client):
    said = sentence(client, "prognostic?study=soramic&endpoint=os")
    assert "below 0.05: none (the publication leaves Child–Pugh open), concordance 0.55 [" in said
    printed = sentence(client, "prognostic?study=soramic")
    # The paper prints both of this model.
    assert "Alone, PFS goes with Child–Pugh (p < 0.001) and Treatment arm (p = 0.022)" in printed
    assert "open" not in printed


def test_differences_between_the_arms_carry_their_count(client):
    said = sentence(client, "overview?study=soramic&bclc=c")
    assert re.search(r"14 \[7–14\] of 19 variables differ", said)
    assert "most in the data set shown Extrahepatic spread" in said
    balance = sentence(client, "arms?study=soramic&show=balance&bclc=c")
    # It is 0.03 in some data sets.
    assert "Previous TACE" not in balance
    assert "14 [7–14] of 19 baseline variables" in balance


def test_a_study_of_one_data_set_names_every_small_p(client):
    said = sentence(client, "prognostic?study=nct01900002")
    assert said.startswith(
        "Alone, PFS goes with Diabetes (p = 0.003), Number of nodules (p = 0.020)"
    )
    assert "data sets" not in said
