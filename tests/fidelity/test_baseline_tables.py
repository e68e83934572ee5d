"""Table 1 of both papers, every row that they print."""

from __future__ import annotations

from itertools import pairwise

import pytest

from layouts.overview.table import median_words
from tests.published_cells import printed_rows
from tests.shipped import load_catalog
from tests.views import PageViews

views = PageViews(load_catalog())
SINGLE = views("overview", "study=nct01900002")
TWO_ARMS = views("overview", "study=soramic")


FIRST, SECOND = (printed_rows(study, "Table 1") for study in ("nct01900002", "soramic"))
COUNTED = [key for key, row in FIRST.items() if ("", "%") in row]


# What the first paper prints under another name: (variable, level) of print to those of the study.
LABELS = {
    "History of alcohol abuse": "Alcohol abuse",
    "Child–Pugh grade": "Child–Pugh",
    "Pathology": "Pathology, detailed",
    "Portal vein thrombosis": "Portal vein invasion",
}
LEVELS = {
    ("ECOG", "I"): "1",
    ("Prior treatment", "Local therapy (chemoembolization)"): (
        "Local therapy (chemo/radioembolization)"
    ),
}


def summary_of(context, label: str):
    (row,) = (row for row in context.rows if row.variable.label == label)
    return row


def single_count(label: str, level: str) -> int:
    row = summary_of(SINGLE, LABELS.get(label, label))
    wanted = LEVELS.get((label, level), level)
    for place, one in enumerate(row.variable.levels):
        if one.label == wanted:
            return int(row.summary.counts[0, place])
    # Okuda III is printed with nobody in it and is no level of the study.
    return 0


def test_every_row_of_the_first_paper_is_one_or_the_other():
    assert (len(COUNTED), len(FIRST)) == (95, 98)


@pytest.mark.parametrize("key", COUNTED, ids=", ".join)
def test_the_published_count(key):
    count = single_count(*key)
    assert str(count) == FIRST[key]["", "n"]
    assert f"{100 * count / 34:.1f}" == FIRST[key]["", "%"]


@pytest.mark.parametrize("key", sorted(set(FIRST) - set(COUNTED)), ids=lambda key: key[0])
def test_the_published_number(key):
    row = FIRST[key]
    made = summary_of(SINGLE, key[0].removesuffix(" (cm)")).summary
    assert made.n[0] == int(row["", "n"])
    for name in ("mean", "standard deviation", "median", "smallest", "largest"):
        printed = row["", name]
        digits = len(printed.partition(".")[2])
        found = getattr(made, {"standard deviation": "sd"}.get(name, name))[0]
        assert round(float(found), digits) == pytest.approx(float(printed))


# The second paper's rows: variable and level of the study.
ROWS = {
    ("Gender", "male"): ("Sex", "Male"),
    ("Age", "≥65 years"): ("Age 65 years or more", "Yes"),
    ("Race", "White"): ("Race: White", "Yes"),
    ("ECOG", "0"): ("ECOG", "0"),
    ("ECOG", "1"): ("ECOG", "1"),
    ("ECOG", "Missing"): ("ECOG", ""),
    ("Liver cirrhosis", "yes"): ("Cirrhosis", "Yes"),
    ("HCC etiology", "Hepatitis B"): ("Hepatitis B", "Yes"),
    ("HCC etiology", "Hepatitis C"): ("Hepatitis C", "Yes"),
    ("HCC etiology", "Alcohol"): ("Alcohol aetiology", "Yes"),
    ("Previous TACE", "yes"): ("Previous TACE", "Yes"),
    ("Diffuse disease", "≥10 lesion"): ("Diffuse disease (≥ 10 lesions)", "Yes"),
    ("Portal vein infiltration", "yes"): ("Portal vein invasion", "Yes"),
    ("Extrahepatic spread", "yes"): ("Extrahepatic spread", "Yes"),
    ("Child Pugh", "A"): ("Child–Pugh", "A"),
    ("Child Pugh", "B"): ("Child–Pugh", "B"),
    ("BCLC", "A/B"): ("BCLC", "A or B"),
    ("BCLC", "C"): ("BCLC", "C"),
    ("Up to 7", "yes"): ("Outside up-to-7 criteria", "Yes"),
    ("ALBI-grade", "1"): ("ALBI grade", "1"),
    ("ALBI-grade", "2"): ("ALBI grade", "2"),
    ("ALBI-grade", "Missing"): ("ALBI grade", ""),
    ("AFP", ">400"): ("AFP > 400 ng/mL", "Yes"),
}
# 39 and 54 in the arms are 93; the printed 83 is the overall cell of the row "Alcohol".
WRONG_OVERALL = {("Diffuse disease", "≥10 lesion"): 93}
COLUMNS = ("Overall", "RE + sorafenib", "Sorafenib")


@pytest.mark.parametrize("key", ROWS, ids=", ".join)
def test_the_published_counts_by_arm(key):
    label, level = ROWS[key]
    found = summary_of(TWO_ARMS, label)
    if level:
        place = [one.label for one in found.variable.levels].index(level)
        counts = found.summary.counts[:, place].tolist()
    else:
        counts = found.summary.missing.tolist()
    overall, *arms = (int(SECOND[key][column, "n"]) for column in COLUMNS)
    assert counts == [WRONG_OVERALL.get(key, overall), *arms]


def test_the_published_size_of_the_target_lesion():
    (row,) = (row for (name, _), row in SECOND.items() if name.startswith("Target lesion size"))
    made = summary_of(TWO_ARMS, "Size of the target lesion").summary
    assert made.median.tolist() == [float(row[column, "median"]) for column in COLUMNS]
    means = [float(row[column, "mean"]) for column in COLUMNS]
    assert [round(float(one), 1) for one in made.mean] == pytest.approx(means, abs=0.1001)


def test_every_printed_row_was_compared():
    others = {name for name, _ in set(SECOND) - set(ROWS)}
    assert others == {"Arm size", "Target lesion size mm"}
    assert TWO_ARMS.sizes == (177, 73, 104)


@pytest.mark.parametrize(
    ("query", "counts"),
    [
        ("study=nct01900002", [40, 38, 34, 34]),
        ("study=nct01900002&set=enrolled", [40, 38, 38]),
        ("study=nct01900002&pvt=yes", [40, 38, 34, 8, 8]),
        ("study=soramic", [288, 222, 177, 177]),
        ("study=soramic&bclc=c&ecog=1", [288, 222, 177, 126, 40, 40]),
    ],
)
def test_the_flow(query, counts):
    lines = views("overview", query).flow
    assert [line.n for line in lines] == counts
    assert [line.left_out for line in lines[1:]] == [
        before - after for before, after in pairwise(counts)
    ]


def test_the_flow_counts_by_arm_and_those_without_a_value():
    lines = views("overview", "study=soramic&ecog=0").flow
    assert lines[2].arms == (73, 104)
    assert (lines[3].n, lines[3].arms, lines[3].missing) == (134, (52, 82), 3)


def test_the_cards_are_the_papers():
    response, severe = SINGLE.shares
    assert (response.whole.events, response.whole.n) == (12, 34)
    assert (severe.whole.n, SINGLE.sizes) == (34, (34,))
    (response,) = TWO_ARMS.shares
    assert [one.events for one in (response.whole, *response.arms)] == [76, 45, 31]


def test_quartiles_stand_beside_the_median():
    row = summary_of(SINGLE, "Age at study enrollment")
    assert median_words(row.summary, 0, row.variable).startswith("66.5 (")
