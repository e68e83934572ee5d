"""An infinite standardised difference is the largest there is: sentence, table, plot and file."""

import dataclasses

import numpy as np
import pytest

from analysis.balance import balance_of_levels
from callbacks.arms.rows import balance_rows
from layouts.arms.balance import balance_table
from layouts.arms.love import love_figure
from layouts.arms.words import sentence
from layouts.shared.theme import LIGHT
from tests.shipped import load_catalog
from tests.views import PageViews


@pytest.fixture(scope="module")
def apart():
    """The balance of a study in which the arms share no level of the second variable."""
    context = PageViews(load_catalog())("arms", "study=soramic&show=balance")
    balances = list(context.result.balances)
    place = next(i for i, one in enumerate(balances) if abs(one.smd) < 0.1)
    balances[place] = balance_of_levels(np.repeat([0, 1], 20), 2, np.repeat([1, 0], 20))
    return dataclasses.replace(
        context, result=dataclasses.replace(context.result, balances=tuple(balances))
    )


def infinite(context):
    """The variable whose difference is infinite."""
    result = context.result
    (found,) = [
        variable
        for variable, one in zip(result.variables, result.balances, strict=True)
        if np.isinf(one.smd)
    ]
    return found


def test_it_is_counted_and_named_first(apart):
    label = infinite(apart).label
    assert sentence(apart).startswith("10 [9–10] of 19 ")
    assert f"most {label} (∞)," in sentence(apart)


def test_table_and_file(apart):
    name = infinite(apart)
    body = balance_table(apart).split(f'data-variable="{name.id}"')[1].split("</tbody>")[0]
    assert ">∞</td>" in body
    assert "share no level" in body
    rows = [row for row in balance_rows(apart) if row["variable"] == name.label]
    assert {row["smd"] for row in rows} == {np.inf}


def test_it_stands_at_the_edge_with_an_arrow(apart):
    figure = love_figure(apart.result, LIGHT, text=13, narrow=False, room=520)
    dots = figure["data"][1]
    assert dots["marker"]["symbol"][-1] == "triangle-right"
    assert dots["marker"]["symbol"].count("triangle-right") == 1
    assert dots["x"][-1] == pytest.approx(figure["layout"]["xaxis"]["range"][1], abs=1e-3)
    assert dots["customdata"][-1].endswith(": ∞")
