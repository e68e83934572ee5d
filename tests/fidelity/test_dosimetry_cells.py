"""The doses of the shipped data against every number that the paper prints of them.

Kaseb et al. 2021, "Dosimetry Analysis" (Results) and "Treatment": the numbers are typed from the
paper; what it prints rounds from what the dashboard shows.
"""

from __future__ import annotations

import pytest

from tests.shipped import load_catalog
from tests.views import PageViews

STUDY = "study=nct01900002"


@pytest.fixture(scope="module")
def views() -> PageViews:
    return PageViews(load_catalog())


@pytest.fixture(scope="module")
def summaries(views) -> dict:
    context = views("dosimetry", STUDY)
    return {(one.dose.id, one.estimate): one for one in context.summaries}


# Dose, planned or delivered, n, statistic, printed value, digits, sentence of the paper.
CELLS = [
    ("treated-liver", "planned", 34, "median", 120, 0, "planned (120 [85–145] Gy)"),
    ("treated-liver", "planned", 34, "smallest", 85, 0, "planned (120 [85–145] Gy)"),
    ("treated-liver", "planned", 34, "largest", 145, 0, "planned (120 [85–145] Gy)"),
    ("treated-liver", "delivered", 34, "median", 115, 0, "delivered (115 [84–140] Gy)"),
    ("treated-liver", "delivered", 34, "smallest", 84, 0, "delivered (115 [84–140] Gy)"),
    ("treated-liver", "delivered", 34, "largest", 140, 0, "delivered (115 [84–140] Gy)"),
    ("normal-liver", "planned", 34, "mean", 80.9, 1, "80.9 Gy for planning MAA"),
    ("normal-liver", "delivered", 34, "mean", 84.6, 1, "SPECT/CT estimate of 84.6 Gy"),
    ("uptake-ratio", "planned", 53, "median", 2.3, 1, "2.3 (0.3–8.4)"),
    ("uptake-ratio", "planned", 53, "smallest", 0.3, 1, "2.3 (0.3–8.4)"),
    ("uptake-ratio", "planned", 53, "largest", 8.4, 1, "2.3 (0.3–8.4)"),
    ("uptake-ratio", "delivered", 53, "median", 2.1, 1, "2.1 (0.7–6.9)"),
    ("uptake-ratio", "delivered", 53, "smallest", 0.7, 1, "2.1 (0.7–6.9)"),
    ("uptake-ratio", "delivered", 53, "largest", 6.9, 1, "2.1 (0.7–6.9)"),
    ("tumour", "delivered", 53, "mean", 192, 0, "mean dose to tumors was estimated at 192 Gy"),
    ("lung-shunt", "planned", 34, "median", 8.9, 1, "hepatopulmonary shunt was 8.9% (3.3%–19%)"),
    ("lung-shunt", "planned", 34, "smallest", 3.3, 1, "8.9% (3.3%–19%)"),
    ("lung-shunt", "planned", 34, "largest", 19, 0, "8.9% (3.3%–19%)"),
]


@pytest.mark.parametrize(("dose", "estimate", "n", "name", "printed", "digits", "place"), CELLS)
def test_a_printed_dose_holds(summaries, dose, estimate, n, name, printed, digits, place):
    found = summaries[dose, estimate]
    assert (found.n, found.missing) == (n, 0)
    assert round(getattr(found, name), digits) == printed, place


def test_the_page_quotes_the_numbers_that_were_checked(summaries):
    for dose, estimate, _, name, printed, digits, _ in CELLS:
        quoted = summaries[dose, estimate].published
        assert f"{printed:.{digits}f}" in quoted, (dose, estimate, name)


def test_the_paired_difference_of_the_uptake_ratio(views):
    """“paired differences showed a wide 95% CI: –3 to 4”: limits of planned less delivered."""
    found = views("dosimetry", f"{STUDY}&compartment=uptake-ratio").result.result
    assert (round(found.lower_limit.value), round(found.upper_limit.value)) == (-3, 4)


def test_tumours_and_patients(views):
    """“a total of 53 tumors from 34 patients … Thirteen patients were multitumor cases, with
    seven having two tumors and six having three”.
    """
    found = views("dosimetry", STUDY).result
    assert (found.result.n, found.patients, found.several) == (53, 34, 13)
    assert 53 == 34 + 7 * 1 + 6 * 2


def test_dose_by_response(views):
    """“median doses of 168 vs 144 Gy between responding vs nonresponding tumor subgroups … this
    association was not statistically significant”.
    """
    context = views("dosimetry", f"{STUDY}&view=response")
    found = context.result
    medians = [sorted(x)[len(x) // 2] for x in (found.not_responding.tolist(),)]
    assert medians == [144]
    responding = sorted(found.responding.tolist())
    assert sum(responding[10:12]) / 2 == 168
    assert found.roc.p_value > 0.05
    assert found.roc.clustered.lower < 0.5 < found.roc.clustered.upper
    for words in ("168", "144", "not significant"):
        assert words in context.options.dose.published_response


def test_liver_dose_and_toxicity(views):
    """“No statistically significant correlation was observed among mean absorbed doses to normal
    liver.”
    """
    found = views("dosimetry", f"{STUDY}&view=toxicity").result
    assert found.correlation.n == 34
    assert found.correlation.p_value > 0.05
