"""Doses in a study that shows no single patient: what is withheld, and that nothing tells it."""

from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
import pytest

from callbacks.dosimetry.page import FRAMES, SERVED
from data.catalog import load_catalog
from data.cohort import select
from layouts.dosimetry.context import Withheld
from layouts.dosimetry.disclosure import fewest_shown, too_few
from layouts.dosimetry.figure import dosimetry_figure
from layouts.dosimetry.method import looked_at
from layouts.dosimetry.side import dosimetry_side
from layouts.dosimetry.words import cautions, obstacle, sentence
from layouts.response.context import single_patients_words
from layouts.shared.theme import LIGHT
from tests.studies.doses import write_doses
from tests.views import PageViews, footnote

NCT = "study=nct01900002"
ONE = f"{NCT}&child-pugh=b"
WORDS = "Doses of fewer than 3 patients are not shown in this study"
VIEWS = ("agreement", "response", "survival", "toxicity")


@pytest.fixture(scope="module")
def views() -> PageViews:
    return PageViews(load_catalog())


@pytest.fixture(scope="module")
def closed(tmp_path_factory) -> PageViews:
    """The small study where no single patient may be shown."""
    root = tmp_path_factory.mktemp("closed")
    return PageViews(load_catalog(write_doses(root, single_patients=False)))


def drawn(context) -> dict:
    return dosimetry_figure(context, LIGHT, FRAMES["standard"])


def told(context) -> str:
    """Everything that a view and its file say and draw."""
    files = [file.rows for file in SERVED.files.values()]
    name = {"agreement": 0, "response": 1, "survival": 2, "toxicity": 3}[context.options.view]
    parts = (
        json.dumps(drawn(context)),
        dosimetry_side(context, LIGHT),
        sentence(context),
        " ".join(cautions(context)),
        footnote(context),
        str([row for row in files[name](context) if any(x is not None for x in row.values())]),
    )
    return " ".join(parts)


def numbers_of(study, mask) -> set[float]:
    """Every dose of some patients and of their lesions."""
    of_lesions = mask[study.dosimetry.lesions.patient]
    found = set()
    for (dose_id, _), values in study.dosimetry.values.items():
        rows = of_lesions if study.dosimetry.dose(dose_id).of_lesions else mask
        found |= set(values[rows][np.isfinite(values[rows])].tolist())
    return found


def test_the_rule(views, closed):
    study = views.catalog.study("nct01900002")
    assert [n for n in range(6) if too_few(study, n)] == [1, 2]
    assert fewest_shown(closed.catalog.study("doses")) == 3
    assert fewest_shown(views.catalog.study("soramic")) == 1
    assert not too_few(views.catalog.study("soramic"), 1)


@pytest.mark.parametrize(
    "query",
    [
        *(f"&view={view}" for view in VIEWS),
        "&view=agreement&compartment=uptake-ratio",
        "&view=survival&compartment=lung-shunt",
        "&view=toxicity&compartment=treated-liver",
    ],
)
def test_doses_of_one_patient_are_nowhere(views, query):
    context = views("dosimetry", f"{ONE}{query}")
    assert context.in_cohort == 1
    assert isinstance(context.result, Withheld)
    assert obstacle(context) == sentence(context)
    assert obstacle(context).startswith(WORDS)
    assert drawn(context)["data"] == []
    assert looked_at(context) is None
    text = told(context)
    mask = select(context.study, context.view.cohort)
    for number in numbers_of(context.study, mask):
        # Whole numbers such as 1 stand in any text.
        if not float(number).is_integer():
            assert f"{number:g}" not in text


def test_the_summary_of_one_patient_has_counts_alone(views):
    context = views("dosimetry", ONE)
    assert {one.n for one in context.summaries if not one.dose.of_lesions} == {1}
    for one in context.summaries:
        assert one.withheld
        assert np.isnan([one.mean, one.sd, one.median, one.smallest, one.largest]).all()
    assert dosimetry_side(context, LIGHT).count("too few to show") == len(context.summaries)
    rows = list(SERVED.files["dosimetry.csv"].rows(context))
    assert {row["note"] for row in rows} == {f"{WORDS}."}


def test_patients_count_and_not_their_lesions(closed):
    """P00 and P02 have three spots with both doses, but are two patients."""
    context = closed("dosimetry", "study=doses&age=45..49")
    (spot, _) = [one for one in context.summaries if one.dose.of_lesions]
    assert spot.n == 4
    assert isinstance(closed("dosimetry", "study=doses&age=45..48").result, Withheld)


def test_too_few_of_one_response_withhold_both(closed):
    """At 45 to 51 years P00 and P02 responded: two patients; the threshold would tell them."""
    context = closed("dosimetry", "study=doses&view=response&age=45..51")
    assert obstacle(context) == f"{WORDS}: too few have a spot <1> that responded."
    (row,) = SERVED.files["dose-response.csv"].rows(context)
    assert row["note"] == obstacle(context)
    assert np.isnan(row["threshold"])
    # All ages: P00, P02 and P06 responded; P00, P04 and P05 did not.
    assert not obstacle(closed("dosimetry", "study=doses&view=response"))


@pytest.mark.parametrize("view", ["agreement", "response", "toxicity"])
def test_no_marks_where_the_study_does_not_allow_them(closed, view):
    figure = drawn(closed("dosimetry", f"study=doses&view={view}"))
    assert [t for t in figure["data"] if t["mode"] == "markers" and len(t["y"]) > 1] == []


def test_marks_stand_in_the_order_of_their_values(views):
    """Not in that of the file, in which the same place is the same patient in every chart."""
    for dose in ("treated-liver", "normal-liver", "tumour", "uptake-ratio"):
        context = views("dosimetry", f"{NCT}&compartment={dose}")
        marks = drawn(context)["data"][1]
        assert marks["mode"] == "markers"
        assert marks["y"] == sorted(marks["y"])
        pairs = list(zip(context.result.planned, context.result.delivered, strict=True))
        assert pairs == sorted(pairs)
        planned = context.study.dosimetry.values[dose, "planned"]
        assert [one for one, _ in pairs] == sorted(planned[np.isfinite(planned)])
    context = views("dosimetry", f"{NCT}&view=response")
    for values in (context.result.responding, context.result.not_responding):
        assert all(a <= b for a, b in pairwise(values))
    for values in views("dosimetry", f"{NCT}&view=toxicity").result.doses:
        assert all(a <= b for a, b in pairwise(values))


def test_a_withheld_grade_cannot_be_derived(views):
    """The range of all patients is published: with the extremes of the shown grades, whichever
    end none of them reaches would be the dose of the one patient left out.
    """
    context = views("dosimetry", f"{NCT}&view=toxicity")
    found, study = context.result, context.study
    assert found.n == (12, 15, 6, 1)
    assert [values.size for values in found.doses] == [12, 15, 6, 0]
    assert found.withheld
    values = study.dosimetry.values["normal-liver", "delivered"]
    shown = np.concatenate(found.doses)
    hidden = values[np.isfinite(values) & ~np.isin(values, shown)]
    ends = [f(one) for one in found.doses[:3] for f in (np.min, np.max)]
    figure = drawn(context)
    heights = [y for trace in figure["data"] for y in trace["y"] if y is not None]
    low, high = figure["layout"]["yaxis"]["range"]
    assert not set(heights) & set(ends)
    # The axis is the same whatever the doses left out are: it depends on what is drawn.
    assert high - max(heights) <= 0.07 * (max(heights) - min(0, low))
    side = dosimetry_side(context, LIGHT)
    assert "Median dose (quartiles), Gy" in side
    assert side.count("too few to show") == 1
    rows = list(SERVED.files["dose-toxicity.csv"].rows(context))
    assert np.isnan([row[name] for row in rows for name in ("min", "max")]).all()
    assert [row["note"] for row in rows] == ["", "", "", f"{WORDS}."]
    for end in (*ends, *hidden):
        assert f"{end:.1f}" not in side
    assert "boxes: quartiles" in footnote(context)
    said = f"{WORDS}, nor the smallest and largest of any grade then."
    assert said in cautions(context)


def test_quartiles_of_three_would_tell_their_extremes(closed):
    """Ages 45, 49 and 51 with an event at 2, 1 and 2 patients a grade; 17 others without."""
    found = closed("dosimetry", "study=doses&view=toxicity").result
    assert found.n[1:] == (0, 1, 2)
    assert np.isfinite(found.five_numbers(0)).tolist() == [False, True, True, True, False]
    few = closed("dosimetry", "study=doses&view=toxicity&age=45..55").result
    assert few.withheld
    assert 3 <= few.n[0] < 5
    assert np.isfinite(few.five_numbers(0)).tolist() == [False, False, True, False, False]


def test_extremes_are_shown_where_no_grade_is_withheld(views):
    """Of these 16 patients no grade has one or two."""
    context = views("dosimetry", f"{NCT}&view=toxicity&ethnicity=caucasian")
    assert not context.result.withheld
    assert "Median dose (range), Gy" in dosimetry_side(context, LIGHT)
    rows = [row for row in SERVED.files["dose-toxicity.csv"].rows(context) if row["n"]]
    assert np.isfinite([row[name] for row in rows for name in ("min", "max")]).all()


def test_the_rule_is_told_as_it_is(views, closed):
    """Of the study whose doses are drawn one by one, it is not said that no chart does so."""
    words = single_patients_words(views.catalog.study("nct01900002"))
    assert "only the charts of the page Dosimetry draw single doses" in words
    assert single_patients_words(closed.catalog.study("doses")).endswith("each single patient.")
