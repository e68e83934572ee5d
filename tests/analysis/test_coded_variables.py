"""Variables as one matrix of codes: rows numbered through, bad codes named."""

import numpy as np
import pytest

from analysis.coded_variables import coded_variables


def test_levels_are_numbered_through():
    variables = coded_variables({"sex": [0, 1, -1], "stage": [2, 2, 0]}, {"stage": 4, "sex": 2})
    assert variables.names == ("sex", "stage")
    assert variables.codes.tolist() == [[0, 1, -1], [2, 2, 0]]
    assert variables.n_levels.tolist() == [2, 4]
    assert variables.variable.tolist() == [0, 0, 1, 1, 1, 1]
    assert variables.level.tolist() == [0, 1, 0, 1, 2, 3]
    assert variables.rows_of("stage") == slice(2, 6)


def test_without_names_and_without_variables():
    assert coded_variables([[0], [0]], [1, 1]).names == ("x1", "x2")
    assert coded_variables([], []).variable.size == 0


@pytest.mark.parametrize(
    ("codes", "n_levels", "message"),
    [
        ({"sex": [0, 2]}, {"sex": 2}, "sex must be coded -1 to 1; found 2"),
        ({"sex": [0, -2]}, {"sex": 2}, "found -2"),
        ({"sex": [0, np.nan]}, {"sex": 2}, "found nan"),
        ({"sex": [0, 0.5]}, {"sex": 2}, "found 0.5"),
        ({"sex": []}, {"sex": 0}, "no level"),
        ([[0, 1], [0]], [2, 2], r"different numbers of patients: \[1, 2\]"),
        ([[0, 1]], [2, 2], "n_levels has 2 values for 1 variables"),
    ],
)
def test_refusals(codes, n_levels, message):
    with pytest.raises(ValueError, match=message):
        coded_variables(codes, n_levels)


def test_results_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        coded_variables([[0]], [1]).codes[0, 0] = 1
