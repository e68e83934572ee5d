"""Covariates become numbers: levels in their order, references, names, refusals."""

import numpy as np
import pandas as pd
import pytest

from analysis.cox.design import beside, design_of, product


def test_the_first_level_that_occurs_is_the_reference():
    stage = pd.Categorical(["II", "III", "II", "IV"], ["I", "II", "III", "IV", "V"])
    design = design_of(pd.DataFrame({"stage": stage}))
    assert design.terms == ("stage=III", "stage=IV")
    assert design.variables == ("stage", "stage")
    assert design.columns.tolist() == [[0, 0], [1, 0], [0, 0], [0, 1]]


def test_text_is_sorted_and_numbers_are_taken_as_they_are():
    frame = pd.DataFrame({"sex": ["m", "f", "m"], "age": [60, 70, 80], "node": [True, False, True]})
    design = design_of(frame)
    assert design.terms == ("sex=m", "age", "node")
    assert design.columns.tolist() == [[1, 60, 1], [0, 70, 0], [1, 80, 1]]


def test_a_matrix_or_a_series_or_one_column():
    assert design_of([[1, 2], [3, 4]]).terms == ("x1", "x2")
    assert design_of([1, 2]).columns.tolist() == [[1], [2]]
    assert design_of(pd.Series([1, 2], name="age")).terms == ("age",)
    assert design_of(pd.Series([1, 2])).terms == ("x1",)


def test_product_varies_the_first_fastest_as_r_does():
    a = design_of(pd.DataFrame({"arm": ["0", "1", "1"]}))
    b = design_of(pd.DataFrame({"g": ["x", "y", "z"]}))
    both = product(a, b)
    assert both.terms == ("arm=1:g=y", "arm=1:g=z")
    assert both.variables == ("arm:g", "arm:g")
    assert both.columns.tolist() == [[0, 0], [1, 0], [0, 1]]
    assert product(b, a).terms == ("g=y:arm=1", "g=z:arm=1")
    assert beside(a, both).terms == ("arm=1", "arm=1:g=y", "arm=1:g=z")


def test_one_level_has_no_term_and_says_so():
    design = design_of(pd.DataFrame({"sex": ["m", "m"]}))
    assert design.columns.shape == (2, 0)
    assert tuple(map(str, design.notes)) == ("sex is left out: all patients have the level m.",)


def test_a_frame_without_columns_or_rows():
    assert design_of(pd.DataFrame(index=range(3))).columns.shape == (3, 0)
    empty = pd.DataFrame({"sex": pd.Categorical([], ["m", "f"])})
    assert design_of(empty).columns.shape == (0, 0)


@pytest.mark.parametrize(
    ("covariates", "message"),
    [
        (pd.DataFrame({"age": [1.0, np.nan]}), "age must be finite.*position 1"),
        (pd.DataFrame({"age": pd.array([1, None], dtype="Int64")}), "age must be finite"),
        (pd.DataFrame({"sex": ["m", None]}), "sex is missing at position 1"),
        (pd.DataFrame({"sex": pd.Categorical(["m", None])}), "sex is missing at position 1"),
        ([[1.0, np.inf]], "x2 must be finite"),
        (np.zeros((2, 2, 2)), "must be a matrix"),
    ],
)
def test_refusals(covariates, message):
    with pytest.raises(ValueError, match=message):
        design_of(covariates)
