"""Labels as codes: sorted, or in the order of a categorical; a missing one is no group."""

import numpy as np
import pandas as pd
import pytest

from analysis.labels import label_codes


def test_labels_are_sorted_and_categories_keep_their_order():
    codes, labels = label_codes(["b", "a", "b"], "arm")
    assert (codes.tolist(), labels) == ([1, 0, 1], ("a", "b"))
    codes, labels = label_codes(pd.Categorical(["a"], ["z", "y", "a"]), "arm")
    assert (codes.tolist(), labels) == ([2], ("z", "y", "a"))
    codes, labels = label_codes([], "arm")
    assert (codes.size, labels) == (0, ())


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA], ids=["none", "nan", "pandas-na"])
def test_missing_is_refused(missing):
    with pytest.raises(ValueError, match="arm is missing at position 1"):
        label_codes(["a", missing], "arm")
    with pytest.raises(ValueError, match="arm is missing at position 0"):
        label_codes(pd.Categorical([None, "a"]), "arm")
