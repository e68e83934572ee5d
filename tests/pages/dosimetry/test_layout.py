"""The dosimetry views: figures, sides, words and edge cases."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from callbacks.dosimetry.page import FRAMES, dosimetry_figure
from data.catalog import load_catalog
from layouts.dosimetry.activity import FORMULAS, activity_result
from layouts.dosimetry.activity_inputs import BY_METHOD
from layouts.dosimetry.method import looked_at
from layouts.dosimetry.page import dosimetry_page, threshold_words
from layouts.dosimetry.side import dosimetry_side
from layouts.dosimetry.words import cautions, obstacle, sentence
from layouts.shared.theme import DARK, LIGHT
from tests.studies.doses import write_doses
from tests.trees import text, with_class, with_id
from tests.views import PageViews, footnote

NCT = "study=nct01900002"


@pytest.fixture(scope="module")
def views(tmp_path_factory) -> PageViews:
    return PageViews(load_catalog(write_doses(tmp_path_factory.mktemp("doses"))))


def drawn(context, frame="standard", theme=LIGHT) -> dict:
    return dosimetry_figure(context, theme, FRAMES[frame])


def cells(side: str, statistic: str) -> list[str]:
    (row,) = re.findall(rf'<tr data-statistic="{statistic}">(.*?)</tr>', side)
    return [re.sub("<.*?>", "", one) for one in re.findall("<td>(.*?)</td>", row)]


def values_drawn(figure: dict) -> set[float]:
    return {y for trace in figure["data"] if trace["mode"] == "markers" for y in trace["y"]}


def test_planned_and_delivered(views):
    context = views("dosimetry", NCT)
    side = dosimetry_side(context, LIGHT)
    assert cells(side, "mean") == ["−0.0".lstrip("−"), "−39.5 to 39.4"]
    assert cells(side, "lower-limit")[0] == "−280.5"
    assert cells(side, "treated-liver-planned") == [
        "34",
        "118",
        "17",
        "120",
        "85–145",
        "median 120 (85–145)",
    ]
    assert cells(side, "lung-shunt-planned")[-1] == "median 8.9 (3.3–19)"
    assert "between −281 and 280\u00a0Gy" in sentence(context)
    said = cautions(context)
    assert said[0].startswith("Published are only the values marked “paper”")
    assert said[1].startswith("13 patients of 34 have more than one tumour")
    assert "1 of 53 not larger than 2.5 cm" in footnote(context)


def test_the_papers_numbers_say_whose_they_are_beside_filtered_ones(views):
    whole, part = views("dosimetry", NCT), views("dosimetry", f"{NCT}&bclc=stage-c")
    assert ">Paper</th>" in dosimetry_side(whole, LIGHT)
    assert ">Paper, all 34</th>" in dosimetry_side(part, LIGHT)
    for query, said in (("", ">Paper: median 168"), ("&bclc=stage-c", ">Paper, all 34: median")):
        assert said in dosimetry_side(views("dosimetry", f"{NCT}&view=response{query}"), LIGHT)
    # The enrolled are no set of the paper.
    assert ">Paper, all 34</th>" in dosimetry_side(views("dosimetry", f"{NCT}&set=enrolled"), LIGHT)


def test_what_the_paper_says_of_agreement_and_toxicity_stands_beside_it(views):
    side = dosimetry_side(views("dosimetry", f"{NCT}&compartment=uptake-ratio"), LIGHT)
    assert "Paper: paired difference, 95 % CI −3 to 4" in side
    side = dosimetry_side(views("dosimetry", f"{NCT}&view=toxicity"), LIGHT)
    assert "Paper: no significant correlation of the mean dose" in side
    side = dosimetry_side(
        views("dosimetry", f"{NCT}&view=toxicity&compartment=treated-liver"), LIGHT
    )
    assert "Paper:" not in side


@pytest.mark.parametrize(
    ("age", "n", "said"),
    [
        ("45..51", 4, "Only 4 pairs: limits of agreement from so few"),
        ("48..50", 1, "A single pair has no limits of agreement."),
    ],
)
def test_few_pairs_are_a_caution(views, age, n, said):
    context = views("dosimetry", f"study=doses&age={age}")
    assert context.result.result.n == n
    assert any(text.startswith(said) for text in cautions(context))


def test_many_pairs_are_none(views):
    assert not [text for text in cautions(views("dosimetry", NCT)) if "so few" in text]


def test_a_planned_dose_is_known_before_treatment(views):
    def late(query: str) -> bool:
        said = cautions(views("dosimetry", f"{NCT}&view=survival&{query}"))
        return any("only after treatment" in text for text in said)

    assert late("compartment=tumour")
    assert not late("compartment=tumour&estimate=planned")
    assert not late("compartment=lung-shunt")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (
            "view=survival&compartment=spot&age=45..45&threshold=40",
            "The only patient lies at or above 40\u00a0Gy: there is nothing to compare.",
        ),
        (
            "view=response&age=51..53&threshold=40",
            "The only spot <1> on screen lies at or above 40\u00a0Gy",
        ),
        ("view=response&age=49..53&threshold=100", "1 of 1 spot <1> (100 %) with 100"),
        ("view=toxicity", "had liver adverse events; liver <L>, mean dose: median 49"),
    ],
)
def test_one_is_singular_and_a_sentence_has_one_capital(views, query, said):
    assert said in sentence(views("dosimetry", f"study=doses&{query}"))


def test_one_patient_with_several_lesions(views):
    context = views("dosimetry", "study=doses&age=45..45")
    assert "1 patient of 1 has more than one spot <1>" in cautions(context)[0]
    assert "2 spots &lt;2&gt; in 1 patient<" in dosimetry_side(context, LIGHT)


def test_the_figure_pairs_every_tumour(views):
    context = views("dosimetry", NCT)
    figure = drawn(context)
    marks = [trace for trace in figure["data"] if trace["mode"] == "markers"]
    assert [len(trace["y"]) for trace in marks] == [53, 53, 53]
    mean = (np.array(marks[0]["y"]) + np.array(marks[1]["y"])) / 2
    assert marks[2]["x"] == pytest.approx(mean.tolist(), abs=1e-4)
    assert len(figure["layout"]["shapes"]) == 3


@pytest.mark.parametrize(
    "query", [NCT, f"{NCT}&view=response", f"{NCT}&view=survival", f"{NCT}&view=toxicity"]
)
def test_no_view_names_a_patient(views, query):
    context = views("dosimetry", query)
    told = json.dumps(drawn(context)) + dosimetry_side(context, LIGHT) + footnote(context)
    for patient in context.study.patient_ids:
        assert not re.search(rf"\b{re.escape(patient)}\b", told)


@pytest.mark.parametrize("frame", list(FRAMES))
@pytest.mark.parametrize("query", [NCT, f"{NCT}&scale=ratio", "study=doses&age=45..51"])
def test_the_words_of_the_limits_stand_beside_the_panel(views, query, frame):
    """Within it a dot could lie on them."""
    layout = drawn(views("dosimetry", query), frame)["layout"]
    labels = [one for one in layout["annotations"] if one.get("xref") == "x2 domain"]
    assert len(labels) == 3
    for one in labels:
        assert (one["x"], one["xanchor"]) == (1, "left")
        longest = max(len(part) for part in one["text"].split("<br>"))
        assert layout["margin"]["r"] >= one["xshift"] + 0.55 * one["font"]["size"] * longest


def test_the_side_is_reached_by_keyboard(views):
    """On a telephone its tables are wider than the screen and are scrolled."""
    context = views("dosimetry", NCT)
    side = with_id(dosimetry_page(context.study, context.view), "dosimetry-side")
    assert side["tabindex"] == "0"
    assert side["aria-label"]


def test_what_stands_before_the_slider(views):
    words = threshold_words(views("dosimetry", f"{NCT}&view=response").options)
    assert text(words) == "Threshold: ≥ 160 Gy, of 40–680"
    # The one that goes with the thumb while it is dragged.
    assert [text(one) for one in with_class(words, "threshold-here")] == ["160"]
    assert text(threshold_words(views("dosimetry", NCT).options)) == "Threshold"
    assert threshold_words(views("dosimetry", "study=soramic").options) == ""


def test_ratio_and_a_dose_of_nought(views):
    context = views("dosimetry", "study=doses&scale=ratio")
    assert obstacle(context) == "A dose of 0 has no ratio; compare the two by their difference."
    # Without P04 and later: 100/120, 90/60, 70/140 and 60/50, whose product is 0.75 = 0.93^4.
    context = views("dosimetry", "study=doses&scale=ratio&age=45..51")
    assert "planned is 0.93 times delivered on average" in sentence(context)
    figure = drawn(context)
    assert figure["layout"]["yaxis2"]["type"] == "log"


def test_response_by_hand(views):
    # Delivered: responding 120, 140, 90; not responding 60, 40, 30 and one not measured.
    context = views("dosimetry", "study=doses&view=response&threshold=90")
    found = context.result
    assert found.counts == (3, 0, 0, 3)
    assert (found.without_dose, found.without_response) == (1, 1)
    assert found.roc.auc.value == 1
    assert sentence(context).startswith("3 of 3 spots <2> (100 %) with 90")
    side = dosimetry_side(context, LIGHT)
    assert "Spots &lt;2&gt;" in side
    assert "<2>" not in side
    assert cells(side, "responding") == ["3", "0", "3"]
    assert "1 spot <1> without this dose left out" in footnote(context)
    above = views("dosimetry", "study=doses&view=response&threshold=100")
    assert above.result.counts == (2, 1, 0, 3)
    assert above.result.sensitivity.value == pytest.approx(2 / 3)


def test_survival_by_hand(views):
    context = views("dosimetry", "study=doses&view=survival&compartment=spot&threshold=60")
    found = context.result
    below, above = found.groups.groups
    # Delivered means: P00 90, P02 140, P06 90 above; P03 50, P04 40, P05 30 below.
    assert (above.n, below.n) == (3, 3)
    assert found.without_dose == 14
    assert found.possible == 4
    assert found.selected.threshold.tolist() == [90]
    assert context.threshold_text() == "60\u00a0Gy"
    # 60 and 90 make the same split.
    assert found.selected.adjusted(60) == found.selected.p_adjusted[0]
    assert "14 patients without this dose left out" in footnote(context)
    assert looked_at(context)["possible"].startswith(
        "Of the dose shown, 4 thresholds would split these patients differently."
    )
    assert looked_at(context)["key"] == "survival&spot&delivered&os&all&60"
    assert "Best threshold, ≥ 90" in dosimetry_side(context, LIGHT)


def test_a_filter_on_what_is_known_later_moves_the_start(views):
    context = views("dosimetry", "study=doses&view=survival&compartment=liver&response=no")
    assert context.result.landmark_days == 90
    assert context.result.before_landmark > 0
    assert any(text.startswith("Landmark analysis") for text in cautions(context))


def test_toxicity_by_hand(views):
    context = views("dosimetry", "study=doses&view=toxicity")
    found = context.result
    assert found.labels == ("none", "grade 1", "grade 2", "grade 3")
    # Ages: P00 45, P02 49, P03 51; P07 has none.
    assert [one.tolist() for one in found.doses[1:]] == [[], [49], [45, 51]]
    assert found.without_dose == 1
    assert found.correlation.n == 19
    assert {45, 51} <= values_drawn(drawn(context))
    assert sentence(context).startswith("3 of 19 patients had liver adverse events")


@pytest.mark.parametrize("view", ["agreement", "response", "survival", "toxicity"])
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("frame", list(FRAMES))
@pytest.mark.parametrize(
    "query",
    [
        NCT,
        f"{NCT}&set=enrolled",
        f"{NCT}&set=enrolled&arm=sorafenib",
        "study=doses",
        "study=doses&age=45..45",
        "study=doses&age=200..300",
    ],
)
def test_every_state_is_drawn_and_said(views, query, view, frame, theme):
    context = views("dosimetry", f"{query}&view={view}")
    figure = drawn(context, frame, theme)
    # Sound JSON: no NaN in any number.
    json.dumps(figure, allow_nan=False)
    assert sentence(context).endswith(".")
    assert "nan" not in (sentence(context) + dosimetry_side(context, theme)).replace("nant", "")
    footnote(context)
    cautions(context)
    if "200..300" in query:
        assert sentence(context).startswith("No patient passes these filters.")
        assert (figure["data"], dosimetry_side(context, theme)) == ([], "")


def test_patients_without_a_dose_are_counted(views):
    context = views("dosimetry", f"{NCT}&set=enrolled&view=survival&compartment=treated-liver")
    assert context.result.without_dose == 4
    assert "4 patients without this dose left out" in footnote(context)
    side = dosimetry_side(views("dosimetry", f"{NCT}&set=enrolled"), LIGHT)
    assert cells(side, "treated-liver-planned")[0] == "344 missing"


def test_a_study_without_doses_has_the_calculators(views):
    context = views("dosimetry", "study=soramic")
    assert sentence(context).startswith("SORAMIC substudy has no doses of patients or lesions.")
    assert (dosimetry_side(context, LIGHT), cautions(context)) == ("", [])
    assert looked_at(context) is None
    assert "50 Gy·kg/GBq for glass, 49.67 for the partition model" in footnote(context)


def test_the_calculators_say_what_they_compute(views):
    entries = views("dosimetry", "study=soramic").options.entries
    said = {method: activity_result(method, entries) for method in BY_METHOD}
    # 120 Gy x 1.2 kg / (50 x 0.92) and, for 60 Gy, (2.3 x 0.3 + 1.2) x 60 / (49.67 x 0.92).
    assert ">3.13 GBq<" in said["glass"]
    # 1.75 m and 75 kg: 1.90 m², less 0.2, with 30 % of tumour.
    assert ">2.00 GBq<" in said["resin"]
    assert ">2.48 GBq<" in said["partition"]
    assert "12.5 Gy" in said["glass"]


def test_resin_for_one_lobe(views):
    entries = views("dosimetry", "study=soramic&activity-treated=60").options.entries
    # 0.6 x 2.00 GBq.
    assert ">1.20 GBq<" in activity_result("resin", entries)
    assert "× treated share" in " ".join(FORMULAS["resin"])


def test_the_calculators_refuse_and_warn(views):
    query = "study=soramic&activity-mass=%3Cb%3E&activity-height=&activity-shunt=25"
    entries = views("dosimetry", query).options.entries
    glass = activity_result("glass", entries)
    assert "“&lt;b&gt;” is not a number" in glass
    assert "GBq" not in glass
    assert "Height is missing." in activity_result("resin", entries)
    assert "more than the 30 Gy" in activity_result("partition", entries)
    entries = views("dosimetry", "study=soramic&activity-shunt=25").options.entries
    resin = activity_result("resin", entries)
    assert ">0.00 GBq<" in resin
    assert "let no activity be given" in resin
