"""What the publication prints of a survival view, in its words and beside its numbers."""

from __future__ import annotations

import pytest

from analysis.verdict import DIFFERS, EXACT, WITHIN
from layouts.shared.theme import LIGHT
from layouts.survival import numbers
from layouts.survival.printed import PrintedNumber
from layouts.survival.side import survival_side
from tests.trees import text, with_class

HEPATITIS = "study=nct01900002&by=hepatitis&endpoint=os"


def words(client, query: str, page: str = "survival") -> list[str]:
    answer = client.get(f"/words/{page}?{query}")
    assert answer.status_code == 200
    return answer.text.replace("\u00a0", " ").splitlines()


def test_a_view_whose_cells_differ_names_them(client):
    said = " ".join(words(client, HEPATITIS))
    assert "The publication determines this view" not in said
    assert "12 of its 45 cells differ here: events of Hepatitis B only (printed 1, here 3)" in said
    assert "median in months of Hepatitis B only (printed not reached, here 36.60)" in said


def test_the_headline_takes_print(client):
    # Table 5: 7.41 (5.22–NR) with hepatitis C only, 17.89 without; log-rank p 0.010.
    sentence = words(client, HEPATITIS)[0]
    assert sentence.startswith(
        "Median OS ranged from 7.41 months (Hepatitis C only, printed) to 17.89 months "
        "(No virus infection, printed)"
    )
    assert "log-rank p = 0.010, printed" in sentence
    assert "36.60" not in sentence


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # Table 5: 9 of 9 women and 23 of 25 men died.
        (
            "study=nct01900002&by=sex&endpoint=os",
            "9 of 9 and 23 of 25 had the event, as printed; log-rank p = 0.055, printed.",
        ),
        ("study=nct01900002&by=none&endpoint=os", "12.25 months (printed; 95 % CI 7.75–19.48)"),
        # What is recomputed exactly is said as ever.
        ("study=soramic", "with RE + sorafenib and 5.4 months (4.1–7.4) with sorafenib; hazard"),
    ],
)
def test_sentences(client, query, expected):
    assert expected in words(client, query)[0]


def test_a_view_within_tolerance_says_so(client):
    said = " ".join(words(client, "study=nct01900002&by=none&endpoint=os"))
    assert "3 of its 11 cells come out within tolerance, the others exactly" in said


def test_a_filtered_view_is_not_printed(client, views):
    query = "study=nct01900002&by=hepatitis&endpoint=os&sex=male&pvt=yes"
    assert "does not determine this view" in " ".join(words(client, query))
    assert not views(query).printed.numbers


def test_one_level_of_a_printed_variable_is_that_row(views):
    by = views(HEPATITIS).printed
    alone = views("study=nct01900002&by=none&endpoint=os&hepatitis=hepatitis-b-only").printed
    assert alone.numbers[numbers.events(0)] == by.numbers[numbers.events(0)]


def test_verdicts_of_a_view(views):
    printed = views(HEPATITIS).printed
    assert printed.numbers[numbers.patients(0)] == PrintedNumber("3", EXACT)
    assert printed.numbers[numbers.events(0)] == PrintedNumber("1", DIFFERS)
    assert printed.numbers[numbers.median(3)].verdict == WITHIN
    assert printed.other(numbers.patients(0)) is None
    assert numbers.events(0) in printed.different


def test_the_printed_row_stands_under_the_recomputed_one(views):
    side = survival_side(views(HEPATITIS), LIGHT)
    cells = [text(one) for one in with_class(side, "paper")]
    # n, events and median of hepatitis B only.
    assert cells[:4] == ["as printed", "3", "1", "not reached (5.58–NR)"]
    assert "0.010 printed" in cells
    assert "35 % (19–64 %)" in cells


def test_subgroups_take_the_printed_p(client):
    # Table 4 prints 0.002; the rows give 0.011.
    sentence = words(client, "study=nct01900002", "subgroups")[0]
    assert sentence.startswith("PFS differs by Hepatitis (p = 0.002, printed)")
