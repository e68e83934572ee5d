"""What is said where no patient passes the filters."""

from __future__ import annotations

import pytest

from layouts.shared.nobody import nobody


@pytest.mark.parametrize(
    ("query", "said"),
    [
        # Twenty patients of whom one is 45 years old, in arm A.
        ("age=45..45&arm=b", "Without the filter Age 45 to 45 years 10 patients would."),
        ("age=200..300", "Without the filter Age 200 to 300 years 20 patients would."),
        (
            "age=200..300&many=m1&site=two",
            "Without the filters Age 200 to 300 years and Many m1 4 patients would.",
        ),
        ("age=200..300&arm=missing&many=missing", "nor would one without any two of them."),
    ],
)
def test_the_filter_to_take_off_is_the_one_that_leaves_most(views, query, said):
    reading = views.read(f"study=edges&{query}")
    text = nobody(reading.study, reading.view.cohort)
    assert text.startswith("No patient passes these filters")
    assert text.endswith(said)
