"""An effect along a number in a study that protects single patients."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from callbacks.along.page import SERVED, show, words
from callbacks.along.rows import along_rows
from callbacks.disclosure.about import NotShown
from callbacks.disclosure.door import stated
from callbacks.memory import Memory
from callbacks.pages import OPTION_NAMES
from data.address import read_address
from data.catalog import Catalog, load_catalog
from data.minima import Disclosure
from layouts.along.side import windows_table
from layouts.shared.look import Look
from layouts.shared.theme import LIGHT

GUARDED = Catalog(
    tuple(
        replace(one, disclosure=Disclosure(10, 5), single_patients=False, reconstructions=())
        for one in load_catalog().studies
    )
)
AGE = "study=soramic&endpoint=os&along=age-years"


def ask(query: str):
    reading = read_address("/along", f"?{query}", GUARDED, OPTION_NAMES)
    study, view = reading.study, reading.view
    options, _ = SERVED.page.read_options(study, view)
    return stated(Memory(GUARDED.studies), SERVED, study, view, options).context


def test_there_are_no_windows_and_no_knots():
    context = ask(AGE)
    assert context.stepp is None
    assert np.isnan(context.effect.knots).all()
    kinds = {one["kind"] for one in along_rows(context)}
    assert kinds == {"curve", "quartile"}
    assert all(np.isnan(one["p_windows"]) for one in along_rows(context))
    assert "would differ by few patients" in words(context).method
    assert "would differ by few patients" in str(windows_table(context)[0])
    assert show(context, Look(LIGHT))["window"] is None


def test_the_curve_ends_at_the_quartiles():
    effect = ask(AGE).effect
    assert effect.quartiles.at[0] <= effect.curve.at.min()
    assert effect.curve.at.max() <= effect.quartiles.at[2]
    assert np.isfinite(effect.curve.value).all()


def test_an_arm_of_few_has_no_curve():
    with pytest.raises(NotShown):
        ask(f"{AGE}&extrahepatic-spread=yes")
