"""What is done with every cell is done once for each text, and is the same for every cell."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from data.checking.distinct import categorical, each, held_texts, records, replaced, texts_of

CELLS = ["b", "", "a", "b", "12"]


def columns():
    plain = pd.Series(CELLS, index=range(2, 7), name="x", dtype=object)
    texts = ["a", "not held", "b", "", "12", "b"]
    made = categorical(texts, np.array([5, 3, 0, 2, 4], np.int8))
    return [plain, pd.Series(made, index=plain.index, name="x")]


@pytest.mark.parametrize("cells", columns(), ids=["plain", "by places"])
def test_a_column_is_the_same_however_it_is_held(cells):
    texts, places = texts_of(cells)
    assert [texts[place] for place in places] == CELLS
    assert sorted(held_texts(cells)) == ["", "12", "a", "b"]
    assert replaced(cells, {"b": "a", "12": ""}).tolist() == ["a", "", "a", "a", ""]
    assert replaced(cells, {}).index.tolist() == cells.index.tolist()


@pytest.mark.parametrize("cells", columns(), ids=["plain", "by places"])
def test_only_texts_that_occur_are_asked_about(cells):
    asked = []
    found = each(cells, lambda text: asked.append(text) or len(text), int)
    assert found.tolist() == [1, 0, 1, 1, 2]
    assert sorted(asked) == ["", "12", "a", "b"]


def test_no_cell_at_all():
    assert each(pd.Series([], dtype=object), len, int).tolist() == []


@pytest.mark.parametrize("cells", columns(), ids=["plain", "by places"])
def test_rows_by_the_names_of_their_columns(cells):
    table = pd.DataFrame({"x": cells, "y": list("vwxyz")})
    assert records(table) == table.to_dict("records")
    assert records(table)[1] == {"x": "", "y": "w"}
    assert records(table[:0]) == []
